//! The bytes of a binary, or where they come from.

use std::fmt;

use super::secret_bytes::SecretBytes;
#[cfg(feature = "stream")]
use super::source::Source;

/// Bytes in memory, or a source of bytes that is read while a request is sent.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum BinaryContent {
    Bytes(SecretBytes),
    #[cfg(feature = "stream")]
    Source(Source),
}

impl BinaryContent {
    /// The bytes in memory.
    pub(crate) fn as_slice(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes.as_slice(),
            #[cfg(feature = "stream")]
            Self::Source(_) => &[],
        }
    }

    /// Takes the bytes out. Nobody overwrites them any more when they are dropped.
    pub(crate) fn into_vec(self) -> Vec<u8> {
        match self {
            Self::Bytes(bytes) => bytes.into_vec(),
            #[cfg(feature = "stream")]
            Self::Source(_) => Vec::new(),
        }
    }

    /// Whether the bytes are read while a request is sent.
    pub(crate) fn is_streamed(&self) -> bool {
        match self {
            Self::Bytes(_) => false,
            #[cfg(feature = "stream")]
            Self::Source(_) => true,
        }
    }

    /// How many bytes there are; none if it isn't known yet.
    pub(crate) fn length(&self) -> Option<usize> {
        match self {
            Self::Bytes(bytes) => Some(bytes.len()),
            #[cfg(feature = "stream")]
            Self::Source(source) => source.length.map(|length| usize::try_from(length).unwrap_or(usize::MAX)),
        }
    }
}

impl Default for BinaryContent {
    fn default() -> Self {
        Self::Bytes(SecretBytes::default())
    }
}

/// It shows the number of bytes alone.
impl fmt::Debug for BinaryContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(f, "{} bytes", bytes.len()),
            #[cfg(feature = "stream")]
            Self::Source(source) => source.fmt(f),
        }
    }
}
