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
    /// When it was stopped, in milliseconds since the beginning of 1970; zero if it goes.
    stopped: Arc<AtomicU64>,
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

    /// Stops the clock: from now on it shows another time only after somebody has put it forward. So a test doesn't depend on
    /// how fast the machine is.
    pub fn stop(&self) {
        if self.stopped.load(Ordering::SeqCst) == 0 {
            self.stopped.store(milliseconds(), Ordering::SeqCst);
        }
    }

    /// What the clock shows, in whole seconds since the beginning of 1970.
    #[must_use]
    pub fn seconds(&self) -> u64 {
        self.calendar().as_secs()
    }
}

impl Clock for FakeClock {
    fn calendar(&self) -> Duration {
        let now = match self.stopped.load(Ordering::SeqCst) {
            0 => milliseconds(),
            stopped => stopped,
        };
        Duration::from_millis(now.saturating_add(self.ahead.load(Ordering::SeqCst)))
    }

    fn monotonic(&self) -> Duration {
        self.calendar()
    }
}

/// The time of the machine since the beginning of 1970.
fn milliseconds() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(now.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::FakeClock;
    use generated_client::sessions::Clock;
    use std::time::Duration;

    #[test]
    fn a_clock_that_is_stopped_moves_by_hand_alone() {
        let clock = FakeClock::default();
        clock.advance(Duration::from_secs(7));
        clock.stop();
        let (time, seconds) = (clock.calendar(), clock.seconds());
        clock.stop();
        assert_eq!(clock.clone().calendar(), time);
        clock.advance(Duration::from_secs(60));
        assert_eq!(clock.seconds(), seconds + 60);
    }
}
