//! The body of a request that is read while it is sent.

use std::collections::VecDeque;
#[cfg(feature = "test-util")]
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::error::upload::{UploadFault, UploadOutcome};
use crate::runtime::request::payload::{Piece, sent_before};
use crate::runtime::value::source::{Chunks, Source};

/// A body that can't be cloned, because its sources can be read only once.
pub(crate) struct Upload {
    parts: VecDeque<Part>,
    outcome: UploadOutcome,
}

enum Part {
    Bytes(Bytes),
    Chunks(Counted),
}

/// The chunks of a source. It is checked that they have as many bytes as the length of the source says.
struct Counted {
    /// None once the source has ended or failed, since a stream may panic if it is polled after that. The HTTP client wants
    /// bodies that threads can share, although no thread shares this one.
    chunks: Mutex<Option<Chunks>>,
    /// How many bytes have to come, if that is known.
    left: Option<u64>,
    /// The last chunk, which is held back until the source has ended: after the last byte the HTTP client stops reading,
    /// and a source that goes on would not be noticed.
    last: Option<Bytes>,
}

impl Upload {
    /// Begins to read the sources.
    ///
    /// # Errors
    ///
    /// If one of them was read before.
    pub(crate) fn begin(pieces: &[Piece]) -> Result<Self, InvalidRequest> {
        let parts = pieces.iter().map(|piece| match piece {
            Piece::Bytes(bytes) => Ok(Part::Bytes(bytes.clone())),
            Piece::Source(source) => Counted::of(source).map(Part::Chunks),
        });
        Ok(Self { parts: parts.collect::<Result<_, _>>()?, outcome: UploadOutcome::default() })
    }

    /// Where the body says why it broke off.
    pub(crate) fn outcome(&self) -> UploadOutcome {
        self.outcome.clone()
    }

    /// All bytes, for a transport of tests.
    #[cfg(feature = "test-util")]
    pub(crate) async fn collect(mut self) -> Result<Bytes, UploadFault> {
        let mut all = Vec::new();
        while let Some(chunk) = poll_fn(|context| self.poll_chunk(context)).await? {
            all.extend_from_slice(&chunk);
        }
        Ok(all.into())
    }

    /// The next bytes; none at the end.
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Bytes>, UploadFault>> {
        loop {
            let chunk = match self.parts.front_mut() {
                None => return Poll::Ready(Ok(None)),
                Some(Part::Bytes(bytes)) => Ok(Some(std::mem::take(bytes)).filter(|bytes| !bytes.is_empty())),
                Some(Part::Chunks(chunks)) => ready!(chunks.poll_chunk(context)),
            };
            match chunk {
                Ok(None) => _ = self.parts.pop_front(),
                Ok(chunk) => return Poll::Ready(Ok(chunk)),
                Err(fault) => {
                    self.parts.clear();
                    self.outcome.broke(fault);
                    return Poll::Ready(Err(fault));
                }
            }
        }
    }
}

impl Counted {
    fn of(source: &Source) -> Result<Self, InvalidRequest> {
        let chunks = source.take().ok_or_else(sent_before)?;
        Ok(Self { chunks: Mutex::new(Some(chunks)), left: source.length, last: None })
    }

    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Bytes>, UploadFault>> {
        loop {
            let read = ready!(self.poll_source(context));
            let Some(chunk) = read.transpose().map_err(fault)? else {
                let is_short = self.last.is_none() && self.left.is_some_and(|left| left > 0);
                return Poll::Ready(if is_short { Err(UploadFault::Short) } else { Ok(self.last.take()) });
            };
            if chunk.is_empty() {
                continue;
            }
            if let Some(left) = &mut self.left {
                *left = left.checked_sub(chunk.len() as u64).ok_or(UploadFault::Long)?;
            }
            if self.left != Some(0) {
                return Poll::Ready(Ok(Some(chunk)));
            }
            self.last = Some(chunk);
        }
    }

    /// The next chunk of the source; none once it has ended or failed.
    fn poll_source(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        let source = self.chunks.get_mut().unwrap_or_else(PoisonError::into_inner);
        let Some(chunks) = source else { return Poll::Ready(None) };
        let read = ready!(chunks.as_mut().poll_next(context));
        if !matches!(read, Some(Ok(_))) {
            *source = None;
        }
        Poll::Ready(read)
    }

    /// How many bytes are still to come, if that is known. It counts as unknown for a source that claims to have none: the
    /// HTTP client would not read it then, although a file may be filled after it was opened.
    fn length(&self) -> Option<u64> {
        let last = self.last.as_ref().map_or(0, |last| last.len() as u64);
        self.left.map(|left| left + last).filter(|length| *length > 0)
    }
}

fn fault(error: io::Error) -> UploadFault {
    UploadFault::Read(error.kind())
}

impl Body for Upload {
    type Data = Bytes;
    type Error = UploadFault;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, UploadFault>>> {
        self.poll_chunk(context).map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)).transpose())
    }

    fn is_end_stream(&self) -> bool {
        self.parts.is_empty()
    }

    /// The exact length where all of it is known, so that it is sent as `Content-Length`.
    fn size_hint(&self) -> SizeHint {
        let lengths = self.parts.iter().map(|part| match part {
            Part::Bytes(bytes) => Some(bytes.len() as u64),
            Part::Chunks(chunks) => chunks.length(),
        });
        lengths.sum::<Option<u64>>().map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
