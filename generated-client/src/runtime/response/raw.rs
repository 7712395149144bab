//! Responses as they came.

use super::unread::Unread;
use crate::runtime::value::binary::Binary;
use crate::runtime::value::decode::{self, DecodeError};
use crate::runtime::value::redact;
use crate::runtime::value::secret::Secret;
use crate::runtime::value::secret_bytes::SecretBytes;
use bytes::Bytes;
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap};
use reqwest::{StatusCode, Url};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::fmt;
use std::sync::Arc;

/// A response that has not been decoded yet.
///
/// [`Call::send_raw`](crate::runtime::Call::send_raw) gives it. It contains secrets if the service sent any; its `Debug`
/// shows the status, the media type and the number of bytes alone. A body that came in one piece isn't copied, and is in memory
/// of the HTTP client; any other is overwritten when the response is dropped.
pub struct RawResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    /// Whether the rest of the body was not read.
    is_truncated: bool,
    /// The body together with the members that the service sends in headers, if it sends any.
    supplemented: Option<SecretBytes>,
    /// The URL of the request, against which a relative `Location` is resolved. It contains no credential.
    url: Url,
    /// The schemes of apps that a redirect may lead to.
    app_schemes: Option<Arc<[String]>>,
    /// The body, if it is read chunk by chunk.
    unread: Option<Box<Unread>>,
}

impl RawResponse {
    pub(crate) fn new(status: StatusCode, headers: HeaderMap, body: impl Into<Bytes>, url: Url) -> Self {
        Self {
            status,
            headers,
            body: body.into(),
            is_truncated: false,
            supplemented: None,
            url,
            app_schemes: None,
            unread: None,
        }
    }

    /// Makes a response that was stored or made up. `url` is that of its request.
    #[cfg(any(feature = "operations", feature = "test-util"))]
    #[must_use]
    pub fn from_parts(status: StatusCode, headers: HeaderMap, body: impl Into<Vec<u8>>, url: Url) -> Self {
        Self::new(status, headers, SecretBytes::from(body.into()).into_bytes(), url)
    }

