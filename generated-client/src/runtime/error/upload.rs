//! Why the body of a request broke off that was read while it was sent.

use std::error::Error;
use std::fmt;
use std::io;

/// What went wrong. It keeps nothing of an error but its kind, because its text may have secrets in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "stream"), allow(dead_code, reason = "only streams break off"))]
pub(crate) enum UploadFault {
    /// The source gave an error.
    Read(io::ErrorKind),
    /// The source ended before its length.
    Short,
    /// The source went on behind its length.
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
