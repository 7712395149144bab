//! Testing: how an application is tested without the service.
//!
//! # Against a server on this machine
//!
//! A client takes any base URL, and plain HTTP on this machine. So a server that responds as the test wants stands in for
//! the service, such as one of the crate `wiremock`:
//!
//! ```no_run
//! use generated_client::descope;
//!
//! # fn example(server_url: &str) -> Result<(), descope::Error> {
//! let descope = descope::Client::builder("P2abc").base_url(server_url).build()?;
//! # Ok(())
//! # }
//! ```
//!
//! Switch retries off where a test is about one failure, so that it doesn't wait:
//! [`RetryPolicy::off`](crate::runtime::RetryPolicy::off).
//!
//! # Responses that a test makes
//!
//! Types of responses are read from JSON, as the service sends it. An absent member has its default:
//!
//! ```
//! use generated_client::descope;
//!
//! let session: descope::JwtResponse =
//!     serde_json::from_str(r#"{"sessionJwt": "s", "refreshJwt": "r", "firstSeen": true}"#)?;
//! assert_eq!(session.refresh_jwt.expose(), "r");
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! With the feature `both-directions`, they can be written, too, for fixtures.
//!
//! # Tokens, keys and times
//!
//! With the feature `test-util`, [`sessions::testing`](crate::sessions::testing) signs tokens that are good or have one flaw,
//! serves their keys, and sets the time, so that a test of a protected route takes no time and no network:
//!
//! ```
//! # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
//! use generated_client::sessions::{Algorithm, KeySet, TokenError, descope, testing};
//! use std::time::Duration;
//!
//! let clock = testing::TestClock::at(1_700_000_000);
//! let signer = testing::Signer::new(Algorithm::Es256, "key-1")?;
//! let keys = KeySet::from_json(&testing::key_set([&signer]))?;
//! let sessions = descope::Sessions::offline("P2abc", keys).clock(clock.clone()).build();
//!
//! let token = testing::descope_session("P2abc", "U2abc", &clock).sign(&signer)?;
//! assert_eq!(sessions.validate(&token).await?.subject(), "U2abc");
//! clock.advance(Duration::from_secs(24 * 60 * 60));
//! assert_eq!(sessions.validate(&token).await, Err(TokenError::Expired));
//! # Ok::<(), Box<dyn std::error::Error>>(()) })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
