//! Gives the responses of a recording.

use std::collections::VecDeque;
use std::fmt;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::recording::{self, Recorded, RecordingError};
use crate::runtime::engine::transport::{Fault, Request, Response, ResponseFuture, Transport};

/// A transport that gives the responses of a file which a [`Recorder`](super::Recorder) has written.
///
/// Each operation has its responses in the order in which they were recorded. A call for which none is left fails, with a text
/// that names the operation.
pub struct Replay(Mutex<VecDeque<Recorded>>);

impl Replay {
    /// Reads the file.
    ///
    /// # Errors
    ///
    /// If the file can't be read, or isn't a recording.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, RecordingError> {
        Ok(Self(Mutex::new(recording::read(path.as_ref())?.into())))
    }

    fn next(&self, request: &Request) -> Result<Response, Fault> {
        let mut left = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let index = left.iter().position(|recorded| recorded.operation == request.operation());
        let recorded = index.and_then(|index| left.remove(index));
        let missing = || format!("has no recorded response left for `{}`", request.operation());
        recorded.map(|recorded| recorded.response).ok_or_else(|| Fault::Unexpected(missing()))
    }
}

impl Transport for Replay {
    fn exchange<'a>(&'a self, request: &'a Request) -> ResponseFuture<'a> {
        Box::pin(std::future::ready(self.next(request)))
    }
}

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let left = self.0.lock().unwrap_or_else(PoisonError::into_inner).len();
        f.debug_struct("Replay").field("left", &left).finish()
    }
}
