//! What a request has to sign in with.

use super::{Rejection, SessionCookies};
use crate::Secret;
use crate::cookies::Ambiguous;
use crate::sessions::{Malformed, TokenError};
use reqwest::header::{AUTHORIZATION, HeaderMap};

/// What a request has to sign in with. Nothing of it has been checked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Credentials {
    /// The session token; empty if there is none.
    pub session: Secret,
    /// The refresh token; empty if there is none, or if the session token is in a header.
    pub refresh: Secret,
    /// Where they were.
    pub place: Place,
}

/// Where the credentials of a request are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the header `Authorization`.
    Header,
    /// In cookies, or nowhere.
    Cookies,
}

impl Credentials {
    /// Reads the headers of a request.
    ///
    /// # Errors
    ///
    /// [`Rejection::Ambiguous`] if there are credentials in two places, and [`Rejection::Token`] if the header `Authorization`
    /// can't be read, or asks for a proof of a key.
    pub fn read(headers: &HeaderMap, cookies: &SessionCookies) -> Result<Self, Rejection> {
        let [session, refresh] = cookies.read(headers).map_err(|Ambiguous| Rejection::Ambiguous)?;
        let in_cookies = session.is_some();
        match Self::in_header(headers)? {
            Some(_) if in_cookies => Err(Rejection::Ambiguous),
            Some(credentials) => Ok(credentials),
            None => Ok(Self {
                session: session.unwrap_or_default(),
                refresh: refresh.unwrap_or_default(),
                place: Place::Cookies,
            }),
        }
    }

    /// Reads the headers of a request whose cookies don't count.
    ///
    /// # Errors
    ///
    /// Those of [`read`](Self::read).
    pub fn read_header(headers: &HeaderMap) -> Result<Self, Rejection> {
        let none = Self { session: Secret::default(), refresh: Secret::default(), place: Place::Header };
        Ok(Self::in_header(headers)?.unwrap_or(none))
    }

    /// What the header `Authorization` has. A scheme that isn't known here is as good as no token.
    fn in_header(headers: &HeaderMap) -> Result<Option<Self>, Rejection> {
        let mut values = headers.get_all(AUTHORIZATION).into_iter();
        let Some(value) = values.next() else { return Ok(None) };
        if values.next().is_some() {
            return Err(Rejection::Ambiguous);
        }
        let value = value.to_str().map_err(|_| TokenError::from(Malformed::NotBase64url))?.trim();
        let (scheme, token) = value.split_once(' ').unwrap_or((value, ""));
        if scheme.eq_ignore_ascii_case("dpop") {
            return Err(TokenError::ProofRequired.into());
        }
        let token = if scheme.eq_ignore_ascii_case("bearer") { token.trim() } else { "" };
        Ok(Some(Self { session: token.into(), refresh: Secret::default(), place: Place::Header }))
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.session.is_empty() && self.refresh.is_empty()
    }
}
