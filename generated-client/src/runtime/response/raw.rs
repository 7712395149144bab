//! Responses as they came.

use crate::runtime::value::decode::{self, DecodeFault};
use crate::runtime::value::redact;
use crate::runtime::value::secret::Secret;
use crate::runtime::value::secret_bytes::SecretBytes;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{StatusCode, Url};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::fmt;

/// A response that has not been decoded yet.
///
/// [`Call::send_raw`](crate::runtime::Call::send_raw) gives it. It contains secrets if the service sent any; its `Debug`
/// shows the status, the media type and the number of bytes alone. The memory of the body is overwritten when the response is
/// dropped.
pub struct RawResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: SecretBytes,
    /// The body together with the members that the service sends in headers, if it sends any.
    supplemented: Option<SecretBytes>,
    /// The URL of the request, against which a relative `Location` is resolved. It contains no credential.
    url: Url,
}

impl RawResponse {
    pub(crate) fn new(
        status: StatusCode,
        headers: HeaderMap,
        body: impl Into<SecretBytes>,
        url: Url,
    ) -> Self {
        Self { status, headers, body: body.into(), supplemented: None, url }
    }

    /// Makes a response that was stored or made up. `url` is that of its request.
    #[cfg(feature = "operations")]
    #[must_use]
    pub fn from_parts(status: StatusCode, headers: HeaderMap, body: impl Into<Vec<u8>>, url: Url) -> Self {
        Self::new(status, headers, body.into(), url)
    }

    /// Sets the members that are decoded in place of those of the body.
    pub(crate) fn supplemented_with(&mut self, members: &Map<String, Value>) {
        let mut body = SecretBytes::with_capacity(2 * self.body.len());
        self.supplemented = serde_json::to_writer(&mut body, members).is_ok().then_some(body);
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
        self.body.as_slice()
    }

    /// Takes the body out. Its memory isn't overwritten any more when it is dropped.
    #[must_use]
    pub fn into_body(self) -> Vec<u8> {
        self.body.into_vec()
    }

    /// The id under which the service or its gateway knows the request, to quote to its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        ["x-request-id", "x-b3-traceid", "cf-ray"]
            .into_iter()
            .filter_map(|name| self.headers.get(name)?.to_str().ok())
            .find(|id| !id.is_empty())
    }

    /// The media type of the body, without its parameters.
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        let value = self.headers.get(CONTENT_TYPE)?.to_str().ok()?;
        value.split(';').next().map(str::trim)
    }

    /// Reads the body as JSON. Members that the service sends in headers are added to it.
    ///
    /// # Errors
    ///
    /// If the body is not JSON, or not of this type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeFault> {
        decode::json(self.supplemented.as_ref().unwrap_or(&self.body).as_slice())
    }

    /// Reads the body as a text, which may be a JSON string.
    ///
    /// # Errors
    ///
    /// If the body is not UTF-8.
    pub fn text(&self) -> Result<String, DecodeFault> {
        if let Ok(text) = serde_json::from_slice(self.body()) {
            return Ok(text);
        }
        String::from_utf8(self.body().to_vec())
            .map_err(|_| DecodeFault::new("the body is not UTF-8", self.body()))
    }

    /// The body as a JSON object, if it is one.
    pub(crate) fn object(&self) -> Option<Secret<Map<String, Value>>> {
        serde_json::from_slice(decode::without_mark(self.body())).ok().map(Secret::new)
    }

    /// The body, if it is a short text for people and not a page for browsers.
    pub(crate) fn short_text(&self) -> Option<String> {
        const MOST: usize = 200;

        let is_text = self.media_type() == Some("text/plain") && self.body.len() <= MOST;
        let text = std::str::from_utf8(self.body()).ok()?.trim();
        (is_text && !text.is_empty()).then(|| text.to_owned())
    }

    /// A URL that the response names, resolved against that of the request.
    pub(crate) fn resolve(&self, url: &str) -> Option<Url> {
        self.url.join(url).ok()
    }

    /// Refuses a status that the operation does not expect.
    ///
    /// # Errors
    ///
    /// It always fails.
    pub fn unexpected<T>(&self) -> Result<T, DecodeFault> {
        Err(DecodeFault::new("the status is not expected", self.body()))
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
