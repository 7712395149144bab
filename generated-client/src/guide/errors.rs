//! Errors and retries: what a failed call means, and whether to call again.
//!
//! A call fails with the `Error` of its service, [`descope::Error`](crate::descope::Error) or
//! [`nhost::Error`](crate::nhost::Error), which are one type, [`runtime::Error`](crate::runtime::Error), with the codes of
//! the service. Printed with `{}` it is one line for a log, and holds no secret.
//!
//! # What to ask an error
//!
//! Ask the question that your program has, not for a status or a code: services use one code for several things and several
//! codes for one. The questions know which operation was called and what the code means there.
//!
//! ```
//! use generated_client::descope;
//!
//! fn for_the_user(error: &descope::Error) -> &'static str {
//!     if error.is_wrong_code() {
//!         "This code is wrong. Please look again."
//!     } else if error.is_expired() || error.is_out_of_attempts() {
//!         "Please have another code sent."
//!     } else if error.is_unauthenticated() {
//!         "Please sign in."
//!     } else if error.is_rate_limited() {
//!         "That was too often. Please wait a moment."
//!     } else {
//!         "Something went wrong on our side."
//!     }
//! }
//! ```
//!
//! # What went wrong
//!
//! [`kind`](crate::runtime::Error::kind) tells it in full:
//!
//! | [`ErrorKind`](crate::runtime::ErrorKind) | what happened | what to do |
//! | --- | --- | --- |
//! | `InvalidRequest` | an argument, a setting or the credential can't be sent, and nothing was | correct the call, or let the user correct what they typed |
//! | `Api` | the service responded with an error | ask the questions, then look at the status and the code |
//! | `Transport` | there was no response, or not all of it | call again if [`may_retry`](crate::runtime::Error::may_retry) says so |
//! | `TooLarge` | the response has more bytes than the client takes | raise the limit of the client if it is right |
//! | `InvalidResponse` | the response isn't what the service documents | report it |
//!
//! What users type can be such an argument: a password may be too short for the service, and an email address may be
//! none. [`what`](crate::runtime::InvalidRequest::what) and [`why`](crate::runtime::InvalidRequest::why) say it without the
//! value. So check the input of users before the call, or tell them.
//! [`remedies`](crate::runtime::InvalidRequest::remedies) says what mends a setting; a program whose users know the settings
//! as options or keys of a file shows its own names in place of ours.
//!
//! ```
//! use generated_client::{nhost, runtime::ErrorKind};
//!
//! fn status(error: &nhost::Error) -> u16 {
//!     match error.kind() {
//!         ErrorKind::Api(api) if api.status().is_client_error() => api.status().as_u16(),
//!         ErrorKind::Api(_) | ErrorKind::Transport(_) => 503,
//!         _ => 500,
//!     }
//! }
//! ```
//!
//! # When a call is sent again
//!
//! A call has a minute, and is sent up to three times within it. What is sent again depends on the failure and on the
//! operation, whose documentation says which of these it is:
//!
//! | the operation | is sent again |
//! | --- | --- |
//! | changes nothing that matters | after failures that may pass: no connection, no response, 429, 502, 503, 504, 520 to 524, 530 |
//! | has the same effect twice as once | after the same failures |
//! | sends a message or spends a code | only if nothing of the request has left |
//!
//! [`RetryPolicy`](crate::runtime::RetryPolicy#what-is-sent-again) has the rules in full, and the length of the pauses. Set
//! it for a client or a call:
//!
//! ```no_run
//! use generated_client::{descope, runtime::RetryPolicy};
//! use std::time::Duration;
//!
//! # async fn example() -> Result<(), descope::Error> {
//! let descope = descope::Client::builder("P2aAc4T2V93bddihGEx2Ryhc8e5Z")
//!     .timeout(Duration::from_secs(10))
//!     .retry_policy(RetryPolicy::default().max_attempts(2))
//!     .build()?;
//! let keys = descope.keys().get_v2("P2aAc4T2V93bddihGEx2Ryhc8e5Z");
//! let keys = keys.retry_policy(RetryPolicy::disabled()).send().await?;
//! # Ok(())
//! # }
//! ```
//!
//! All clones of a client share a [`RetryBudget`](crate::runtime::RetryBudget), so that a service that is down isn't flooded.
//!
//! # When to call again yourself
//!
//! [`may_retry`](crate::runtime::Error::may_retry) is true if calling again does no harm and may help. The client has sent
//! the call as often as it may by then, so wait as long as [`retry_after`](crate::runtime::Error::retry_after) says, and
//! longer each time. If it is false after a code was sent, nobody knows whether the service has used up the code: begin the
//! sign-in again.
