//! Requests that can't be sent.

use std::error::Error;
use std::fmt;

use crate::runtime::value::remedy::Remedy;
use crate::runtime::value::violation::Violation;

/// A request or a setting that can't be used, so that nothing is sent. It never contains the value.
#[derive(Debug)]
pub struct InvalidRequest {
    what: String,
    why: String,
    remedies: Vec<Remedy>,
    is_about_credential: bool,
    source: Option<reqwest::Error>,
}

impl InvalidRequest {
    pub(crate) fn new(what: impl Into<String>, why: impl Into<String>) -> Self {
        let (what, why) = (what.into(), why.into());
        Self { what, why, remedies: Vec::new(), is_about_credential: false, source: None }
    }

    /// Adds what mends it, or one more thing that does, if there is something.
    pub(crate) fn or(mut self, remedy: impl Into<Option<Remedy>>) -> Self {
        self.remedies.extend(remedy.into());
        self
    }

    /// The same fault of something else.
    pub(crate) fn of(self, what: impl Into<String>) -> Self {
        Self { what: what.into(), ..self }
    }

    /// The same error once more, without the error of the HTTP client, which can't be copied.
    pub(crate) fn again(&self) -> Self {
        let remedies = self.remedies.clone();
        Self { remedies, is_about_credential: self.is_about_credential, ..Self::new(&self.what, &self.why) }
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

    /// What mends it, each by itself; often nothing is known.
    #[must_use]
    pub fn remedies(&self) -> &[Remedy] {
        &self.remedies
    }
}

impl From<Violation> for InvalidRequest {
    fn from(violation: Violation) -> Self {
        Self::in_body(&violation.path(), violation.why())
    }
}

impl fmt::Display for InvalidRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.what, self.why)?;
        let mut separator = ": ";
        for remedy in &self.remedies {
            write!(f, "{separator}{remedy}")?;
            separator = ", or ";
        }
        Ok(())
    }
}

impl Error for InvalidRequest {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::{InvalidRequest, Remedy};

    #[test]
    fn what_mends_it_stands_behind_it_and_by_itself() {
        let plain = InvalidRequest::new("the key", "is missing");
        assert_eq!((plain.to_string().as_str(), plain.remedies()), ("the key is missing", &[][..]));
        let mended = plain.or(Remedy::new("ask for one")).or(Remedy::by("set it by", "key"));
        assert_eq!(mended.to_string(), "the key is missing: ask for one, or set it by `key`");
        let [ask, set] = mended.remedies() else { panic!("not two") };
        assert_eq!((ask.text(), ask.setting()), ("ask for one", None));
        assert_eq!((set.text(), set.setting()), ("set it by", Some("key")));

        let again = mended.of("another key").again();
        assert_eq!(again.to_string(), "another key is missing: ask for one, or set it by `key`");
    }
}
