//! What was exchanged, as lines of JSON without secrets.

use std::fmt;
use std::io;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use reqwest::Url;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION, RETRY_AFTER, SET_COOKIE};
use serde_json::{Value, json};

use super::masks::Masks;
use crate::runtime::client::services::ServiceInfo;
use crate::runtime::client::table::OperationInfo;
use crate::runtime::engine::transport::{Request, Response};
use crate::runtime::redacted;
use crate::runtime::request::media_type::MediaType;
use crate::runtime::request::parameter::ParameterLocation;
use crate::runtime::value::decode;
use crate::runtime::value::shape::Shape;

/// A body with more bytes is recorded as an empty one. No response of a service that works is as long.
const LONGEST: usize = 256 * 1024;

/// The line of an exchange.
pub(super) fn line(
    masks: &mut Masks,
    services: &[&ServiceInfo],
    request: &Request,
    response: &Response,
) -> String {
    remember(masks, request);
    let service = services.iter().find(|service| service.spec.name == request.service);
    let operations = service.map(|service| (service.operations)()).unwrap_or_default();
    let info = operations.into_iter().find(|info| info.spec.id == request.operation());
    let exchange = |masks: &mut Masks| {
        json!({
            "operation": request.operation(),
            "request": {
                "method": request.method.as_str(),
                "path": request.spec.path,
                "body": sent(masks, info, request),
            },
            "response": {
                "status": response.status.as_u16(),
                "headers": headers(masks, &response.headers),
                "body": received(masks, info, request, response),
            },
        })
    };
    // A text may repeat a secret that stands behind it, so all masks have to be there before the line is made.
    _ = exchange(masks);
    exchange(masks).to_string()
}

/// Makes masks for the secrets that stand outside of the body, since the service may repeat them.
fn remember(masks: &mut Masks, request: &Request) {
    for (_, value) in request.headers.iter().filter(|(_, value)| value.is_sensitive()) {
        let text = String::from_utf8_lossy(value.as_bytes());
        let parts = text.rsplit(' ').take(1).flat_map(|last| last.split(':'));
        parts.filter(|part| !part.is_empty()).for_each(|part| _ = masks.of(part));
    }
    let sensitive = |location| {
        let parameters = request.spec.parameters.iter();
        parameters.filter(move |parameter| parameter.sensitive && parameter.location == location)
    };
    for (name, value) in request.url.query_pairs() {
        if !is_harmless(request, &name) {
            masks.of(&value);
        }
    }
    let given: Vec<&str> = request.url.path().rsplit('/').collect();
    for (template, segment) in request.spec.path.rsplit('/').zip(given) {
        // A segment can have a text beside its parameter: `{id}.json`.
        let Some((before, rest)) = template.split_once('{') else { continue };
        let (name, after) = rest.split_once('}').unwrap_or((rest, ""));
        if sensitive(ParameterLocation::Path).any(|parameter| parameter.name == name) {
            let argument = segment.strip_prefix(before).unwrap_or(segment);
            let argument = argument.strip_suffix(after).unwrap_or(argument);
            masks.of(&percent_decode_str(argument).decode_utf8_lossy());
        }
    }
}

/// Whether a pair of the query belongs to a parameter that isn't sensitive. The members of an exploded object have names of
/// their own, so a pair whose name no parameter has may be a secret.
fn is_harmless(request: &Request, name: &str) -> bool {
    let is_part =
        |of: &str| name.strip_prefix(of).is_some_and(|rest| rest.is_empty() || rest.starts_with('['));
    let mut parameters = request.spec.parameters.iter();
    parameters.any(|parameter| {
        parameter.location == ParameterLocation::Query && !parameter.sensitive && is_part(parameter.name)
    })
}

/// The body of the request. A form is shown as an object.
fn sent(masks: &mut Masks, info: Option<&OperationInfo>, request: &Request) -> Value {
    let shape = info.map_or(Shape::Any, |info| (info.request)());
    let body = match request.spec.body {
        Some(MediaType::Text(_)) => Ok(String::from_utf8_lossy(&request.body).into_owned().into()),
        #[cfg(feature = "multipart")]
        Some(MediaType::Multipart(_)) => Ok(STANDARD.encode(&request.body).into()),
        Some(MediaType::Bytes(_)) => Ok(STANDARD.encode(&request.body).into()),
        _ => serde_json::from_slice(&request.body),
    };
    let body = body.unwrap_or_else(|_| {
        let pairs = reqwest::Url::parse("http://localhost/").ok().map(|mut url| {
            url.set_query(std::str::from_utf8(&request.body).ok());
            url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned().into())).collect()
        });
        pairs.map_or(Value::Null, Value::Object)
    });
    if request.body.is_empty() { Value::Null } else { masks.value(&shape, &body) }
}

