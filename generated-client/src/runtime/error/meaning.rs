//! What an error means to the caller: the question that it answers by yes.

use reqwest::StatusCode;

use super::Failure;
use super::api::ApiError;
use super::kind::Kind;

/// Codes, each with the question that it answers, by the name of the method: `is_wrong_code`.
pub(crate) type Meanings = &'static [(&'static str, &'static str)];

/// Whether nobody is signed in.
pub(crate) const UNAUTHENTICATED: &str = "is_unauthenticated";

/// What a code means.
pub(crate) fn of_code(meanings: Meanings, code: &str) -> Option<&'static str> {
    meanings.iter().find(|(listed, _)| *listed == code).map(|(_, meaning)| *meaning)
}

impl Failure {
    /// The question that is answered by yes. `codes` says what the codes of the service mean in all operations that say
    /// nothing else.
    pub(crate) fn meaning(&self, codes: Meanings) -> Option<&'static str> {
        match &self.kind {
            Kind::Api(api) => api.meaning().or_else(|| self.of_response(api, codes)),
            // A stored token that is broken, so that it can't even be sent.
            Kind::InvalidRequest(request) if self.spec.is_some() && request.is_about_credential() => {
                Some(UNAUTHENTICATED)
            }
            _ => None,
        }
    }

    /// A status of 401 says that nobody is signed in, unless a code says something else. Without a code it always does;
    /// beside a code that says nothing it does only if there was a credential that can have been refused.
    fn of_response(&self, api: &ApiError, codes: Meanings) -> Option<&'static str> {
        let Some(code) = api.code() else {
            return (api.status() == StatusCode::UNAUTHORIZED).then_some(UNAUTHENTICATED);
        };
        let in_operation = self.spec.and_then(|spec| of_code(spec.meanings, code));
        let is_refused = api.status() == StatusCode::UNAUTHORIZED && self.is_signed;
        in_operation.or_else(|| of_code(codes, code)).or_else(|| is_refused.then_some(UNAUTHENTICATED))
    }
}
