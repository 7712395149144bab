//! Sessions that were signed out in this process, so that no refresh brings one of them back, and those that were refreshed.

use super::{GRACE, Key, key_of};
use crate::Secret;
use crate::sessions::Clock;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long a sign-out is remembered. No request that began before it goes on for longer.
const REMEMBERED_FOR: Duration = Duration::from_secs(60 * 60);

/// No more refresh tokens than these are remembered.
const MAX_REMEMBERED: usize = 10_000;

/// What became of refresh tokens in this process. They are known by their digests. An empty token stands for none, so nothing
/// is ever remembered of it.
pub(crate) struct SignOuts {
    tokens: Mutex<BTreeMap<Key, Remembered>>,
    clock: Arc<dyn Clock>,
}

/// What is remembered of one refresh token.
#[derive(Default)]
struct Remembered {
    is_signed_out: bool,
    /// The refresh tokens that have taken its place.
    successors: Vec<Secret>,
    /// The last of them that was accepted here.
    current: Option<Secret>,
    until: Duration,
}

impl SignOuts {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { tokens: Mutex::default(), clock }
    }

    /// Whether the session of this refresh token was signed out.
    pub(crate) fn contains(&self, token: &str) -> bool {
        let tokens = self.tokens();
        if tokens.is_empty() {
            return false;
        }
        let now = self.clock.monotonic();
        tokens.get(&key(token)).is_some_and(|it| it.is_signed_out && now < it.until)
    }

    /// Remembers that a refresh has given the second token in place of the first. If the session was signed out meanwhile,
    /// the second is signed out, too, and the result is false: whoever refreshed the session has to end it.
    pub(crate) fn follow(&self, old: &str, new: &Secret) -> bool {
        if old == new.expose() || new.is_empty() {
            return !self.contains(old);
        }
        let is_live = self.remember(old, GRACE, |it| {
            it.successors.extend((!it.is_signed_out).then(|| new.clone()));
            !it.is_signed_out
        });
        if !is_live {
            self.sign_out(new.expose());
        }
        is_live
    }

    /// Remembers that whoever comes with the first token is to go on with the second, which was accepted here.
    pub(crate) fn go_on(&self, old: &str, new: &Secret) {
        if old != new.expose() && !new.is_empty() {
            self.remember(old, GRACE, |it| it.current = Some(new.clone()));
        }
    }

    /// The refresh token to go on with in place of this one, if that was used up lately.
    pub(crate) fn current(&self, token: &str) -> Option<Secret> {
        let now = self.clock.monotonic();
        let tokens = self.tokens();
        tokens.get(&key(token)).filter(|it| now < it.until)?.current.clone()
    }

    /// Signs a session out, and gives its refresh tokens: this one, and those that have taken its place lately.
    pub(crate) fn sign_out(&self, token: &str) -> Vec<Secret> {
        let mut found = vec![Secret::from(token)];
        let mut next = 0;
        while let Some(token) = found.get(next).cloned() {
            let successors = self.remember(token.expose(), REMEMBERED_FOR, |it| {
                it.is_signed_out = true;
                it.successors.clone()
            });
            let new = successors.into_iter().filter(|it| !found.contains(it)).collect::<Vec<_>>();
            found.extend(new);
            next += 1;
        }
        found
    }

    fn remember<T>(&self, token: &str, for_: Duration, set: impl FnOnce(&mut Remembered) -> T) -> T {
        if token.is_empty() {
            return set(&mut Remembered::default());
        }
        let now = self.clock.monotonic();
        let mut tokens = self.tokens();
        tokens.retain(|_, remembered| now < remembered.until);
        let key = key(token);
        if tokens.len() >= MAX_REMEMBERED && !tokens.contains_key(&key) {
            let first = tokens.iter().min_by_key(|(_, remembered)| remembered.until).map(|(key, _)| *key);
            first.map(|first| tokens.remove(&first));
        }
        let remembered = tokens.entry(key).or_default();
        remembered.until = remembered.until.max(now.saturating_add(for_));
        set(remembered)
    }

    fn tokens(&self) -> MutexGuard<'_, BTreeMap<Key, Remembered>> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key(token: &str) -> Key {
    key_of("sign out", token)
}

