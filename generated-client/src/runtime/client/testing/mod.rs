//! For the tests of applications: errors and responses that are made up, and transports that stand in for the network.
//!
//! The feature `test-util` switches it on; a build without it has nothing of it. `descope::examples` and `nhost::examples`
//! have a response of each operation, as the spec shows it.
//!
//! An application calls its service as ever. In a test, its client is built with a [`Transport`]:
//!
//! ```
//! # #[cfg(feature = "descope-otp")] {
//! use generated_client::descope::{self, otp::OtpVerifyEmail};
//! use generated_client::testing::{MockTransport, Response};
//!
//! /// What the application does: whether the user may try another code.
//! async fn sign_in(client: &descope::Client, code: &str) -> Result<descope::JwtResponse, &'static str> {
//!     client.otp().verify_email("jane@example.com", code).send().await.map_err(|error| {
//!         if error.is_wrong_code() { "try again" } else { "ask for a new code" }
//!     })
//! }
//!
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//! let mock = MockTransport::new()
//!     .respond("otp_verify_email", Response::api(401, "errorCode", "E061102"))
//!     .example::<OtpVerifyEmail>();
//! let client = descope::Client::builder("P2abc").transport(mock.clone()).build()?;
//!
//! assert_eq!(sign_in(&client, "000000").await.unwrap_err(), "try again");
//! let session = sign_in(&client, "493027").await.unwrap();
//! assert_eq!(session, descope::examples::otp_verify_email());
//! assert_eq!(mock.requests()[1].json()["code"], "493027");
//! # Ok::<(), Box<dyn std::error::Error>>(()) })?;
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Recorder`] sends requests to a real service, and writes what was exchanged to a file without the secrets;
//! [`Replay`] gives the responses of such a file.

mod error;
mod example;
mod masks;
mod mock;
mod names_operation;
mod recorder;
mod recording;
mod replay;

pub use crate::runtime::engine::transport::{Fault, Request, Response, ResponseFuture, Transport};
pub use example::{Example, ExampleResponse};
pub use mock::MockTransport;
pub use names_operation::NamesOperation;
pub use recorder::Recorder;
pub use recording::RecordingError;
pub use replay::Replay;

pub(crate) use example::response;

/// A URL for responses that no request was sent for.
#[allow(clippy::expect_used, reason = "the text is a URL")]
fn localhost() -> reqwest::Url {
    reqwest::Url::parse("http://localhost/").expect("the text is a URL")
}
