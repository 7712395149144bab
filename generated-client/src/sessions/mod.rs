//! Sessions: checking the tokens of requests, and deciding what they may do, without asking the service.
//!
//! [`descope`] and [`nhost`] have what differs between the services. What they share is here:
//!
//! | module | what it does |
//! | --- | --- |
//! | `as_token` | takes a token as a text or as a secret |
//! | `jwt` | splits a token into its parts, strictly |
//! | `keys` | reads keys, checks signatures with them, and keeps those of a service fresh |
//! | `verifier` | finds the key of a token and checks its signature |
//! | `claim` | reads single claims, and compares times with the clock |
//! | `grants` | answers for roles and permissions |
//! | `error` | says why a token isn't accepted, with a status and `WWW-Authenticate` |
//! | `clock` | tells the time, which tests set |
//! | `testing` | signs tokens, serves keys and sets the time, for the tests of applications |
//!
//! # Cryptography
//!
//! Signatures are checked by [aws-lc-rs](https://docs.rs/aws-lc-rs), which is the library that rustls brings, so the default
//! set of features builds no second one. With `native-tls` in place of `rustls`, the feature `sessions` adds it to the build.
//! The algorithm is fixed by the key, never by the token.

pub(crate) mod as_token;
mod claim;
mod clock;
#[cfg(feature = "descope-keys")]
pub mod descope;
mod error;
mod grants;
mod jwt;
mod keys;
#[cfg(feature = "nhost-system")]
pub mod nhost;
#[cfg(feature = "test-util")]
pub mod testing;
mod verifier;

pub use as_token::AsToken;
pub use clock::Clock;
pub use error::{KeysUnavailable, Malformed, TokenError};
pub use grants::{Forbidden, Grants, Missing};
pub use jwt::Algorithm;
pub use keys::{InvalidKeys, KeySet};

use clock::SystemClock;
