//! Sessions of both services: what is accepted and what isn't, where keys come from, and what a session may do.

mod algorithms;
mod descope;
mod grants;
mod hostile;
mod key_cache;
mod nhost;
mod signers;
