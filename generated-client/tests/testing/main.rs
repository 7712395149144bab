//! What applications test themselves with: errors, responses and transports that are made up.

#![cfg(all(feature = "descope", feature = "nhost", feature = "test-util"))]

mod app;
mod errors;
mod examples;
mod recordings;
