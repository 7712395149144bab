//! The time that a call has, and the number of its attempts.

use super::budget::Bucket;
use super::clock::Clock;
use super::retry::{Next, RetryPolicy};
use crate::runtime::error::kind::ErrorKind;
use crate::runtime::request::spec::{Retry, Spec};
use std::time::{Duration, Instant};

const TIMEOUT: Duration = Duration::from_secs(60);

/// Three attempts of this length fit into the timeout. It is longer than the timeout of connecting, so that a failed
/// connection is reported as such.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(20);

/// The settings of a client or a call for time and attempts. Where a call sets nothing, the setting of its client counts,
/// and then the default.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Timing {
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retries: Option<RetryPolicy>,
}

impl Timing {
    /// The settings of a call, completed by those of its client.
    pub(crate) fn or(self, client: Self) -> Self {
        Self {
            timeout: self.timeout.or(client.timeout),
            attempt_timeout: self.attempt_timeout.or(client.attempt_timeout),
            retries: self.retries.or(client.retries),
        }
    }

    /// The shortest time that is set; an attempt has no longer.
    pub(crate) fn shortest(&self) -> Option<Duration> {
        self.timeout.into_iter().chain(self.attempt_timeout).min()
    }

    /// The settings of a call, without retries if its body is streamed: the source of the body can be read only once.
    pub(crate) fn of_body(self, is_streamed: bool) -> Self {
        if is_streamed { Self { retries: Some(RetryPolicy::disabled()), ..self } } else { self }
    }
}

/// The time and the attempts of a call that has begun.
pub(crate) struct Schedule<'a> {
    clock: &'a dyn Clock,
    class: Retry,
    began: Instant,
    timeout: Duration,
    attempt_timeout: Duration,
    retries: RetryPolicy,
}

impl<'a> Schedule<'a> {
    pub(crate) fn start(clock: &'a dyn Clock, spec: &Spec, timing: Timing) -> Self {
        let retries = timing.retries.unwrap_or_default();
        // Cutting an attempt short only helps if another may follow.
        let may_be_cut = spec.retry != Retry::Never && retries.is_on();
        Self {
            clock,
            class: spec.retry,
            began: clock.monotonic(),
            timeout: timing.timeout.unwrap_or(TIMEOUT),
            attempt_timeout: timing.attempt_timeout.unwrap_or(if may_be_cut {
                ATTEMPT_TIMEOUT
            } else {
                Duration::MAX
            }),
            retries,
        }
    }

    /// How much time the call has left.
    pub(crate) fn remaining(&self) -> Duration {
        self.timeout.saturating_sub(self.clock.monotonic().saturating_duration_since(self.began))
    }

    /// How long an attempt may take that begins now; none if there is no time left for one.
    pub(crate) fn attempt(&self) -> Option<Duration> {
        Some(self.remaining().min(self.attempt_timeout)).filter(|time| !time.is_zero())
    }

    /// What follows after this many attempts were made. Another attempt is paid for.
    pub(crate) fn next(&self, failed: &ErrorKind, made: u32, budget: &Bucket) -> Next {
        let pause = self.retries.pause(self.class, failed, made, self.clock);
        match pause.filter(|pause| *pause < self.remaining()) {
            Some(pause) if budget.pay_after(failed) => Next::Attempt(pause),
            Some(_) => Next::OutOfBudget,
            None => Next::End,
        }
    }
}
