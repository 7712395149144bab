//! Timeouts for tests of what happens when time is up at a certain point of a call.
//!
//! How long a call needs to get to that point depends on the machine, so no fixed timeout is right everywhere.

use std::time::Duration;

/// Timeouts from a short one to a very long one, each twice as long as the one before.
pub(crate) fn growing() -> impl Iterator<Item = Duration> {
    (0..10).map(|doublings| Duration::from_millis(100) * 2_u32.pow(doublings))
}

/// Makes a call with longer and longer timeouts until it ends as it is meant to, and returns that end.
///
/// If it never does, the last end is returned, for the test to look at.
pub(crate) async fn with_growing_timeout<T>(
    is_meant: impl Fn(&T) -> bool,
    call: impl AsyncFn(Duration) -> T,
) -> T {
    let mut ended = None;
    for timeout in growing() {
        let this = call(timeout).await;
        if is_meant(&this) {
            return this;
        }
        ended = Some(this);
    }
    ended.unwrap()
}
