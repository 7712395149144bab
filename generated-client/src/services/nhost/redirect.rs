//! What the browser comes back with from a sign-in or from a link in an email.

use super::code;
use crate::callback::{self, APP_STATE, decoded};
use crate::nhost::ErrorCode;
use crate::nhost::common::{MEANINGS, same_questions};
use crate::runtime::codegen::open_enum;
use crate::runtime::{InvalidRequest, Redirect, Secret, meaning_of, redacted};
use reqwest::Url;
use reqwest::header::HeaderMap;
use std::fmt;

/// What is in the query of the URL that the server redirects to in the end: that of a sign-in with a provider, of
/// linking an account, or of the link in an email.
///
/// Read it from the [`Redirect`] that a call returns, or from the URL with which the browser calls your own page:
///
/// ```
/// use generated_client::nhost::{RedirectOutcome, SignInRedirect};
///
/// let url = "https://app.example/signed-in?refreshToken=6b1e7c52-90c4-4b3f-8a35-2f0d3cf1a7e9&type=verifyEmail";
/// let back = SignInRedirect::from_url(&url.parse().unwrap());
/// match back.outcome {
///     RedirectOutcome::SignedIn(refresh_token) => {
///         // `client.token().refresh(refresh_token)` gives the session.
///         assert_eq!(refresh_token.expose(), "6b1e7c52-90c4-4b3f-8a35-2f0d3cf1a7e9");
///     }
///     RedirectOutcome::Code(_code) => { /* `client.token().exchange(code, verifier)` gives the session. */ }
///     RedirectOutcome::Failed(failure) => eprintln!("{failure}"),
///     RedirectOutcome::NoSession => { /* The account was linked, or the email address has to be verified first. */ }
///     RedirectOutcome::Pending => { /* The URL is the provider's own page. */ }
/// }
/// ```
///
/// # What counts
///
/// - A refresh token counts before a code, and a code before an error: the server leaves an old `error` in a URL where a
///   sign-in succeeds.
/// - Of a key that is there several times, the last one counts: the server adds to what is there. If that one is empty, the
///   key counts as absent.
/// - The words of the provider count only beside `oauth-provider-error`. Beside any other code they are left over from
///   somebody else's sign-in.
/// - A second `?` counts as `&` if `refreshToken` or `error` follows, because older servers write it.
/// - The server keeps the query of your own `redirectTo`, so use none of the names `refreshToken`, `code`, `error`,
///   `errorDescription`, `type` and `state` there.
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
/// A URL proves nothing: anybody can make one, with a refresh token of their own. Where that matters, start the sign-in
/// with a `state` or with PKCE.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignInRedirect {
    /// How it ended.
    pub outcome: RedirectOutcome,
    /// What the link in the email stood for; nothing for a sign-in with a provider.
    pub ticket: Option<TicketKind>,
    /// The `state` that the sign-in was started with. Compare it with the one that you keep for the visitor. Older servers
    /// don't give it back.
    pub state: Option<Secret>,
}

/// How a sign-in or a link in an email ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RedirectOutcome {
    /// The user is signed in: a refresh token, to trade for a session with the operation `token_refresh`.
    SignedIn(Secret),
    /// The user is signed in, and there was a PKCE challenge: a code, to trade for a session with the operation
    /// `token_exchange` and the verifier, once and within 5 minutes.
    Code(Secret),
    /// It failed.
    Failed(RedirectFailure),
    /// The query has no token, no code and no error. A sign-in with `connect` has linked the account at the provider. After
    /// any other one, the user has to verify the email address first, and gets an email.
    ///
    /// A URL that no sign-in led to looks the same. Compare [`SignInRedirect::state`] to tell them apart.
    NoSession,
    /// The sign-in hasn't ended yet: the URL is that of the provider's own sign-in page.
    Pending,
}

/// Why a sign-in or a link in an email failed.
///
/// It has the same questions as [`Error`](crate::nhost::Error). `Display` is one line for a log. The texts came by way of
/// the browser, so `Display` and `Debug` show only words of them that are known to be harmless.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RedirectFailure {
    /// The server's code. If what it sent doesn't have the form of a code, this is `None`, and `description` is that text.
    pub code: Option<ErrorCode>,
    /// The server's text about the code.
    pub description: Option<String>,
    /// The provider's own code, such as `access_denied` where the user cancelled.
    pub provider_error: Option<String>,
    /// The provider's text about its code.
    pub provider_error_description: Option<String>,
    /// The provider's page about its code.
    pub provider_error_url: Option<String>,
}

open_enum! {
    /// What the link in an email stood for.
    pub enum TicketKind {
        /// `verifyEmail`: The user verified the email address.
        VerifyEmail = "verifyEmail",
        /// `passwordlessEmail`: The user signed in.
        PasswordlessEmail = "passwordlessEmail",
        /// `emailConfirmChange`: The user changed the email address.
        EmailConfirmChange = "emailConfirmChange",
        /// `passwordReset`: The user forgot the password; ask for a new one, and set it with the operation
        /// `user_change_password`.
        PasswordReset = "passwordReset",
    }
}

impl SignInRedirect {
    /// Reads the query of a URL.
    #[must_use]
    pub fn from_url(url: &Url) -> Self {
        Self::from_query(callback::query_of(url))
    }

