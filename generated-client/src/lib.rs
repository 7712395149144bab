//! A typed client for the HTTP APIs of two authentication services: Descope and Nhost Auth.
//!
//! The operations and types in a service's module are generated from the curated OpenAPI documents of this repository.
//! All generated code uses [`runtime`].
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
//! isn't there: calling it does not compile, and the message lists the `with_*` methods that there are.
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
//! Where the API declares the headers of a response, `typed_headers` reads them as a type.
//!
//! A failed call is a [`runtime::Error`]; each service has its alias with its own error codes.
//! `Debug` and `Display` of every type in this crate leave secrets out, so they can be logged. Of a server's text they
//! show only words that are known, such as the names in the specs, and numbers that count something; `message()` and
//! `body()` return all of it.
//!
//! The memory of what held a secret is overwritten when it is dropped: of a [`Secret`], of the body of a request, of the
//! value of a header that the client sends, and of the body of a response or error. `==` on secrets takes constant time.
//! These copies can't be overwritten from here: those in the buffers of reqwest, of hyper and of the TLS library, in a URL,
//! in the headers of a response, and those that your own code makes.
//!
//! # Time and retries
//!
//! A call has a minute ([`Builder::timeout`](runtime::Builder::timeout)), in which it is sent up to
//! three times. What is sent again depends on the failure and on the operation: one that sends a
//! message or spends a code is never sent twice once it may have reached the service.
//! [`RetryPolicy`](runtime::RetryPolicy) has the rules, [`Error::may_retry`](runtime::Error::may_retry)
//! tells what they say of an error. All clones of a client share a [`RetryBudget`](runtime::RetryBudget), so that a
//! service that is down isn't flooded by retries.
//!
//! # Tracing
//!
//! With the feature `tracing`, every call is a span named `call` of level `INFO`, and what happens
//! in it are events. The target is `generated_client`.
//!
//! | event | level | when |
//! | --- | --- | --- |
//! | `answered` | `DEBUG` | an attempt had a response of success |
//! | `an attempt failed, another follows` | `INFO` | after each attempt but the last |
//! | `an attempt failed, and the retry budget is spent` | `WARN` | after an attempt that another would follow otherwise |
//! | `the last attempt failed` | `DEBUG` | after the last attempt |
//! | `the call failed` | `DEBUG` if the service refused the request (4xx but 429), else `WARN` | once, at the end |
//!
//! So every attempt is one event, and every call that fails is one more. These are all their
//! fields, named as OpenTelemetry does where it has a name:
//!
//! | field | on | what it is |
//! | --- | --- | --- |
//! | `service` | span, `the call failed` | `descope` or `nhost` |
//! | `operation` | span, `the call failed` | the operation's id: `oauth_exchange` |
//! | `http.request.method` | span | `POST` |
//! | `url.template` | span | the path as the service documents it: `/users/{id}`, without any argument |
//! | `http.response.status_code` | span, events | the status of the response, if there is one |
//! | `http.request.resend_count` | span, events of attempts | how often the request had been sent before; absent if never |
//! | `duration_ms` | span, events of attempts | how long it took in milliseconds; of a span, pauses included |
//! | `retry_delay_ms` | events of attempts | how long the pause before the next attempt is |
//! | `retry_budget` | events of attempts | how many tokens of the retry budget are left, where another attempt follows or would |
//! | `error.type` | span, events | the kind of failure, a word of the next table |
//!
//! | `error.type` | what went wrong |
//! | --- | --- |
//! | `refused` | the request is invalid, because of an argument or the credential, and was not sent |
//! | `connect` | no connection was made, or there was no time to |
//! | `unsent` | the connection was closed before any of the request was written |
//! | `timeout` | the response was not there in time |
//! | `no_response` | the connection failed before there was a response |
//! | `broken_response` | the connection failed within the response |
//! | `status` | the response is an error |
//! | `too_large` | the response has more bytes than allowed |
//! | `decode` | the response can't be read |
//!
//! No header, no query, no body and no text of the service is traced, so nothing of it needs
//! redacting. A span that was closed without a `duration_ms` is of a call that was dropped.
//! What the crates below trace for themselves is not ours.
//!
//! # Features
//!
//! | feature | what it switches on |
//! | --- | --- |
//! | `descope`, `nhost` | all groups of a service (both are on by default) |
//! | `descope-management` | all groups of Descope's management API |
//! | `descope-oauth`, `nhost-signin`, ... | one group |
//! | `both-directions` | types of requests can be read, and types of responses written: for storing responses and for fixtures |
//! | `operations` | a table of all operations with the shapes of their requests and responses, and calls by an operation's id |
//! | `cli` | the program `authctl`, which calls any operation of all services from the shell |
//! | `patterns` | arguments and members of bodies are checked against the patterns that the spec gives |
//! | `pkce` | `redirects`: PKCE verifiers, and the state that ties a callback to the browser that began the sign-in |
//! | `sessions` | `sessions`: the tokens of requests are checked here, without asking the service |
//! | `cookies` | sessions in cookies: what to set, and what to read of a request |
//! | `tower` | `sessions::web`: a layer that knows the sessions of requests, and one that lets only some of them pass |
//! | `axum` | sessions, and rules that they have to meet, are extractors of axum |
//! | `stream` | a wait for a session is a `Stream` of its states, too |
//! | `test-util` | a clock that tests set, and a signer of tokens, for the tests of applications |
//! | `tracing` | calls are traced, see above (on by default) |
//! | `rustls` | TLS by rustls (on by default) |
//! | `native-tls` | TLS by the system's library |
//!
//! HTTP/2, compression and the proxy settings of the system are reqwest's features: switch them on at your own dependency on
//! `reqwest`. The proxy variables of the environment, such as `HTTPS_PROXY`, count for every service that isn't on this
//! machine, unless you bring a `reqwest::ClientBuilder` or a `reqwest::Client` that says otherwise.

// Only a build with all groups can show what of the runtime is used by none.
#![cfg_attr(
    not(feature = "_services"),
    allow(
        dead_code,
        unused_imports,
        unused_macros,
        reason = "what generated code uses depends on the features"
    )
)]

// Generated code keeps the form that it is printed in, refers to what it deprecates itself, and takes as many
// arguments as the service requires.
// @generated services
#[cfg(feature = "_descope")]
#[rustfmt::skip]
#[allow(deprecated, unused_imports, clippy::too_many_arguments)]
pub mod descope;
#[cfg(feature = "_descope-management")]
#[rustfmt::skip]
#[allow(deprecated, unused_imports, clippy::too_many_arguments)]
pub mod descope_management;
#[cfg(feature = "_nhost")]
#[rustfmt::skip]
#[allow(deprecated, unused_imports, clippy::too_many_arguments)]
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

#[cfg(all(feature = "_client", feature = "cookies"))]
mod cookies;
/// Two services share it, and either can be switched on without the other.
#[cfg(any(feature = "_descope", feature = "_descope-management"))]
#[path = "services/descope_project.rs"]
mod descope_project;
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

#[cfg(feature = "_client")]
pub use runtime::{JsonText, Nullable, Secret};

/// The examples of the README are compiled and run with the tests.
#[cfg(all(
    doctest,
    feature = "descope-oauth",
    feature = "nhost-signin",
    feature = "nhost-token",
    feature = "nhost-user"
))]
#[doc = include_str!("../../README.md")]
pub struct Readme;
