//! Reads the bodies of error responses in the forms that are common.

use serde_json::{Map, Value};

use crate::runtime::response::raw::RawResponse;
use crate::runtime::value::secret::Secret;

/// What the body of an error response says.
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct ErrorBody {
    /// The code, in the form that codes of the service have.
    pub code: Option<String>,
    /// The text for people.
    pub message: Option<String>,
    /// A second text, with more detail.
    pub detail: Option<String>,
    /// The name of the question that the body makes true, whatever its code is: `is_unauthenticated`.
    pub meaning: Option<&'static str>,
}

/// The members that hold a code, those first that say so most clearly.
const CODES: [&str; 3] = ["code", "errorCode", "error_code"];

/// The members that hold a text for people.
const MESSAGES: [&str; 7] =
    ["message", "errorDescription", "error_description", "title", "msg", "reason", "errorMessage"];

/// The members that hold a second text.
const DETAILS: [&str; 2] = ["detail", "errorMessage"];

impl ErrorBody {
    /// Reads a body in one of these forms:
    ///
    /// - `{code, message}`, also with `errorCode` or `error_code`, and with `errorDescription`, `error_description`,
    ///   `msg`, `reason` or `errorMessage`;
    /// - `{error, error_description}` of OAuth 2.0, where `error` is a code, or a text if it has blanks;
    /// - `{type, title, status, detail}` of RFC 9457, where the last part of the URI `type` is the code;
    /// - `{error: {..}}` and `{errors: [{..}]}`, with one of the forms above inside, and `{errors: [".."]}`;
    /// - a plain text of up to 200 bytes.
    ///
    /// Only a text or a number for which `is_code` is true becomes the code.
    #[must_use]
    pub fn read(response: &RawResponse, is_code: fn(&str) -> bool) -> Self {
        match response.object() {
            Some(body) => read_object(body.expose(), is_code),
            None => Self { message: response.short_text(), ..Self::default() },
        }
    }
}

fn read_object(body: &Map<String, Value>, is_code: fn(&str) -> bool) -> ErrorBody {
    let inner = inner(body, is_code);
    let error = text(body, "error");
    let code =
        CODES.into_iter().find_map(|name| text_or_number(body.get(name)?)).filter(|code| is_code(code));
    let code = code.or_else(|| error.filter(|error| is_code(error)).map(str::to_owned));
    let code = code.or(inner.code).or_else(|| problem_type(body).filter(|code| is_code(code)));
    let found = MESSAGES.into_iter().find_map(|name| Some((name, text(body, name)?)));
    let free = error.filter(|error| code.as_deref() != Some(error)).map(str::to_owned);
    let is_message = |name: &str| found.is_some_and(|(message, _)| message == name);
    let detail = DETAILS.into_iter().filter(|name| !is_message(name)).find_map(|name| text(body, name));
    ErrorBody {
        code,
        message: found.map(|(_, message)| message.to_owned()).or(inner.message).or(free),
        detail: detail.map(str::to_owned).or(inner.detail),
        meaning: None,
    }
}

/// What an object or a list within the body says.
fn inner(body: &Map<String, Value>, is_code: fn(&str) -> bool) -> ErrorBody {
    let first = body.get("errors").and_then(Value::as_array).and_then(|errors| errors.first());
    match body.get("error").filter(|error| error.is_object()).or(first) {
        Some(Value::Object(inner)) => read_flat(inner, is_code),
        Some(Value::String(message)) => ErrorBody { message: Some(message.clone()), ..ErrorBody::default() },
        _ => ErrorBody::default(),
    }
}

/// Reads an object whose `error` and `errors` are left out, so that nesting ends here.
fn read_flat(inner: &Map<String, Value>, is_code: fn(&str) -> bool) -> ErrorBody {
    let members = inner.iter().filter(|(name, _)| !matches!(name.as_str(), "error" | "errors"));
    let members: Map<_, _> = members.map(|(name, value)| (name.clone(), value.clone())).collect();
    read_object(Secret::new(members).expose(), is_code)
}

fn text<'a>(body: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    body.get(name)?.as_str().filter(|text| !text.is_empty())
}

