//! The body of a response chunk by chunk.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::task::{Context, Poll, ready};

use bytes::Bytes;

use super::operation::Operation;
use super::service::ErrorOf;
use crate::runtime::engine::exchange::Exchange;
use crate::runtime::error::Error;
use crate::runtime::error::kind::ErrorKind;
use crate::runtime::response::raw::RawResponse;
use crate::runtime::response::unread::{BrokenOff, Unread};

/// The body of a response, chunk by chunk; [`Call::send_for_chunks`](crate::runtime::Call::send_for_chunks) gives it. Dropping it
/// ends the call.
///
/// The usual limits hold for the body as a whole and for the call as a whole:
/// [`Builder::max_body`](crate::runtime::Builder::max_body), [`Call::timeout`](crate::runtime::Call::timeout) and
/// [`Call::attempt_timeout`](crate::runtime::Call::attempt_timeout).
#[must_use = "the body is not read before its chunks are asked for"]
pub struct Chunks<O> {
    exchange: Exchange,
    head: RawResponse,
    /// None after the last chunk or an error.
    unread: Option<Box<Unread>>,
    operation: PhantomData<fn() -> O>,
}

impl<O: Operation> Chunks<O> {
    pub(super) fn new(exchange: Exchange, mut head: RawResponse) -> Self {
        let unread = head.take_unread();
        Self { exchange, head, unread, operation: PhantomData }
    }

    /// The response with its status and its headers, and with an empty body.
    pub const fn head(&self) -> &RawResponse {
        &self.head
    }

    /// The next chunk; none at the end of the body, and after an error. Nothing is lost if the future is dropped.
    ///
    /// # Errors
    ///
    /// - [`ErrorKind::Transport`](crate::runtime::ErrorKind::Transport) if the response broke off, or didn't end in time. The request isn't
    ///   sent again.
    /// - [`ErrorKind::TooLarge`](crate::runtime::ErrorKind::TooLarge) if the body has more bytes than allowed.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, ErrorOf<O::Service>> {
        poll_fn(|context| self.poll_chunk(context)).await
    }

    pub(super) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Bytes>, ErrorOf<O::Service>>> {
        let Some(unread) = &mut self.unread else {
            return Poll::Ready(Ok(None));
        };
        let chunk = ready!(unread.poll_chunk(context));
        if !matches!(chunk, Ok(Some(_))) {
            self.unread = None;
        }
        let fault = |why| match why {
            BrokenOff::Transport(error) => ErrorKind::from(error),
            BrokenOff::TooLarge { status, limit } => ErrorKind::TooLarge { status, limit },
        };
        Poll::Ready(chunk.map_err(|why| Error::from(self.exchange.broken(fault(why)))))
    }

    /// Whether there is nothing more to read.
    #[cfg(feature = "stream")]
    pub(super) const fn is_over(&self) -> bool {
        self.unread.is_none()
    }
}

impl<O: Operation> fmt::Debug for Chunks<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chunks")
            .field("operation", &O::SPEC.id)
            .field("head", &self.head)
            .field("has_ended", &self.unread.is_none())
            .finish_non_exhaustive()
    }
}

/// The chunks as a stream, which ends after an error.
#[cfg(feature = "stream")]
mod stream {
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use bytes::Bytes;
    use futures_core::Stream;
    use futures_core::stream::FusedStream;

    use super::Chunks;
    use crate::runtime::client::operation::Operation;
    use crate::runtime::client::service::ErrorOf;

    impl<O: Operation> Stream for Chunks<O> {
        type Item = Result<Bytes, ErrorOf<O::Service>>;

        fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            self.poll_chunk(context).map(Result::transpose)
        }
    }

    impl<O: Operation> FusedStream for Chunks<O> {
        fn is_terminated(&self) -> bool {
            self.is_over()
        }
    }
}
