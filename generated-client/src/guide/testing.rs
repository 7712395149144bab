//! Testing: how an application is tested without the service.
//!
//! # Without a network
//!
//! With the feature `test-util`, a client is built with a transport that a test fills with responses and failures. The
//! rest is as in production: retries, limits, decoding and the questions to an error.
//!
//! ```
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//! use generated_client::descope::{self, otp::OtpVerifyEmail};
//! use generated_client::testing::{MockTransport, Response};
//!
//! let mock = MockTransport::new()
//!     .respond("otp_verify_email", Response::api(401, "errorCode", "E061102"))
//!     .example::<OtpVerifyEmail>();
//! let client = descope::Client::builder("P2abc").transport(mock).build()?;
//!
//! let refused = client.otp().verify_email("jane@example.com", "000000").send().await;
//! assert!(refused.is_err_and(|error| error.is_wrong_code()));
//! let session = client.otp().verify_email("jane@example.com", "493027").send().await?;
//! assert_eq!(session, descope::examples::otp_verify_email());
//! # Ok::<(), Box<dyn std::error::Error>>(()) })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`testing`](crate::testing) also makes errors by themselves, and records exchanges with a real service in a file
//! without their secrets.
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
//! [`RetryPolicy::disabled`](crate::runtime::RetryPolicy::disabled).
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
//!
//! # Whole conversations
//!
//! The crate `generated-client-fake` of the repository is both services in memory, at a port of this machine. It keeps
//! users and sessions, signs tokens, and holds the messages that it would send, so that a test signs in by a one-time code,
//! a link, a passkey or another provider as a person does. Its clock can be put forward, and its calls can be made to fail.
