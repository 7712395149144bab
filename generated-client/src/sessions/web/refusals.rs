//! Refresh tokens that were refused, and since when.
//!
//! Of several processes that refresh one session at once, one gets the new tokens, and the others get a refusal. Their
//! responses may reach the browser after its response. So a refusal clears no cookies until that race is surely over.

use crate::sessions::Clock;
use crate::sessions::refresh::{GRACE, Key, key_of};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long a refusal is remembered.
const REMEMBERED_FOR: Duration = Duration::from_secs(60 * 60);

/// No more refusals than these are remembered.
const MAX_REMEMBERED: usize = 10_000;

/// When refresh tokens were refused first, by the monotonic clock. The tokens are known by their digests.
pub(super) struct Refusals {
    tokens: Mutex<BTreeMap<Key, Duration>>,
    clock: Arc<dyn Clock>,
}

impl Refusals {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { tokens: Mutex::default(), clock }
    }

    pub(super) fn now(&self) -> Duration {
        self.clock.monotonic()
    }

    /// Whether the token was refused lately, so that it isn't sent again.
    pub(super) fn contains(&self, token: &str) -> bool {
        let tokens = self.tokens();
        // Where nothing was refused, no digest is made.
        !tokens.is_empty() && tokens.get(&key(token)).is_some_and(|since| is_remembered(*since, self.now()))
    }

    /// Remembers that the token was refused, and tells whether the session is surely over: the request with the token
    /// came after any race that the first refusal may have lost.
    pub(super) fn is_over(&self, token: &str, came_at: Duration) -> bool {
        let (key, now) = (key(token), self.now());
        let mut tokens = self.tokens();
        tokens.retain(|_, since| is_remembered(*since, now));
        if tokens.len() >= MAX_REMEMBERED && !tokens.contains_key(&key) {
            let first = tokens.iter().min_by_key(|(_, since)| **since).map(|(key, _)| *key);
            first.map(|first| tokens.remove(&first));
        }
        let since = *tokens.entry(key).or_insert(now);
        came_at >= since.saturating_add(GRACE)
    }

    fn tokens(&self) -> MutexGuard<'_, BTreeMap<Key, Duration>> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_remembered(since: Duration, now: Duration) -> bool {
    now < since.saturating_add(REMEMBERED_FOR)
}

fn key(token: &str) -> Key {
    key_of("refused", token)
}

impl fmt::Debug for Refusals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refusals").field("tokens", &self.tokens().len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_REMEMBERED, Refusals, key};
    use crate::sessions::clock::HandSetClock;
    use std::sync::Arc;
    use std::time::Duration;

    fn refusals() -> (Arc<HandSetClock>, Refusals) {
        let clock = Arc::new(HandSetClock::default());
        (clock.clone(), Refusals::new(clock))
    }

    #[test]
    fn a_session_is_over_if_its_token_comes_again_after_the_race() {
        let (clock, refusals) = refusals();
        assert!(!refusals.contains("a"));
        assert!(!refusals.is_over("a", refusals.now()));
        *clock.0.lock().unwrap() = Duration::from_secs(9);
        assert!(refusals.contains("a") && !refusals.contains("b"));
        assert!(!refusals.is_over("a", refusals.now()));
        *clock.0.lock().unwrap() = Duration::from_secs(10);
        // What counts is when the request came.
        assert!(!refusals.is_over("a", Duration::from_secs(9)));
        assert!(refusals.is_over("a", refusals.now()));
    }

    #[test]
    fn refusals_are_remembered_for_an_hour() {
        let (clock, refusals) = refusals();
        refusals.is_over("a", refusals.now());
        *clock.0.lock().unwrap() = Duration::from_secs(3599);
        assert!(refusals.contains("a"));
        *clock.0.lock().unwrap() = Duration::from_secs(3600);
        assert!(!refusals.contains("a"));
        assert!(!refusals.is_over("a", refusals.now()));
        assert_eq!(format!("{refusals:?}"), "Refusals { tokens: 1 }");
    }

    #[test]
    fn the_oldest_refusal_makes_room_for_a_new_one() {
        let (clock, refusals) = refusals();
        let refused = |number: usize| (key(&number.to_string()), Duration::from_millis(number as u64));
        refusals.tokens().extend((0..MAX_REMEMBERED).map(refused));
        *clock.0.lock().unwrap() = Duration::from_secs(60);
        refusals.is_over("new", refusals.now());
        assert_eq!(format!("{refusals:?}"), format!("Refusals {{ tokens: {MAX_REMEMBERED} }}"));
        assert!(!refusals.contains("0") && refusals.contains("1") && refusals.contains("new"));
    }
}
