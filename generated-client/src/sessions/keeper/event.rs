//! What a keeper tells of its session.

use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

/// What has happened to the session of a keeper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// A session was given to the keeper.
    SignedIn,
    /// The session was refreshed, and its new tokens are in the store.
    Refreshed,
    /// The session was refreshed, but the store didn't take the new tokens. The keeper has them in memory, and gives them to
    /// the store as soon as it takes them.
    NotStored,
    /// The keeper was told to forget the session.
    SignedOut,
    /// The service says that the session is over. The user has to sign in again.
    Ended,
}

/// The events of a keeper since this was asked for.
#[derive(Debug)]
pub struct Events(broadcast::Receiver<Event>);

impl Events {
    pub(super) fn of(sender: &broadcast::Sender<Event>) -> Self {
        Self(sender.subscribe())
    }

    /// Waits for the next event; none if the keeper is gone. Whoever doesn't ask for a long time misses the oldest ones.
    pub async fn next(&mut self) -> Option<Event> {
        loop {
            match self.0.recv().await {
                Ok(event) => return Some(event),
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return None,
            }
        }
    }
}
