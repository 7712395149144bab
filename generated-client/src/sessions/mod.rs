//! Sessions: checking the tokens of requests, and deciding what they may do, without asking the service.
//!
//! [`descope`] and [`nhost`] have what differs between the services. The one needs the features `descope-keys` and
//! `descope-session`, the other `nhost-system` and `nhost-token`. What they share is here:
//!
//! | module | what it does |
//! | --- | --- |
//! | `as_token` | takes a token as a text or as a secret |
//! | `jwt` | splits a token into its parts, strictly |
//! | `keys` | reads keys, checks signatures with them, and keeps those of a service fresh |
//! | `verifier` | finds the key of a token and checks its signature |
//! | `claim` | reads single claims, and compares times with the clock |
//! | `grants` | answers for roles and permissions |
//! | `refresh` | buys the next session, once for all who want it at the same time; a sign-out wins over it |
//! | `keeper` | keeps one session fresh, for programs that live long |
//! | `exchange` | exchanges a key for a session token, and keeps that until shortly before its end |
//! | `web` | takes the session of a request from its headers or cookies, and sets cookies |
//! | `error` | says why a token isn't accepted, with a status and `WWW-Authenticate` |
//! | `clock` | tells the time, which tests set |
//! | `testing` | signs tokens, serves keys and sets the time, for the tests of applications |
//!
//! # Cryptography
//!
//! Signatures are checked by [aws-lc-rs](https://docs.rs/aws-lc-rs), which is the library that rustls brings, so the default
//! set of features builds no second one. With `native-tls` in place of `rustls`, the feature `sessions` adds it to the build.
//! The algorithm is fixed by the key, never by the token.
//!
//! [`guide`] has what the official SDKs call these things.

// What only one of the services needs is there without it, too.
#![cfg_attr(
    not(all(
        feature = "descope-access-keys",
        feature = "descope-keys",
        feature = "descope-session",
        feature = "nhost-system",
        feature = "nhost-token"
    )),
    allow(dead_code, unused_imports)
)]

mod as_token;
mod claim;
mod clock;
#[cfg(all(feature = "descope-keys", feature = "descope-session"))]
pub mod descope;
mod error;
mod exchange;
mod grants;
#[doc = include_str!("guide.md")]
pub mod guide {}
mod jwt;
mod keeper;
mod keys;
#[cfg(all(feature = "nhost-system", feature = "nhost-token"))]
pub mod nhost;
mod refresh;
#[cfg(feature = "test-util")]
pub mod testing;
mod verifier;
#[cfg(feature = "cookies")]
pub mod web;

pub use as_token::AsToken;
pub use clock::{Clock, Pause};
pub use error::{KeysUnavailable, Malformed, TokenError};
pub use exchange::ExchangeError;
pub use grants::{Forbidden, Grants, Missing};
pub use jwt::Algorithm;
pub use keeper::{Event, Events, Keeper, KeeperError, MemoryStore, SessionStore};
pub use keys::{InvalidKeys, KeySet};
pub use refresh::{CallFault, RefreshError, Renew, Renewed, SessionClaims, Tokens, ValidToken, Validated};

use clock::SystemClock;
