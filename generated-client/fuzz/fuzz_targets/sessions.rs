//! Any bytes are a token, the headers of a request, or a callback.

#![no_main]

#[path = "../sessions.rs"]
mod sessions;

libfuzzer_sys::fuzz_target!(|data: &[u8]| sessions::run(data));
