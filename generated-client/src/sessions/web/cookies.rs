//! The two cookies of a session.

use crate::Secret;
use crate::cookies::{Ambiguous, SetCookie, read};
use crate::sessions::{SessionBackend, Tokens};
use reqwest::header::{HeaderMap, HeaderValue};
use std::fmt;
use std::time::Duration;

/// How long the cookies are kept, unless the refresh token says it: as long as Nhost's refresh tokens are good.
const LIFETIME: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// The cookies that a session is kept in: one for the session token, one for the refresh token.
///
/// Scripts can't read them (`HttpOnly`), and browsers send them over TLS only (`Secure`). They are set together or not at
/// all, and both are kept as long as the refresh token: a session token that has expired still says whose session it is.
///
/// ```
/// use generated_client::sessions::{Tokens, web::SessionCookies};
///
/// let cookies = SessionCookies::new("DS", "DSR");
/// let [session, refresh] = cookies.set(&Tokens::new("eyJ.session.x", "eyJ.refresh.x"))?;
/// assert_eq!(session, "DS=eyJ.session.x; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=2592000");
/// assert_eq!(refresh, "DSR=eyJ.refresh.x; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=2592000");
/// # Ok::<(), generated_client::sessions::web::CookieError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct SessionCookies {
    session: String,
    refresh: String,
    path: String,
    domain: Option<String>,
    same_site: SameSite,
    is_secure: bool,
    lifetime: Duration,
}

/// Which requests that begin on other sites have the cookies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SameSite {
    /// Those by which a user follows a link, or comes back from a redirect. This is the default, since with
    /// [`Strict`](Self::Strict) nobody seems to be signed in on the first page after a sign-in by redirect.
    Lax,
    /// None.
    Strict,
}

/// Why a session can't be kept in cookies. Neither of the two is set then.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CookieError {
    /// There is no refresh token.
    NoRefreshToken,
    /// Browsers don't keep a cookie of more than 4,096 bytes. Let the project put fewer claims into its tokens.
    TooLong {
        /// The name of the cookie.
        cookie: String,
    },
    /// The name of the cookie, the token, the path or the domain has characters that cookies can't have.
    NotWritable {
        /// The name of the cookie.
        cookie: String,
    },
    /// The name of the cookie has a prefix, `__Host-` or `__Secure-`, and the cookie lacks what browsers ask for then.
    Prefix {
        /// The name of the cookie.
        cookie: String,
        /// What the cookie needs.
        needs: &'static str,
    },
}

impl SessionCookies {
    /// Cookies of these names. They are for the whole host that sets them, and for no other host.
    pub fn new(session: impl Into<String>, refresh: impl Into<String>) -> Self {
        Self {
            session: session.into(),
            refresh: refresh.into(),
            path: "/".to_owned(),
            domain: None,
            same_site: SameSite::Lax,
            is_secure: true,
            lifetime: LIFETIME,
        }
    }

    /// Cookies of the names that the service has for them.
    pub fn of(sessions: &impl SessionBackend) -> Self {
        let [session, refresh] = sessions.cookie_names();
        Self::new(session, refresh)
    }

    /// Sets the path below which the browser sends the cookies, `/` by default.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }

    /// Sets a domain, whose hosts all get the cookies. By default only the host that sets them does. The domain that Descope
    /// names in its responses isn't taken, since it may be that of Descope's own pages.
    pub fn domain(mut self, domain: impl Into<String>) -> Self {
        self.domain = Some(domain.into());
        self
    }

    /// Sets which requests that begin on other sites have the cookies.
    pub fn same_site(mut self, same_site: SameSite) -> Self {
        self.same_site = same_site;
        self
    }

    /// Lets browsers send the cookies without TLS, where anybody on the way can take them. It is for development on hosts
    /// other than `localhost`, which browsers take for secure.
    pub fn insecure(mut self) -> Self {
        self.is_secure = false;
        self
    }

