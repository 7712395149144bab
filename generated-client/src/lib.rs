//! A typed client for the HTTP APIs of two authentication services: Descope and Nhost Auth.
//!
//! # What do you want to do?
//!
//! | | with Descope | with Nhost Auth |
//! | --- | --- | --- |
//! | sign in with a social account | [`oauth`](descope::Client::oauth), [`one_tap`](descope::Client::one_tap) | [`signin().provider`](nhost::signin::Signin::provider) |
//! | sign in with a one-time code | [`otp`](descope::Client::otp) | [`signin().otp_email`](nhost::signin::Signin::otp_email), [`passwordless_sms`](nhost::signin::Signin::passwordless_sms) |
//! | sign in with a link | [`magic_link`](descope::Client::magic_link), [`enchanted_link`](descope::Client::enchanted_link) | [`signin().passwordless_email`](nhost::signin::Signin::passwordless_email) |
//! | sign in with a password | [`password`](descope::Client::password) | [`signin().email_password`](nhost::signin::Signin::email_password) |
//! | sign in with a passkey | [`webauthn`](descope::Client::webauthn) | [`signin().webauthn`](nhost::signin::Signin::webauthn) |
//! | sign in by a company's identity provider (SSO) | [`sso`](descope::Client::sso) | [`signin().provider`](nhost::signin::Signin::provider) with `workos` |
//! | ask for a second factor (MFA, 2FA) | any other group, with [`mfa`](descope::LoginOptions::mfa), such as [`totp`](descope::Client::totp) | [`mfa`](nhost::Client::mfa), [`signin().mfa_totp`](nhost::signin::Signin::mfa_totp) |
//! | sign up a user | `sign_up` of the same groups | [`signup`](nhost::Client::signup) |
//! | refresh a session | [`session().refresh`](descope::session::Session::refresh) | [`token().refresh`](nhost::token::Token::refresh) |
//! | look up the signed-in user | [`session().me`](descope::session::Session::me) | [`user().get`](nhost::user::User::get) |
//! | sign out | [`session().logout`](descope::session::Session::logout) | [`token().sign_out`](nhost::token::Token::sign_out) |
//! | protect a route, as a middleware does | [`sessions::descope`], [`sessions::web`] | [`sessions::nhost`], [`sessions::web`] |
//! | administer users, tenants, roles and keys: [guide](guide::management) | [`descope_management`] | |
//! | call as a program, without a user | [`access_keys`](descope::Client::access_keys) | [`pat`](nhost::Client::pat) |
//!
//! | | with both |
//! | --- | --- |
//! | go through a list that comes in pages (pagination) | [`Items`](runtime::Items), [`Pages`](runtime::Pages) |
//! | handle a failed call | [errors and retries](guide::errors) |
//! | log without leaking a token | [secrets](guide::secrets), [tracing](guide::tracing) |
//! | test an application | [testing](guide::testing) |
//! | compile less | [features](guide::features) |
//! | upgrade | [upgrading](guide::upgrading) |
//! | call any operation by its ID | [`services`](services()), or the program `authctl` |
//!
//! # Calling an operation
//!
//! A client is built once and cheap to clone. An operation's required arguments are arguments,
//! the optional ones are set on the call, and nothing happens before `send`:
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
//! The type of a client says which credential it carries. An operation that needs another one can't be called: the program
//! does not compile, and the message lists the `with_*` methods that there are.
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
//! # Responses and failures
//!
//! `send` returns the decoded response of a successful call; `send_with_raw` also returns its status, headers and body.
//! Where the API declares the headers of a response, `typed_headers` reads them as a type. A response with an absent member,
//! a null, an unknown member or an unknown value of an enum is still decoded.
//!
//! A failed call is the `Error` of its service, which can be logged as it is, and has questions such as `is_wrong_code`:
//! see [errors and retries](guide::errors). A call has a minute, in which it is sent up to three times. One that sends a
//! message or spends a code is never sent twice once it may have reached the service.
//!
//! # Protecting a route
//!
//! `sessions` checks the tokens of requests without asking the service. With the feature `axum`, a handler that takes a
//! session runs for signed-in users alone:
//!
#![cfg_attr(all(feature = "axum", feature = "descope-keys", feature = "descope-session"), doc = "```")]
#![cfg_attr(
    not(all(feature = "axum", feature = "descope-keys", feature = "descope-session")),
    doc = "```ignore"
)]
//! use axum::{Router, routing::get};
//! use generated_client::descope::Client;
//! use generated_client::sessions::{descope::Sessions, web::{Rejection, Session, SessionLayer}};
//!
//! async fn page(user: Session<Sessions>) -> Result<String, Rejection> {
//!     user.require_role("admin")?;
//!     Ok(format!("hello {}", user.subject()))
//! }
//!
//! fn app(descope: &Client) -> Router {
//!     Router::new().route("/", get(page)).layer(SessionLayer::new(descope.sessions().build()))
//! }
//! ```
//!
//! # How it is made
//!
//! The operations and types in a service's module are generated from curated OpenAPI documents. All generated code uses
//! [`runtime`], which sends every request. The type of a call has a name of its own, such as
//! [`OauthExchange`](descope::oauth::OauthExchange), whose page has all that can be set.

