//! Sessions of the requests that a web server gets: in cookies or in the header `Authorization`.
//!
//! [`SessionCookies`] says what to set, and [`Credentials`] reads a request, for any framework. With the feature `tower`,
//! [`SessionLayer`] does both for a router; with the feature `axum`, [`Session`] and others are extractors of axum.
#![cfg_attr(
    all(feature = "axum", feature = "descope-keys", feature = "descope-session"),
    doc = r#"
```no_run
use axum::{Router, routing::get};
use generated_client::descope;
use generated_client::sessions::{descope::Sessions, web::{Rejection, Session, SessionLayer}};

async fn page(user: Session<Sessions>) -> Result<String, Rejection> {
    user.require_role("admin")?;
    Ok(format!("hello {}", user.subject()))
}

# fn app() -> Result<Router, descope::Error> {
let descope = descope::Client::builder("P2aAc4T2V93bddihGEx2Ryhc8e5Z").build()?;
let layer = SessionLayer::new(descope.sessions().build());
# Ok(
Router::new().route("/", get(page)).layer(layer)
# )}
```
"#
)]
//!
//! # What is read of a request
//!
//! - The session token is in `Authorization: Bearer ...`, or in the session cookie; in both, the request is refused with
//!   400, since nobody knows which is meant. So is one with two `Authorization` headers, or with two session cookies of
//!   different values.
//! - Whatever stands in `Authorization`, the cookies don't count beside it: a token that isn't accepted there is refused.
//! - The refresh token is in its cookie alone, and is used only if the session token isn't in `Authorization`.
//!
//! # What is responded
//!
//! | what | status | `WWW-Authenticate` |
//! | --- | --- | --- |
//! | no token | 401 | `Bearer` |
//! | a token that isn't accepted, or a session that is over | 401 | `Bearer error="invalid_token"` |
//! | credentials in two places | 400 | `Bearer error="invalid_request"` |
//! | a role, permission or tenant is missing | 403 | `Bearer error="insufficient_scope"` |
//! | a request by cookie, a sign-in or a sign-out that another site may have made | 403 | |
//! | the keys or the service are unavailable | 503, with `Retry-After` if that is known | |
//!
//! A response that depends on the session says `Vary: Cookie, Authorization`; one that sets cookies, or refuses, says
//! `Cache-Control: no-store`.
//!
//! # Sessions that are over
//!
//! When the service refuses a refresh token, or the user has signed out, the response is a 401 that leaves the
//! cookies as they are, and the refresh token isn't sent again. The response clears the cookies only if the same
//! refresh token comes again ten seconds later. A refresh token that can't be one, such as an expired one, isn't
//! sent, and its cookies are cleared at once.
//!
//! So several processes may serve one browser. Where refresh tokens are rotated, each of them may refresh the session
//! for requests that come at once, and the service lets one of them win. That one sets the new cookies. The other
//! requests get a 401, but their responses don't clear those cookies, whatever the order in which they arrive. What
//! comes after them has the new session. Requests that shouldn't get that 401 have to reach one process, which
//! refreshes once for all of them.
//!
//! # Sign-ins while other requests go on
//!
//! A sign-in replaces the session whose cookies came with its request. Other requests with those cookies may
//! go on then, as may some that the browser sent shortly after. Their responses leave the cookies of the new
//! session alone: they neither set those of a refreshed session nor clear any. The session before isn't ended
//! at the service, since the new one may be the same there, after a tenant was selected for example. If it is
//! to end, call `sign_out` first.
//!
//! # Requests from other sites
//!
//! Browsers send cookies along with requests that another site makes. So a request that may change something (any method but
//! `GET`, `HEAD`, `OPTIONS` and `TRACE`, and any `Upgrade`, such as that of a WebSocket) and has its session from a cookie has
//! to come from this site: by `Sec-Fetch-Site: same-origin` or `none`, or by an `Origin` with the host of the request, where
//! the browser doesn't say the former. Other origins are admitted by name. A request that says nothing is refused.
//! A `GET` must change nothing.
//!
//! What signs a user in or out has to come from this site, too, whether or not it has cookies: another site could sign a
//! visitor in to an account of its own. A request that says nothing may sign in, since only programs send such a one. A callback
//! by `GET` may, and is checked by `redirects::SignInState`. One that the page of a provider posts is
//! checked by your program, which then calls `sign_in_from_callback`.
//!
//! Pages with `Referrer-Policy: no-referrer` make browsers send `Origin: null` with forms, by which older browsers without
//! `Sec-Fetch-Site` can't be told from those of other sites; use `same-origin` instead. A program that writes the headers of
//! [`SessionCookies`] by itself has to check where the request comes from.

mod cookies;
mod credentials;
mod rejection;

#[cfg(feature = "tower")]
mod authentication;
#[cfg(feature = "axum")]
mod extract;
#[cfg(feature = "tower")]
mod layer;
#[cfg(feature = "tower")]
mod moments;
#[cfg(feature = "tower")]
mod origin;
#[cfg(feature = "tower")]
mod refusals;
#[cfg(feature = "tower")]
mod replaced;
#[cfg(feature = "tower")]
mod require;

#[cfg(feature = "tower")]
pub use authentication::{Authentication, Session};
pub use cookies::{CookieError, SameSite, SessionCookies};
pub use credentials::{Credentials, Place};
#[cfg(feature = "axum")]
pub use extract::{Authorized, Rule};
#[cfg(feature = "tower")]
pub use layer::{SessionLayer, SessionService};
pub use rejection::Rejection;
#[cfg(feature = "tower")]
pub use require::{RequireLayer, RequireService, require};
