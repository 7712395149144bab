//! Refresh tokens of browsers whose users have signed in anew.
//!
//! Other requests with the cookies of the session before may still go on then. Their responses come late:
//! whatever they would do to the cookies, they would do it to those of the new session.

use super::moments::Moments;
use crate::sessions::Clock;
use crate::sessions::refresh::GRACE;
use std::sync::Arc;
use std::time::Duration;

/// When the sessions of refresh tokens were replaced by a sign-in last.
#[derive(Debug)]
pub(super) struct Replaced(Moments);

impl Replaced {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self(Moments::new(clock))
    }

    /// Remembers that the user has signed in anew, in the browser that had this token.
    pub(super) fn add(&self, token: &str) {
        if !token.is_empty() {
            self.0.remember(token, true);
        }
    }

    /// Whether the response to a request with this token comes late. A browser that still sends the token ten
    /// seconds after the sign-in has never got the cookies of the new session, so the old one is all that it
    /// has.
    pub(super) fn is_late(&self, token: &str, came_at: Duration) -> bool {
        self.0.of(token).is_some_and(|moment| came_at < moment.saturating_add(GRACE))
    }
}

#[cfg(test)]
mod tests {
    use super::Replaced;
    use crate::sessions::clock::HandSetClock;
    use std::sync::Arc;
    use std::time::Duration;

    #[test]
    fn what_counts_is_when_a_request_came() {
        let clock = Arc::new(HandSetClock::default());
        let replaced = Replaced::new(clock.clone());
        let second = Duration::from_secs(1);
        *clock.0.lock().unwrap() = 60 * second;
        replaced.add("a");
        replaced.add("");
        *clock.0.lock().unwrap() = 600 * second;
        for (token, came_at, expected) in
            [("a", 0, true), ("a", 69, true), ("a", 70, false), ("b", 0, false), ("", 0, false)]
        {
            assert_eq!(replaced.is_late(token, came_at * second), expected, "{token} {came_at}");
        }
        // The last sign-in counts.
        replaced.add("a");
        assert!(replaced.is_late("a", 609 * second) && !replaced.is_late("a", 610 * second));
        assert_eq!(format!("{replaced:?}"), "Replaced(Moments { tokens: 1 })");
    }
}
