//! Calls that got no response, or only a part of one.

use std::error::Error;
use std::fmt;

/// How far a request got before it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
    /// No connection was made; the service has seen nothing of the request.
    Connect,
    /// The connection was closed before any of the request was written; the service has seen nothing of it.
    Unsent,
    /// There was no response; the service may have seen the request.
    Exchange,
    /// The response did not arrive in whole.
    Body,
}

/// There was no response, or not all of it.
#[derive(Debug)]
pub struct TransportError {
    phase: Phase,
    is_timeout: bool,
    /// The error of the HTTP client; none if there was no time to send anything.
    source: Option<reqwest::Error>,
}

impl TransportError {
    pub(crate) fn sending(source: reqwest::Error) -> Self {
        let phase = match &source {
            source if source.is_connect() => Phase::Connect,
            source if never_left(source) => Phase::Unsent,
            _ => Phase::Exchange,
        };
        Self::new(phase, source)
    }

    pub(crate) fn receiving(source: reqwest::Error) -> Self {
        Self::new(Phase::Body, source)
    }

    /// The error of a call that had no time at all, so that nothing was sent.
    pub(crate) fn without_time() -> Self {
        Self { phase: Phase::Connect, is_timeout: true, source: None }
    }

    /// An error without a connection, for tests.
    #[cfg(feature = "test-util")]
    pub(crate) fn made_up(phase: Phase, is_timeout: bool) -> Self {
        Self { phase, is_timeout, source: None }
    }

    fn new(phase: Phase, source: reqwest::Error) -> Self {
        // A URL may have secrets in its query.
        Self { phase, is_timeout: source.is_timeout(), source: Some(source.without_url()) }
    }

    /// Whether the service can't have seen anything of the request, so that sending it again does no harm.
    #[must_use]
    pub fn is_unsent(&self) -> bool {
        matches!(self.phase, Phase::Connect | Phase::Unsent)
    }

    /// How far the request got.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// Whether it took too long.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.is_timeout
    }
}

/// Whether the connection gave a request back that it had not begun to write.
fn never_left(error: &reqwest::Error) -> bool {
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(error) = cause.downcast_ref::<hyper::Error>() {
            return error.is_canceled() || error.is_closed();
        }
        source = cause.source();
    }
    false
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.phase, self.is_timeout()) {
            (Phase::Connect, false) => "no connection could be made",
            (Phase::Connect, true) => "no connection could be made in time",
            (Phase::Unsent, false) => "the connection was closed before the request was sent",
            (Phase::Unsent, true) => "the request was not sent in time",
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
