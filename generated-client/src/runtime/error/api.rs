//! Error responses.

use reqwest::StatusCode;
use reqwest::header::{DATE, HeaderMap, HeaderValue, RETRY_AFTER};
use std::fmt;
use std::time::{Duration, SystemTime};

use super::body::ErrorBody;
use crate::runtime::response::raw::RawResponse;
use crate::runtime::value::redact;
use crate::runtime::value::secret_value::SecretValue;

/// An error response, and what was read of its body.
pub struct ApiError {
    /// It is boxed so that the results of the engine stay small.
    response: Box<RawResponse>,
    body: ErrorBody,
}

impl ApiError {
    pub(crate) fn new(response: RawResponse, body: ErrorBody) -> Self {
        Self { response: Box::new(response), body }
    }

    /// The response as it came.
    #[must_use]
    pub fn response(&self) -> &RawResponse {
        &self.response
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The service's code, if it gave one. [`Error::code`](super::Error::code) has it with its type.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.body.code.as_deref()
    }

    /// The service's text for people, if it gave one. It may repeat what it was sent.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.body.message.as_deref()
    }

    /// The service's second text, if it gave one. It may repeat what it was sent.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        self.body.detail.as_deref()
    }

    /// Sets the text, for tests.
    #[cfg(feature = "test-util")]
    pub(crate) fn set_message(&mut self, message: String) {
        self.body.message = Some(message);
    }

    /// Adds a header, for tests.
    #[cfg(feature = "test-util")]
    pub(crate) fn add_header(
        &mut self,
        name: reqwest::header::HeaderName,
        value: reqwest::header::HeaderValue,
    ) {
        self.response.headers_mut().append(name, value);
    }

    /// The name of the question that the body makes true, whatever its code is.
    pub(super) fn meaning(&self) -> Option<&'static str> {
        self.body.meaning
    }

    /// The headers of the response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// The body of the response as it came, or the start of it: see [`RawResponse::is_truncated`].
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.response.body()
    }

    /// How long to wait before the next try, from `Retry-After` in seconds or as a date. A date is compared with the
    /// response's `Date`, because the clocks of two machines may differ. The longest of several counts.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after_at(SystemTime::now())
    }

    /// How long to wait from the given time on. A number of seconds that is too large to be counted is the longest time.
    pub(crate) fn retry_after_at(&self, now: SystemTime) -> Option<Duration> {
        let date_of = |value: &HeaderValue| httpdate::parse_http_date(value.to_str().ok()?.trim()).ok();
        let now = self.headers().get(DATE).and_then(date_of).unwrap_or(now);
        let wait = |value: &HeaderValue| {
            let seconds = value.as_bytes().trim_ascii();
            if !seconds.is_empty() && seconds.iter().all(u8::is_ascii_digit) {
                let seconds = std::str::from_utf8(seconds).ok()?;
                return Some(Duration::from_secs(seconds.parse().unwrap_or(u64::MAX)));
            }
            Some(date_of(value)?.duration_since(now).unwrap_or_default())
        };
        self.headers().get_all(RETRY_AFTER).iter().filter_map(wait).max()
    }

    /// The id under which the service or its gateway knows the request, to quote to its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.response.request_id()
    }
}

/// A service may repeat in its texts what it was sent.
impl Drop for ApiError {
    fn drop(&mut self) {
        let ErrorBody { code, message, detail, .. } = &mut self.body;
        [code, message, detail].into_iter().for_each(SecretValue::wipe);
    }
}

/// One line. The service's text is printed without the words that may be secrets.
impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status())?;
        if let Some(code) = self.code() {
            write!(f, ", {}", redact::code(code))?;
        }
        if let Some(message) = self.message() {
            write!(f, ": {}", redact::text(message))?;
        } else if self.code().is_none() {
            let media_type = redact::media_type(self.response.media_type());
            let encoding = self.response.encoding().map(|name| format!(" in the encoding {name}"));
            let more = if self.response.is_truncated() { "more than " } else { "" };
            let bytes = self.body().len();
            let encoding = encoding.unwrap_or_default();
            write!(f, " without an error text ({media_type}{encoding}, {more}{bytes} bytes)")?;
        }
        Ok(())
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("status", &self.status().as_u16())
            .field("code", &self.code().map(redact::code))
            .field("message", &self.message().map(redact::text))
            .field("headers", &self.headers().len())
            .field("bytes", &self.body().len())
            .finish_non_exhaustive()
    }
}
