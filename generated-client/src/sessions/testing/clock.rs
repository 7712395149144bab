//! A clock that tests set.

use crate::sessions::{Clock, Pause};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// A clock for tests, which stands still until it is set or somebody pauses by it. Its clones show the same time.
///
/// ```
/// use generated_client::sessions::{Clock, testing::TestClock};
/// use std::time::Duration;
///
/// let clock = TestClock::at(1_700_000_000);
/// clock.advance(Duration::from_secs(60));
/// assert_eq!(clock.calendar(), Duration::from_secs(1_700_000_060));
/// ```
#[derive(Clone, Debug)]
pub struct TestClock {
    /// In milliseconds.
    time: Arc<AtomicU64>,
}

impl TestClock {
    /// A clock that shows this many seconds since the beginning of 1970.
    #[must_use]
    pub fn at(seconds: u64) -> Self {
        Self { time: Arc::new(AtomicU64::new(seconds.saturating_mul(1000))) }
    }

    /// Puts the clock forward.
    pub fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        let later = |time: u64| Some(time.saturating_add(by));
        // There is always a later time, so it is always set.
        _ = self.time.fetch_update(Ordering::SeqCst, Ordering::SeqCst, later);
    }

    /// What the clock shows, in whole seconds since the beginning of 1970.
    #[must_use]
    pub fn seconds(&self) -> u64 {
        self.calendar().as_secs()
    }
}

impl Clock for TestClock {
    fn calendar(&self) -> Duration {
        Duration::from_millis(self.time.load(Ordering::SeqCst))
    }

    fn monotonic(&self) -> Duration {
        self.calendar()
    }

    /// Puts the clock forward, and takes no time.
    fn sleep(&self, duration: Duration) -> Pause<'_> {
        self.advance(duration);
        Box::pin(std::future::ready(()))
    }
}