    #[cfg(feature = "test-util")]
    pub(crate) fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.headers
    }

    pub(crate) fn set_truncated(&mut self, is_truncated: bool) {
        self.is_truncated = is_truncated;
    }

    pub(crate) fn set_app_schemes(&mut self, schemes: Arc<[String]>) {
        self.app_schemes = Some(schemes);
    }

    pub(crate) fn set_unread(&mut self, unread: Unread) {
        self.unread = Some(Box::new(unread));
    }

    /// The body, if it is read chunk by chunk.
    pub(crate) fn take_unread(&mut self) -> Option<Box<Unread>> {
        self.unread.take()
    }

    /// Whether a redirect may lead to URLs with this scheme.
    pub(crate) fn may_lead_to(&self, scheme: &str) -> bool {
        let is_app = |schemes: &Arc<[String]>| schemes.iter().any(|app| app == scheme);
        matches!(scheme, "http" | "https") || self.app_schemes.as_ref().is_some_and(is_app)
    }

    /// Whether the whole body is there, and not encoded.
    pub(crate) fn is_readable(&self) -> bool {
        !self.is_truncated && self.encoding().is_none()
    }

    /// The name of the encoding that the body still has; none if it isn't encoded. The HTTP client decodes what it has
    /// asked for, so nobody has asked for this encoding.
    pub(crate) fn encoding(&self) -> Option<&'static str> {
        const KNOWN: [&str; 5] = ["gzip", "br", "zstd", "deflate", "compress"];

        // Some servers name an encoding for a body that is empty.
        if self.body.is_empty() && self.unread.is_none() {
            return None;
        }
        let value = self.headers.get(CONTENT_ENCODING)?.to_str().unwrap_or_default().trim();
        if value.is_empty() || value.eq_ignore_ascii_case("identity") {
            return None;
        }
        let known = KNOWN.into_iter().find(|known| value.eq_ignore_ascii_case(known));
        Some(known.unwrap_or("unknown"))
    }

    /// Refuses an encoded body, since no reader would say what is wrong with it.
    fn unencoded(&self) -> Result<(), DecodeError> {
        let Some(encoding) = self.encoding() else { return Ok(()) };
        let problem = format!(
            "the body has the encoding `{encoding}`, which was not asked for; reqwest has features that decode it"
        );
        Err(DecodeError::new(problem, b""))
    }

    /// Sets the members that are decoded in place of those of the body.
    pub(crate) fn supplemented_with(&mut self, members: &Map<String, Value>) {
        let mut body = SecretBytes::with_capacity(2 * self.body.len());
        self.supplemented = serde_json::to_writer(&mut body, members).is_ok().then_some(body);
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came. Of an error it is the start, if the whole body has more bytes than
    /// [`Builder::max_error_body`](crate::runtime::Builder::max_error_body) allows, or if the rest did not arrive.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Whether [`body`](Self::body) is not the whole body.
    #[must_use]
    pub fn is_truncated(&self) -> bool {
        self.is_truncated
    }

    /// Takes the body out. Its memory isn't overwritten when it is dropped.
    #[must_use]
    pub fn into_body(self) -> Vec<u8> {
        self.body.into()
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
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        self.json_or(None, &[])
    }

    /// Like [`json`](Self::json), but reads `without_body` in place of a body that is empty, null or an empty text. Without
    /// it, an empty body is an error that names the `required` members.
    pub(crate) fn json_or<T: DeserializeOwned>(
        &self,
        without_body: Option<&'static str>,
        required: &[&str],
    ) -> Result<T, DecodeError> {
        self.unencoded()?;
        let body = self.supplemented.as_ref().map_or(self.body(), SecretBytes::as_slice);
        match without_body {
            Some(json) if is_empty(body) || says_nothing(body) => decode::json(json.as_bytes()),
            _ if !is_empty(body) => decode::json(body),
            _ if required.is_empty() => Err(DecodeError::new("the body is empty", body)),
            _ => {
                let missing = format!("the body is empty, but it has to have `{}`", required.join("`, `"));
                Err(DecodeError::new(missing, body))
            }
        }
    }

    /// The body as it is.
    pub(crate) fn binary(&self) -> Result<Binary, DecodeError> {
        self.unencoded()?;
        Ok(Binary::new(self.body()))
    }

    /// Reads the body as a text. It may also be a JSON string, unless its media type is neither JSON nor plain text.
    ///
    /// # Errors
    ///
    /// If the body is not UTF-8.
    pub fn text(&self) -> Result<String, DecodeError> {
        self.unencoded()?;
        let may_be_json = |media_type: &str| {
            let media_type = media_type.to_ascii_lowercase();
            media_type.contains("json") || media_type == "text/plain"
        };
        if let Some(text) =
            decode::json(self.body()).ok().filter(|_| self.media_type().is_none_or(may_be_json))
        {
            return Ok(text);
        }
        String::from_utf8(decode::without_mark(self.body()).to_vec())
            .map_err(|_| DecodeError::new("the body is not UTF-8", self.body()))
    }

    /// The body as a JSON object, if it is one.
    pub(crate) fn object(&self) -> Option<Secret<Map<String, Value>>> {
        decode::json(self.body()).ok().map(Secret::new)
    }

    /// The body, if it is a short text for people and not a page for browsers.
    pub(crate) fn short_text(&self) -> Option<String> {
        const MOST: usize = 200;

        let is_plain = self.media_type().is_some_and(|given| given.eq_ignore_ascii_case("text/plain"));
        let is_text = is_plain && self.body.len() <= MOST;
        let text = std::str::from_utf8(decode::without_mark(self.body())).ok()?.trim();
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
    pub fn unexpected<T>(&self) -> Result<T, DecodeError> {
        Err(DecodeError::new("the status is not expected", self.body()))
    }
}

fn is_empty(body: &[u8]) -> bool {
    decode::without_mark(body).trim_ascii().is_empty()
}

/// Whether a body is what some servers send in place of an empty one.
fn says_nothing(body: &[u8]) -> bool {
    matches!(decode::without_mark(body).trim_ascii(), b"null" | b"\"\"")
}

/// Neither the body nor the headers nor the URL is shown: they hold tokens.
impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("status", &self.status().as_u16())
            .field("media_type", &redact::media_type(self.media_type()))
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
