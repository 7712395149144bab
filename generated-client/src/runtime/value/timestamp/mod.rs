//! Moments, as texts of RFC 3339.

#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
mod libraries;

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::limits::Limits;
use super::members::{Form, Member};
use super::rfc3339::{self, Moment};
use super::safe_debug::SafeDebug;
use super::secret::Secret;
use super::secret_value::SecretValue;
#[cfg(feature = "operations")]
use super::shape::{Shape, Shaped};
use super::validate::Validate;
use super::violation::Violation;

/// A moment as a text of RFC 3339, such as `2026-11-28T12:30:00.25+01:00`, exactly as it came or as it is to be sent.
///
/// It is made from a text or from a [`SystemTime`], and gives a `SystemTime`. The features `chrono`, `jiff` and `time`
/// add conversions from and to the types of these libraries.
///
/// ```
/// use std::time::{Duration, SystemTime, UNIX_EPOCH};
/// use generated_client::Timestamp;
///
/// let time = UNIX_EPOCH + Duration::from_millis(1_500);
/// assert_eq!(Timestamp::from(time).as_str(), "1970-01-01T00:00:01.500Z");
/// assert_eq!(Timestamp::from("1970-01-01T01:00:01.5+01:00").to_system_time()?, time);
/// # Ok::<(), generated_client::runtime::TimestampError>(())
/// ```
///
/// A request whose text isn't of RFC 3339 is refused as invalid before it is sent. A response keeps whatever the server
/// sent, and only the conversion says that it is no time. Two values are equal if their texts are.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Timestamp(String);

/// Why a [`Timestamp`] can't be converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimestampError {
    /// The text isn't of RFC 3339.
    NotATime,
    /// The type that was asked for can't hold the moment.
    OutOfRange,
}

impl fmt::Display for TimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotATime => write!(f, "the text is not a time in RFC 3339, such as {}", rfc3339::EXAMPLE),
            Self::OutOfRange => f.write_str("the type can't hold a time that is so far away"),
        }
    }
}

impl std::error::Error for TimestampError {}

impl Timestamp {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Takes the text out.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }

    /// The moment. Digits of its fraction beyond nanoseconds are left out. A leap second is the first second of the next
    /// day.
    ///
    /// # Errors
    ///
    /// [`TimestampError::NotATime`] if the text isn't of RFC 3339, and [`TimestampError::OutOfRange`] if the system has no
    /// such time.
    pub fn to_system_time(&self) -> Result<SystemTime, TimestampError> {
        let Moment { seconds, nanoseconds, .. } = self.moment()?;
        let whole = Duration::from_secs(seconds.unsigned_abs());
        let second = if seconds < 0 { UNIX_EPOCH.checked_sub(whole) } else { UNIX_EPOCH.checked_add(whole) };
        let time = second.and_then(|time| time.checked_add(Duration::from_nanos(nanoseconds.into())));
        time.ok_or(TimestampError::OutOfRange)
    }

    fn moment(&self) -> Result<Moment, TimestampError> {
        rfc3339::read(&self.0).ok_or(TimestampError::NotATime)
    }

    fn of_moment(moment: Moment) -> Self {
        Self(rfc3339::write(moment))
    }
}

impl From<String> for Timestamp {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Timestamp {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// The time is written in UTC. RFC 3339 has the years from 0 to 9999; what is made from any other time is refused before it
/// is sent.
impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        let (since, is_before) = match time.duration_since(UNIX_EPOCH) {
            Ok(since) => (since, false),
            Err(error) => (error.duration(), true),
        };
        let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
        let nanoseconds = since.subsec_nanos();
        let (seconds, nanoseconds) = match (is_before, nanoseconds) {
            (false, _) => (seconds, nanoseconds),
            (true, 0) => (-seconds, 0),
            (true, _) => (-seconds - 1, 1_000_000_000 - nanoseconds),
        };
        Self::of_moment(Moment { seconds, nanoseconds, offset: 0 })
    }
}

/// Checks the text, unlike `From`.
impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let time = Self::from(text);
        time.moment().map(|_| time)
    }
}

impl TryFrom<&Timestamp> for SystemTime {
    type Error = TimestampError;

    fn try_from(time: &Timestamp) -> Result<Self, Self::Error> {
        time.to_system_time()
    }
}

impl From<Timestamp> for Secret<Timestamp> {
    fn from(time: Timestamp) -> Self {
        Self::new(time)
    }
}

impl AsRef<str> for Timestamp {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Timestamp {
    fn eq(&self, text: &str) -> bool {
        self.0 == text
    }
}

impl PartialEq<&str> for Timestamp {
    fn eq(&self, text: &&str) -> bool {
        self.0 == *text
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Member::read(deserializer).map(Option::unwrap_or_default)
    }
}

impl SafeDebug for Timestamp {}

impl Member for Timestamp {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Ok(<String as Member>::read(deserializer)?.map(Self))
    }

    /// In a choice, a text that is no time has another form.
    fn read_form(value: &Value, _: Form) -> Option<Self> {
        value.as_str()?.parse().ok()
    }
}

impl Validate for Timestamp {
    fn check(&self, limits: &Limits) -> Result<(), Violation> {
        self.0.check(&limits.date_time())
    }
}

#[cfg(feature = "operations")]
impl Shaped for Timestamp {
    fn shape() -> Shape {
        Shape::Time
    }
}

impl SecretValue for Timestamp {
    fn wipe(&mut self) {
        self.0.wipe();
    }

    fn is_same(&self, other: &Self) -> bool {
        self.0.is_same(&other.0)
    }
}

#[cfg(test)]
mod tests;
