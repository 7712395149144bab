//! Time and chance, which tests replace.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime};

/// A wait; it ends early only if it is dropped.
pub(super) type Pause<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// Where the engine has the time and its random numbers from.
pub(super) trait Clock: Send + Sync {
    fn now(&self) -> Instant;

    /// What the calendar says, for dates that a server names.
    fn date(&self) -> SystemTime;

    /// Any number, each as likely as any other.
    fn random(&self) -> u64;

    fn sleep(&self, duration: Duration) -> Pause<'_>;
}

/// The real one.
pub(super) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn date(&self) -> SystemTime {
        SystemTime::now()
    }

    /// The standard library gives each hasher keys of its own, which it starts from the system's randomness. That is
    /// as good as it has to be for clients that must not knock all at once, and takes no other crate.
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
