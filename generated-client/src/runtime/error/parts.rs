//! The failures that are not the service's response.

use super::super::{DecodeFault, RawResponse, redact};
use reqwest::StatusCode;
use std::error::Error;
use std::fmt;

/// How far a request got before it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
    /// No connection was made; the service has seen nothing of the request.
    Connect,
    /// There was no response; the service may have seen the request.
    Exchange,
    /// The response did not arrive in whole.
    Body,
}

/// There was no response, or not all of it.
#[derive(Debug)]
pub struct TransportError {
    phase: Phase,
    /// What the HTTP client says; nothing if the time was up before it was asked.
    source: Option<reqwest::Error>,
}

impl TransportError {
    pub(in super::super) fn sending(source: reqwest::Error) -> Self {
        let phase = if source.is_connect() { Phase::Connect } else { Phase::Exchange };
        Self::new(phase, source)
    }

    pub(in super::super) fn receiving(source: reqwest::Error) -> Self {
        Self::new(Phase::Body, source)
    }

    /// The call had no time at all, so nothing was sent.
    pub(in super::super) fn without_time() -> Self {
        Self { phase: Phase::Connect, source: None }
    }

    fn new(phase: Phase, source: reqwest::Error) -> Self {
        // A URL may have secrets in its query.
        Self { phase, source: Some(source.without_url()) }
    }

    /// How far the request got.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// Whether it took too long.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.source.as_ref().is_none_or(reqwest::Error::is_timeout)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.phase, self.is_timeout()) {
            (Phase::Connect, false) => "no connection could be made",
            (Phase::Connect, true) => "no connection could be made in time",
            (Phase::Exchange, false) => "the connection failed before there was a response",
            (Phase::Exchange, true) => "there was no response in time",
            (Phase::Body, false) => "the connection failed within the response",
            (Phase::Body, true) => "the response did not end in time",
        })
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}

/// The response is not what it should be.
pub struct DecodeError {
    raw: RawResponse,
    fault: DecodeFault,
}

impl DecodeError {
    pub(super) fn new(raw: RawResponse, fault: DecodeFault) -> Self {
        Self { raw, fault }
    }

    /// The status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.raw.status
    }

    /// The path to the fault within the body, such as `user.loginIds[0]`; `.` is the whole body.
    #[must_use]
    pub fn path(&self) -> &str {
        self.fault.path()
    }

    /// What is wrong there, without the value.
    #[must_use]
    pub fn problem(&self) -> &str {
        self.fault.problem()
    }

    /// The structure of the body around the fault, without its values.
    #[must_use]
    pub fn excerpt(&self) -> &str {
        self.fault.excerpt()
    }

    /// The response as it came.
    #[must_use]
    pub fn response(&self) -> &RawResponse {
        &self.raw
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let media_type = redact::media_type(self.raw.media_type());
        write!(
            f,
            "the response ({}, {media_type}, {} bytes) {}",
            self.raw.status,
            self.raw.body.len(),
            self.fault,
        )
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError").field("response", &self.raw).field("fault", &self.fault).finish()
    }
}

impl Error for DecodeError {}

/// A call or a setting that is refused before anything is sent. It never names the value.
#[derive(Debug)]
pub struct InvalidRequest {
    what: String,
    why: String,
    source: Option<reqwest::Error>,
}

impl InvalidRequest {
    pub(crate) fn new(what: impl Into<String>, why: impl Into<String>) -> Self {
        Self { what: what.into(), why: why.into(), source: None }
    }

    pub(in super::super) fn because(mut self, source: reqwest::Error) -> Self {
        self.source = Some(source.without_url());
        self
    }

    /// What is refused, such as ``parameter `locale` ``.
    #[must_use]
    pub fn what(&self) -> &str {
        &self.what
    }

    /// Why it is refused.
    #[must_use]
    pub fn why(&self) -> &str {
        &self.why
    }
}

impl fmt::Display for InvalidRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.what, self.why)
    }
}

impl Error for InvalidRequest {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}
