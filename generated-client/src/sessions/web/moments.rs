//! When something became of refresh tokens.

use crate::sessions::Clock;
use crate::sessions::refresh::{Key, key_of};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long a moment is remembered.
const REMEMBERED_FOR: Duration = Duration::from_secs(60 * 60);

/// No more moments than these are remembered.
pub(super) const MAX_REMEMBERED: usize = 10_000;

/// Moments of refresh tokens, by the monotonic clock. The tokens are known by their digests.
pub(super) struct Moments {
    tokens: Mutex<BTreeMap<Key, Duration>>,
    clock: Arc<dyn Clock>,
}

impl Moments {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { tokens: Mutex::default(), clock }
    }

    pub(super) fn now(&self) -> Duration {
        self.clock.monotonic()
    }

    /// The moment that is remembered of the token.
    pub(super) fn of(&self, token: &str) -> Option<Duration> {
        let tokens = self.tokens();
        // Where nothing is remembered, no digest is made.
        if tokens.is_empty() {
            return None;
        }
        tokens.get(&key(token)).copied().filter(|moment| is_remembered(*moment, self.now()))
    }

    /// Remembers the present moment of the token. If one is remembered already, `is_moved` says which of the
    /// two it is from now on. It gives that moment.
    pub(super) fn remember(&self, token: &str, is_moved: bool) -> Duration {
        let (key, now) = (key(token), self.now());
        let mut tokens = self.tokens();
        tokens.retain(|_, moment| is_remembered(*moment, now));
        if tokens.len() >= MAX_REMEMBERED && !tokens.contains_key(&key) {
            let first = tokens.iter().min_by_key(|(_, moment)| **moment).map(|(key, _)| *key);
            first.map(|first| tokens.remove(&first));
        }
        let moment = tokens.entry(key).or_insert(now);
        if is_moved {
            *moment = now;
        }
        *moment
    }

    pub(super) fn tokens(&self) -> MutexGuard<'_, BTreeMap<Key, Duration>> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_remembered(moment: Duration, now: Duration) -> bool {
    now < moment.saturating_add(REMEMBERED_FOR)
}

pub(super) fn key(token: &str) -> Key {
    key_of("moment", token)
}

impl fmt::Debug for Moments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Moments").field("tokens", &self.tokens().len()).finish()
    }
}
