//! What a service says when it answers with an error.

use super::super::response::{media_type, request_id};
use super::super::{ErrorBody, RawResponse, redact};
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use std::fmt;
use std::time::{Duration, SystemTime};

/// An error response.
pub struct ApiError<C> {
    status: StatusCode,
    code: Option<C>,
    message: Option<String>,
    detail: Option<String>,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl<C> ApiError<C> {
    pub(super) fn new(raw: RawResponse, said: ErrorBody) -> Self
    where
        C: From<String>,
    {
        Self {
            status: raw.status,
            code: said.code.map(C::from),
            message: said.message,
            detail: said.detail,
            headers: raw.headers,
            body: raw.body,
        }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The service's code, if it gave one.
    #[must_use]
    pub fn code(&self) -> Option<&C> {
        self.code.as_ref()
    }

    /// The service's text for people, if it gave one. It may repeat what it was sent.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The service's second text, if it gave one. It may repeat what it was sent.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        self.detail.as_deref()
    }

    /// The headers of the response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body of the response as it came.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// How long to wait before the next try, from `Retry-After` in seconds or as a date.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.headers, SystemTime::now)
    }

    /// The id under which the service or its gateway knows the request, to quote to its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    fn code_text(&self) -> Option<&str>
    where
        C: AsRef<str>,
    {
        self.code().map(|code| redact::code(code.as_ref()))
    }
}

/// What `Retry-After` asks for. A number that is too large to count in still asks for a long time.
pub(super) fn retry_after(headers: &HeaderMap, now: impl FnOnce() -> SystemTime) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now()).unwrap_or_default())
}

/// One line, with the service's text as far as it can't be a secret.
impl<C: AsRef<str>> fmt::Display for ApiError<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status)?;
        if let Some(code) = self.code_text() {
            write!(f, ", {code}")?;
        }
        if let Some(message) = self.message() {
            write!(f, ": {}", redact::text(message))?;
        } else if self.code.is_none() {
            let media_type = redact::media_type(media_type(&self.headers));
            let bytes = self.body.len();
            write!(f, " without an error text ({media_type}, {bytes} bytes)")?;
        }
        Ok(())
    }
}

impl<C: AsRef<str>> fmt::Debug for ApiError<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("status", &self.status.as_u16())
            .field("code", &self.code_text())
            .field("message", &self.message().map(redact::text))
            .field("headers", &self.headers.len())
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
