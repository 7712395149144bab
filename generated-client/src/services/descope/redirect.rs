//! What the browser comes back with from a sign-in.

use crate::callback::{self, APP_STATE};
use crate::descope::{Descope, ErrorCode};
use crate::runtime::{Conventions, InvalidRequest, Secret, last_in_query, redacted};
use reqwest::Url;
use reqwest::header::HeaderMap;
use std::fmt;

/// What is in the query of the URL with which the browser comes back from a sign-in by OAuth, SSO or SAML.
///
/// ```
/// use generated_client::descope::{RedirectOutcome, SignInRedirect};
///
/// let back = SignInRedirect::from_query("code=7d1f0c2e4b6a4f0f9c1d2e3f4a5b6c7d");
/// match back.outcome {
///     RedirectOutcome::Code(_code) => { /* `client.oauth().exchange(code)` gives the session. */ }
///     RedirectOutcome::Failed(failure) => eprintln!("{failure}"),
///     RedirectOutcome::Neither => eprintln!("no sign-in leads to this URL"),
/// }
/// ```
///
/// An error counts before a code: a code beside it comes from somebody else. Of a parameter that is there several times, the
/// last one counts, since the service adds its own to the query of your redirect URL. So use neither of the names `code` and
/// `err` there.
///
/// # Take it once
///
/// A code or a token that stays in the URL is used again when the user reloads the page, and is in the history of the
/// browser. So end the callback with a redirect: the status 303 and the headers of
/// [`redirect_headers`](Self::redirect_headers), which lead to a page of your own, or those of
/// [`redirect_headers_to`](Self::redirect_headers_to) with the same URL [without it](Self::clean_url).
///
/// # Check whose it is
///
/// A URL proves nothing: anybody can make one, with a code of their own. Start the sign-in with a
#[cfg_attr(feature = "pkce", doc = "[`SignInState`](crate::redirects::SignInState), and check that first.")]
#[cfg_attr(
    not(feature = "pkce"),
    doc = "`redirects::SignInState`, which the feature `pkce` has, and check that first."
)]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignInRedirect {
    /// How it ended.
    pub outcome: RedirectOutcome,
}

/// How a sign-in ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RedirectOutcome {
    /// The user is signed in: a code, to trade for a session once.
    Code(Secret),
    /// It failed.
    Failed(RedirectFailure),
    /// There is neither a code nor an error. Nothing of a sign-in leads to such a URL, so take it for a failure.
    Neither,
}

/// Why a sign-in failed. The text came by way of the browser, so `Display` and `Debug` show only words of it that are known
/// to be harmless.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RedirectFailure {
    /// The service's code, if the text has the form of one.
    pub code: Option<ErrorCode>,
    /// What the service says in `err`. It isn't documented what that may be.
    pub text: String,
}

impl SignInRedirect {
    /// Reads the query of a URL.
    #[must_use]
    pub fn from_url(url: &Url) -> Self {
        Self::from_query(callback::query_of(url))
    }

    /// Reads a query, such as `code=...`.
    #[must_use]
    pub fn from_query(query: &str) -> Self {
        let last = |name| last_in_query(query, name);
        let outcome = match (last("err"), last("code")) {
            (Some(text), _) => RedirectOutcome::Failed(RedirectFailure::read(text)),
            (None, Some(code)) => RedirectOutcome::Code(Secret::new(code)),
            (None, None) => RedirectOutcome::Neither,
        };
        Self { outcome }
    }

    /// The URL without what the service and the application put into its query for a sign-in, and without its fragment. It
    /// can be shown, kept and reloaded.
    ///
    /// ```
    /// use generated_client::descope::SignInRedirect;
    ///
    /// let back = "https://app.example/callback?page=2&code=7d1f0c2e&app_state=Zk3v9bQx".parse().unwrap();
    /// assert_eq!(SignInRedirect::clean_url(&back).as_str(), "https://app.example/callback?page=2");
    /// ```
    #[must_use]
    pub fn clean_url(url: &Url) -> Url {
        callback::without(url, callback::query_of(url).split('&'), &["code", "err", APP_STATE])
    }

