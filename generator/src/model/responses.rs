//! Reads the responses of an operation.

use serde_json::Value;

use super::api::{Content, ErrorResponse, Headers, Response};
use super::component::Component;
use super::facts;
use super::json::{entries, list, media, string, text};
use super::questions;
use super::types::Type;
use crate::fault::Fault;
use crate::names;
use crate::normalise::{HEADERS, referenced};

/// The schema of a response that means success and carries JSON.
pub(super) fn json_schema<'a>(status: &str, response: &'a Value) -> Option<&'a Value> {
    let (media_type, content) = media(response)?;
    let is_json = success(status).is_some_and(|status| status < 300) && media_type.contains("json");
    is_json.then(|| &content["schema"])
}

/// Reads the responses that mean success, and those that mean an error; `ty` gives the type of the JSON that the
/// response with a status carries, by the status and the schema.
pub(super) fn read(
    responses: &Value,
    ty: impl Fn(&str, &Value) -> Result<Type, Fault>,
) -> Result<(Vec<Response>, Vec<ErrorResponse>), Fault> {
    let mut successes = Vec::new();
    let mut errors = Vec::new();
    for (status, response) in entries(responses).filter(|(key, _)| !key.starts_with("x-")) {
        match success(status) {
            Some(code) => {
                let content = match (media(response), json_schema(status, response)) {
                    _ if code >= 300 => Content::Redirect,
                    (None, _) => Content::Empty,
                    (Some(_), Some(schema)) => Content::Json(ty(status, schema)?),
                    (Some(_), None) => Content::Text,
                };
                successes.push(Response {
                    status: code,
                    description: text(response, "description"),
                    content,
                    examples: media(response).map(|(_, media)| facts::examples(media)).unwrap_or_default(),
                    headers: headers(status, response),
                    location: location(response),
                });
            }
            None => errors.push(read_error(status, response)),
        }
    }
    Ok((successes, errors))
}

/// The status as a number, if it means success.
fn success(status: &str) -> Option<u16> {
    status.parse().ok().filter(|code| (200..400).contains(code))
}

/// The headers of a response, but for the target of a redirect, which is the response itself.
fn headers(status: &str, response: &Value) -> Option<Headers> {
    let is_target = |name: &str| status.starts_with('3') && name.eq_ignore_ascii_case("location");
    let type_name = names::pascal(referenced(&response[HEADERS])?);
    let names = entries(&response["headers"]).map(|(name, _)| name).filter(|name| !is_target(name));
    Some(Headers { type_name, names: names.cloned().collect() })
}

/// The example of the header with the target of a redirect.
fn location(response: &Value) -> Option<String> {
    let (_, header) =
        entries(&response["headers"]).find(|(name, _)| name.eq_ignore_ascii_case("location"))?;
    let example = header.get("example").or_else(|| header["schema"].get("example"));
    example.and_then(Value::as_str).map(str::to_owned)
}

fn read_error(status: &str, response: &Value) -> ErrorResponse {
    ErrorResponse {
        status: status.to_owned(),
        description: text(response, "description"),
        headers: headers(status, response),
        codes: list(&response["x-error-codes"]).map(string).collect(),
        meanings: questions::meanings(response),
        example: media(response).and_then(|(_, content)| content.get("example")).cloned(),
        component: Component::of(response),
    }
}
