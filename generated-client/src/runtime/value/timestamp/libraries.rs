//! Conversions from and to the types of libraries.

use super::{Timestamp, TimestampError};
use crate::runtime::value::rfc3339::Moment;

#[cfg(feature = "jiff")]
mod of_jiff {
    use super::{Moment, Timestamp, TimestampError};

    /// The time is written in UTC.
    impl From<jiff::Timestamp> for Timestamp {
        fn from(time: jiff::Timestamp) -> Self {
            let nanoseconds = time.as_nanosecond();
            let fraction = nanoseconds.rem_euclid(1_000_000_000);
            Self::of_moment(Moment {
                seconds: i64::try_from(nanoseconds.div_euclid(1_000_000_000)).unwrap_or(i64::MAX),
                nanoseconds: u32::try_from(fraction).unwrap_or_default(),
                offset: 0,
            })
        }
    }

    impl TryFrom<&Timestamp> for jiff::Timestamp {
        type Error = TimestampError;

        fn try_from(time: &Timestamp) -> Result<Self, Self::Error> {
            let Moment { seconds, nanoseconds, .. } = time.moment()?;
            let nanoseconds = i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds);
            Self::from_nanosecond(nanoseconds).map_err(|_| TimestampError::OutOfRange)
        }
    }
}

#[cfg(feature = "time")]
mod of_time {
    use time::{OffsetDateTime, UtcOffset};

    use super::{Moment, Timestamp, TimestampError};

    /// The offset is kept, unless it has seconds.
    impl From<OffsetDateTime> for Timestamp {
        fn from(time: OffsetDateTime) -> Self {
            Self::of_moment(Moment {
                seconds: time.unix_timestamp(),
                nanoseconds: time.nanosecond(),
                offset: time.offset().whole_seconds(),
            })
        }
    }

    /// The offset is kept.
    impl TryFrom<&Timestamp> for OffsetDateTime {
        type Error = TimestampError;

        fn try_from(time: &Timestamp) -> Result<Self, Self::Error> {
            let Moment { seconds, nanoseconds, offset } = time.moment()?;
            let nanoseconds = i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds);
            let in_utc = Self::from_unix_timestamp_nanos(nanoseconds).ok();
            let offset = UtcOffset::from_whole_seconds(offset).ok();
            let local = in_utc.zip(offset).and_then(|(time, offset)| time.checked_to_offset(offset));
            local.ok_or(TimestampError::OutOfRange)
        }
    }
}

#[cfg(feature = "chrono")]
mod of_chrono {
    use chrono::{DateTime, FixedOffset, Offset, TimeZone, Utc};

    use super::{Moment, Timestamp, TimestampError};

    /// The offset is kept, unless it has seconds.
    impl<Z: TimeZone> From<DateTime<Z>> for Timestamp {
        fn from(time: DateTime<Z>) -> Self {
            // chrono counts the nanoseconds of a leap second from a thousand million on.
            let nanoseconds = time.timestamp_subsec_nanos();
            let is_leap = nanoseconds >= 1_000_000_000;
            Self::of_moment(Moment {
                seconds: time.timestamp() + i64::from(is_leap),
                nanoseconds: nanoseconds % 1_000_000_000,
                offset: time.offset().fix().local_minus_utc(),
            })
        }
    }

    /// The offset is kept.
    impl TryFrom<&Timestamp> for DateTime<FixedOffset> {
        type Error = TimestampError;

        fn try_from(time: &Timestamp) -> Result<Self, Self::Error> {
            let offset = FixedOffset::east_opt(time.moment()?.offset).ok_or(TimestampError::OutOfRange)?;
            DateTime::<Utc>::try_from(time).map(|time| time.with_timezone(&offset))
        }
    }

    impl TryFrom<&Timestamp> for DateTime<Utc> {
        type Error = TimestampError;

        fn try_from(time: &Timestamp) -> Result<Self, Self::Error> {
            let Moment { seconds, nanoseconds, .. } = time.moment()?;
            Self::from_timestamp(seconds, nanoseconds).ok_or(TimestampError::OutOfRange)
        }
    }
}