impl fmt::Debug for SignOuts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignOuts").field("tokens", &self.tokens().len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_REMEMBERED, Remembered, SignOuts, key};
    use crate::Secret;
    use crate::sessions::SystemClock;
    use crate::sessions::clock::HandSetClock;
    use std::sync::Arc;
    use std::time::Duration;

    #[test]
    fn a_sign_out_reaches_all_tokens_that_came_of_one() {
        let sign_outs = SignOuts::new(Arc::new(SystemClock::new()));
        for (old, new) in [("a", "b"), ("b", "c"), ("a", "d"), ("d", "a"), ("c", "c"), ("x", "y")] {
            assert!(sign_outs.follow(old, &Secret::from(new)));
        }
        assert_eq!(sign_outs.sign_out("a"), ["a", "b", "d", "c"].map(Secret::from));
        for (token, expected) in [("a", true), ("b", true), ("c", true), ("d", true), ("x", false)] {
            assert_eq!(sign_outs.contains(token), expected, "{token}");
        }
        assert!(!sign_outs.follow("c", &Secret::from("e")) && sign_outs.contains("e"));
        assert_eq!(format!("{sign_outs:?}"), "SignOuts { tokens: 6 }");
    }

    #[test]
    fn nothing_is_remembered_of_an_empty_token() {
        let sign_outs = SignOuts::new(Arc::new(SystemClock::new()));
        sign_outs.sign_out("");
        assert!(sign_outs.follow("", &Secret::from("a")) && sign_outs.follow("b", &Secret::default()));
        assert_eq!(sign_outs.sign_out("b"), [Secret::from("b")]);
        assert!(!sign_outs.follow("b", &Secret::default()));
        for (token, expected) in [("", false), ("a", false), ("b", true)] {
            assert_eq!(sign_outs.contains(token), expected, "{token}");
        }
        assert_eq!(format!("{sign_outs:?}"), "SignOuts { tokens: 1 }");
    }

    #[test]
    fn successors_are_kept_for_seconds_and_sign_outs_for_an_hour() {
        let clock = Arc::new(HandSetClock::default());
        let sign_outs = SignOuts::new(clock.clone());
        assert!(sign_outs.follow("a", &Secret::from("b")));
        *clock.0.lock().unwrap() = Duration::from_secs(11);
        assert_eq!(sign_outs.sign_out("a"), [Secret::from("a")]);
        *clock.0.lock().unwrap() = Duration::from_secs(3610);
        assert!(sign_outs.contains("a"));
        *clock.0.lock().unwrap() = Duration::from_secs(3611);
        assert!(!sign_outs.contains("a"));
    }

    #[test]
    fn a_token_that_was_used_up_leads_to_another_one_for_seconds() {
        let clock = Arc::new(HandSetClock::default());
        let sign_outs = SignOuts::new(clock.clone());
        for (old, new) in [("a", "b"), ("c", "c"), ("d", ""), ("", "e")] {
            sign_outs.go_on(old, &Secret::from(new));
        }
        assert!(sign_outs.follow("f", &Secret::from("g")));
        assert_eq!(sign_outs.current("a"), Some(Secret::from("b")));
        for token in ["b", "c", "d", "", "f"] {
            assert_eq!(sign_outs.current(token), None, "{token}");
        }
        *clock.0.lock().unwrap() = Duration::from_secs(10);
        assert_eq!(sign_outs.current("a"), None);
    }

    #[test]
    fn the_oldest_sign_out_makes_room_for_a_new_one() {
        let sign_outs = SignOuts::new(Arc::new(HandSetClock::default()));
        let ended = |number: usize| {
            let until = Duration::from_secs(60) + Duration::from_millis(number as u64);
            (key(&number.to_string()), Remembered { is_signed_out: true, until, ..Remembered::default() })
        };
        sign_outs.tokens().extend((0..MAX_REMEMBERED).map(ended));
        sign_outs.sign_out("new");
        assert_eq!(format!("{sign_outs:?}"), format!("SignOuts {{ tokens: {MAX_REMEMBERED} }}"));
        assert!(!sign_outs.contains("0") && sign_outs.contains("1") && sign_outs.contains("new"));
    }
}