// The documentation shows with each item the features that it needs.
#![cfg_attr(docsrs, feature(doc_cfg), doc(auto_cfg(hide(feature = "_client", feature = "_services"))))]
// Only a complete build has all items that the documentation links to.
#![cfg_attr(
    not(all(
        feature = "_services",
        feature = "axum",
        feature = "operations",
        feature = "pkce",
        feature = "test-util"
    )),
    allow(rustdoc::broken_intra_doc_links)
)]
// A build without some groups leaves parts of the runtime unused, so only a complete build can show dead code.
#![cfg_attr(
    not(feature = "_services"),
    allow(
        dead_code,
        unused_imports,
        unused_macros,
        reason = "what generated code uses depends on the features"
    )
)]

// Generated code keeps the form in which the generator prints it, uses items that it deprecates itself, and has functions
// with as many arguments as the service requires.
// @generated services
#[cfg(feature = "_descope")]
#[cfg_attr(docsrs, doc(auto_cfg(hide(feature = "_descope"))))]
#[rustfmt::skip]
#[allow(deprecated, unused_imports)]
#[allow(clippy::approx_constant, clippy::module_inception, clippy::should_implement_trait)]
#[allow(clippy::too_many_arguments)]
pub mod descope;
#[cfg(feature = "_descope-management")]
#[cfg_attr(docsrs, doc(auto_cfg(hide(feature = "_descope-management"))))]
#[rustfmt::skip]
#[allow(deprecated, unused_imports)]
#[allow(clippy::approx_constant, clippy::module_inception, clippy::should_implement_trait)]
#[allow(clippy::too_many_arguments)]
pub mod descope_management;
#[cfg(feature = "_nhost")]
#[cfg_attr(docsrs, doc(auto_cfg(hide(feature = "_nhost"))))]
#[rustfmt::skip]
#[allow(deprecated, unused_imports)]
#[allow(clippy::approx_constant, clippy::module_inception, clippy::should_implement_trait)]
#[allow(clippy::too_many_arguments)]
pub mod nhost;

/// What no spec can say of the services.
mod services {
    #[cfg(feature = "_descope")]
    pub(crate) mod descope;
    #[cfg(feature = "_descope-management")]
    pub(crate) mod descope_management;
    #[cfg(feature = "_nhost")]
    pub(crate) mod nhost;
}

/// The services whose features are switched on.
#[cfg(all(feature = "_client", feature = "operations"))]
#[inline]
#[must_use]
pub fn services() -> &'static [&'static runtime::ServiceInfo] {
    &[
        #[cfg(feature = "_descope")]
        descope::SERVICE,
        #[cfg(feature = "_descope-management")]
        descope_management::SERVICE,
        #[cfg(feature = "_nhost")]
        nhost::SERVICE,
    ]
}

/// The words of each service whose features are switched on; texts of servers are printed with known words alone.
#[cfg(feature = "_client")]
pub(crate) const KNOWN_WORDS: &[&[&str]] = &[
    #[cfg(feature = "_descope")]
    descope::KNOWN_WORDS,
    #[cfg(feature = "_descope-management")]
    descope_management::KNOWN_WORDS,
    #[cfg(feature = "_nhost")]
    nhost::KNOWN_WORDS,
];
// @generated end

#[cfg(any(feature = "_descope", feature = "_nhost"))]
mod callback;
#[cfg(all(feature = "_client", any(feature = "_descope", feature = "cookies")))]
mod cookie_pair;
#[cfg(all(feature = "_client", feature = "cookies"))]
mod cookies;
#[cfg(any(feature = "_descope", feature = "_descope-management"))]
mod descope_project;
// The guide is part of the documentation whatever features are on, but its examples can only be tested in a complete build.
#[cfg(all(
    doc,
    feature = "_client",
    any(
        not(doctest),
        all(
            feature = "_services",
            feature = "axum",
            feature = "operations",
            feature = "pkce",
            feature = "test-util"
        )
    )
))]
pub mod guide;
#[cfg(all(feature = "_client", feature = "pkce"))]
pub mod redirects;
#[cfg(feature = "_client")]
pub mod runtime;
#[cfg(all(
    feature = "sessions",
    any(
        all(feature = "descope-keys", feature = "descope-session"),
        all(feature = "nhost-system", feature = "nhost-token")
    )
))]
pub mod sessions;

#[cfg(all(feature = "_client", feature = "test-util"))]
pub use runtime::testing;
#[cfg(feature = "_client")]
pub use runtime::{JsonText, Nullable, Secret, Timestamp};

/// The examples of the README are compiled and run with the tests.
#[cfg(all(
    doctest,
    feature = "descope-oauth",
    feature = "nhost-signin",
    feature = "nhost-token",
    feature = "nhost-user",
    feature = "axum",
    feature = "descope-keys",
    feature = "descope-session"
))]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// A call of an operation without pages can't be walked over:
///
/// ```compile_fail,E0599
/// fn pages(client: &generated_client::descope_management::Client) {
///     let _ = client.user().search().pages();
///     let _ = client.user().history(["U2aAc4T2V93bddihGEx2Ryhc8e5Z"]).pages(); // it isn't paged
/// }
/// ```
#[cfg(all(doctest, feature = "descope-management-user"))]
pub struct OnlyPagedCallsHavePages;
