//! A single attempt of a call.

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Body, Response, Url};
use tokio::sync::OwnedSemaphorePermit;

use super::build::Built;
use super::clients::{Clients, Pool};
use super::core::Connection;
use super::once::Once;
use super::receive::{announced, read_all, read_start};
#[cfg(feature = "stream")]
use super::upload::Upload;
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::error::kind::ErrorKind;
use crate::runtime::error::transport::{Phase, TransportError};
use crate::runtime::error::upload::{UploadFault, UploadOutcome};
use crate::runtime::request::payload::Content;
use crate::runtime::request::spec::{Retry, Spec};
use crate::runtime::response::raw::RawResponse;
use crate::runtime::response::unread::{Reading, Unread};
use crate::runtime::value::decode::DecodeError;

/// Sends a request once and reads the response, whatever its status is. All of it takes no longer than `time`. It counts as
/// an attempt unless the request is invalid, so that nothing is sent.
pub(super) async fn attempt(
    connection: &Connection,
    spec: &'static Spec,
    built: Built,
    time: Duration,
    reading: Reading,
    permit: Permit,
    attempts: &mut u32,
) -> Result<RawResponse, ErrorKind> {
    #[cfg(feature = "test-util")]
    if let Some(transport) = &connection.transport {
        *attempts += 1;
        // Only tests go this way, so that the futures of applications needn't have room for it.
        return Box::pin(super::seam::attempt(connection, &**transport, spec, built, time, reading)).await;
    }
    let Sending { response, pool, http, url, sent_to } = send(connection, spec, built, time, reading)?;
    let sent = response.await;
    *attempts += u32::from(!matches!(sent, Err(ErrorKind::InvalidRequest(_))));
    if pool == Pool::On && sent.as_ref().is_err_and(is_broken) {
        http.broke(&*connection.clock);
    }
    let mut response = sent?;
    let is_success = spec.is_success(response.status());
    if is_success && reading == Reading::Head {
        return unread(connection, &sent_to, response, url, permit);
    }
    let body = if is_success {
        read_all(&mut response, connection.max_body).await?
    } else {
        read_start(&mut response, connection.max_error_body).await
    };
    if pool == Pool::On && !body.is_broken {
        http.responded(&response, &*connection.clock);
    }
    let headers = std::mem::take(response.headers_mut());
    let mut raw = RawResponse::new(response.status(), headers, body.bytes, url);
    raw.set_truncated(body.is_truncated);
    raw.set_app_schemes(Arc::clone(&connection.app_schemes));
    response_from(&sent_to, response.url(), raw)
}

/// A request on its way.
struct Sending<'a, R> {
    /// The head of the response.
    response: R,
    pool: Pool,
    http: &'a Clients,
    /// The URL without the credential that may be part of it.
    url: Url,
    sent_to: Url,
}

/// Hands a request to the HTTP client. That isn't done within the future of an attempt, which would have to keep room for
/// the request until the response is there.
fn send<'a>(
    connection: &'a Connection,
    spec: &Spec,
    built: Built,
    time: Duration,
    reading: Reading,
) -> Result<Sending<'a, impl Future<Output = Result<Response, ErrorKind>> + use<>>, InvalidRequest> {
    let Built { mut request, url, content } = built;
    // A stream can be read only once, so its connection is chosen as for an operation that must not be sent twice.
    let retry = if content.is_streamed() { Retry::Never } else { spec.retry };
    let (body, upload) = body_of(content)?;
    *request.body_mut() = Some(body);
    *request.timeout_mut() = Some(time);
    let sent_to = request.url().clone();
    let http = connection.http(spec)?;
    let (client, pool) = http.client(retry, reading, &*connection.clock);
    let response = client.execute(request);
    let broke = move || upload.as_ref().and_then(UploadOutcome::fault);
    let response = async move { response.await.map_err(|error| unsent(error, broke())) };
    Ok(Sending { response, pool, http, url, sent_to })
}

/// The body of a request, and the place where a streamed one says why it broke off.
fn body_of(content: Content) -> Result<(Body, Option<UploadOutcome>), InvalidRequest> {
    match content {
        Content::Bytes(bytes) => Ok((Body::wrap(Once::new(bytes)), None)),
        #[cfg(feature = "stream")]
        Content::Streamed(pieces) => {
            let upload = Upload::begin(&pieces)?;
            let outcome = upload.outcome();
            Ok((Body::wrap(upload), Some(outcome)))
        }
    }
}

/// A response whose body is not read yet.
fn unread(
    connection: &Connection,
    sent_to: &Url,
    mut response: Response,
    url: Url,
    permit: Permit,
) -> Result<RawResponse, ErrorKind> {
    let (status, limit) = (response.status(), connection.max_body);
    if announced(&response) > limit {
        return Err(ErrorKind::TooLarge { status, limit });
    }
    let received_from = response.url().clone();
    let headers = std::mem::take(response.headers_mut());
    let mut raw = RawResponse::new(status, headers, Vec::new(), url);
    raw.set_unread(Unread::new(Body::from(response), status, limit, permit));
    raw.set_app_schemes(Arc::clone(&connection.app_schemes));
    response_from(sent_to, &received_from, raw)
}

/// Whether a connection broke before there was a response.
fn is_broken(failed: &ErrorKind) -> bool {
    matches!(failed, ErrorKind::Transport(error) if error.phase() == Phase::Exchange && !error.is_timeout())
}

/// What a request holds while it is under way; nothing if there is no limit.
pub(super) type Permit = Option<OwnedSemaphorePermit>;

/// Waits until another request may be under way; none if that takes longer than `time`.
pub(super) async fn permit(connection: &Connection, time: Duration) -> Option<Permit> {
    let Some(permits) = &connection.permits else { return Some(None) };
    // A permit that is free is taken at once, since waiting needs a runtime.
    if let Ok(permit) = Arc::clone(permits).try_acquire_owned() {
        return Some(Some(permit));
    }
    let permit = tokio::time::timeout(time, Arc::clone(permits).acquire_owned()).await;
    permit.ok()?.ok().map(Some)
}

/// Refuses a response from another URL than the request was sent to. No HTTP client that the builder accepts follows
/// redirects; should one do so nevertheless, the response is not taken for the service's.
fn response_from(
    sent_to: &Url,
    received_from: &Url,
    response: RawResponse,
) -> Result<RawResponse, ErrorKind> {
    if sent_to == received_from {
        return Ok(response);
    }
    let problem = "it comes from another URL, since the HTTP client followed a redirect";
    let fault = DecodeError::new(problem, response.body());
    Err(ErrorKind::invalid_response(response, fault))
}

/// The error for a request that got no response. A request that the HTTP client refuses, such as plain HTTP where it was
/// built to refuse that, is invalid: sending it again would not help.
fn unsent(error: reqwest::Error, upload: Option<UploadFault>) -> ErrorKind {
    if error.is_builder() {
        return InvalidRequest::new("the request", "is refused by the HTTP client").because(error).into();
    }
    TransportError::sending(error, upload).into()
}
