//! Whether a request is sent again, and when.

use super::clock::Clock;
use crate::runtime::error::kind::ErrorKind;
use crate::runtime::request::spec::Retry;
use reqwest::StatusCode;
use std::time::Duration;

/// The statuses of failures that may pass: a gateway or a CDN got no response from the service, or there is a rate limit.
/// The official clients of Descope send again after those from 520 on as well.
const PASSING: [u16; 10] = [429, 502, 503, 504, 520, 521, 522, 523, 524, 530];

/// How often a request is sent, and how long the pauses between are.
///
/// A client has one for all its calls ([`Builder::retry_policy`](crate::runtime::Builder::retry_policy)), a call may have its own
/// ([`Call::retry_policy`](crate::runtime::Call::retry_policy)).
///
/// ```
/// use generated_client::runtime::RetryPolicy;
/// use std::time::Duration;
///
/// let patient = RetryPolicy::default().max_attempts(5).max_backoff(Duration::from_secs(20));
/// let only_once = RetryPolicy::disabled();
/// # assert_ne!(patient, only_once);
/// ```
///
/// # What is sent again
///
/// It depends on the operation's class ([`Spec::retry`](crate::runtime::Spec::retry)), which its documentation names, and on
/// what went wrong:
///
/// | what went wrong | `Safe`, `Idempotent` | `Never` |
/// | --- | --- | --- |
/// | no connection was made: refused, no such host, TLS, connect timeout | again | again |
/// | the connection was closed before any of the request was written | again | again |
/// | the connection broke before there was a response | again | no |
/// | there was no response in time | again | no |
/// | the response of a success broke off, or did not end in time | again | no |
/// | status 502, 503, 504, 520, 521, 522, 523, 524 or 530 | again | no |
/// | status 429 (rate limit) | again | no |
/// | any other status, a redirect that is not the response | no | no |
/// | a response that can't be read, or has too many bytes | no | no |
/// | a request that is invalid, so that nothing is sent | no | no |
///
/// So an operation that sends a message or spends a code is never sent twice once it may have reached the service.
/// Every attempt sends the same bytes, and sends them once: no layer below repeats a request that may have left, whichever
/// HTTP client or version of HTTP is used. A request whose body is a [stream](crate::runtime::Binary#streams) is sent once
/// whatever its class is, because a stream can't be read again.
///
/// # How long the pauses are
///
/// A pause is a random share of a time that doubles with each attempt (exponential backoff with full jitter), so that the
/// clients of a service that was down don't come back all at once.
///
/// If the response has a `Retry-After`, in seconds or as a date, the pause is at least as long, and up to half of that
/// longer. If it asks for more than [`max_retry_after`](Self::max_retry_after), the call ends at once, and
/// [`Error::retry_after`](crate::runtime::Error::retry_after) says how long to wait. A rate limit (429) without a
/// `Retry-After` is treated as if it asked for a second, and for twice as long with each further attempt
/// ([`rate_limit_delay`](Self::rate_limit_delay)).
///
/// All calls of a client share a [`RetryBudget`](crate::runtime::RetryBudget): if too many fail, none is sent again.
///
/// A pause that would last beyond the [timeout](crate::runtime::Builder::timeout) of the call isn't begun: the call ends with
/// the last failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    max_attempts: u32,
    initial_backoff: Duration,
    max_backoff: Duration,
    max_retry_after: Duration,
    rate_limit_delay: Duration,
}

impl RetryPolicy {
    /// The default: 3 attempts, pauses of up to 100 ms and 200 ms (at most 5 s if there are more), a `Retry-After` of at
    /// most 30 s, and at least 1 s after a rate limit without one.
    pub const fn new() -> Self {
        Self {
            max_attempts: 3,
            initial_backoff: Duration::from_millis(100),
            max_backoff: Duration::from_secs(5),
            max_retry_after: Duration::from_secs(30),
            rate_limit_delay: Duration::from_secs(1),
        }
    }

    /// Sends every request once, even if it fails.
    pub const fn disabled() -> Self {
        Self::new().max_attempts(1)
    }

