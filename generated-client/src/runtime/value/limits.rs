//! The limits that the service sets to values.

use super::floats::NOT_FINITE;
use super::patterns::matches;
use super::rfc3339;
use super::violation::Violation;

/// The limits that the service sets to a value: to a text or number, to each text or number in a list, and to the list.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Limits {
    /// The fewest and the most characters of a text.
    pub length: Option<(u32, u32)>,
    /// The most bytes of a text in UTF-8.
    pub max_bytes: Option<u32>,
    /// Whether a text is a time of RFC 3339.
    pub date_time: bool,
    /// An ECMAScript pattern of a text.
    pub pattern: Option<&'static str>,
    /// The lower end of a number.
    pub low: Option<Bound>,
    /// The upper end of a number.
    pub high: Option<Bound>,
    /// The fewest and the most items of a list.
    pub items: Option<(u32, u32)>,
    /// Whether free-form JSON may be printed, because the spec says that it holds no secret.
    pub not_sensitive: bool,
}

/// One end of the range of a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// The number may be this one.
    Inclusive(f64),
    /// The number may come close to this one.
    Exclusive(f64),
}

impl Limits {
    /// No limits: every value is accepted.
    pub const NONE: Self = Self {
        length: None,
        max_bytes: None,
        date_time: false,
        pattern: None,
        low: None,
        high: None,
        items: None,
        not_sensitive: false,
    };

    /// A text of fewer or more characters is refused.
    #[must_use]
    pub const fn length(mut self, fewest: u32, most: u32) -> Self {
        self.length = Some((fewest, most));
        self
    }

    /// A text of more bytes in UTF-8 is refused.
    #[must_use]
    pub const fn max_bytes(mut self, most: u32) -> Self {
        self.max_bytes = Some(most);
        self
    }

    /// A text that isn't a time of RFC 3339 is refused.
    #[must_use]
    pub const fn date_time(mut self) -> Self {
        self.date_time = true;
        self
    }

    /// A text that the pattern does not match is refused, where the feature `patterns` is on.
    #[must_use]
    pub const fn pattern(mut self, pattern: &'static str) -> Self {
        self.pattern = Some(pattern);
        self
    }

    /// A number that is less is refused.
    #[must_use]
    pub const fn at_least(mut self, low: f64) -> Self {
        self.low = Some(Bound::Inclusive(low));
        self
    }

    /// A number that isn't more is refused.
    #[must_use]
    pub const fn more_than(mut self, low: f64) -> Self {
        self.low = Some(Bound::Exclusive(low));
        self
    }

    /// A number that is more is refused.
    #[must_use]
    pub const fn at_most(mut self, high: f64) -> Self {
        self.high = Some(Bound::Inclusive(high));
        self
    }

    /// A number that isn't less is refused.
    #[must_use]
    pub const fn less_than(mut self, high: f64) -> Self {
        self.high = Some(Bound::Exclusive(high));
        self
    }

    /// A list of fewer or more items is refused.
    #[must_use]
    pub const fn items(mut self, fewest: u32, most: u32) -> Self {
        self.items = Some((fewest, most));
        self
    }

    /// Adds no limit, but says that free-form JSON may be printed.
    #[must_use]
    pub const fn not_sensitive(mut self) -> Self {
        self.not_sensitive = true;
        self
    }

    /// Adds no limit, but has the value checked: it is a number that has to be finite, or is made of parts that have limits
    /// of their own. A member whose declaration calls none of these methods is not checked at all.
    #[must_use]
    pub const fn within(self) -> Self {
        self
    }

    pub(super) fn check_text(&self, text: &str) -> Result<(), Violation> {
        check_count(self.length, || text.chars().count(), "character")?;
        check_count(self.max_bytes.map(|most| (0, most)), || text.len(), "byte")?;
        if self.date_time && rfc3339::read(text).is_none() {
            let why = format!("is not a time in RFC 3339, such as {}", rfc3339::EXAMPLE);
            return Err(Violation::new(why));
        }
        match self.pattern {
            Some(pattern) if !matches(pattern, text) => {
                Err(Violation::new(format!("does not match the pattern {pattern}")))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn check_number(&self, number: f64) -> Result<(), Violation> {
        match (self.low, self.high) {
            // JSON has no such number; it would be sent as null.
            _ if !number.is_finite() => Err(Violation::new(NOT_FINITE.to_owned())),
            (Some(Bound::Inclusive(low)), _) if number < low => {
                Err(Violation::new(format!("is less than {low}")))
            }
            (Some(Bound::Exclusive(low)), _) if number <= low => {
                Err(Violation::new(format!("is not more than {low}")))
            }
            (_, Some(Bound::Inclusive(high))) if number > high => {
                Err(Violation::new(format!("is more than {high}")))
            }
            (_, Some(Bound::Exclusive(high))) if number >= high => {
                Err(Violation::new(format!("is not less than {high}")))
            }
            _ => Ok(()),
        }
    }

    /// Checks how many bytes a value has that is no text.
    pub(crate) fn check_bytes(&self, count: usize) -> Result<(), Violation> {
        check_count(self.length, || count, "byte")
    }

    /// Checks how many items a list has. It is also called where no more than the length of a list is known.
    pub(crate) fn check_items(&self, count: usize) -> Result<(), Violation> {
        check_count(self.items, || count, "item")
    }
}

/// Checks how many characters or items there are. They are only counted if there is a limit.
fn check_count(
    limit: Option<(u32, u32)>,
    count: impl FnOnce() -> usize,
    unit: &str,
) -> Result<(), Violation> {
    let Some((fewest, most)) = limit else { return Ok(()) };
    let count = u32::try_from(count()).unwrap_or(u32::MAX);
    let plural = if count == 1 { "" } else { "s" };
    if count < fewest {
        return Err(Violation::new(format!("has {count} {unit}{plural}, at least {fewest} are needed")));
    }
    if count > most {
        return Err(Violation::new(format!("has {count} {unit}{plural}, at most {most} are allowed")));
    }
    Ok(())
}
