//! Reads and writes moments as RFC 3339 has them: `2026-11-28T12:30:00.5+01:00`.

/// An example of a time, for the error of a text that isn't one.
pub(crate) const EXAMPLE: &str = "2026-11-28T12:30:00Z";

/// A moment, and the offset of the local time in which it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    /// The whole seconds since 1970-01-01T00:00:00Z, rounded down.
    pub(crate) seconds: i64,
    /// The nanoseconds since that second.
    pub(crate) nanoseconds: u32,
    /// How many seconds the local time is ahead of UTC.
    pub(crate) offset: i32,
}

const DAY: i64 = 86_400;

/// The days from 0000-01-01 to 1970-01-01.
const EPOCH: i64 = 719_528;

/// Reads a text. It gives `None` for one that isn't of RFC 3339.
pub(crate) fn read(text: &str) -> Option<Moment> {
    let mut rest = Reader(text.as_bytes());
    let days = rest.date()?;
    rest.one_of(b"Tt")?;
    let (hour, minute) = (rest.number(2, 23)?, rest.after(b':')?.number(2, 59)?);
    let second = rest.after(b':')?.number(2, 60)?;
    let nanoseconds = rest.fraction()?;
    let offset = rest.offset()?;
    if !rest.0.is_empty() {
        return None;
    }
    let seconds = days * DAY + hour * 3_600 + minute * 60 + second - offset;
    // A leap second ends a day of UTC. It is read as the first second of the next day, since a clock without leap seconds
    // has no other place for it.
    let is_leap = second == 60;
    let moment = Moment { seconds, nanoseconds, offset: i32::try_from(offset).ok()? };
    (!is_leap || seconds % DAY == 0).then_some(moment)
}

/// Writes a moment. A year that doesn't have four digits gives a text that isn't of RFC 3339, which is refused before it is
/// sent. An offset that has seconds, or is a day or more, can't be written, so the moment is written in UTC.
pub(crate) fn write(moment: Moment) -> String {
    let offset = i64::from(moment.offset);
    let offset = if offset % 60 == 0 && offset.abs() < DAY { offset } else { 0 };
    let local = moment.seconds.saturating_add(offset);
    let (year, month, day) = date_of(local.div_euclid(DAY).saturating_add(EPOCH));
    let second = local.rem_euclid(DAY);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    let fraction = fraction_of(moment.nanoseconds);
    let zone = zone_of(offset);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}{zone}")
}

fn fraction_of(nanoseconds: u32) -> String {
    match nanoseconds {
        0 => String::new(),
        whole if whole % 1_000_000 == 0 => format!(".{:03}", whole / 1_000_000),
        whole if whole % 1_000 == 0 => format!(".{:06}", whole / 1_000),
        other => format!(".{other:09}"),
    }
}

fn zone_of(offset: i64) -> String {
    let (sign, minutes) = if offset < 0 { ('-', -offset / 60) } else { ('+', offset / 60) };
    if minutes == 0 { "Z".to_owned() } else { format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60) }
}

