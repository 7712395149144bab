//! Builds the requests of a call.

use bytes::Bytes;
use reqwest::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use reqwest::{Request, Url};
use serde_json::Value;

use super::core::{Connection, Core};
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::request::arguments::{Arguments, invalid};
use crate::runtime::request::media_choice::MediaChoice;
use crate::runtime::request::media_type::is_json;
use crate::runtime::request::parameter::{Parameter, ParameterLocation};
use crate::runtime::request::payload::{Content, Payload};
#[cfg(feature = "operations")]
use crate::runtime::request::prepared::PreparedRequest;
use crate::runtime::request::spec::{Method, Spec};
use crate::runtime::request::{cookie, encode};

/// What a call sends beside what its client adds.
pub(crate) struct Inputs {
    pub(crate) arguments: Arguments,
    /// The body, if there is one.
    pub(crate) body: Option<Payload>,
    /// The value of the header `Accept`, if the HTTP client doesn't choose it.
    pub(crate) accept: Option<String>,
}

impl Inputs {
    /// What a call sends: the body that it chooses, or else its typed one.
    pub(crate) fn new(
        spec: &'static Spec,
        arguments: Arguments,
        media: &MediaChoice,
        typed: impl FnOnce() -> Result<Option<Payload>, InvalidRequest>,
    ) -> Result<Self, InvalidRequest> {
        let accept = media.accept(spec)?;
        let body = match media.body(spec)? {
            Some(chosen) => Some(chosen),
            None => typed()?,
        };
        Ok(Self { arguments, body, accept })
    }

    /// Refuses inputs that the operation doesn't take together, and a body that can't be sent any more.
    pub(super) fn check(&self, spec: &'static Spec) -> Result<(), InvalidRequest> {
        let Some(group) = spec.argument_group else {
            return self.body.as_ref().map_or(Ok(()), |body| body.content.check());
        };
        let Some(body) = &self.body else {
            return group.check(|name| self.arguments.get(name), None);
        };
        body.content.check()?;
        // Of any other body it isn't known what it says.
        if body.content.is_streamed() || !is_json(&body.media_type) {
            return Ok(());
        }
        group.check(|name| self.arguments.get(name), Some(&body.content.bytes()))
    }

    /// Whether the body can be sent only once.
    pub(super) fn is_streamed(&self) -> bool {
        self.body.as_ref().is_some_and(|body| body.content.is_streamed())
    }
}

/// A request without its body, its URL without the credential that may be part of it, and its body.
pub(super) struct Built {
    pub(super) request: Request,
    pub(super) url: Url,
    pub(super) content: Content,
}

/// The URL of a call, for a browser. It contains no credential.
pub(crate) fn call_url(
    core: &Core,
    spec: &'static Spec,
    arguments: &Arguments,
) -> Result<Url, InvalidRequest> {
    core.connection().url(spec, &arguments.checked(spec)?)
}

/// Builds the request of a call without sending it.
#[cfg(feature = "operations")]
pub(crate) fn prepare(
    core: &Core,
    spec: &'static Spec,
    inputs: Inputs,
) -> Result<PreparedRequest, InvalidRequest> {
    inputs.check(spec)?;
    let Inputs { arguments, body, accept } = inputs;
    let built = build(core, spec, &arguments.checked(spec)?, accept.as_deref(), body.clone())?;
    Ok(PreparedRequest::new(spec, built.url, built.request, body.map(|body| body.content.bytes())))
}

pub(super) fn build(
    core: &Core,
    spec: &'static Spec,
    arguments: &[(&'static Parameter, &Value)],
    accept: Option<&str>,
    body: Option<Payload>,
) -> Result<Built, InvalidRequest> {
    let connection = core.connection();
    let url = connection.url(spec, arguments)?;
    let mut request = Request::new(spec.method.into(), url.clone());
    let headers = request.headers_mut();
    *headers = headers_of(connection, spec);
    if let Some(accept) = accept {
        let invalid = |_| InvalidRequest::new("the media type of the response", "can't be sent in a header");
        headers.insert(ACCEPT, HeaderValue::try_from(accept).map_err(invalid)?);
    }
    add_headers(headers, arguments)?;
    let content = match body {
        Some(Payload { content, media_type }) => {
            let invalid = |_| InvalidRequest::new("the media type of the body", "can't be sent in a header");
            headers.insert(CONTENT_TYPE, HeaderValue::try_from(&*media_type).map_err(invalid)?);
            content
        }
        None => Content::Bytes(Bytes::new()),
    };
    // Some servers refuse such a request without a length (411).
    if content.is_empty() && matches!(spec.method, Method::Post | Method::Put | Method::Patch) {
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    add_credentials(core, spec, &mut request)?;
    Ok(Built { request, url, content })
}

/// What the client adds to every request. It may have secrets in it, so a server that isn't trusted gets the name of the
/// program alone.
fn headers_of(connection: &Connection, spec: &Spec) -> HeaderMap {
    if connection.other_server(spec).is_none_or(|other| other.is_trusted) {
        return connection.headers.clone();
    }
    connection.headers.get(USER_AGENT).map(|agent| (USER_AGENT, agent.clone())).into_iter().collect()
}

/// Adds the credential of the call, and what goes with every request. None of it goes to a server that isn't trusted.
fn add_credentials(core: &Core, spec: &Spec, request: &mut Request) -> Result<(), InvalidRequest> {
    let credential = core.credential(spec);
    match core.connection().other_server(spec).filter(|other| !other.is_trusted) {
        Some(other) if credential.is_some() => Err(other.untrusted()),
        Some(_) => Ok(()),
        None => credential.into_iter().chain(core.settings()).try_for_each(|value| value.add_to(request)),
    }
}

fn add_headers(
    headers: &mut HeaderMap,
    arguments: &[(&'static Parameter, &Value)],
) -> Result<(), InvalidRequest> {
    for (parameter, value) in arguments {
        match parameter.location {
            ParameterLocation::Header => add_header(headers, parameter, value)?,
            ParameterLocation::Cookie => {
                if let Some(pairs) = encode::cookie(parameter, value)? {
                    cookie::add(headers, &pairs).map_err(|why| invalid(parameter, why))?;
                }
            }
            ParameterLocation::Path | ParameterLocation::Query => {}
        }
    }
    Ok(())
}

fn add_header(headers: &mut HeaderMap, parameter: &Parameter, value: &Value) -> Result<(), InvalidRequest> {
    let Ok(name) = HeaderName::try_from(parameter.name) else {
        return Err(invalid(parameter, "is not a valid header name"));
    };
    let Some(value) = encode::header(parameter, value)? else {
        return Ok(());
    };
    let Ok(mut value) = value.into_header() else {
        return Err(invalid(parameter, "has a character that no header may have"));
    };
    // Servers leave blanks at the ends out.
    if value.as_bytes().trim_ascii() != value.as_bytes() {
        return Err(invalid(parameter, "has a blank at its beginning or end, which a header can't hold"));
    }
    value.set_sensitive(parameter.sensitive);
    headers.insert(name, value);
    Ok(())
}
