//! Time, which tests set.

use std::fmt::Debug;
use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::runtime::Handle;

/// A pause that is going on; it ends early only if it is dropped.
pub type Pause<'c> = Pin<Box<dyn Future<Output = ()> + Send + 'c>>;

/// Where sessions have the time from.
pub trait Clock: Debug + Send + Sync {
    /// The time of the calendar since the beginning of 1970, which claims are compared with. It may jump.
    fn calendar(&self) -> Duration;

    /// The time since some moment in the past, which never goes back.
    fn monotonic(&self) -> Duration;

    /// Pauses for so long, by Tokio's timer. A clock for tests may put itself forward instead.
    fn sleep(&self, duration: Duration) -> Pause<'_> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// What a future gives, unless that takes longer. This is time that really passes, whatever a clock for tests shows: it is for
/// what another runtime does, which may stand still.
pub(crate) async fn within<F: Future>(limit: Duration, future: F) -> Option<F::Output> {
    // Without a runtime there is no timer.
    if Handle::try_current().is_err() {
        return Some(future.await);
    }
    tokio::time::timeout(limit, future).await.ok()
}

/// The clock of the machine.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemClock {
    start: Instant,
}

impl SystemClock {
    pub(crate) fn new() -> Self {
        Self { start: Instant::now() }
    }
}

impl Clock for SystemClock {
    fn calendar(&self) -> Duration {
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
    }

    fn monotonic(&self) -> Duration {
        self.start.elapsed()
    }
}

/// A clock that a unit test sets.
#[cfg(test)]
#[derive(Debug, Default)]
pub(crate) struct HandSetClock(pub(crate) std::sync::Mutex<Duration>);

#[cfg(test)]
impl Clock for HandSetClock {
    fn calendar(&self) -> Duration {
        self.monotonic()
    }

    fn monotonic(&self) -> Duration {
        *self.0.lock().unwrap()
    }
}
