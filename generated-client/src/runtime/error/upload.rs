//! Why a body that was read while it was sent broke off.

use std::error::Error;
use std::fmt;
use std::io;
use std::sync::{Arc, OnceLock};

/// What went wrong. It keeps nothing of an error but its kind, because its text may have secrets in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "stream"), allow(dead_code, reason = "only streams break off"))]
pub(crate) enum UploadFault {
    /// The source gave an error.
    Read(io::ErrorKind),
    /// The source ended before its length.
    Short,
    /// The source went on after as many bytes as its length says.
    Long,
}

impl fmt::Display for UploadFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(kind) => write!(f, "it can't be read ({kind})"),
            Self::Short => f.write_str("it has fewer bytes than its length says"),
            Self::Long => f.write_str("it has more bytes than its length says"),
        }
    }
}

impl Error for UploadFault {}

/// Where a body that is being sent says why it broke off. An HTTP client has its own error for that, which doesn't always have
/// this one as its cause: over HTTP/2 it says no more than that the stream was reset.
#[derive(Clone, Debug, Default)]
pub(crate) struct UploadOutcome(Arc<OnceLock<UploadFault>>);

impl UploadOutcome {
    /// Why the body broke off, if it did.
    pub(crate) fn fault(&self) -> Option<UploadFault> {
        self.0.get().copied()
    }

    #[cfg(feature = "stream")]
    pub(crate) fn broke(&self, fault: UploadFault) {
        // A body breaks off once.
        _ = self.0.set(fault);
    }
}