    /// Sets how often a request is sent at most, the first time included. Zero counts as one.
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = if attempts == 0 { 1 } else { attempts };
        self
    }

    /// Sets the longest time that the first pause may take. It doubles with each further attempt.
    pub const fn initial_backoff(mut self, delay: Duration) -> Self {
        self.initial_backoff = delay;
        self
    }

    /// Sets the longest time of a pause, at which the doubling ends.
    pub const fn max_backoff(mut self, delay: Duration) -> Self {
        self.max_backoff = delay;
        self
    }

    /// Sets the longest `Retry-After` that is waited for.
    pub const fn max_retry_after(mut self, delay: Duration) -> Self {
        self.max_retry_after = delay;
        self
    }

    /// Sets the shortest first pause after a rate limit (429) whose response has no `Retry-After`. It doubles with each
    /// further attempt.
    pub const fn rate_limit_delay(mut self, delay: Duration) -> Self {
        self.rate_limit_delay = delay;
        self
    }

    /// Whether a request may be sent more than once.
    pub(crate) const fn is_on(&self) -> bool {
        self.max_attempts > 1
    }

    /// How long to wait before the next attempt after this many were made; none if the call ends here.
    pub(crate) fn pause(
        &self,
        class: Retry,
        failed: &ErrorKind,
        made: u32,
        clock: &dyn Clock,
    ) -> Option<Duration> {
        if made >= self.max_attempts || !may_retry(class, failed) {
            return None;
        }
        let least = self.shortest_pause(failed, made, clock)?;
        let jitter = share(self.longest_pause(made).max(least / 2), clock.random());
        Some(least.saturating_add(jitter))
    }

    /// The pause that the service asks for, or that a rate limit calls for; none if it is too long to wait for.
    fn shortest_pause(&self, failed: &ErrorKind, made: u32, clock: &dyn Clock) -> Option<Duration> {
        let ErrorKind::Api(api) = failed else {
            return Some(Duration::ZERO);
        };
        match api.retry_after_at(clock.calendar()) {
            Some(asked) => (asked <= self.max_retry_after).then_some(asked),
            None if api.status() == StatusCode::TOO_MANY_REQUESTS => {
                let longest = self.max_backoff.max(self.rate_limit_delay);
                Some(doubled(self.rate_limit_delay, made).min(longest))
            }
            None => Some(Duration::ZERO),
        }
    }

    fn longest_pause(&self, made: u32) -> Duration {
        doubled(self.initial_backoff, made).min(self.max_backoff)
    }
}

/// A time that doubles with each attempt but the first.
fn doubled(delay: Duration, made: u32) -> Duration {
    delay.saturating_mul(2_u32.saturating_pow(made.saturating_sub(1)))
}

/// What follows a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// Another attempt after this pause.
    Attempt(Duration),
    /// There would be another attempt, but the retry budget of the client is spent.
    OutOfBudget,
    /// The end of the call.
    End,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether sending the request again does no harm, and may help.
pub(crate) fn may_retry(class: Retry, failed: &ErrorKind) -> bool {
    let may_arrive_twice = class != Retry::Never;
    match failed {
        ErrorKind::Transport(error) => may_arrive_twice || error.is_unsent(),
        ErrorKind::Api(api) => may_arrive_twice && PASSING.contains(&api.status().as_u16()),
        ErrorKind::InvalidResponse(_) | ErrorKind::InvalidRequest(_) | ErrorKind::TooLarge { .. } => false,
    }
}

/// The share of a time that a random number stands for: no time for the smallest number, all of it for the largest.
fn share(time: Duration, random: u64) -> Duration {
    let nanos = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
    let share = ((u128::from(nanos) + 1) * u128::from(random)) >> u64::BITS;
    Duration::from_nanos(u64::try_from(share).unwrap_or(nanos))
}

#[cfg(test)]
mod tests {
    use super::{RetryPolicy, share};
    use std::time::Duration;

    const DAYS: Duration = Duration::from_secs(86_400_000);

    #[test]
    fn a_share_is_within_the_time_for_every_random_number() {
        for time in [Duration::ZERO, Duration::from_nanos(1), Duration::from_millis(100), DAYS] {
            assert_eq!(share(time, 0), Duration::ZERO);
            assert_eq!(share(time, u64::MAX), time);
            for random in [1, u64::MAX / 3, u64::MAX / 2, u64::MAX - 1] {
                assert!(share(time, random) <= time);
            }
        }
        assert_eq!(share(Duration::from_millis(100), 1 << 63), Duration::from_millis(50));
        assert_eq!(share(Duration::MAX, u64::MAX), Duration::from_nanos(u64::MAX));
    }

    #[test]
    fn the_pauses_double_up_to_the_longest() {
        let policy = RetryPolicy::default();
        let millis: Vec<_> = (1..=8).map(|made| policy.longest_pause(made).as_millis()).collect();
        assert_eq!(millis, [100, 200, 400, 800, 1600, 3200, 5000, 5000]);
        for made in [32, 33, 34, u32::MAX] {
            assert_eq!(policy.longest_pause(made).as_millis(), 5000);
        }
        let long = policy.initial_backoff(DAYS);
        assert_eq!(long.longest_pause(1).as_millis(), 5000);
        let endless = policy.initial_backoff(Duration::MAX).max_backoff(Duration::MAX);
        assert_eq!(endless.longest_pause(u32::MAX), Duration::MAX);
        assert_eq!(policy.initial_backoff(Duration::ZERO).longest_pause(9), Duration::ZERO);
    }

    #[test]
    fn no_attempts_are_one() {
        assert_eq!(RetryPolicy::default().max_attempts(0), RetryPolicy::disabled());
        assert!(!RetryPolicy::disabled().is_on());
        assert!(RetryPolicy::default().is_on());
    }
}
