//! For the tests of applications: keys, tokens that are good or have one flaw, a server that gives keys, and a clock.
//!
//! ```
//! # #[cfg(feature = "descope-keys")] {
//! # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
//! use generated_client::sessions::{Algorithm, KeySet, TokenError, descope, testing};
//! use serde_json::json;
//!
//! let clock = testing::TestClock::at(1_700_000_000);
//! let signer = testing::Signer::new(Algorithm::Es256, "key-1")?;
//! let keys = KeySet::from_json(&testing::key_set([&signer]))?;
//! let sessions = descope::Sessions::offline("P2abc", keys).clock(clock.clone()).build();
//!
//! let token = testing::descope_session("P2abc", "U2abc", &clock).claim("roles", json!(["admin"]));
//! let user = sessions.validate(&token.sign(&signer)?).await?;
//! assert!(user.has_role("admin"));
//!
//! let old = token.claim("exp", json!(clock.seconds() - 60)).sign(&signer)?;
//! assert_eq!(sessions.validate(&old).await, Err(TokenError::Expired));
//! # Ok::<(), Box<dyn std::error::Error>>(()) })?;
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod clock;
mod key_server;
mod signer;
mod token;

pub use clock::TestClock;
pub use key_server::KeyServer;
pub use signer::{Signer, SigningError, key_set};
pub use token::{TestToken, descope_refresh, descope_session, nhost_access};
