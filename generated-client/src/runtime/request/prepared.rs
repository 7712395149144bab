//! Requests that are not sent, for callers that want to look at them.

use std::fmt;

use bytes::Bytes;
use reqwest::header::HeaderMap;
use reqwest::{Request, Url};

use super::spec::{Method, Spec};

/// The request that a call would send. It contains the secrets that would be sent; its `Debug` shows none of them.
#[derive(Clone)]
#[non_exhaustive]
pub struct PreparedRequest {
    /// The description of its operation.
    pub spec: &'static Spec,
    /// The HTTP method.
    pub method: Method,
    /// The URL with its arguments. A credential that goes into the query is left out.
    pub url: Url,
    /// The headers that the client sets; the HTTP client adds `Host`, and `Accept` and `Content-Length` where they are
    /// missing.
    pub headers: HeaderMap,
    /// The bytes of the body, if there is one.
    pub body: Option<Bytes>,
}

impl PreparedRequest {
    pub(crate) fn new(spec: &'static Spec, url: Url, mut request: Request, body: Option<Bytes>) -> Self {
        let headers = std::mem::take(request.headers_mut());
        Self { spec, method: spec.method, url, headers, body }
    }
}

/// It shows the template of the path, since the URL contains arguments.
impl fmt::Debug for PreparedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PreparedRequest")
            .field("operation", &self.spec.id)
            .field("method", &self.method)
            .field("path", &self.spec.path)
            .field("headers", &self.headers.len())
            .field("bytes", &self.body.as_ref().map(Bytes::len))
            .finish_non_exhaustive()
    }
}
