//! A single attempt of a call.

use reqwest::{Response, StatusCode, Url};

use super::build::Built;
use super::core::Core;
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::error::kind::Kind;
use crate::runtime::error::transport::TransportError;
use crate::runtime::response::raw::RawResponse;
use crate::runtime::value::decode::DecodeFault;
use crate::runtime::value::secret_bytes::SecretBytes;

/// The most memory that is reserved for a body before any of it has arrived.
const FIRST_BUFFER: usize = 64 * 1024;

/// Sends a request once and reads the response, whatever its status is.
pub(super) async fn attempt(core: &Core, built: Built) -> Result<RawResponse, Kind> {
    let connection = core.connection();
    let sent_to = built.request.url().clone();
    let mut response = connection.http.execute(built.request).await.map_err(unsent)?;
    let body = read(&mut response, connection.max_body).await?;
    let headers = std::mem::take(response.headers_mut());
    let raw = RawResponse::new(response.status(), headers, body, built.url);
    response_from(&sent_to, response.url(), raw)
}

/// Refuses a response from another URL than the request was sent to. No HTTP client that the builder accepts follows
/// redirects; should one do so nevertheless, the response is not taken for the service's.
fn response_from(sent_to: &Url, received_from: &Url, response: RawResponse) -> Result<RawResponse, Kind> {
    if sent_to == received_from {
        return Ok(response);
    }
    let problem = "it comes from another URL, since the HTTP client followed a redirect";
    let fault = DecodeFault::new(problem, response.body());
    Err(Kind::decode(response, fault))
}

/// The error for a request that got no response. A request that the HTTP client refuses, such as plain HTTP where it was
/// built to refuse that, is invalid: sending it again would not help.
fn unsent(error: reqwest::Error) -> Kind {
    if error.is_builder() {
        return InvalidRequest::new("the request", "is refused by the HTTP client").because(error).into();
    }
    TransportError::sending(error).into()
}

/// Reads a body as it arrives, up to the limit.
async fn read(response: &mut Response, limit: usize) -> Result<SecretBytes, Kind> {
    let too_large = |status: StatusCode| Kind::TooLarge { status, limit };
    let announced = usize::try_from(response.content_length().unwrap_or(0));
    let announced = announced.unwrap_or(usize::MAX);
    if announced > limit {
        return Err(too_large(response.status()));
    }
    let mut body = SecretBytes::with_capacity(announced.min(FIRST_BUFFER));
    while let Some(chunk) = response.chunk().await.map_err(TransportError::receiving)? {
        if chunk.len() > limit - body.len() {
            return Err(too_large(response.status()));
        }
        body.extend(&chunk);
    }
    Ok(body)
}
