//! What no spec can say of Descope: its regions, the headers of its SDKs, sessions in cookies, what its redirects mean, and
//! questions to an error.

mod cookies;
mod redirect;

pub use redirect::{RedirectFailure, RedirectOutcome, SignInRedirect};

use crate::descope::{Client, Descope, Error, ErrorCode};
use crate::descope_project as project;
use crate::runtime::{Conventions, InvalidRequest, RawResponse, Values};
use reqwest::StatusCode;
use serde_json::{Map, Value};

impl Conventions for Descope {
    fn is_code(text: &str) -> bool {
        project::is_code(text)
    }

    /// A project may send the tokens of its sessions in cookies instead of the body.
    fn supplement(response: &RawResponse) -> Option<Map<String, Value>> {
        cookies::supplement(response)
    }

    fn base_url(values: &Values) -> Result<Option<String>, InvalidRequest> {
        project::base_url(values)
    }

    fn headers(values: &Values) -> Vec<(&'static str, String)> {
        project::headers(values)
    }
}

impl<C> Client<C> {
    /// The ID of the project, which is no secret.
    #[allow(dead_code, reason = "only sessions ask for it")]
    pub(crate) fn project_id(&self) -> &str {
        self.core().value(project::ID).map_or("", |id| id.expose())
    }
}

/// Questions to an error of a call to Descope.
///
/// ```
/// use generated_client::descope::Error;
/// use generated_client::runtime::Kind;
///
/// fn advice(error: &Error) -> &'static str {
///     if error.is_pending() {
///         return "ask again in a second";
///     }
///     match error.kind() {
///         Kind::Api(_) if error.is_rate_limited() => "wait as long as `retry_after` says",
///         Kind::Api(api) if api.status().is_client_error() => "look at the code",
///         Kind::InvalidRequest(_) => "correct the call",
///         _ => "try again later",
///     }
/// }
/// ```
impl Error {
    /// Whether the code that the user typed is wrong.
    #[must_use]
    pub fn is_wrong_code(&self) -> bool {
        self.has_code(&["E061102"])
    }

    /// Whether the code or link was right once and is expired.
    #[must_use]
    pub fn is_expired(&self) -> bool {
        self.has_code(&["E061104", "E062504"])
    }

    /// Whether the code can't be tried again: there were too many wrong ones.
    #[must_use]
    pub fn is_out_of_attempts(&self) -> bool {
        self.has_code(&["E061103"])
    }

    /// Whether the user has not confirmed yet: poll again.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.has_code(&["E062503", "E066103"])
    }

    /// Whether there is no such user.
    #[must_use]
    pub fn is_user_not_found(&self) -> bool {
        self.has_code(&["E062108", "E112102"])
    }

    /// Whether there is such a user already.
    #[must_use]
    pub fn is_user_exists(&self) -> bool {
        self.has_code(&["E062107"])
    }

    /// Whether the password is wrong.
    #[must_use]
    pub fn is_wrong_password(&self) -> bool {
        self.has_code(&["E062901", "E062903"])
    }

    /// Whether the password was right once and has to be replaced.
    #[must_use]
    pub fn is_password_expired(&self) -> bool {
        self.has_code(&["E062909"])
    }

    /// Whether the credential that the client carries is missing or invalid, or its session was ended by a logout:
    /// sign in again, or replace the key. An error with status 401 counts as well if it has no code, or one that isn't
    /// known: a known code says what else is wrong, for example that a one-time code is.
    #[must_use]
    pub fn is_unauthenticated(&self) -> bool {
        let is_unexplained = |code: Option<&ErrorCode>| matches!(code, None | Some(ErrorCode::Unknown(_)));
        let is_401 = self.api().is_some_and(|api| api.status() == StatusCode::UNAUTHORIZED);
        self.has_code(&["E062802", "E062803", "E064001", "E111119"])
            || (is_401 && is_unexplained(self.code()))
    }
}

#[cfg(test)]
mod tests;
