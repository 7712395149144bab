use std::time::{Duration, SystemTime, UNIX_EPOCH};

use proptest::prelude::{Strategy, any, prop_assert_eq, proptest};
use serde_json::json;

use super::{Timestamp, TimestampError};
use crate::runtime::value::limits::Limits;
use crate::runtime::value::members::{Form, Member};
use crate::runtime::value::validate::Validate;

fn read(json: serde_json::Value) -> Timestamp {
    serde_json::from_value(json).unwrap()
}

#[test]
fn a_response_keeps_what_the_server_sent() {
    for text in ["2026-11-28T12:30:00.000000001Z", "2026-11-28 12:30:00", "", "never"] {
        let time = read(json!(text));
        assert_eq!((time.as_str(), json!(time)), (text, json!(text)));
    }
    assert_eq!(read(json!(1_795_869_000)), "1795869000");
    assert_eq!(<Option<Timestamp>>::default(), Timestamp::read(json!(null)).unwrap());
}

#[test]
fn only_the_conversion_refuses_what_is_no_time() {
    let error = read(json!("yesterday")).to_system_time().unwrap_err();
    assert_eq!(error, TimestampError::NotATime);
    assert_eq!(error.to_string(), "the text is not a time in RFC 3339, such as 2026-11-28T12:30:00Z");
    assert_eq!("yesterday".parse::<Timestamp>(), Err(TimestampError::NotATime));
    assert_eq!("2026-11-28T12:30:00Z".parse::<Timestamp>().unwrap(), "2026-11-28T12:30:00Z");
}

#[test]
fn a_request_is_refused_before_it_is_sent() {
    Timestamp::from("2026-11-28t12:30:00z").check(&Limits::NONE).unwrap();
    for text in ["", "2026-11-28", "s3cret"] {
        let violation = Timestamp::from(text).check(&Limits::NONE).unwrap_err();
        assert_eq!(violation.why(), "is not a time in RFC 3339, such as 2026-11-28T12:30:00Z");
    }
    let far = UNIX_EPOCH + Duration::from_secs(253_402_300_800);
    Timestamp::from(far).check(&Limits::NONE).unwrap_err();
}

#[test]
fn one_form_of_several_has_to_be_a_time() {
    assert_eq!(Timestamp::read_form(&json!("soon"), Form::LOOSE), None);
    assert_eq!(Timestamp::read_form(&json!(7), Form::LOOSE), None);
    let time = json!("2026-11-28T12:30:00Z");
    assert_eq!(Timestamp::read_form(&time, Form::LOOSE), Some(Timestamp::from("2026-11-28T12:30:00Z")));
}

#[test]
fn it_is_printed() {
    let time = Timestamp::from("2026-11-28T12:30:00Z");
    assert_eq!(
        (time.to_string(), format!("{time:?}")),
        ("2026-11-28T12:30:00Z".to_owned(), "\"2026-11-28T12:30:00Z\"".to_owned())
    );
}

#[test]
fn times_before_1970_are_moments_too() {
    let time = UNIX_EPOCH - Duration::from_millis(250);
    assert_eq!(Timestamp::from(time), "1969-12-31T23:59:59.750Z");
    for text in ["0000-01-01T00:00:00Z", "1969-12-31T23:59:59.750Z", "9999-12-31T23:59:59.999999999Z"] {
        let time = Timestamp::from(text).to_system_time().unwrap();
        assert_eq!(Timestamp::from(time), text);
        assert_eq!(SystemTime::try_from(&Timestamp::from(text)), Ok(time));
    }
}

