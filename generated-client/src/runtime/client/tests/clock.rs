//! A clock for tests, whose sleeps take no time.

use crate::runtime::engine::clock::{Clock, Pause};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

/// A clock whose time passes when a test advances it, and when somebody sleeps, which takes no real time. Its random number
/// is always the same. Clones share their time.
#[derive(Clone)]
pub(super) struct FakeClock {
    start: Instant,
    date: SystemTime,
    random: u64,
    wakes: bool,
    lag: Duration,
    passed: Arc<Mutex<Passed>>,
}

#[derive(Default)]
struct Passed {
    time: Duration,
    sleeps: Vec<Duration>,
}

impl Default for FakeClock {
    /// A clock that gives the longest pauses.
    fn default() -> Self {
        Self {
            start: Instant::now(),
            // Thu, 01 Jan 2026 00:00:00 GMT
            date: SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_225_600),
            random: u64::MAX,
            wakes: true,
            lag: Duration::ZERO,
            passed: Arc::default(),
        }
    }
}

impl FakeClock {
    pub(super) fn with_random(random: u64) -> Self {
        Self { random, ..Self::default() }
    }

    /// A clock on which every sleep is endless.
    pub(super) fn that_never_wakes() -> Self {
        Self { wakes: false, ..Self::default() }
    }

    /// A clock on which every sleep lasts longer than it should, by this much.
    pub(super) fn with_lag(lag: Duration) -> Self {
        Self { lag, ..Self::default() }
    }

    pub(super) fn advance(&self, time: Duration) {
        self.passed.lock().unwrap().time += time;
    }

    /// The sleeps so far.
    pub(super) fn sleeps(&self) -> Vec<Duration> {
        self.passed.lock().unwrap().sleeps.clone()
    }
}

impl Clock for FakeClock {
    fn monotonic(&self) -> Instant {
        self.start + self.passed.lock().unwrap().time
    }

    fn calendar(&self) -> SystemTime {
        self.date + self.passed.lock().unwrap().time
    }

    fn random(&self) -> u64 {
        self.random
    }

    fn sleep(&self, duration: Duration) -> Pause<'_> {
        #[cfg(feature = "tracing")]
        tracing::trace!(target: "clock", "sleeps");
        let mut passed = self.passed.lock().unwrap();
        passed.sleeps.push(duration);
        passed.time += duration + self.lag;
        if self.wakes { Box::pin(std::future::ready(())) } else { Box::pin(std::future::pending()) }
    }
}
