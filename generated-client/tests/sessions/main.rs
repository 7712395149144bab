//! Sessions of both services: what is accepted and what isn't, where keys come from, and what a session may do.

mod algorithms;
mod descope;
mod exchange;
mod fuzzed;
mod grants;
mod hostile;
mod keeper;
mod key_cache;
mod nhost;
mod random;
mod refresh;
mod service;
mod signers;
mod wait;
mod web;
