//! Requests that are looked at instead of being sent.

use std::fmt;

use reqwest::header::HeaderMap;
use reqwest::{Request, Url};

use super::{Method, Spec};

/// The request that a call would send. It holds what it would send, secrets included, and its `Debug` shows none of that.
#[derive(Clone)]
#[non_exhaustive]
pub struct Prepared {
    /// The description of its operation.
    pub spec: &'static Spec,
    /// The HTTP method.
    pub method: Method,
    /// The URL, with the arguments that go into it.
    pub url: Url,
    /// The headers that the client sets; the HTTP client adds `Host`, `Accept` and `Content-Length`.
    pub headers: HeaderMap,
    /// The bytes of the body, if there is one.
    pub body: Option<Vec<u8>>,
}

impl Prepared {
    pub(super) fn new(spec: &'static Spec, mut request: Request, body: Option<Vec<u8>>) -> Self {
        let headers = std::mem::take(request.headers_mut());
        Self { spec, method: spec.method, url: request.url().clone(), headers, body }
    }
}

/// The path is the template of the operation, since the URL has arguments in it.
impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared")
            .field("operation", &self.spec.id)
            .field("method", &self.method)
            .field("path", &self.spec.path)
            .field("headers", &self.headers.len())
            .field("bytes", &self.body.as_ref().map(Vec::len))
            .finish_non_exhaustive()
    }
}