fn text_or_number(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The last part of the URI that names the type of a problem; `about:blank` names none. The members beside it show that
/// the body is a problem of RFC 9457.
fn problem_type(body: &Map<String, Value>) -> Option<String> {
    let is_problem = ["title", "status", "detail"].into_iter().any(|name| body.contains_key(name));
    let uri = text(body, "type").filter(|uri| is_problem && *uri != "about:blank")?;
    uri.rsplit(['/', ':', '#']).next().map(str::to_owned)
}

/// Whether a text has the form that most codes have: letters, digits and marks that join words.
pub(crate) fn is_code(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::{ErrorBody, is_code};
    use crate::runtime::response::raw::RawResponse;
    use reqwest::StatusCode;
    use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};

    fn read(media_type: &'static str, body: &str) -> [Option<String>; 3] {
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(media_type))]);
        let url = "https://a.example".parse().unwrap();
        let response = RawResponse::new(StatusCode::BAD_REQUEST, headers, body.to_owned(), url);
        let ErrorBody { code, message, detail, .. } = ErrorBody::read(&response, is_code);
        [code, message, detail]
    }

    #[test]
    fn the_common_forms() {
        for (body, expected) in [
            (r#"{"code": "limit", "message": "Too many"}"#, ["limit", "Too many", ""]),
            (r#"{"code": 17, "msg": "Too many"}"#, ["17", "Too many", ""]),
            (
                r#"{"errorCode": "E06", "errorDescription": "Wrong", "errorMessage": "It is"}"#,
                ["E06", "Wrong", "It is"],
            ),
            (r#"{"errorMessage": "Wrong"}"#, ["", "Wrong", ""]),
            (r#"{"error": "invalid_grant", "error_description": "Used"}"#, ["invalid_grant", "Used", ""]),
            (r#"{"error": "invalid_client"}"#, ["invalid_client", "", ""]),
            (r#"{"error": "The user is gone"}"#, ["", "The user is gone", ""]),
            (
                r#"{"type": "https://a.example/problems/out-of-credit", "title": "No credit", "status": 403, "detail": "30 needed"}"#,
                ["out-of-credit", "No credit", "30 needed"],
            ),
            (r#"{"type": "urn:problem:locked", "title": "Locked"}"#, ["locked", "Locked", ""]),
            (r#"{"type": "about:blank", "title": "Not Found"}"#, ["", "Not Found", ""]),
            (r#"{"error": {"code": "gone", "message": "It is gone"}}"#, ["gone", "It is gone", ""]),
            (r#"{"errors": [{"message": "First"}, {"message": "Second"}]}"#, ["", "First", ""]),
            (
                r#"{"message": "Not valid", "errors": [{"code": "short", "detail": "2 letters"}]}"#,
                ["short", "Not valid", "2 letters"],
            ),
            (r#"{"errors": ["First", "Second"]}"#, ["", "First", ""]),
            (r#"{"type": "event", "message": "Oh"}"#, ["", "Oh", ""]),
            (r#"{"error": {"error": {"error": {}}}, "code": "x y", "message": ""}"#, ["", "", ""]),
        ] {
            let expected = expected.map(|text| (!text.is_empty()).then(|| text.to_owned()));
            assert_eq!(read("application/problem+json", body), expected, "{body}");
        }
    }

    #[test]
    fn what_is_not_a_code_of_the_service_is_not_taken_for_one() {
        let headers = HeaderMap::new();
        let body = r#"{"code": "hunter", "error": "E17", "message": "Oh"}"#;
        let url = "https://a.example".parse().unwrap();
        let response = RawResponse::new(StatusCode::BAD_REQUEST, headers, body.to_owned(), url);
        let of = |is_code| ErrorBody::read(&response, is_code).code;
        assert_eq!(of(|code| code.starts_with('E')).as_deref(), Some("E17"));
        assert_eq!(of(|_| false), None);
    }

    #[test]
    fn texts_and_other_bodies() {
        let nothing = || [None, None, None];
        assert_eq!(read("text/plain", " no such page\n"), [None, Some("no such page".to_owned()), None]);
        assert_eq!(read("Text/PLAIN; charset=utf-8", "gone"), [None, Some("gone".to_owned()), None]);
        assert_eq!(read("text/plain", &"x".repeat(201)), nothing());
        for body in ["", "<h1>Bad</h1>", "[]", r#"{"code""#, r#""text""#, "{}"] {
            assert_eq!(read("text/html", body), nothing(), "{body}");
        }
    }
}
