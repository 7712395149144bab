//! What no spec can say of Nhost Auth: the forms of its errors, what its redirects mean, and questions to an error.

use crate::nhost::Nhost;
use crate::runtime::{Conventions, ErrorBody, RawResponse};
use serde_json::{Map, Value};

mod questions;
mod redirect;

#[cfg(feature = "pkce")]
pub use crate::redirects::Pkce;
pub use redirect::{RedirectFailure, RedirectOutcome, SignInRedirect, TicketKind};

/// A part of the text by which the server says that a security requirement is not met.
const SECURITY: &str = "SecurityRequirementsError";

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
        is_unmet_security: body.get("securityScheme").is_some_and(|scheme| !scheme.is_null())
            || error.is_some_and(|error| error.contains(SECURITY)),
    }
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
