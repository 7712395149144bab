//! Answers as they came.

use super::{DecodeFault, decode, redact};
use reqwest::header::{CONTENT_TYPE, HeaderMap, LOCATION};
use reqwest::{StatusCode, Url};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::fmt;

/// An answer that has not been decoded yet.
pub struct RawAnswer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
    /// The URL of the request, which a relative `Location` starts from.
    pub(super) url: Url,
}

impl RawAnswer {
    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The media type of the body, without its parameters.
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        media_type(&self.headers)
    }

    /// Reads the body as JSON.
    ///
    /// # Errors
    ///
    /// If the body is not JSON, or not of this type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeFault> {
        decode::json(&self.body)
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

    /// Reads where the answer redirects to.
    ///
    /// # Errors
    ///
    /// If the answer is no redirect, or has no `Location` that is a URL.
    pub fn redirect(&self) -> Result<Redirect, DecodeFault> {
        let fault = |problem: &str| DecodeFault::new(problem, &self.body);
        if !self.status.is_redirection() {
            return Err(fault("the status is not a redirect's"));
        }
        let Some(location) = self.headers.get(LOCATION) else {
            return Err(fault("the redirect has no Location"));
        };
        let location = std::str::from_utf8(location.as_bytes()).ok();
        match location.and_then(|location| self.url.join(location).ok()) {
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
impl fmt::Debug for RawAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawAnswer")
            .field("status", &self.status())
            .field("media_type", &redact::media_type(self.media_type()))
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

pub(super) fn media_type(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    value.split(';').next().map(str::trim)
}

/// Where a service redirects the browser to. The client does not go there.
///
/// The URL may carry codes and tokens, so `Debug` shows no more than where it leads.
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