    /// Reads a query, such as `refreshToken=...&type=verifyEmail`.
    #[must_use]
    pub fn from_query(query: &str) -> Self {
        let query = query.strip_prefix('?').unwrap_or(query);
        let pairs: Vec<_> = parts(query).map(pair).collect();
        let last = |name: &str| {
            let (_, value) = pairs.iter().rev().find(|(key, _)| key == name)?;
            Some(value.clone()).filter(|value| !value.is_empty())
        };
        let secret = |name| last(name).map(Secret::new);
        let outcome = secret("refreshToken")
            .map(RedirectOutcome::SignedIn)
            .or_else(|| secret("code").map(RedirectOutcome::Code))
            .or_else(|| RedirectFailure::read(last).map(RedirectOutcome::Failed))
            .unwrap_or_else(|| match pairs.iter().any(|(key, _)| AT_PROVIDER.contains(&key.as_str())) {
                true => RedirectOutcome::Pending,
                false => RedirectOutcome::NoSession,
            });
        let ticket = match outcome {
            RedirectOutcome::SignedIn(_) | RedirectOutcome::Code(_) => last("type").map(TicketKind::from),
            RedirectOutcome::Failed(_) | RedirectOutcome::NoSession | RedirectOutcome::Pending => None,
        };
        Self { outcome, ticket, state: secret("state") }
    }

    /// The URL without what the service and the application put into its query for a sign-in, and without its fragment. It
    /// can be shown, kept and reloaded.
    ///
    /// ```
    /// use generated_client::nhost::SignInRedirect;
    ///
    /// let back = "https://app.example/callback?page=2&refreshToken=6b1e7c52-90c4-4b3f-8a35-2f0d3cf1a7e9".parse().unwrap();
    /// assert_eq!(SignInRedirect::clean_url(&back).as_str(), "https://app.example/callback?page=2");
    /// ```
    #[must_use]
    pub fn clean_url(url: &Url) -> Url {
        callback::without(url, parts(callback::query_of(url)), &ADDED)
    }

    /// The headers of the response to the callback, whose status is 303: they send the browser on to a path
    /// of your own site, keep it from naming the callback to anybody, and keep the response out of all
    /// caches.
    ///
    /// A path that comes from a visitor, such as one in a query, can be handed in as it is: whatever would
    /// lead to another site is refused.
    ///
    /// ```
    /// use generated_client::nhost::SignInRedirect;
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

/// What the server and the application add to the query of a redirect URL.
const ADDED: [&str; 11] = [
    "refreshToken",
    "code",
    "error",
    "errorDescription",
    "provider_error",
    "provider_error_description",
    "provider_error_url",
    "provider_state",
    "state",
    "type",
    APP_STATE,
];

/// Parameters that every request for a sign-in page has: that of OAuth 2.0, and that of OAuth 1.0a.
const AT_PROVIDER: [&str; 2] = ["client_id", "oauth_token"];

/// The parts of a query, with a key and a value each. An older server puts a `?` between two of them.
fn parts(query: &str) -> impl Iterator<Item = &str> {
    query.split('&').flat_map(|part| {
        let in_two = part.match_indices('?').find_map(|(index, _)| {
            let (before, rest) = part.split_at_checked(index)?;
            let rest = rest.strip_prefix('?')?;
            let is_added = ["refreshToken=", "error="].iter().any(|key| rest.starts_with(key));
            is_added.then_some((before, Some(rest)))
        });
        let (first, second) = in_two.unwrap_or((part, None));
        [Some(first), second].into_iter().flatten()
    })
}

/// The key and the value in a part of a query.
fn pair(part: &str) -> (String, String) {
    let (key, value) = part.split_once('=').unwrap_or((part, ""));
    (decoded(key), decoded(value))
}

impl fmt::Debug for SignInRedirect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignInRedirect")
            .field("outcome", &self.outcome)
            .field("ticket", &self.ticket.as_ref().map(|ticket| redacted(ticket.as_str())))
            .field("state", &self.state)
            .finish()
    }
}

impl From<&Redirect> for SignInRedirect {
    fn from(redirect: &Redirect) -> Self {
        Self::from_url(redirect.url())
    }
}

same_questions! { RedirectFailure }

impl RedirectFailure {
    /// The question that is true of the failure. No operation is known of a redirect, so the code alone counts.
    fn meaning(&self) -> Option<&'static str> {
        self.code.as_ref().and_then(|code| meaning_of(MEANINGS, code.as_str()))
    }

    fn read(last: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let error = last("error")?;
        let code = code(&error, true).map(ErrorCode::from);
        let of_provider = |name| match code {
            Some(ErrorCode::OauthProviderError) => last(name),
            _ => None,
        };
        Some(Self {
            description: last("errorDescription").or_else(|| code.is_none().then_some(error.clone())),
            provider_error: of_provider("provider_error"),
            provider_error_description: of_provider("provider_error_description"),
            provider_error_url: of_provider("provider_error_url"),
            code,
        })
    }
}

impl fmt::Display for RedirectFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nhost: the redirect says ")?;
        match &self.code {
            Some(code) => f.write_str(&redacted(code.as_str()))?,
            None => f.write_str("that it failed")?,
        }
        if let Some(description) = &self.description {
            write!(f, ": {}", redacted(description))?;
        }
        if let Some(error) = &self.provider_error {
            write!(f, "; the provider says {}", redacted(error))?;
        }
        if let Some(description) = &self.provider_error_description {
            write!(f, ": {}", redacted(description))?;
        }
        Ok(())
    }
}

impl fmt::Debug for RedirectFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |text: &Option<String>| text.as_deref().map(redacted);
        f.debug_struct("RedirectFailure")
            .field("code", &self.code.as_ref().map(|code| redacted(code.as_str())))
            .field("description", &shown(&self.description))
            .field("provider_error", &shown(&self.provider_error))
            .field("provider_error_description", &shown(&self.provider_error_description))
            .finish_non_exhaustive()
    }
}

impl std::error::Error for RedirectFailure {}

#[cfg(test)]
mod tests;
