//! A typed client for the HTTP APIs of two authentication services: Descope and Nhost Auth.
//!
//! Everything under a service's module is generated from the curated OpenAPI documents of this
//! repository; [`runtime`] is what all generated code stands on.
//!
//! # Calling an operation
//!
//! A client is built once and cheap to clone. An operation's required arguments are arguments,
//! the optional ones are setters, and nothing happens before `send`:
//!
#![cfg_attr(feature = "descope-oauth", doc = "```no_run")]
#![cfg_attr(not(feature = "descope-oauth"), doc = "```ignore")]
//! use generated_client::descope;
//!
//! # async fn example(code: String) -> Result<(), descope::Error> {
//! let descope = descope::Client::builder("P2abcdefghijklmnopqrstuvwxyz").build()?;
//!
//! let started = descope
//!     .oauth()
//!     .authorize("google")
//!     .redirect_url("https://app.example/callback")
//!     .send()
//!     .await?;
//! println!("send the browser to {}", started.url);
//!
//! // The browser comes back to the callback with `?code=...`.
//! let session = descope.oauth().exchange(code).send().await?;
//! let _signed_in = descope.with_refresh_token(session.refresh_jwt);
//! # Ok(())
//! # }
//! ```
//!
//! # Credentials
//!
//! The type of a client says which credential it carries. An operation that needs another one
//! isn't there: calling it does not compile, and the message names the `with_*` method that is
//! missing.
//!
#![cfg_attr(feature = "descope-oauth", doc = "```compile_fail,E0277")]
#![cfg_attr(not(feature = "descope-oauth"), doc = "```ignore")]
//! use generated_client::descope::{Client, oauth::OauthProvider};
//!
//! fn link(client: &Client) {
//!     let user = client.with_refresh_token("eyJ");
//!     let _ = user.oauth().authorize_update(OauthProvider::Github);
//!     let _ = client.oauth().authorize_update(OauthProvider::Github); // carries no refresh token
//! }
//! ```
//!
//! # Failures
//!
//! A failed call is a [`runtime::Error`]; each service has its alias with its own error codes.
//! `Debug` and `Display` of every type in this crate leave secrets out, so they can be logged.
//!
//! # Features
//!
//! | feature | what it switches on |
//! | --- | --- |
//! | `descope`, `nhost` | all groups of a service (both are on by default) |
//! | `descope-oauth`, `nhost-signin`, ... | one group |
//! | `both-directions` | types of requests can be read, and types of answers written: for storing answers and for fixtures |
//! | `patterns` | arguments are checked against the patterns that the spec gives |
//! | `rustls` | TLS by rustls (on by default) |
//! | `native-tls` | TLS by the system's library |
//!
//! HTTP/2, compression and the proxy settings of the system are reqwest's features: switch them on at your own dependency on
//! `reqwest`. The proxy variables of the environment, such as `HTTPS_PROXY`, always count, unless you bring a
//! `reqwest::ClientBuilder` that says otherwise.

// Generated code keeps the form that it is printed in, refers to what it deprecates itself, and takes as many
// arguments as the service requires.
#[cfg(feature = "_descope")]
#[rustfmt::skip]
#[allow(deprecated, clippy::too_many_arguments)]
pub mod descope;
#[cfg(feature = "_nhost")]
#[rustfmt::skip]
#[allow(deprecated, clippy::too_many_arguments)]
pub mod nhost;

#[cfg(any(feature = "_descope", feature = "_nhost"))]
mod ext;
#[cfg(any(feature = "_descope", feature = "_nhost"))]
pub mod runtime;

#[cfg(any(feature = "_descope", feature = "_nhost"))]
pub use runtime::Secret;

/// The examples of the README are compiled and run with the tests.
#[cfg(all(doctest, feature = "descope-oauth", feature = "nhost-signin"))]
#[doc = include_str!("../../README.md")]
pub struct Readme;
