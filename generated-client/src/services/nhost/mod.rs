//! What no spec can say of Nhost Auth: the forms of its errors, and what its redirects mean.

use crate::nhost::Nhost;
use crate::runtime::{Conventions, ErrorBody, RawResponse, UNAUTHENTICATED};
use serde_json::{Map, Value};

mod redirect;

#[cfg(feature = "pkce")]
pub use crate::redirects::Pkce;
pub use redirect::{RedirectFailure, RedirectOutcome, SignInRedirect, TicketKind};

/// A part of the text by which the server says that a security requirement is not met.
const SECURITY: &str = "SecurityRequirementsError";

/// The question whether the operation needs an elevated session.
const ELEVATION_REQUIRED: &str = "is_elevation_required";

impl Conventions for Nhost {
    fn read_error(response: &RawResponse) -> ErrorBody {
        match response.object() {
            Some(body) => read_object(body.expose()),
            None => ErrorBody::read(response, is_code),
        }
    }
}

/// The forms that are JSON:
///
/// - `{error, message, status}`, `{error, reason}` and, of OAuth 2.0, `{error, error_description}`, where `error` is a
///   code;
/// - `{error}` alone, which is a free text that may end in a code;
/// - `{msg}`;
/// - `{errors, message}`, where `errors` is a code or a list of texts.
fn read_object(body: &Map<String, Value>) -> ErrorBody {
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let error = text("error");
    let first_error = match body.get("errors") {
        Some(Value::Array(errors)) => errors.first().and_then(Value::as_str),
        errors => errors.and_then(Value::as_str),
    };
    let message = ["message", "reason", "error_description", "msg"].into_iter().find_map(text);

    // A word without a hyphen is only a code if there is a message beside it.
    let code = match error {
        Some(error) => code(error, message.is_some()),
        None => first_error.and_then(|error| code(error, false)),
    };
    // A text that was taken for the code is no message.
    let free = |text: Option<&str>| text.filter(|text| code != Some(text)).map(str::to_owned);
    ErrorBody {
        code: code.map(|code| if code == "invalid_request" { "invalid-request" } else { code }.to_owned()),
        message: message.map(str::to_owned).or_else(|| free(error)),
        detail: free(first_error),
        meaning: meaning(body, error, message.or(error), code),
    }
}

/// What the server says of the token of the request, whatever the code and the status are. Newer servers say in words that
/// the session has to be elevated, beside a code for any missing credential.
fn meaning(
    body: &Map<String, Value>,
    error: Option<&str>,
    message: Option<&str>,
    code: Option<&str>,
) -> Option<&'static str> {
    let is_unmet_security = body.get("securityScheme").is_some_and(|scheme| !scheme.is_null())
        || error.is_some_and(|error| error.contains(SECURITY));
    let may_lack_elevation = is_unmet_security || code == Some("unauthorized");
    if code == Some("elevated-claim-required")
        || (may_lack_elevation && message.is_some_and(speaks_of_elevation))
    {
        return Some(ELEVATION_REQUIRED);
    }
    is_unmet_security.then_some(UNAUTHENTICATED)
}

fn speaks_of_elevation(text: &str) -> bool {
    text.to_ascii_lowercase().replace('-', " ").contains("elevated claim")
}

/// The code in a text: the whole text, or the end of one about security requirements.
fn code(text: &str, is_described: bool) -> Option<&str> {
    let (last, may_be_a_word) = match text.rsplit_once(": ") {
        Some((before, last)) if before.contains(SECURITY) => (last, false),
        Some(_) => return None,
        None => (text, is_described),
    };
    (is_code(last) && (may_be_a_word || last.contains(['-', '_']))).then_some(last)
}

/// A code has letters, hyphens and, in OAuth 2.0, underscores. Nothing else is taken for a code, since codes are printed.
fn is_code(text: &str) -> bool {
    let is_in_codes = |byte: u8| byte.is_ascii_alphabetic() || byte == b'-' || byte == b'_';
    (1..=64).contains(&text.len()) && text.bytes().all(is_in_codes)
}

#[cfg(test)]
mod tests;
