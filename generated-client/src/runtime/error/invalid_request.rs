//! Requests that can't be sent.

use std::error::Error;
use std::fmt;

use crate::runtime::value::violation::Violation;

/// A request or a setting that can't be used, so that nothing is sent. It never contains the value.
#[derive(Debug)]
pub struct InvalidRequest {
    what: String,
    why: String,
    is_about_credential: bool,
    source: Option<reqwest::Error>,
}

impl InvalidRequest {
    pub(crate) fn new(what: impl Into<String>, why: impl Into<String>) -> Self {
        Self { what: what.into(), why: why.into(), is_about_credential: false, source: None }
    }

    /// Adds the error of the HTTP client that is the reason.
    pub(crate) fn because(mut self, source: reqwest::Error) -> Self {
        self.source = Some(source.without_url());
        self
    }

    /// The error for a part of a body, to which these members lead; for the whole body if there are none.
    pub(crate) fn in_body(members: &[&str], why: &str) -> Self {
        match members {
            [] => Self::new("the body", why),
            members => Self::new(format!("member `{}`", members.join(".")), why),
        }
    }

    /// A credential that can't be sent.
    pub(crate) fn credential(scheme: &str, why: &str) -> Self {
        Self { is_about_credential: true, ..Self::new(format!("credential `{scheme}`"), why) }
    }

    pub(super) fn is_about_credential(&self) -> bool {
        self.is_about_credential
    }

    /// The part of the request that is invalid, such as ``parameter `locale` ``.
    #[must_use]
    pub fn what(&self) -> &str {
        &self.what
    }

    /// Why it is invalid.
    #[must_use]
    pub fn why(&self) -> &str {
        &self.why
    }
}

impl From<Violation> for InvalidRequest {
    fn from(violation: Violation) -> Self {
        Self::in_body(&violation.path(), violation.why())
    }
}

impl fmt::Display for InvalidRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.what, self.why)
    }
}

impl Error for InvalidRequest {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}
