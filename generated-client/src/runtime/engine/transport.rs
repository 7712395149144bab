//! What stands in for the network in tests.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{StatusCode, Url};
use serde_json::{Value, json};

use crate::runtime::error::transport::Phase;
use crate::runtime::request::spec::{Method, Spec};

/// The future of an exchange.
pub type ResponseFuture<'a> = Pin<Box<dyn Future<Output = Result<Response, Fault>> + Send + 'a>>;

/// Gives a response for a request, in place of the network.
///
/// A client that is [built with one](crate::runtime::Builder::transport) does everything else as ever: it refuses invalid
/// requests, sends again what may be sent again, keeps to its timeouts, and decodes responses.
pub trait Transport: Send + Sync + 'static {
    /// Gives the response, or says why there is none. It is called once for each attempt of a call.
    fn exchange<'a>(&'a self, request: &'a Request) -> ResponseFuture<'a>;
}

/// A request as it would be sent. It contains the secrets that would be sent; its `Debug` shows none of them.
#[derive(Clone)]
#[non_exhaustive]
pub struct Request {
    /// The name of the service: `descope`.
    pub service: &'static str,
    /// The description of the operation.
    pub spec: &'static Spec,
    /// The HTTP method.
    pub method: Method,
    /// The URL with its arguments.
    pub url: Url,
    /// The headers that the client sets.
    pub headers: HeaderMap,
    /// The bytes of the body; none if there is no body.
    pub body: Bytes,
}

impl Request {
    /// The id of the operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.spec.id
    }

    /// The body as JSON; null if it isn't JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The value of a header, if it is there and is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// It shows the template of the path, since the URL contains arguments.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.spec.id)
            .field("method", &self.method)
            .field("path", &self.spec.path)
            .field("headers", &self.headers.len())
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// A response. Its `Debug` shows neither headers nor body.
#[derive(Clone)]
#[non_exhaustive]
pub struct Response {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Response {
    /// A response without a body. A number that is no status counts as 500.
    #[must_use]
    pub fn status(status: u16) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, headers: HeaderMap::new(), body: Bytes::new() }
    }

    /// A response in JSON.
    #[must_use]
    pub fn json(status: u16, body: &Value) -> Self {
        Self { body: body.to_string().into(), ..Self::status(status) }
            .header("content-type", "application/json")
    }

    /// A response in plain text.
    #[must_use]
    pub fn text(status: u16, body: &str) -> Self {
        Self { body: body.to_owned().into(), ..Self::status(status) }.header("content-type", "text/plain")
    }

    /// An error response in JSON whose only member is a code: `errorCode` is the member at Descope, `error` at Nhost.
    #[must_use]
    pub fn api(status: u16, member: &str, code: &str) -> Self {
        Self::json(status, &json!({ member: code, "message": "" }))
    }

    /// Adds a header. One that can't be a header is left out.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            self.headers.append(name, value);
        }
        self
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status.as_u16())
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// Why there is no response.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The connection failed, at this point of the exchange.
    Connection(Phase),
    /// It took too long.
    Timeout,
    /// The test didn't expect the request: the text says what is missing. It fails the call as an invalid request, so nothing
    /// is sent again.
    Unexpected(String),
}
