//! The body of a response that is read chunk by chunk.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::Body as _;
use reqwest::{Body, StatusCode};
use tokio::sync::OwnedSemaphorePermit;

use crate::runtime::error::transport::TransportError;

/// How much of a response an attempt reads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// All of it.
    Whole,
    /// Of a success the head alone: its body is read chunk by chunk.
    Head,
}

/// The part of a body that is not read yet.
pub(crate) struct Unread {
    body: Body,
    status: StatusCode,
    /// How many bytes the body may have.
    limit: usize,
    /// How many of them were read.
    read: usize,
    /// The permit is held until all of the body is read, since the request is under way until then.
    _permit: Option<OwnedSemaphorePermit>,
}

/// Why there is no next chunk.
pub(crate) enum BrokenOff {
    /// The rest didn't arrive.
    Transport(TransportError),
    /// The body has more bytes than it may have.
    TooLarge { status: StatusCode, limit: usize },
}

impl Unread {
    pub(crate) fn new(
        body: Body,
        status: StatusCode,
        limit: usize,
        permit: Option<OwnedSemaphorePermit>,
    ) -> Self {
        Self { body, status, limit, read: 0, _permit: permit }
    }

    /// The next chunk; none at the end of the body.
    pub(crate) fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Bytes>, BrokenOff>> {
        loop {
            let frame = match ready!(Pin::new(&mut self.body).poll_frame(context)) {
                None => return Poll::Ready(Ok(None)),
                Some(Err(error)) => {
                    return Poll::Ready(Err(BrokenOff::Transport(TransportError::receiving(error))));
                }
                Some(Ok(frame)) => frame,
            };
            let Some(chunk) = frame.into_data().ok().filter(|chunk| !chunk.is_empty()) else { continue };
            self.read = self.read.saturating_add(chunk.len());
            if self.read > self.limit {
                return Poll::Ready(Err(BrokenOff::TooLarge { status: self.status, limit: self.limit }));
            }
            return Poll::Ready(Ok(Some(chunk)));
        }
    }
}
