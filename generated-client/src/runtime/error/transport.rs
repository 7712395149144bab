//! Calls that got no response, or only a part of one.

use std::error::Error;
use std::fmt;

use super::upload::UploadFault;

/// How far a request got before it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
    /// No connection was made; the service has seen nothing of the request.
    Connect,
    /// The connection was closed before any of the request was written; the service has seen nothing of it.
    Unsent,
    /// The body of the request, which was a [stream](crate::runtime::Binary#streams), broke off; the service may have seen the
    /// rest of the request.
    Upload,
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
    /// Why the body of the request broke off, if it did.
    upload: Option<UploadFault>,
}

impl TransportError {
    /// The error of a request that got no response. `upload` says why its body broke off, if it did.
    pub(crate) fn sending(source: reqwest::Error, upload: Option<UploadFault>) -> Self {
        let phase = match &source {
            _ if upload.is_some() => Phase::Upload,
            source if source.is_connect() => Phase::Connect,
            source if never_left(source) => Phase::Unsent,
            _ => Phase::Exchange,
        };
        Self { upload, ..Self::new(phase, source) }
    }

    pub(crate) fn receiving(source: reqwest::Error) -> Self {
        Self::new(Phase::Body, source)
    }

    /// The error of a call that had no time at all, so that nothing was sent.
    pub(crate) fn without_time() -> Self {
        Self { phase: Phase::Connect, is_timeout: true, source: None, upload: None }
    }

    /// An error without a connection, for tests.
    #[cfg(feature = "test-util")]
    pub(crate) fn made_up(phase: Phase, is_timeout: bool) -> Self {
        Self { phase, is_timeout, source: None, upload: None }
    }

    /// The error of a body that broke off, for tests.
    #[cfg(all(feature = "stream", feature = "test-util"))]
    pub(crate) fn upload(fault: UploadFault) -> Self {
        Self { upload: Some(fault), ..Self::made_up(Phase::Upload, false) }
    }

    fn new(phase: Phase, source: reqwest::Error) -> Self {
        // A URL may have secrets in its query.
        Self { phase, is_timeout: source.is_timeout(), source: Some(source.without_url()), upload: None }
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

    /// Whether the time for connecting, for an attempt or for the call ran out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.is_timeout
    }
}

/// Whether the connection gave a request back that it had not begun to write.
fn never_left(error: &reqwest::Error) -> bool {
    cause::<hyper::Error>(error).is_some_and(|error| error.is_canceled() || error.is_closed())
}

/// The first error of this type among the causes of an error.
fn cause<T: Error + 'static>(error: &reqwest::Error) -> Option<&T> {
    std::iter::successors(error.source(), |&cause| cause.source()).find_map(<dyn Error>::downcast_ref)
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(fault) = self.upload {
            return write!(f, "the body of the request broke off: {fault}");
        }
        f.write_str(match (self.phase, self.is_timeout()) {
            (Phase::Connect, false) => "no connection could be made",
            (Phase::Connect, true) => "no connection could be made in time",
            (Phase::Unsent, false) => "the connection was closed before the request was sent",
            (Phase::Unsent, true) => "the request was not sent in time",
            (Phase::Upload, _) => "the body of the request broke off",
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
