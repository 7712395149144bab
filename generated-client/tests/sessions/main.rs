//! Sessions of both services: what is accepted and what isn't, where keys come from, and what a session may do.

mod algorithms;
mod descope;
mod exchange;
mod fuzzed;
mod gate;
mod grants;
mod hostile;
mod keeper;
mod key_cache;
mod nhost;
mod random;
mod refresh;
mod runtimes;
mod service;
mod sign_out;
mod signers;
mod stories;
mod turns;
mod wait;
mod web;
