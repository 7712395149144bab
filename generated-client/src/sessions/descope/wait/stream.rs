//! A wait as a stream of what happens.

use super::{SessionWait, WaitError, WaitState};
use futures_core::Stream;
use futures_core::stream::FusedStream;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

type Step = Pin<Box<dyn Future<Output = (SessionWait, Result<WaitState, WaitError>)> + Send>>;

/// What happens during a wait, one item for each question; [`SessionWait::states`] gives it.
///
/// It ends after [`WaitState::SignedIn`] or an error. Dropping it ends the wait.
pub struct WaitStates(Option<Step>);

impl WaitStates {
    pub(super) fn new(wait: SessionWait) -> Self {
        Self(Some(step(wait)))
    }
}

fn step(mut wait: SessionWait) -> Step {
    Box::pin(async move {
        let state = wait.next().await;
        (wait, state)
    })
}

impl Stream for WaitStates {
    type Item = Result<WaitState, WaitError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(running) = &mut self.0 else { return Poll::Ready(None) };
        let (wait, state) = ready!(running.as_mut().poll(context));
        self.0 = match state {
            Ok(WaitState::Pending | WaitState::Interrupted(_)) => Some(step(wait)),
            Ok(WaitState::SignedIn(_)) | Err(_) => None,
        };
        Poll::Ready(Some(state))
    }
}

impl FusedStream for WaitStates {
    fn is_terminated(&self) -> bool {
        self.0.is_none()
    }
}

impl fmt::Debug for WaitStates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaitStates").field("has_ended", &self.0.is_none()).finish_non_exhaustive()
    }
}
