//! Responses: as they came, as redirects, and the formats in which they are read.

#[cfg(feature = "operations")]
pub(crate) mod decoded;
pub(crate) mod format;
pub(crate) mod headers;
pub(crate) mod raw;
pub(crate) mod redirect;
pub(crate) mod unread;