/// The body of the response, as a text.
fn received(
    masks: &mut Masks,
    info: Option<&OperationInfo>,
    request: &Request,
    response: &Response,
) -> String {
    let is_success = request.spec.is_success(response.status);
    if response.body.len() > LONGEST {
        return String::new();
    }
    match decode::json::<Value>(&response.body) {
        Ok(body) if is_success => {
            let shape = info.map_or(Shape::Any, |info| (info.response)());
            masks.value(&shape, &body).to_string()
        }
        Ok(body) => masks.error(&body).to_string(),
        Err(_) => redacted(&String::from_utf8_lossy(&response.body)),
    }
}

/// The headers that decide how the response is read. Cookies and targets of redirects have masks.
fn headers(masks: &mut Masks, headers: &HeaderMap) -> Vec<(String, String)> {
    let mut shown = Vec::new();
    for (name, value) in headers {
        let Ok(text) = value.to_str() else { continue };
        let text = match *name {
            CONTENT_TYPE | RETRY_AFTER => text.to_owned(),
            LOCATION => location(masks, text),
            SET_COOKIE => cookie(masks, text),
            _ => continue,
        };
        shown.push((name.as_str().to_owned(), text));
    }
    shown
}

/// The target of a redirect: a token may stand anywhere but in the host.
fn location(masks: &mut Masks, text: &str) -> String {
    let Ok(mut url) = Url::parse(text) else { return masks.of(text) };
    let pairs: Vec<(String, String)> =
        url.query_pairs().map(|(name, value)| (name.into_owned(), masks.of(&value))).collect();
    let path = masks.of(url.path());
    // A URL that can't have a user name has none.
    _ = url.set_username("");
    _ = url.set_password(None);
    url.set_path(&path);
    url.set_fragment(None);
    url.set_query(None);
    if !pairs.is_empty() {
        url.query_pairs_mut().extend_pairs(pairs);
    }
    masks.within(url.as_str())
}

fn cookie(masks: &mut Masks, text: &str) -> String {
    let (pair, attributes) = text.split_once(';').unwrap_or((text, ""));
    match pair.split_once('=') {
        Some((name, value)) if !value.is_empty() => format!("{name}={};{attributes}", masks.of(value.trim())),
        _ => text.to_owned(),
    }
}

/// An exchange that was recorded.
pub(super) struct Recorded {
    pub(super) operation: String,
    pub(super) response: Response,
}

/// Reads a file of recorded exchanges.
pub(super) fn read(path: &Path) -> Result<Vec<Recorded>, RecordingError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| RecordingError { line: None, source: Some(source) })?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(index, line)| recorded(line).ok_or(RecordingError { line: Some(index + 1), source: None }))
        .collect()
}

fn recorded(line: &str) -> Option<Recorded> {
    let exchange: Value = serde_json::from_str(line).ok()?;
    let recorded = exchange.get("response")?;
    let status = u16::try_from(recorded.get("status")?.as_u64()?).ok()?;
    let body = recorded.get("body")?.as_str()?;
    let mut response = Response { body: body.to_owned().into(), ..Response::status(status) };
    for header in recorded.get("headers")?.as_array()? {
        let (name, value) = (header.get(0)?.as_str()?, header.get(1)?.as_str()?);
        HeaderValue::try_from(value).ok()?;
        response = response.header(name, value);
    }
    Some(Recorded { operation: exchange.get("operation")?.as_str()?.to_owned(), response })
}

/// A recording that can't be written or read.
#[derive(Debug)]
pub struct RecordingError {
    pub(super) line: Option<usize>,
    pub(super) source: Option<io::Error>,
}

impl fmt::Display for RecordingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.line, &self.source) {
            (Some(line), _) => write!(f, "line {line} of the recording isn't an exchange: record it again"),
            (None, Some(source)) => write!(f, "the recording can't be opened: {source}"),
            (None, None) => f.write_str("the recording can't be opened"),
        }
    }
}

impl std::error::Error for RecordingError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}
