//! The one place that requests are built, sent and judged in.

use super::arguments::{Arguments, refuse};
use super::error::{Fault, TransportError};
use super::{Core, Parameter, Place, RawAnswer, Refusal, Spec, encode, url};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Request, Response, StatusCode, Url};
use serde_json::Value;
use std::time::Duration;

/// The most that is set aside for a body before any of it has come.
const FIRST_BUFFER: usize = 64 * 1024;

/// What a call hands over to be sent.
pub(super) struct Outgoing {
    pub(super) spec: &'static Spec,
    pub(super) arguments: Arguments,
    pub(super) body: Option<Vec<u8>>,
    pub(super) timeout: Option<Duration>,
}

/// Sends a call and gives its answer if that is a success.
pub(super) async fn send(core: &Core, outgoing: Outgoing) -> Result<RawAnswer, Fault> {
    let spec = outgoing.spec;
    let request = build(core, outgoing)?;
    let answer = attempt(core, request).await?;
    classify(spec, answer)
}

/// The URL of a call, for which nothing is sent.
pub(super) fn url(core: &Core, spec: &'static Spec, arguments: &Arguments) -> Result<Url, Refusal> {
    url::of_call(&core.connection().base, spec, &arguments.checked(spec)?)
}

fn build(core: &Core, outgoing: Outgoing) -> Result<Request, Refusal> {
    let Outgoing { spec, arguments, body, timeout } = outgoing;
    let connection = core.connection();
    let arguments = arguments.checked(spec)?;
    let url = url::of_call(&connection.base, spec, &arguments)?;

    let mut request = Request::new(spec.method.into(), url);
    *request.timeout_mut() = Some(timeout.unwrap_or(connection.timeout));
    let headers = request.headers_mut();
    headers.clone_from(&connection.headers);
    add_headers(headers, &arguments)?;
    if let Some(authorization) = core.authorization(spec)? {
        headers.insert(AUTHORIZATION, authorization);
    }
    if let (Some(body), Some(media_type)) = (body, spec.body) {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type.as_str()));
        *request.body_mut() = Some(body.into());
    }
    Ok(request)
}

fn add_headers(headers: &mut HeaderMap, arguments: &[(&'static Parameter, &Value)]) -> Result<(), Refusal> {
    for (parameter, value) in arguments {
        if parameter.place != Place::Header {
            continue;
        }
        let Ok(name) = HeaderName::try_from(parameter.name) else {
            return Err(refuse(parameter, "is no header"));
        };
        let Ok(mut value) = HeaderValue::try_from(encode::header(value)) else {
            return Err(refuse(parameter, "has a character that no header may have"));
        };
        value.set_sensitive(parameter.sensitive);
        headers.insert(name, value);
    }
    Ok(())
}

/// Sends a request once.
async fn attempt(core: &Core, request: Request) -> Result<RawAnswer, Fault> {
    let connection = core.connection();
    let mut response = connection.http.execute(request).await.map_err(TransportError::sending)?;
    let body = read(&mut response, connection.max_body).await?;
    Ok(RawAnswer {
        status: response.status(),
        url: response.url().clone(),
        headers: std::mem::take(response.headers_mut()),
        body,
    })
}

/// Reads a body as it comes in, and no further than is allowed.
async fn read(response: &mut Response, limit: usize) -> Result<Vec<u8>, Fault> {
    let too_large = |status: StatusCode| Fault::TooLarge { status, limit };
    let announced = usize::try_from(response.content_length().unwrap_or(0));
    let announced = announced.unwrap_or(usize::MAX);
    if announced > limit {
        return Err(too_large(response.status()));
    }
    let mut body = Vec::with_capacity(announced.min(FIRST_BUFFER));
    while let Some(chunk) = response.chunk().await.map_err(TransportError::receiving)? {
        if chunk.len() > limit - body.len() {
            return Err(too_large(response.status()));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// A success is a status that the operation declares, or any other 2xx, which its form may still
/// be able to read.
fn classify(spec: &Spec, answer: RawAnswer) -> Result<RawAnswer, Fault> {
    if spec.answers.contains(&answer.status()) || answer.status.is_success() {
        Ok(answer)
    } else {
        Err(Fault::Api(Box::new(answer)))
    }
}
