//! How long nothing is sent after a failure.

use std::time::Duration;

/// The shortest pause after a failure, also if the service asks for a shorter one or names a time that is over.
pub(crate) const MIN_PAUSE: Duration = Duration::from_secs(5);

/// The longest pause after a failure, so that no response of a service stops a program for a day.
const MAX_PAUSE: Duration = Duration::from_secs(5 * 60);

/// How long nothing is sent after a failure: as long as the service asks for, within the bounds.
pub(crate) fn pause_after_failure(retry_after: Option<Duration>) -> Duration {
    retry_after.unwrap_or(MIN_PAUSE).clamp(MIN_PAUSE, MAX_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::pause_after_failure;
    use std::time::Duration;

    #[test]
    fn what_the_service_asks_for_is_kept_within_bounds() {
        assert_eq!(pause_after_failure(None), Duration::from_secs(5));
        for (asked, pause) in
            [(0, 5), (4, 5), (20, 20), (300, 300), (301, 300), (86_400, 300), (u64::MAX, 300)]
        {
            assert_eq!(
                pause_after_failure(Some(Duration::from_secs(asked))),
                Duration::from_secs(pause),
                "{asked}"
            );
        }
    }
}
