//! Why a request is refused, and the response to it.

use super::CookieError;
use crate::sessions::{Forbidden, RefreshError, TokenError};
use reqwest::StatusCode;
use std::fmt;
use std::time::Duration;

/// Why a request is refused. Nothing of a token is in it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Rejection {
    /// The session token isn't accepted, or there is none.
    Token(TokenError),
    /// The session has expired and can't be refreshed.
    Refresh(RefreshError),
    /// There are credentials in two places.
    Ambiguous,
    /// The request may change something by the session in its cookies, or that session itself, and it doesn't come from this
    /// site.
    CrossOrigin,
    /// The session may not do this.
    Forbidden(Forbidden),
    /// The session can't be kept in cookies.
    Cookies(CookieError),
    /// The router has no [`SessionLayer`](super::SessionLayer) of this service above the route.
    NoLayer,
}

impl Rejection {
    /// The status of the response: 401 if the user has to sign in, 403 if that wouldn't help, 400 if the request contradicts
    /// itself, 503 if it may work later, 500 if the program is at fault.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Token(error) => error.status(),
            Self::Refresh(error) => error.status(),
            Self::Ambiguous => StatusCode::BAD_REQUEST,
            Self::CrossOrigin => StatusCode::FORBIDDEN,
            Self::Forbidden(forbidden) => forbidden.status(),
            Self::Cookies(_) | Self::NoLayer => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The value of the header `WWW-Authenticate`, if the response has one.
    #[must_use]
    pub fn www_authenticate(&self) -> Option<&'static str> {
        match self {
            Self::Token(error) => error.www_authenticate(),
            Self::Refresh(error) => error.www_authenticate(),
            Self::Ambiguous => Some(
                r#"Bearer error="invalid_request", error_description="there are credentials in two places""#,
            ),
            Self::Forbidden(forbidden) => Some(forbidden.www_authenticate()),
            Self::CrossOrigin | Self::Cookies(_) | Self::NoLayer => None,
        }
    }

    /// How long to wait before the next try, if that is known.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Token(TokenError::KeysUnavailable(keys)) => keys.retry_after(),
            Self::Refresh(error) => error.retry_after(),
            _ => None,
        }
    }
}

impl From<TokenError> for Rejection {
    fn from(error: TokenError) -> Self {
        Self::Token(error)
    }
}

/// A fault of the session token is told as such.
impl From<RefreshError> for Rejection {
    fn from(error: RefreshError) -> Self {
        match error {
            RefreshError::Token(error) => Self::Token(error),
            error => Self::Refresh(error),
        }
    }
}

impl From<Forbidden> for Rejection {
    fn from(forbidden: Forbidden) -> Self {
        Self::Forbidden(forbidden)
    }
}

impl From<CookieError> for Rejection {
    fn from(error: CookieError) -> Self {
        Self::Cookies(error)
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Token(error) => error.fmt(f),
            Self::Refresh(error) => error.fmt(f),
            Self::Ambiguous => f.write_str("there are credentials in two places; send one alone"),
            Self::CrossOrigin => f.write_str(
                "sessions are kept in cookies, and the request isn't known to come from this site; admit the \
                 origin by `allow_origin` if it is yours",
            ),
            Self::Forbidden(forbidden) => forbidden.fmt(f),
            Self::Cookies(error) => error.fmt(f),
            Self::NoLayer => f.write_str(
                "there is no `SessionLayer` of this service above the route; add it to the router",
            ),
        }
    }
}

impl std::error::Error for Rejection {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Token(error) => Some(error),
            Self::Refresh(error) => Some(error),
            Self::Forbidden(forbidden) => Some(forbidden),
            Self::Cookies(error) => Some(error),
            Self::Ambiguous | Self::CrossOrigin | Self::NoLayer => None,
        }
    }
}
