//! The cookie in which the browser keeps the state of a sign-in.

use super::{SignInState, StateError};
use crate::cookies::{Ambiguous, SetCookie, read};
use reqwest::header::{HeaderMap, HeaderValue};
use std::time::Duration;

/// The prefix makes browsers refuse the cookie from a page without TLS, and from another host of the same domain.
const NAME: &str = "__Host-sign-in-state";
/// How long a user has for signing in.
const LIFETIME: Duration = Duration::from_secs(10 * 60);

impl SignInState {
    /// The value of a `Set-Cookie` header by which the browser keeps the state for ten minutes.
    ///
    /// The cookie is `HttpOnly`, `Secure` and `SameSite=Lax`, since it has to come along when the browser comes back from
    /// another site. Browsers take `http://localhost` for secure.
    #[must_use]
    pub fn set_cookie(&self) -> HeaderValue {
        SetCookie { lifetime: LIFETIME, ..SetCookie::new(NAME, self.cookie_value().expose()) }.header()
    }

    /// The value of a `Set-Cookie` header by which the browser forgets the state.
    #[must_use]
    pub fn clear_cookie() -> HeaderValue {
        SetCookie::new(NAME, "").header()
    }

    /// Checks a callback by the headers of its request and the query of its URL, and gives the landing. Do it before the
    /// code is traded, and send [`clear_cookie`](Self::clear_cookie) along with the response, whatever it is.
    ///
    /// # Errors
    ///
    /// If the sign-in wasn't begun in this browser.
    pub fn finish(headers: &HeaderMap, query: &str) -> Result<String, StateError> {
        let kept = read(headers, NAME).map_err(|Ambiguous| StateError::Mismatch)?;
        Self::check(kept.as_ref(), Self::in_query(query).as_ref())
    }
}
