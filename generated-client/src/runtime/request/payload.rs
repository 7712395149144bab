//! The body of a request as it is sent.

use std::borrow::Cow;

use bytes::Bytes;

use crate::runtime::value::secret_bytes::SecretBytes;

/// The bytes of a body, and the media type that they have.
#[derive(Clone, Debug)]
pub(crate) struct Payload {
    pub(crate) bytes: Bytes,
    /// The value of the header `Content-Type`.
    pub(crate) media_type: Cow<'static, str>,
}

impl Payload {
    pub(crate) fn new(bytes: SecretBytes, media_type: impl Into<Cow<'static, str>>) -> Self {
        Self { bytes: bytes.into_bytes(), media_type: media_type.into() }
    }
}
