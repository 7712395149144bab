//! Bytes that are read while a request is sent.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use tokio::io::{AsyncRead, ReadBuf};

/// How much of a reader is read at once.
const CHUNK: usize = 64 * 1024;

/// The chunks of a source.
pub(crate) type Chunks = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// Bytes that come in chunks, and can be read once. All copies read the same chunks.
#[derive(Clone)]
pub(crate) struct Source {
    /// The number of bytes, if it is known.
    pub(crate) length: Option<u64>,
    /// None once the chunks were taken.
    chunks: Arc<Mutex<Option<Chunks>>>,
}

impl Source {
    pub(crate) fn new<B: Into<Bytes>>(chunks: impl Stream<Item = io::Result<B>> + Send + 'static) -> Self {
        let chunks: Chunks = Box::pin(Converted(Box::pin(chunks)));
        Self { length: None, chunks: Arc::new(Mutex::new(Some(chunks))) }
    }

    pub(crate) fn of_reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::new(Reader { reader: Box::pin(reader), buffer: vec![0; CHUNK] })
    }

    /// Whether the chunks were taken.
    pub(crate) fn is_taken(&self) -> bool {
        self.chunks.lock().unwrap_or_else(PoisonError::into_inner).is_none()
    }

    /// The chunks; none if they were taken before.
    pub(crate) fn take(&self) -> Option<Chunks> {
        self.chunks.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Two are the same if they read the same chunks.
impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.length == other.length && Arc::ptr_eq(&self.chunks, &other.chunks)
    }
}

impl Eq for Source {}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length {
            Some(length) => write!(f, "a stream of {length} bytes"),
            None => f.write_str("a stream"),
        }
    }
}

/// A stream whose chunks become [`Bytes`].
struct Converted<S>(Pin<Box<S>>);

impl<B: Into<Bytes>, S: Stream<Item = io::Result<B>>> Stream for Converted<S> {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        let chunk = ready!(self.0.as_mut().poll_next(context));
        Poll::Ready(chunk.map(|chunk| chunk.map(Into::into)))
    }
}

/// A reader whose bytes come in chunks.
struct Reader<R> {
    reader: Pin<Box<R>>,
    buffer: Vec<u8>,
}

impl<R: AsyncRead> Stream for Reader<R> {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        let Self { reader, buffer } = &mut *self;
        let mut read = ReadBuf::new(buffer);
        let outcome = ready!(reader.as_mut().poll_read(context, &mut read));
        let filled = read.filled();
        Poll::Ready(match outcome {
            Err(error) => Some(Err(error)),
            Ok(()) => (!filled.is_empty()).then(|| Ok(Bytes::copy_from_slice(filled))),
        })
    }
}