/// The texts that RFC 3339 allows, and some that are almost such.
fn texts() -> impl Strategy<Value = String> {
    let date = (0_u32..=9_999, 0_u32..=13, 0_u32..=32);
    let time = (0_u32..=24, 0_u32..=60, 0_u32..=59);
    let fraction = proptest::option::of("[0-9]{0,12}");
    let offset = "Z|z|[+-](0[0-9]|1[0-9]|2[0-3]):[0-5][0-9]";
    (date, "[Tt]", time, fraction, offset).prop_map(|(date, t, time, fraction, offset)| {
        let fraction = fraction.map(|digits| format!(".{digits}")).unwrap_or_default();
        let (year, month, day) = date;
        let (hour, minute, second) = time;
        format!("{year:04}-{month:02}-{day:02}{t}{hour:02}:{minute:02}:{second:02}{fraction}{offset}")
    })
}

fn nanoseconds(time: SystemTime) -> i128 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i128::try_from(since.as_nanos()).unwrap(),
        Err(error) => -i128::try_from(error.duration().as_nanos()).unwrap(),
    }
}

proptest! {
    #[test]
    fn a_text_is_the_moment_that_chrono_reads(text in texts()) {
        let ours = Timestamp::from(&*text).to_system_time().ok().map(nanoseconds);
        let theirs = chrono::DateTime::parse_from_rfc3339(&text).ok();
        let theirs = theirs.map(|time| i128::from(time.timestamp()) * 1_000_000_000 + i128::from(time.timestamp_subsec_nanos()));
        prop_assert_eq!(ours, theirs);
    }

    #[test]
    fn what_is_written_is_what_jiff_reads(seconds in -62_135_596_800_i64..=253_402_207_200, nanoseconds in 0_u32..1_000_000_000) {
        let whole = Duration::from_secs(seconds.unsigned_abs());
        let second = if seconds < 0 { UNIX_EPOCH - whole } else { UNIX_EPOCH + whole };
        let text = Timestamp::from(second + Duration::from_nanos(nanoseconds.into()));
        let theirs: jiff::Timestamp = text.as_str().parse().unwrap();
        prop_assert_eq!(theirs.as_nanosecond(), i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds));
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let time = Timestamp::from(text);
        prop_assert_eq!(time.to_system_time().is_ok(), time.check(&Limits::NONE).is_ok());
    }
}

#[cfg(all(feature = "chrono", feature = "jiff", feature = "time"))]
mod libraries {
    use super::*;

    const TEXT: &str = "1996-12-19T16:39:57.250-08:00";

    fn converted<T: for<'a> TryFrom<&'a Timestamp, Error = TimestampError>>(
        text: &str,
    ) -> Result<T, TimestampError> {
        T::try_from(&Timestamp::from(text))
    }

    #[test]
    fn the_types_of_libraries_are_converted() {
        let in_utc = "1996-12-20T00:39:57.250Z";
        assert_eq!(Timestamp::from(converted::<jiff::Timestamp>(TEXT).unwrap()), in_utc);
        assert_eq!(Timestamp::from(converted::<time::OffsetDateTime>(TEXT).unwrap()), TEXT);
        assert_eq!(Timestamp::from(converted::<chrono::DateTime<chrono::FixedOffset>>(TEXT).unwrap()), TEXT);
        assert_eq!(Timestamp::from(converted::<chrono::DateTime<chrono::Utc>>(TEXT).unwrap()), in_utc);
    }

    #[test]
    fn a_time_that_a_library_cannot_hold_is_an_error() {
        assert_eq!(converted::<jiff::Timestamp>("never"), Err(TimestampError::NotATime));
        let last = "9999-12-31T23:59:59-23:00";
        assert_eq!(converted::<jiff::Timestamp>(last), Err(TimestampError::OutOfRange));
        assert_eq!(converted::<time::OffsetDateTime>(last), Err(TimestampError::OutOfRange));
    }

    #[test]
    fn a_leap_second_of_chrono_is_the_next_second() {
        let leap = chrono::DateTime::parse_from_rfc3339("1990-12-31T23:59:60.5Z").unwrap();
        assert_eq!(Timestamp::from(leap), "1991-01-01T00:00:00.500Z");
    }
}
