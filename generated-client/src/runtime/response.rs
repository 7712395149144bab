//! Responses as they came.

use super::{DecodeFault, Service, decode, redact};
use reqwest::header::{CONTENT_TYPE, HeaderMap, LOCATION};
use reqwest::{StatusCode, Url};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::fmt;

/// Schemes of URLs that browsers don't follow a redirect to, and that run a script or show a made-up page if one puts
/// them in a link.
const NO_PLACES: [&str; 8] =
    ["about", "blob", "data", "file", "filesystem", "javascript", "vbscript", "view-source"];

/// A response that has not been decoded yet.
///
/// [`Call::send_raw`](super::Call::send_raw) gives it. It holds what the service sent, secrets included, and its `Debug`
/// shows none of that.
pub struct RawResponse {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
    /// The body with what its service sends in headers instead, where it does so.
    supplemented: Option<Vec<u8>>,
    /// The URL of the request, which a relative `Location` starts from.
    pub(super) url: Url,
}

impl RawResponse {
    pub(super) fn new(status: StatusCode, headers: HeaderMap, body: Vec<u8>, url: Url) -> Self {
        Self { status, headers, body, supplemented: None, url }
    }

    /// A response that was stored or made up. `url` is the one of its request.
    #[cfg(feature = "operations")]
    #[must_use]
    pub fn from_parts(status: StatusCode, headers: HeaderMap, body: impl Into<Vec<u8>>, url: Url) -> Self {
        Self::new(status, headers, body.into(), url)
    }

    /// Adds to what is decoded the members that the service sends in headers instead.
    pub(super) fn supplemented<S: Service>(mut self) -> Self {
        self.supplemented = S::supplement(&self).and_then(|members| serde_json::to_vec(&members).ok());
        self
    }

    /// The status as a number.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The status.
    #[must_use]
    pub fn status_code(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Takes the body out.
    #[must_use]
    pub fn into_body(self) -> Vec<u8> {
        self.body
    }

    /// The id under which the service or its gateway knows the request, to quote to its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// The media type of the body, without its parameters.
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        media_type(&self.headers)
    }

    /// Reads the body as JSON. Members that the service sends in headers instead are there as well.
    ///
    /// # Errors
    ///
    /// If the body is not JSON, or not of this type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeFault> {
        decode::json(self.supplemented.as_ref().unwrap_or(&self.body))
    }

    /// Reads the body as a text, which may be a JSON string.
    ///
    /// # Errors
    ///
    /// If the body is not UTF-8.
    pub fn text(&self) -> Result<String, DecodeFault> {
        if let Ok(text) = serde_json::from_slice(&self.body) {
            return Ok(text);
        }
        String::from_utf8(self.body.clone())
            .map_err(|_| DecodeFault::new("the body is not UTF-8", &self.body))
    }

    /// The body as a JSON object, if it is one.
    pub(crate) fn object(&self) -> Option<Map<String, Value>> {
        serde_json::from_slice(&self.body).ok()
    }

    /// The body if it is a text for people rather than a page for browsers.
    pub(crate) fn short_text(&self) -> Option<String> {
        const MOST: usize = 200;

        let is_text = self.media_type() == Some("text/plain") && self.body.len() <= MOST;
        let text = std::str::from_utf8(&self.body).ok()?.trim();
        (is_text && !text.is_empty()).then(|| text.to_owned())
    }

    /// Reads where the response redirects to.
    ///
    /// # Errors
    ///
    /// If the response is no redirect, or has no `Location` that is the URL of a page or an app.
    pub fn redirect(&self) -> Result<Redirect, DecodeFault> {
        let fault = |problem: &str| DecodeFault::new(problem, &self.body);
        if !self.status.is_redirection() {
            return Err(fault("the status is not a redirect's"));
        }
        // An empty one would lead back to the request, with all that was secret in it.
        let Some(location) = self.headers.get(LOCATION).filter(|location| !location.is_empty()) else {
            return Err(fault("the redirect has no Location"));
        };
        let location = std::str::from_utf8(location.as_bytes()).ok();
        match location.and_then(|location| self.url.join(location).ok()) {
            Some(url) if NO_PLACES.contains(&url.scheme()) => {
                Err(fault("the Location is no page and no app"))
            }
            Some(url) => Ok(Redirect { status: self.status, url }),
            None => Err(fault("the Location is not a URL")),
        }
    }

    /// The fault of a status that the operation does not expect.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn unexpected<T>(&self) -> Result<T, DecodeFault> {
        Err(DecodeFault::new("the status is not expected", &self.body))
    }
}

/// Neither the body nor the headers nor the URL is shown: they hold tokens.
impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("status", &self.status())
            .field("media_type", &redact::media_type(self.media_type()))
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

pub(super) fn request_id(headers: &HeaderMap) -> Option<&str> {
    ["x-request-id", "x-b3-traceid", "cf-ray"]
        .into_iter()
        .filter_map(|name| headers.get(name)?.to_str().ok())
        .find(|id| !id.is_empty())
}

pub(super) fn media_type(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    value.split(';').next().map(str::trim)
}

/// Where a service redirects the browser to. The client does not go there.
///
/// It leads to a page or to an app with a scheme of its own; a `javascript:` or `data:` URL is no redirect. The URL may
/// carry codes and tokens, so `Debug` shows no more than where it leads.
#[derive(Clone, PartialEq, Eq)]
pub struct Redirect {
    status: StatusCode,
    url: Url,
}

impl Redirect {
    /// The URL, resolved against the request's.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Takes the URL out.
    #[must_use]
    pub fn into_url(self) -> Url {
        self.url
    }

    /// The redirect as JSON, for callers without types.
    #[cfg(feature = "operations")]
    pub(super) fn into_value(self) -> serde_json::Value {
        serde_json::json!({ "status": self.status.as_u16(), "location": self.url.as_str() })
    }

    /// The URL as a text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }

    /// The status of the redirect, such as 302.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }
}

impl fmt::Debug for Redirect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redirect")
            .field("status", &self.status.as_u16())
            .field("scheme", &self.url.scheme())
            .field("host", &self.url.host_str())
            .finish_non_exhaustive()
    }
}
