//! Reads the responses of an operation.

use std::collections::BTreeSet;

use serde_json::Value;

use super::api::{ErrorResponse, Headers, Response, Status};
use super::component::Component;
use super::facts;
use super::json::{entries, list, markdown, media, named_media, other_media_types, string};
use super::media::{Accept, Content};
use super::questions;
use super::types::Type;
use crate::fault::Fault;
use crate::names;
use crate::normalise::{HEADERS, referenced};
use crate::openapi::media_type::MediaKind;

/// The responses that mean success, each with its key and its status, in the order of the statuses: a range comes after all
/// that are exact. `method` is that of the operation.
pub(super) fn successes<'a>(method: &str, responses: &'a Value) -> Vec<Success<'a>> {
    let keys = || entries(responses).map(|(key, _)| key.as_str());
    let found = entries(responses).filter_map(|(key, response)| {
        let status = Status::success(key, keys())?;
        let has_body = !method.eq_ignore_ascii_case("head") && !["204", "205", "304"].contains(&key.as_str());
        Some(Success { key, status, response, has_body })
    });
    let mut found: Vec<Success> = found.collect();
    found.sort_by_key(|success| matches!(success.status, Status::Range(_)));
    found
}

/// A response that means success, as it stands in the document.
pub(super) struct Success<'a> {
    pub(super) key: &'a str,
    status: Status,
    response: &'a Value,
    /// Whether it can have a body: no response to HEAD and none with one of these statuses has one.
    has_body: bool,
}

impl<'a> Success<'a> {
    /// The schema of the JSON that it carries.
    pub(super) fn json_schema(&self) -> Option<&'a Value> {
        let (kind, content) = self.media()?;
        (kind == MediaKind::Json).then(|| &content["schema"])
    }

    fn is_redirect(&self) -> bool {
        let is_target = |name: &String| name.eq_ignore_ascii_case("location");
        self.status.is_redirect() && entries(&self.response["headers"]).any(|(name, _)| is_target(name))
    }

    fn media(&self) -> Option<(MediaKind, &'a Value)> {
        media(self.response).filter(|_| self.has_body && !self.is_redirect())
    }

    fn content(&self, ty: impl Fn(&str, &Value) -> Result<Type, Fault>) -> Result<Content, Fault> {
        Ok(match (self.media(), self.json_schema()) {
            _ if self.is_redirect() => Content::Redirect,
            (None, _) => Content::Empty,
            (Some(_), Some(schema)) => Content::Json(ty(self.key, schema)?),
            (Some((MediaKind::Binary | MediaKind::Multipart, _)), None) => Content::Binary,
            (Some(_), None) => Content::Text,
        })
    }
}

/// The media types of the responses that mean success, where one of them has several.
pub(super) fn accept(method: &str, responses: &Value) -> Option<Accept> {
    let (mut usual, mut others) = (Vec::new(), Vec::new());
    let successes = successes(method, responses);
    for success in successes.iter().filter(|success| success.media().is_some()) {
        usual.extend(named_media(success.response).map(|(_, name, _)| name.to_owned()));
        others.extend(other_media_types(success.response).map(str::to_owned));
    }
    let once = |mut names: Vec<String>| {
        let mut seen = BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
        names
    };
    let (usual, mut others) = (once(usual), once(others));
    others.retain(|name| !usual.contains(name));
    (!others.is_empty()).then_some(Accept { usual, others })
}

/// Reads the responses that mean success, and those that mean an error; `ty` gives the type of the JSON that the
/// response with a status carries, by the status and the schema.
pub(super) fn read(
    method: &str,
    responses: &Value,
    ty: impl Fn(&str, &Value) -> Result<Type, Fault>,
) -> Result<(Vec<Response>, Vec<ErrorResponse>), Fault> {
    let successes = successes(method, responses);
    let is_error = |key: &str| !key.starts_with("x-") && successes.iter().all(|success| success.key != key);
    let errors = entries(responses).filter(|(key, _)| is_error(key));
    let errors = errors.map(|(status, response)| read_error(status, response)).collect();
    let read = successes.iter().map(|success| {
        Ok(Response {
            status: success.status,
            description: markdown(success.response, "description"),
            content: success.content(&ty)?,
            examples: success.media().map(|(_, media)| facts::examples(media)).unwrap_or_default(),
            headers: headers(success.key, success.response),
            location: location(success.response),
        })
    });
    Ok((read.collect::<Result<_, Fault>>()?, errors))
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
        description: markdown(response, "description"),
        headers: headers(status, response),
        codes: list(&response["x-error-codes"]).map(string).collect(),
        meanings: questions::meanings(response),
        example: media(response).and_then(|(_, content)| content.get("example")).cloned(),
        component: Component::of(response),
    }
}