    /// Sets how long the cookies are kept, where the refresh token doesn't say how long it is good. It is 30 days by
    /// default.
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = lifetime;
        self
    }

    /// The values of the two `Set-Cookie` headers by which a browser keeps a session.
    ///
    /// # Errors
    ///
    /// If one of the tokens can't be kept in a cookie.
    pub fn set(&self, tokens: &Tokens) -> Result<[HeaderValue; 2], CookieError> {
        self.set_for(tokens, self.lifetime)
    }

    /// Like [`set`](Self::set), for cookies that are kept for this time, which should be as long as the refresh token is
    /// good.
    ///
    /// # Errors
    ///
    /// Those of [`set`](Self::set).
    pub fn set_for(&self, tokens: &Tokens, lifetime: Duration) -> Result<[HeaderValue; 2], CookieError> {
        if tokens.refresh.is_empty() {
            return Err(CookieError::NoRefreshToken);
        }
        let cookies = [
            self.cookie(&self.session, tokens.session.expose(), lifetime),
            self.cookie(&self.refresh, tokens.refresh.expose(), lifetime),
        ];
        for cookie in &cookies {
            let name = || cookie.name.to_owned();
            if !cookie.is_writable() {
                return Err(CookieError::NotWritable { cookie: name() });
            }
            if let Some(needs) = cookie.lacks() {
                return Err(CookieError::Prefix { cookie: name(), needs });
            }
            if !cookie.fits() {
                return Err(CookieError::TooLong { cookie: name() });
            }
        }
        Ok(cookies.map(|cookie| cookie.header()))
    }

    /// The values of the two `Set-Cookie` headers by which a browser forgets a session. They have the domain and path of those
    /// that set it, without which a browser would keep it.
    #[must_use]
    pub fn clear(&self) -> [HeaderValue; 2] {
        [&self.session, &self.refresh].map(|name| self.cookie(name, "", Duration::ZERO).header())
    }

    /// The session token and the refresh token in the cookies of a request.
    pub(super) fn read(&self, headers: &HeaderMap) -> Result<[Option<Secret>; 2], Ambiguous> {
        Ok([read(headers, &self.session)?, read(headers, &self.refresh)?])
    }

    /// Headers that keep tokens of which one may be missing or too long: what can't be kept is cleared.
    #[cfg(feature = "tower")]
    pub(super) fn keep(&self, tokens: &Tokens, lifetime: Option<Duration>) -> [HeaderValue; 2] {
        let lifetime = lifetime.unwrap_or(self.lifetime);
        let without_session = || Tokens::new("", tokens.refresh.clone());
        self.set_for(tokens, lifetime)
            .or_else(|_| self.set_for(&without_session(), lifetime))
            .unwrap_or_else(|_| self.clear())
    }

    fn cookie<'c>(&'c self, name: &'c str, value: &'c str, lifetime: Duration) -> SetCookie<'c> {
        SetCookie {
            path: &self.path,
            domain: self.domain.as_deref(),
            same_site: match self.same_site {
                SameSite::Lax => cookie::SameSite::Lax,
                SameSite::Strict => cookie::SameSite::Strict,
            },
            is_secure: self.is_secure,
            lifetime,
            ..SetCookie::new(name, value)
        }
    }
}

impl fmt::Display for CookieError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRefreshToken => f.write_str("there is no refresh token to keep in a cookie"),
            Self::TooLong { cookie } => write!(
                f,
                "the token is too long for the cookie `{}`, as browsers keep 4,096 bytes; put fewer claims into it",
                cookie.escape_debug()
            ),
            Self::NotWritable { cookie } => write!(
                f,
                "the name, the token, the path or the domain of the cookie `{}` has characters that cookies can't have",
                cookie.escape_debug()
            ),
            Self::Prefix { cookie, needs } => write!(
                f,
                "browsers don't keep the cookie `{}`: its prefix asks for {needs}",
                cookie.escape_debug()
            ),
        }
    }
}

impl std::error::Error for CookieError {}
