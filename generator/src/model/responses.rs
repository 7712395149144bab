//! Reads the responses of an operation.

use serde_json::Value;

use super::api::{Content, ErrorResponse, Response};
use super::component::Component;
use super::json::{entries, list, media, string, text};
use super::types::Type;
use crate::fault::Fault;

/// The schema of a response that means success and carries JSON.
pub(super) fn json_schema<'a>(status: &str, response: &'a Value) -> Option<&'a Value> {
    let (media_type, content) = media(response)?;
    let is_json = success(status).is_some_and(|status| status < 300) && media_type.contains("json");
    is_json.then(|| &content["schema"])
}

/// Reads the responses that mean success, and those that mean an error; `ty` gives the type of the JSON that the
/// response with a status carries.
pub(super) fn read(
    responses: &Value,
    ty: impl Fn(&str) -> Result<Type, Fault>,
) -> Result<(Vec<Response>, Vec<ErrorResponse>), Fault> {
    let mut successes = Vec::new();
    let mut errors = Vec::new();
    for (status, response) in entries(responses).filter(|(key, _)| !key.starts_with("x-")) {
        match success(status) {
            Some(code) => {
                let content = match media(response) {
                    _ if code >= 300 => Content::Redirect,
                    None => Content::Empty,
                    Some(_) if json_schema(status, response).is_some() => Content::Json(ty(status)?),
                    Some(_) => Content::Text,
                };
                successes.push(Response {
                    status: code,
                    description: text(response, "description"),
                    content,
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

fn read_error(status: &str, response: &Value) -> ErrorResponse {
    ErrorResponse {
        status: status.to_owned(),
        description: text(response, "description"),
        codes: list(&response["x-error-codes"]).map(string).collect(),
        example: media(response).and_then(|(_, content)| content.get("example")).cloned(),
        component: Component::of(response),
    }
}
