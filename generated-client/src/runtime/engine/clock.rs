//! The clock and the random numbers of the engine, which tests replace.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime};

/// A wait; it ends early only if it is dropped.
pub(crate) type Pause<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// The source of the engine's time and random numbers.
pub(crate) trait Clock: Send + Sync {
    fn now(&self) -> Instant;

    /// The date, which is compared with the dates in a server's headers.
    fn date(&self) -> SystemTime;

    /// A random number; all numbers are equally likely.
    fn random(&self) -> u64;

    fn sleep(&self, duration: Duration) -> Pause<'_>;
}

/// The clock of the system.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn date(&self) -> SystemTime {
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
