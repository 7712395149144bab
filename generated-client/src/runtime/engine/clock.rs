//! The clock and the random numbers of the engine, which tests replace.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime};

/// A pause that is going on; it ends early only if it is dropped.
pub(crate) type Pause<'c> = Pin<Box<dyn Future<Output = ()> + Send + 'c>>;

/// The source of the engine's time and random numbers. The clock of sessions uses the same words; it is a
/// trait of its own, since applications replace that one, which has no random numbers, and the engine is
/// built without sessions too.
pub(crate) trait Clock: Send + Sync {
    /// The time that never goes back.
    fn monotonic(&self) -> Instant;

    /// The time of the calendar, which dates in a server's headers are compared with. It may jump.
    fn calendar(&self) -> SystemTime;

    /// A random number; all numbers are equally likely.
    fn random(&self) -> u64;

    fn sleep(&self, duration: Duration) -> Pause<'_>;
}

/// The clock of the system.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn monotonic(&self) -> Instant {
        Instant::now()
    }

    fn calendar(&self) -> SystemTime {
        SystemTime::now()
    }

    /// The standard library gives each hasher its own keys, which are derived from the system's randomness. That is good
    /// enough for spreading the retries of many clients, and needs no other crate.
    fn random(&self) -> u64 {
        RandomState::new().build_hasher().finish()
    }

    fn sleep(&self, duration: Duration) -> Pause<'_> {
        Box::pin(tokio::time::sleep(duration))
    }
}

#[cfg(test)]
mod tests {
    use super::{Clock, SystemClock};
    use std::collections::BTreeSet;

    #[test]
    fn random_numbers_are_spread_over_their_range() {
        let numbers: BTreeSet<u64> = (0..1000).map(|_| SystemClock.random()).collect();
        assert_eq!(numbers.len(), 1000);
        let eighths: BTreeSet<u64> = numbers.iter().map(|number| number >> 61).collect();
        assert_eq!(eighths.len(), 8);
    }
}