    /// The headers of the response to the callback, whose status is 303: they send the browser on to a path
    /// of your own site, keep it from naming the callback to anybody, and keep the response out of all
    /// caches.
    ///
    /// A path that comes from a visitor, such as one in a query, can be handed in as it is: whatever would
    /// lead to another site is refused.
    ///
    /// ```
    /// use generated_client::descope::SignInRedirect;
    ///
    /// let headers = SignInRedirect::redirect_headers("/invoices?month=3")?;
    /// assert_eq!(headers["location"], "/invoices?month=3");
    /// assert_eq!((&headers["referrer-policy"], &headers["cache-control"]), (&"no-referrer".parse()?, &"no-store".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If it isn't a path of this site: it doesn't begin with a `/`, begins with two (also if the second is a
    /// `\` or is percent-encoded), or isn't percent-encoded.
    pub fn redirect_headers(path: &str) -> Result<HeaderMap, InvalidRequest> {
        callback::redirect_headers(path)
    }

    /// Like [`redirect_headers`](Self::redirect_headers), for a page of another site or an app.
    ///
    /// Don't make the URL of what a visitor gives. If you have to, compare its origin with a list of your own
    /// first: else a link to your site leads visitors to anybody's.
    ///
    /// # Errors
    ///
    /// If the URL leads to no page or app, as one with `data:` or `javascript:`.
    pub fn redirect_headers_to(url: &Url) -> Result<HeaderMap, InvalidRequest> {
        callback::redirect_headers_to(url)
    }
}

impl RedirectFailure {
    fn read(text: String) -> Self {
        Self { code: Descope::is_code(&text).then(|| ErrorCode::from(&*text)), text }
    }
}

impl fmt::Display for RedirectFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "descope: the redirect says that the sign-in failed: {}", redacted(&self.text))
    }
}

impl fmt::Debug for RedirectFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedirectFailure").field("text", &redacted(&self.text)).finish_non_exhaustive()
    }
}

impl std::error::Error for RedirectFailure {}

#[cfg(test)]
mod tests {
    use super::{RedirectOutcome, SignInRedirect};
    use crate::descope::ErrorCode;

    fn outcome(query: &str) -> RedirectOutcome {
        SignInRedirect::from_query(query).outcome
    }

    #[test]
    fn each_of_the_three_outcomes() {
        for query in
            ["code=a%2Bb", "?code=a%2Bb", "x=1&code=a%2Bb&y=2", "code=old&code=a%2Bb", "err=&code=a%2Bb"]
        {
            assert_eq!(outcome(query), RedirectOutcome::Code("a+b".into()), "{query}");
        }
        for query in ["", "?", "code=", "err=", "Code=x", "t=x", "code", "&&=", "app_state=x"] {
            assert_eq!(outcome(query), RedirectOutcome::Neither, "{query}");
        }
        let url = "https://app.example/callback?code=x#code=y".parse().unwrap();
        assert_eq!(SignInRedirect::from_url(&url).outcome, RedirectOutcome::Code("x".into()));
    }

    #[test]
    fn an_error_counts_before_a_code() {
        for (query, code, text) in [
            ("err=E061102", Some("E061102"), "E061102"),
            ("code=x&err=access+denied", None, "access denied"),
            ("err=E061102&code=x", Some("E061102"), "E061102"),
            ("err=E1%0a", None, "E1\n"),
        ] {
            let RedirectOutcome::Failed(failure) = outcome(query) else { panic!("{query}") };
            assert_eq!(failure.code, code.map(ErrorCode::from), "{query}");
            assert_eq!(failure.text, text, "{query}");
        }
    }

    #[test]
    fn a_reload_does_not_use_the_code_again() {
        for (query, expected) in [
            ("?code=x&app_state=y", ""),
            ("?a=1&code=x&err=E061102&b=%2B#code=z", "?a=1&b=%2B"),
            ("?next=/a?code=5", "?next=/a?code=5"),
        ] {
            let url = format!("https://app.example/callback{query}").parse().unwrap();
            let clean = SignInRedirect::clean_url(&url);
            assert_eq!(clean.as_str(), format!("https://app.example/callback{expected}"), "{query}");
            assert_eq!(SignInRedirect::from_url(&clean).outcome, RedirectOutcome::Neither, "{query}");
        }
    }

    #[test]
    fn nothing_that_came_by_way_of_the_browser_is_printed() {
        let redirect = SignInRedirect::from_query("err=canary7d1f0c2e4b6a&code=canary");
        let RedirectOutcome::Failed(failure) = &redirect.outcome else { panic!() };
        for shown in [format!("{redirect:?}"), failure.to_string()] {
            assert!(!shown.contains("canary") && !shown.contains("7d1f"), "{shown}");
        }
        let shown = format!("{:?}", SignInRedirect::from_query("code=canary"));
        assert!(!shown.contains("canary"), "{shown}");
        let RedirectOutcome::Failed(failure) = outcome("err=E061102") else { panic!() };
        assert_eq!(failure.to_string(), "descope: the redirect says that the sign-in failed: E061102");
    }
}
