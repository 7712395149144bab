//! The clock of a fake.

use generated_client::sessions::Clock;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The clock of a fake: the time of the machine, put forward by as much as a test likes. Its clones show the same time.
///
/// Give it to the [sessions](generated_client::sessions) that check the fake's tokens, too, so that both agree on the time.
#[derive(Clone, Debug, Default)]
pub struct FakeClock {
    /// In milliseconds.
    ahead: Arc<AtomicU64>,
}

impl FakeClock {
    /// Puts the clock forward.
    pub fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        // It stops at the end of its range.
        let _ = self
            .ahead
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |ahead| Some(ahead.saturating_add(by)));
    }

    /// What the clock shows, in whole seconds since the beginning of 1970.
    #[must_use]
    pub fn seconds(&self) -> u64 {
        self.calendar().as_secs()
    }
}

impl Clock for FakeClock {
    fn calendar(&self) -> Duration {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        now.saturating_add(Duration::from_millis(self.ahead.load(Ordering::SeqCst)))
    }

    fn monotonic(&self) -> Duration {
        self.calendar()
    }
}