fn is_leap_year(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap_year(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The days from 0000-01-01 to the first day of the year.
fn days_before_year(year: i64) -> i64 {
    let last = year - 1;
    // The year 0 is a leap year.
    365 * year + last.div_euclid(4) - last.div_euclid(100) + last.div_euclid(400) + 1
}

/// Year, month and day of a day that is counted from 0000-01-01.
fn date_of(days: i64) -> (i64, i64, i64) {
    // 400 years have 146,097 days, so this is the year, or one beside it.
    let mut year = (i128::from(days) * 400).div_euclid(146_097) as i64;
    while days_before_year(year) > days {
        year -= 1;
    }
    while days_before_year(year + 1) <= days {
        year += 1;
    }
    let (mut month, mut day) = (1, days - days_before_year(year) + 1);
    while day > days_in_month(year, month) {
        day -= days_in_month(year, month);
        month += 1;
    }
    (year, month, day)
}

/// What is left of the text.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn one_of(&mut self, allowed: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        allowed.contains(first).then_some(*first)
    }

    fn after(&mut self, mark: u8) -> Option<&mut Self> {
        self.one_of(&[mark])?;
        Some(self)
    }

    /// A number of exactly so many digits, which is no larger than `most`.
    fn number(&mut self, digits: usize, most: i64) -> Option<i64> {
        let mut number = 0;
        for _ in 0..digits {
            number = number * 10 + i64::from(self.one_of(b"0123456789")? - b'0');
        }
        (number <= most).then_some(number)
    }

    /// The days from 1970-01-01 to the date.
    fn date(&mut self) -> Option<i64> {
        let year = self.number(4, 9_999)?;
        let month = self.after(b'-')?.number(2, 12)?;
        let day = self.after(b'-')?.number(2, 31)?;
        let is_there = month > 0 && day > 0 && day <= days_in_month(year, month);
        let months_before: i64 = (1..month).map(|month| days_in_month(year, month)).sum();
        is_there.then(|| days_before_year(year) + months_before + day - 1 - EPOCH)
    }

    /// The fraction of a second in nanoseconds, if there is one; further digits are left out.
    fn fraction(&mut self) -> Option<u32> {
        let Some(digits) = self.0.strip_prefix(b".") else { return Some(0) };
        let count = digits.iter().take_while(|digit| digit.is_ascii_digit()).count();
        let (digits, rest) = digits.split_at_checked(count)?;
        self.0 = rest;
        let padded = digits.iter().copied().chain(std::iter::repeat(b'0')).take(9);
        (count > 0).then(|| padded.fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
    }

    /// The offset from UTC in seconds.
    fn offset(&mut self) -> Option<i64> {
        let sign = match self.one_of(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(0),
        };
        let (hours, minutes) = (self.number(2, 23)?, self.after(b':')?.number(2, 59)?);
        Some(sign * (hours * 3_600 + minutes * 60))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(seconds: i64, nanoseconds: u32, offset: i32) -> Moment {
        Moment { seconds, nanoseconds, offset }
    }

    #[test]
    fn what_is_of_the_standard_is_read() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", moment(0, 0, 0)),
            ("1970-01-01t01:00:00.5+01:00", moment(0, 500_000_000, 3_600)),
            ("1969-12-31T23:59:59.25z", moment(-1, 250_000_000, 0)),
            ("1985-04-12T23:20:50.52Z", moment(482_196_050, 520_000_000, 0)),
            ("1996-12-19T16:39:57-08:00", moment(851_042_397, 0, -28_800)),
            ("1990-12-31T23:59:60Z", moment(662_688_000, 0, 0)),
            ("1990-12-31T15:59:60-08:00", moment(662_688_000, 0, -28_800)),
            ("1937-01-01T12:00:27.87+00:20", moment(-1_041_337_173, 870_000_000, 1_200)),
            ("2024-02-29T00:00:00-00:00", moment(1_709_164_800, 0, 0)),
            ("0000-01-01T00:00:00Z", moment(-62_167_219_200, 0, 0)),
            ("9999-12-31T23:59:59.9999999999Z", moment(253_402_300_799, 999_999_999, 0)),
        ] {
            assert_eq!(read(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn nothing_else_is_read() {
        for text in [
            "",
            "2026",
            "2026-11-28",
            "12:30:00Z",
            "2026-11-28T12:30:00",
            "2026-11-28 12:30:00Z",
            "2026-11-28T12:30Z",
            "2026-11-28T12:30:00.Z",
            "2026-11-28T12:30:00,5Z",
            "2026-11-28T12:30:00+0100",
            "2026-11-28T12:30:00+24:00",
            "2026-11-28T24:00:00Z",
            "2026-11-28T12:60:00Z",
            "2026-11-28T12:30:60Z",
            "2026-11-28T23:59:61Z",
            "2026-02-29T12:30:00Z",
            "2026-00-28T12:30:00Z",
            "2026-13-28T12:30:00Z",
            "2026-11-00T12:30:00Z",
            "+2026-11-28T12:30:00Z",
            "12026-11-28T12:30:00Z",
            "2026-11-28T12:30:00Z ",
            "２026-11-28T12:30:00Z",
            "1795869000",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn moments_are_written() {
        for (moment, text) in [
            (moment(0, 0, 0), "1970-01-01T00:00:00Z"),
            (moment(-1, 999_000_000, 0), "1969-12-31T23:59:59.999Z"),
            (moment(851_042_397, 1_000, -28_800), "1996-12-19T16:39:57.000001-08:00"),
            (moment(0, 1, 5_400), "1970-01-01T01:30:00.000000001+01:30"),
            (moment(60, 0, 61), "1970-01-01T00:01:00Z"),
            (moment(253_402_300_799, 0, 0), "9999-12-31T23:59:59Z"),
            (moment(253_402_300_800, 0, 0), "10000-01-01T00:00:00Z"),
            (moment(-62_167_219_201, 0, 0), "-001-12-31T23:59:59Z"),
        ] {
            assert_eq!(write(moment), text);
        }
        for far in [i64::MIN, i64::MAX] {
            assert_eq!(read(&write(moment(far, 0, 0))), None);
        }
    }

    #[test]
    fn each_day_is_read_as_it_is_written() {
        for day in -EPOCH..2_932_897 {
            let moment = moment(day * DAY + 86_399, 0, 0);
            assert_eq!(read(&write(moment)), Some(moment), "{}", write(moment));
        }
    }
}
