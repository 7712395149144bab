//! What a client may spend on sending again, so that a service that is down isn't flooded by retries.

use crate::runtime::error::kind::ErrorKind;
use std::sync::atomic::{AtomicU32, Ordering};

const CAPACITY: u32 = 500;
const RETRY_COST: u32 = 5;
const TIMEOUT_COST: u32 = 10;

/// How much a client may send again in all: a bucket of tokens, which it shares with its clones and with the clients that
/// its `with_*` methods give.
///
/// The bucket is full at first, with 500 tokens. Sending a request again costs 5 of them, or 10 if the attempt before took
/// too long. A call that succeeds gives 1 back. When the tokens don't suffice, calls end with their first failure, and
/// [`Error::may_retry`](crate::runtime::Error::may_retry) is still true. So single failures are hidden as long as most calls
/// succeed, and a service that fails all the time gets hardly more requests than there are calls.
///
/// [`Builder::retry_budget`](crate::runtime::Builder::retry_budget) sets it:
///
/// ```
/// use generated_client::runtime::RetryBudget;
///
/// let small = RetryBudget::default().tokens(50);
/// let none = RetryBudget::unlimited();
/// # assert_ne!(small, none);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct RetryBudget {
    /// The size of the bucket; none if it never gets empty.
    tokens: Option<u32>,
}

impl RetryBudget {
    /// The default: 500 tokens.
    pub const fn new() -> Self {
        Self { tokens: Some(CAPACITY) }
    }

    /// Sets how many tokens the bucket holds. With fewer than 5, nothing is sent again.
    pub const fn tokens(mut self, tokens: u32) -> Self {
        self.tokens = Some(tokens);
        self
    }

    /// Switches the budget off: every call is sent again as its [`RetryPolicy`](crate::runtime::RetryPolicy) says.
    pub const fn unlimited() -> Self {
        Self { tokens: None }
    }
}

impl Default for RetryBudget {
    fn default() -> Self {
        Self::new()
    }
}

/// The tokens of a client.
pub(crate) struct Bucket {
    /// None if the bucket never gets empty.
    capacity: Option<u32>,
    left: AtomicU32,
}

impl Bucket {
    pub(crate) fn full(budget: RetryBudget) -> Self {
        Self { capacity: budget.tokens, left: AtomicU32::new(budget.tokens.unwrap_or_default()) }
    }

    /// How many tokens are left; none if they aren't counted.
    pub(crate) fn left(&self) -> Option<u32> {
        self.capacity.map(|_| self.left.load(Ordering::Relaxed))
    }

    /// Pays for sending a request again after this failure. Returns false if the tokens don't suffice.
    pub(crate) fn pay_after(&self, failed: &ErrorKind) -> bool {
        let is_timeout = matches!(failed, ErrorKind::Transport(error) if error.is_timeout());
        let cost = if is_timeout { TIMEOUT_COST } else { RETRY_COST };
        let pay = |left: u32| left.checked_sub(cost);
        self.capacity.is_none() || self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, pay).is_ok()
    }

    /// Takes what a success gives back.
    pub(crate) fn refill(&self) {
        let Some(capacity) = self.capacity else { return };
        // Most often the bucket is full, and then nothing is written that other threads would have to read anew.
        let refill = |left: u32| (left < capacity).then_some(left + 1);
        _ = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, refill);
    }
}

#[cfg(test)]
mod tests {
    use super::{Bucket, RetryBudget};
    use crate::runtime::error::invalid_request::InvalidRequest;
    use crate::runtime::error::kind::ErrorKind;
    use crate::runtime::error::transport::TransportError;

    #[test]
    fn a_retry_costs_5_and_a_timeout_10_and_a_success_gives_1_back() {
        let failed = ErrorKind::from(InvalidRequest::new("x", "y"));
        let late = ErrorKind::from(TransportError::without_time());
        let bucket = Bucket::full(RetryBudget::new().tokens(16));
        assert!(bucket.pay_after(&failed));
        assert_eq!(bucket.left(), Some(11));
        assert!(bucket.pay_after(&late));
        assert_eq!(bucket.left(), Some(1));
        assert!(!bucket.pay_after(&failed) && !bucket.pay_after(&late));
        for left in 2..=16 {
            bucket.refill();
            assert_eq!(bucket.left(), Some(left));
        }
        bucket.refill();
        assert_eq!(bucket.left(), Some(16));
    }

    #[test]
    fn without_a_limit_nothing_is_counted() {
        let bucket = Bucket::full(RetryBudget::unlimited());
        assert!((0..1000).all(|_| bucket.pay_after(&ErrorKind::from(TransportError::without_time()))));
        bucket.refill();
        assert_eq!(bucket.left(), None);
    }
}
