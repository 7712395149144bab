//! The one place that requests are built, sent and judged in.

use super::arguments::{Arguments, refuse};
use super::error::{Failure, Fault, TransportError};
use super::timing::{Schedule, Timing};
use super::trace::Trace;
use super::{Core, DecodeFault, InvalidRequest, Parameter, Place, RawResponse, Service, Spec, encode, url};
use bytes::Bytes;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Request, Response, StatusCode, Url};
use serde_json::Value;
use std::time::Duration;

/// The most that is set aside for a body before any of it has come.
const FIRST_BUFFER: usize = 64 * 1024;

/// What a call hands over to be sent.
pub(super) struct Outgoing {
    pub(super) service: &'static str,
    pub(super) spec: &'static Spec,
    pub(super) arguments: Arguments,
    /// The bytes of the body, or why there can't be any.
    pub(super) body: Result<Option<Vec<u8>>, InvalidRequest>,
    pub(super) timing: Timing,
}

/// The response of a call that succeeded as far as the engine can tell.
pub(super) struct Responded {
    pub(super) raw: RawResponse,
    attempts: u32,
    trace: Trace,
}

impl Responded {
    /// The same response with the members of its body that the service sends in headers.
    pub(super) fn supplemented<S: Service>(self) -> Self {
        Self { raw: self.raw.supplemented::<S>(), ..self }
    }

    /// What comes of it if the response turns out not to be what it should.
    pub(super) fn undecodable(self, fault: DecodeFault) -> Failure {
        let fault = Fault::decode(self.raw, fault);
        self.trace.fails(&fault);
        Failure { fault, attempts: self.attempts }
    }
}

/// Sends a call, more than once if need be, and gives its response if that is a success.
pub(super) async fn send(core: &Core, outgoing: Outgoing) -> Result<Responded, Failure> {
    let clock = &*core.connection().clock;
    let trace = Trace::start(outgoing.service, outgoing.spec, clock);
    match trace.around(repeat(core, outgoing, &trace)).await {
        Ok((raw, attempts)) => {
            trace.ends(clock, attempts, Ok(raw.status));
            Ok(Responded { raw, attempts, trace })
        }
        Err(failure) => {
            trace.ends(clock, failure.attempts, Err(&failure.fault));
            Err(failure)
        }
    }
}

/// Sends a request until it succeeds, fails for good, or runs out of attempts or time.
///
/// Each attempt has a request of its own, which is put together anew: most calls need one, and
/// that is not to cost what a copy does.
async fn repeat(core: &Core, outgoing: Outgoing, trace: &Trace) -> Result<(RawResponse, u32), Failure> {
    let Outgoing { spec, arguments, body, timing, .. } = outgoing;
    let arguments = arguments.checked(spec)?;
    let body = body?.map(Bytes::from);
    let connection = core.connection();
    let clock = &*connection.clock;
    let schedule = Schedule::start(clock, spec, timing.or(connection.timing));

    let mut attempts = 0;
    let mut fault = Fault::from(TransportError::without_time());
    while let Some(time) = schedule.attempt() {
        let request = build(core, spec, &arguments, body.clone(), time)?;
        let traced = trace.attempt(attempts, clock);
        attempts += 1;
        fault = match attempt(core, spec, request).await {
            Ok(raw) => {
                traced.succeeds(raw.status);
                return Ok((raw, attempts));
            }
            Err(fault) => fault,
        };
        let pause = schedule.pause(&fault, attempts);
        traced.fails(&fault, pause);
        let Some(pause) = pause else { break };
        clock.sleep(pause).await;
    }
    Err(Failure { fault, attempts })
}

/// The URL of a call, for which nothing is sent.
pub(super) fn url(core: &Core, spec: &'static Spec, arguments: &Arguments) -> Result<Url, InvalidRequest> {
    url::of_call(&core.connection().base, spec, &arguments.checked(spec)?)
}

/// The request of a call that is not sent.
#[cfg(feature = "operations")]
pub(super) fn prepare(core: &Core, outgoing: Outgoing) -> Result<super::Prepared, InvalidRequest> {
    let Outgoing { spec, arguments, body, .. } = outgoing;
    let body = body?;
    let request =
        build(core, spec, &arguments.checked(spec)?, body.clone().map(Bytes::from), Duration::ZERO)?;
    Ok(super::Prepared::new(spec, request, body))
}

fn build(
    core: &Core,
    spec: &'static Spec,
    arguments: &[(&'static Parameter, &Value)],
    body: Option<Bytes>,
    time: Duration,
) -> Result<Request, InvalidRequest> {
    let connection = core.connection();
    let url = url::of_call(&connection.base, spec, arguments)?;

    let mut request = Request::new(spec.method.into(), url);
    *request.timeout_mut() = Some(time);
    let headers = request.headers_mut();
    headers.clone_from(&connection.headers);
    add_headers(headers, arguments)?;
    if let Some(authorization) = core.authorization(spec)? {
        headers.insert(AUTHORIZATION, authorization);
    }
    if let (Some(body), Some(media_type)) = (body, spec.body) {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type.as_str()));
        *request.body_mut() = Some(body.into());
    }
    Ok(request)
}

fn add_headers(
    headers: &mut HeaderMap,
    arguments: &[(&'static Parameter, &Value)],
) -> Result<(), InvalidRequest> {
    for (parameter, value) in arguments {
        if parameter.place != Place::Header {
            continue;
        }
        let Ok(name) = HeaderName::try_from(parameter.name) else {
            return Err(refuse(parameter, "is no header"));
        };
        let Some(value) = encode::header(value) else {
            return Err(refuse(parameter, "has an item with a comma in it, which would make it two"));
        };
        let Ok(mut value) = HeaderValue::try_from(value) else {
            return Err(refuse(parameter, "has a character that no header may have"));
        };
        value.set_sensitive(parameter.sensitive);
        headers.insert(name, value);
    }
    Ok(())
}

/// Sends a request once and gives its response if that is a success.
async fn attempt(core: &Core, spec: &Spec, request: Request) -> Result<RawResponse, Fault> {
    let connection = core.connection();
    let url = request.url().clone();
    let mut response = connection.http.execute(request).await.map_err(unsent)?;
    let body = read(&mut response, connection.max_body).await?;
    let headers = std::mem::take(response.headers_mut());
    let raw = RawResponse::new(response.status(), headers, body, url);
    classify(spec, response_to(response.url(), raw)?)
}

/// No client that is let in follows redirects. Should one do so nevertheless, somebody else's response is not taken for
/// the service's.
fn response_to(answered: &Url, response: RawResponse) -> Result<RawResponse, Fault> {
    if *answered == response.url {
        return Ok(response);
    }
    let problem = "it comes from another URL, since the HTTP client followed a redirect";
    let fault = DecodeFault::new(problem, response.body());
    Err(Fault::decode(response, fault))
}

/// What the HTTP client doesn't take won't get better by trying again, such as plain HTTP where it was told not to
/// speak it.
fn unsent(error: reqwest::Error) -> Fault {
    if error.is_builder() {
        return InvalidRequest::new("the request", "is refused by the HTTP client").because(error).into();
    }
    TransportError::sending(error).into()
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
pub(super) fn classify(spec: &Spec, response: RawResponse) -> Result<RawResponse, Fault> {
    if spec.responses.contains(&response.status()) || response.status_code().is_success() {
        Ok(response)
    } else {
        Err(Fault::Api(Box::new(response)))
    }
}
