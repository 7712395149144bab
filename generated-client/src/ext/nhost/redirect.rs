//! What the browser comes back with from a sign-in or from a link in an email.

use super::{ErrorCode, code};
use crate::runtime::codegen::open_enum;
use crate::runtime::{Redirect, Secret, redacted};
use percent_encoding::percent_decode_str;
use reqwest::Url;
use std::fmt;

/// What is in the query of the URL that the server redirects to in the end: that of a sign-in with a provider, of
/// linking an account, or of the link in an email.
///
/// Make it of the [`Redirect`] that a call gives, or of the URL with which the browser calls your own page:
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
///     RedirectOutcome::Pending => { /* The URL is no end of a sign-in, such as the provider's own page. */ }
/// }
/// ```
///
/// # What counts
///
/// - A refresh token counts before a code, and a code before an error: the server leaves an old `error` in a URL where a
///   sign-in succeeds.
/// - Of a key that is there several times, the last one counts: the server adds to what is there. If that is empty,
///   nothing was said.
/// - The words of the provider count only beside `oauth-provider-error`. Beside any other code they are left over from
///   somebody else's sign-in.
/// - The server keeps the query of your own `redirectTo`, so use none of the names `refreshToken`, `code`, `error`,
///   `errorDescription`, `type` and `state` there.
///
/// A URL proves nothing: anybody can make one, with a refresh token of their own. Where that matters, start the sign-in
/// with a `state` or with PKCE.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// It hasn't ended yet, as the query says nothing of the kind: the URL is that of the provider's own page, or no
    /// sign-in led to it.
    Pending,
}

/// Why a sign-in or a link in an email failed.
///
/// `Display` is one line for a log. The texts came by way of the browser, so it and `Debug` show no more of them than of
/// the texts of any error.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RedirectFailure {
    /// The server's code; none if it isn't in the form of a code, and then `description` is what stands in its place.
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
        Self::from_query(url.query().unwrap_or_default())
    }

    /// Reads a query, such as `refreshToken=...&type=verifyEmail`.
    #[must_use]
    pub fn from_query(query: &str) -> Self {
        let query = query.strip_prefix('?').unwrap_or(query);
        let last = |name: &str| {
            let pairs = query.rsplit('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
            let value = pairs.map(|(key, value)| (decoded(key), value)).find(|(key, _)| key == name)?.1;
            Some(decoded(value)).filter(|value| !value.is_empty())
        };
        let secret = |name| last(name).map(Secret::new);
        let outcome = secret("refreshToken")
            .map(RedirectOutcome::SignedIn)
            .or_else(|| secret("code").map(RedirectOutcome::Code))
            .or_else(|| RedirectFailure::read(last).map(RedirectOutcome::Failed))
            .unwrap_or(RedirectOutcome::Pending);
        let ticket = match outcome {
            RedirectOutcome::SignedIn(_) | RedirectOutcome::Code(_) => last("type").map(TicketKind::from),
            RedirectOutcome::Failed(_) | RedirectOutcome::Pending => None,
        };
        Self { outcome, ticket, state: secret("state") }
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

impl From<&Redirect> for SignInRedirect {
    fn from(redirect: &Redirect) -> Self {
        Self::from_url(redirect.url())
    }
}

impl RedirectFailure {
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
        f.write_str(self.code.as_ref().map_or("that it failed", ErrorCode::as_str))?;
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
        let redacted = |text: &Option<String>| text.as_deref().map(redacted);
        f.debug_struct("RedirectFailure")
            .field("code", &self.code)
            .field("description", &redacted(&self.description))
            .field("provider_error", &redacted(&self.provider_error))
            .field("provider_error_description", &redacted(&self.provider_error_description))
            .finish_non_exhaustive()
    }
}

impl std::error::Error for RedirectFailure {}

#[cfg(test)]
mod tests;
