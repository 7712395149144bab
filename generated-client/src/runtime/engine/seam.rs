//! An attempt of a call whose client was built with a transport, for tests.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::build::Built;
use super::core::Connection;
use super::transport::{Fault, Request, Response, Transport};
#[cfg(feature = "stream")]
use super::upload::Upload;
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::error::kind::ErrorKind;
use crate::runtime::error::transport::{Phase, TransportError};
use crate::runtime::request::payload::Content;
use crate::runtime::request::spec::Spec;
use crate::runtime::response::raw::RawResponse;
use crate::runtime::response::unread::{Reading, Unread};

/// Has the transport give a response. All of it takes no longer than `time`.
pub(super) async fn attempt(
    connection: &Connection,
    transport: &dyn Transport,
    spec: &'static Spec,
    built: Built,
    time: Duration,
    reading: Reading,
) -> Result<RawResponse, ErrorKind> {
    let Built { mut request, url, content } = built;
    let exchange = async {
        let request = Request {
            service: connection.service.name,
            spec,
            method: spec.method,
            url: request.url().clone(),
            headers: std::mem::take(request.headers_mut()),
            body: bytes_of(&content).await?,
        };
        transport.exchange(&request).await.map_err(kind)
    };
    let exchanged = tokio::time::timeout(time, exchange).await;
    let Response { status, headers, body } = exchanged.map_err(|_| kind(Fault::Timeout))??;
    let is_success = spec.is_success(status);
    let limit = if is_success { connection.max_body } else { connection.max_error_body };
    if is_success && body.len() > limit {
        return Err(ErrorKind::TooLarge { status, limit });
    }
    if is_success && reading == Reading::Head {
        let mut raw = RawResponse::new(status, headers, Vec::new(), url);
        raw.set_unread(Unread::new(body.into(), status, limit, None));
        raw.set_app_schemes(Arc::clone(&connection.app_schemes));
        return Ok(raw);
    }
    let start = body.slice(..limit.min(body.len()));
    let mut raw = RawResponse::new(status, headers, start, url);
    raw.set_truncated(body.len() > limit);
    raw.set_app_schemes(Arc::clone(&connection.app_schemes));
    Ok(raw)
}

/// All bytes of a body, also of one that is streamed.
#[cfg_attr(not(feature = "stream"), allow(clippy::unused_async, reason = "only streams are waited for"))]
async fn bytes_of(content: &Content) -> Result<Bytes, ErrorKind> {
    #[cfg(feature = "stream")]
    if let Content::Streamed(pieces) = content {
        let bytes = Upload::begin(pieces)?.collect().await;
        return bytes.map_err(|fault| TransportError::upload(fault).into());
    }
    Ok(content.bytes())
}

fn kind(fault: Fault) -> ErrorKind {
    match fault {
        Fault::Connection(phase) => TransportError::made_up(phase, false).into(),
        Fault::Timeout => TransportError::made_up(Phase::Exchange, true).into(),
        Fault::Unexpected(why) => InvalidRequest::new("the test", why).into(),
    }
}
