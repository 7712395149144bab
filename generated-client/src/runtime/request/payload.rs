//! The body of a request as it is sent.

use std::borrow::Cow;

use bytes::Bytes;

use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::value::binary_content::BinaryContent;
use crate::runtime::value::secret_bytes::SecretBytes;
#[cfg(feature = "stream")]
use crate::runtime::value::source::Source;

/// A body, and the media type that it has.
#[derive(Clone, Debug)]
pub(crate) struct Payload {
    pub(crate) content: Content,
    /// The value of the header `Content-Type`.
    pub(crate) media_type: Cow<'static, str>,
}

/// What a body consists of.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    Bytes(Bytes),
    /// At least one source, and what stands before and behind it.
    #[cfg(feature = "stream")]
    Streamed(Vec<Piece>),
}

/// A piece of a body that is streamed.
#[cfg(feature = "stream")]
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    Bytes(Bytes),
    Source(Source),
}

#[cfg(feature = "stream")]
impl Piece {
    fn is_taken(&self) -> bool {
        matches!(self, Self::Source(source) if source.is_taken())
    }
}

/// The error for a stream that is sent a second time.
#[cfg(feature = "stream")]
pub(crate) fn sent_before() -> InvalidRequest {
    InvalidRequest::new("the body", "is a stream that was sent before; a stream can be sent once")
}

impl Payload {
    pub(crate) fn new(bytes: SecretBytes, media_type: impl Into<Cow<'static, str>>) -> Self {
        Self { content: Content::Bytes(bytes.into_bytes()), media_type: media_type.into() }
    }

    /// A body that is sent as it is.
    pub(crate) fn of(content: &BinaryContent, media_type: String) -> Self {
        let mut writer = PayloadWriter::default();
        writer.add(content);
        writer.end(media_type)
    }
}

/// Writes a body of which some parts are sent as they are.
#[derive(Default)]
pub(crate) struct PayloadWriter {
    /// The sources, and what stands before each of them.
    #[cfg(feature = "stream")]
    pieces: Vec<Piece>,
    /// What stands behind the last source.
    bytes: SecretBytes,
}

impl PayloadWriter {
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        self.bytes.extend(bytes);
    }

    pub(crate) fn add(&mut self, content: &BinaryContent) {
        match content {
            BinaryContent::Bytes(bytes) => self.write(bytes.as_slice()),
            #[cfg(feature = "stream")]
            BinaryContent::Source(source) => {
                let before = std::mem::take(&mut self.bytes).into_bytes();
                self.pieces.extend([Piece::Bytes(before), Piece::Source(source.clone())]);
            }
        }
    }

    pub(crate) fn end(self, media_type: String) -> Payload {
        #[cfg(feature = "stream")]
        if !self.pieces.is_empty() {
            let mut pieces = self.pieces;
            pieces.push(Piece::Bytes(self.bytes.into_bytes()));
            return Payload { content: Content::Streamed(pieces), media_type: media_type.into() };
        }
        Payload::new(self.bytes, media_type)
    }
}

impl Content {
    /// The bytes. They are empty for a body that is streamed, since it isn't read yet.
    pub(crate) fn bytes(&self) -> Bytes {
        match self {
            Self::Bytes(bytes) => bytes.clone(),
            #[cfg(feature = "stream")]
            Self::Streamed(_) => Bytes::new(),
        }
    }

    /// Whether nothing is sent.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Bytes(bytes) if bytes.is_empty())
    }

    /// Refuses a body that was sent before and can't be sent again.
    pub(crate) fn check(&self) -> Result<(), InvalidRequest> {
        match self {
            #[cfg(feature = "stream")]
            Self::Streamed(pieces) if pieces.iter().any(Piece::is_taken) => Err(sent_before()),
            _ => Ok(()),
        }
    }

    /// Whether it can be sent only once.
    pub(crate) fn is_streamed(&self) -> bool {
        match self {
            Self::Bytes(_) => false,
            #[cfg(feature = "stream")]
            Self::Streamed(_) => true,
        }
    }
}
