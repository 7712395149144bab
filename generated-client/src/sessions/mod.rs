//! Sessions: checking the tokens of requests, and deciding what they may do, without asking the service.
//!
//! A client makes the validator of its project's sessions. It checks a token with the public keys of the project, which it
//! fetches once and keeps fresh:
//!
//! ```no_run
//! # #[cfg(all(feature = "descope-keys", feature = "descope-session"))]
//! # async fn example(session_jwt: &str) -> Result<(), Box<dyn std::error::Error>> {
//! use generated_client::descope;
//!
//! let descope = descope::Client::builder("P2aAc4T2V93bddihGEx2Ryhc8e5Z").build()?;
//! let sessions = descope.sessions().build();
//! let user = sessions.validate(session_jwt).await?;
//! println!("hello {}", user.subject());
//! # Ok(())
//! # }
//! ```
//!
//! | to | see |
//! | --- | --- |
//! | check a token, refresh a session, or both | [`descope::Sessions`], [`nhost::Sessions`] |
//! | read who somebody is, and decide by roles and permissions | [`descope::Claims`], [`nhost::Claims`], [`Grants`] |
//! | protect the routes of a web server, and keep sessions in cookies | [`web`], with the feature `cookies` |
//! | keep the session of a program fresh while it runs | [`Keeper`] |
//! | exchange a key for session tokens whenever one is needed | [`descope::AccessKeySession`], [`nhost::PersonalAccessTokenSession`] |
//! | wait for a user who signs in on another device | [`descope::SessionWait`] |
//! | respond to a request whose token isn't accepted | [`TokenError`] |
//! | test an application | [`testing`], with the feature `test-util` |
//! | find what the official SDKs call these things | [`guide`] |
//!
//! Sessions of Descope need the features `descope-keys` and `descope-session`, those of Nhost Auth `nhost-system` and
//! `nhost-token`.
//!
//! # Cryptography
//!
//! Signatures are checked by [aws-lc-rs](https://docs.rs/aws-lc-rs), which is the library that rustls brings, so the default
//! set of features builds no second one. With `native-tls` in place of `rustls`, the feature `sessions` adds it to the build.
//! The algorithm is fixed by the key, never by the token.

// Code that only one of the services needs is compiled without that service, too.
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
pub use refresh::{
    CallError, RefreshError, Refreshed, SessionBackend, SessionClaims, Tokens, ValidToken, Validated,
};

use clock::SystemClock;
