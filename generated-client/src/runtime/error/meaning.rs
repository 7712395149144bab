//! What an error means to the caller: the one question that is true of it.

use reqwest::StatusCode;

use super::Failure;
use super::api::ApiError;
use super::kind::ErrorKind;

/// Codes, each with the name of the question that is true of it: `is_wrong_code`.
pub(crate) type Meanings = &'static [(&'static str, &'static str)];

/// The question whether nobody is signed in.
pub(crate) const UNAUTHENTICATED: &str = "is_unauthenticated";

/// What a code means.
pub(crate) fn of_code(meanings: Meanings, code: &str) -> Option<&'static str> {
    meanings.iter().find(|(listed, _)| *listed == code).map(|(_, meaning)| *meaning)
}

impl Failure {
    /// The question that is true of the failure. `codes` says what the codes of the service mean in operations that give
    /// them no other meaning.
    pub(crate) fn meaning(&self, codes: Meanings) -> Option<&'static str> {
        match &self.kind {
            ErrorKind::Api(api) => api.meaning().or_else(|| self.of_response(api, codes)),
            // A stored token can be so broken that it can't even be sent.
            ErrorKind::InvalidRequest(request) if self.spec.is_some() && request.is_about_credential() => {
                Some(UNAUTHENTICATED)
            }
            _ => None,
        }
    }

    /// A status of 401 says that nobody is signed in, unless a code says something else. Without a code it always says so;
    /// beside a code of unknown meaning, it says so only if the call carried a credential that can have been refused.
    fn of_response(&self, api: &ApiError, codes: Meanings) -> Option<&'static str> {
        let Some(code) = api.code() else {
            return (api.status() == StatusCode::UNAUTHORIZED).then_some(UNAUTHENTICATED);
        };
        let in_operation = self.spec.and_then(|spec| of_code(spec.meanings, code));
        let is_refused = api.status() == StatusCode::UNAUTHORIZED && self.is_signed;
        in_operation.or_else(|| of_code(codes, code)).or_else(|| is_refused.then_some(UNAUTHENTICATED))
    }
}
