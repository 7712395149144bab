//! Refresh tokens that were refused, and since when.
//!
//! Of several processes that refresh one session at once, one gets the new tokens, and the others get a refusal. Their
//! responses may reach the browser after its response. So a refusal clears no cookies until that race is surely over.

use super::moments::Moments;
use crate::sessions::Clock;
use crate::sessions::refresh::GRACE;
use std::sync::Arc;
use std::time::Duration;

/// When refresh tokens were refused first.
#[derive(Debug)]
pub(super) struct Refusals(Moments);

impl Refusals {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self(Moments::new(clock))
    }

    pub(super) fn now(&self) -> Duration {
        self.0.now()
    }

    /// Whether the token was refused lately, so that it isn't sent again.
    pub(super) fn contains(&self, token: &str) -> bool {
        self.0.of(token).is_some()
    }

    /// Remembers that the token was refused, and tells whether the session is surely over: the request with the token
    /// came after any race that the first refusal may have lost.
    pub(super) fn is_over(&self, token: &str, came_at: Duration) -> bool {
        came_at >= self.0.remember(token, false).saturating_add(GRACE)
    }
}

#[cfg(test)]
mod tests {
    use super::super::moments::{MAX_REMEMBERED, key};
    use super::Refusals;
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
        assert_eq!(format!("{refusals:?}"), "Refusals(Moments { tokens: 1 })");
    }

    #[test]
    fn the_oldest_refusal_makes_room_for_a_new_one() {
        let (clock, refusals) = refusals();
        let refused = |number: usize| (key(&number.to_string()), Duration::from_millis(number as u64));
        refusals.0.tokens().extend((0..MAX_REMEMBERED).map(refused));
        *clock.0.lock().unwrap() = Duration::from_secs(60);
        refusals.is_over("new", refusals.now());
        assert_eq!(format!("{refusals:?}"), format!("Refusals(Moments {{ tokens: {MAX_REMEMBERED} }})"));
        assert!(!refusals.contains("0") && refusals.contains("1") && refusals.contains("new"));
    }
}
