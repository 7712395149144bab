//! The limits that the service sets to texts. They are checked before anything is sent.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::secret::Secret;
use super::secret_value::SecretValue;

/// The limits that the service sets to a text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Limits {
    /// The fewest and the most characters.
    pub length: Option<(u32, u32)>,
    /// An ECMAScript pattern.
    pub pattern: Option<&'static str>,
    /// Whether free-form JSON may be printed, because the spec says that it holds no secret.
    pub not_sensitive: bool,
}

impl Limits {
    /// No limits: every text is accepted.
    pub const NONE: Self = Self { length: None, pattern: None, not_sensitive: false };

    /// A text of fewer or more characters is refused.
    #[must_use]
    pub const fn length(mut self, fewest: u32, most: u32) -> Self {
        self.length = Some((fewest, most));
        self
    }

    /// A text that the pattern does not match is refused, where the feature `patterns` is on.
    #[must_use]
    pub const fn pattern(mut self, pattern: &'static str) -> Self {
        self.pattern = Some(pattern);
        self
    }

    /// Adds no limit, but says that free-form JSON may be printed.
    #[must_use]
    pub const fn not_sensitive(mut self) -> Self {
        self.not_sensitive = true;
        self
    }

    /// Adds no limit, but has the value checked: it is made of parts that have limits of their own. A member whose
    /// declaration calls none of these methods is not checked at all.
    #[must_use]
    pub const fn within(self) -> Self {
        self
    }

    fn check(&self, text: &str) -> Result<(), Violation> {
        if let Some((fewest, most)) = self.length {
            let count = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
            let characters = if count == 1 { "character" } else { "characters" };
            if count < fewest {
                return Err(Violation::new(format!(
                    "has {count} {characters}, at least {fewest} are needed"
                )));
            }
            if count > most {
                return Err(Violation::new(format!("has {count} {characters}, at most {most} are allowed")));
            }
        }
        match self.pattern {
            Some(pattern) if !matches(pattern, text) => {
                Err(Violation::new(format!("does not match the pattern {pattern}")))
            }
            _ => Ok(()),
        }
    }
}

/// A text of a request that breaks its limits. It holds nothing of the text itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// The names of the members that lead to the text, the innermost first.
    path: Vec<&'static str>,
    why: String,
}

impl Violation {
    fn new(why: String) -> Self {
        Self { path: Vec::new(), why }
    }

    /// The names of the members that lead to the text, the outermost first.
    pub(crate) fn path(&self) -> Vec<&'static str> {
        self.path.iter().rev().copied().collect()
    }

    /// Which limit is broken, such as `has 3 characters, at least 8 are needed`.
    #[must_use]
    pub fn why(&self) -> &str {
        &self.why
    }

    /// The same violation, seen from the object that has the value as a member of this name.
    pub(crate) fn of_member(mut self, name: &'static str) -> Self {
        self.path.push(name);
        self
    }
}

/// A value that requests can contain. By default it has no limits.
pub trait Validate {
    /// Checks the value against the limits that its place sets, and its parts against their own limits.
    ///
    /// # Errors
    ///
    /// The first text that breaks its limits.
    fn check(&self, limits: &Limits) -> Result<(), Violation> {
        let _ = limits;
        Ok(())
    }
}

/// Checks a member of an object.
pub(crate) fn member(name: &'static str, value: &impl Validate, limits: Limits) -> Result<(), Violation> {
    value.check(&limits).map_err(|violation| violation.of_member(name))
}

macro_rules! unlimited {
    ($($type:ty),*) => {$(
        impl Validate for $type {}
    )*};
}

unlimited!((), bool, i32, i64, u32, u64, f32, f64, Map<String, Value>);

impl Validate for str {
    fn check(&self, limits: &Limits) -> Result<(), Violation> {
        limits.check(self)
    }
}

impl Validate for String {
    fn check(&self, limits: &Limits) -> Result<(), Violation> {
        limits.check(self)
    }
}

impl Validate for Value {
    fn check(&self, limits: &Limits) -> Result<(), Violation> {
        match self {
            Self::String(text) => limits.check(text),
            Self::Array(items) => items.iter().try_for_each(|item| item.check(limits)),
            Self::Object(members) => members.values().try_for_each(|value| value.check(limits)),
            _ => Ok(()),
        }
    }
}

impl<T: SecretValue + Validate> Validate for Secret<T> {
    fn check(&self, limits: &Limits) -> Result<(), Violation> {
        self.expose().check(limits)
    }
}

impl<T: Validate> Validate for Box<T> {
    fn check(&self, limits: &Limits) -> Result<(), Violation> {
        (**self).check(limits)
    }
}

impl<T: Validate> Validate for Option<T> {
    fn check(&self, limits: &Limits) -> Result<(), Violation> {
        self.iter().try_for_each(|value| value.check(limits))
    }
}

impl<T: Validate> Validate for Vec<T> {
    fn check(&self, limits: &Limits) -> Result<(), Violation> {
        self.iter().try_for_each(|item| item.check(limits))
    }
}

impl<T: Validate> Validate for BTreeMap<String, T> {
    fn check(&self, limits: &Limits) -> Result<(), Violation> {
        self.values().try_for_each(|value| value.check(limits))
    }
}

/// Without the feature, only the server checks patterns.
#[cfg(not(feature = "patterns"))]
fn matches(_pattern: &str, _text: &str) -> bool {
    true
}

/// Whether the pattern matches. A pattern that can't be compiled is left to the server.
#[cfg(feature = "patterns")]
fn matches(pattern: &'static str, text: &str) -> bool {
    use regress::Regex;
    use std::sync::{Arc, Mutex, PoisonError};

    type Compiled = (&'static str, Option<Arc<Regex>>);

    // Compiled patterns are kept. A spec has so few of them that a list is searched fast enough.
    static COMPILED: Mutex<Vec<Compiled>> = Mutex::new(Vec::new());

    let regex = {
        let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
        match compiled.iter().find(|(known, _)| *known == pattern) {
            Some((_, regex)) => regex.clone(),
            None => {
                let regex = Regex::with_flags(pattern, "u").ok().map(Arc::new);
                compiled.push((pattern, regex.clone()));
                regex
            }
        }
    };
    regex.is_none_or(|regex| regex.find(text).is_some())
}

#[cfg(test)]
mod tests {
    use super::{Limits, Validate};
    use serde_json::json;

    fn why(limits: &Limits, value: &impl Validate) -> Option<String> {
        value.check(limits).err().map(|violation| violation.why)
    }

    #[test]
    fn length_is_counted_in_characters() {
        let limits = Limits::NONE.length(2, 3);
        for text in ["en", "gsw", "日本", "éé"] {
            assert_eq!(why(&limits, &json!(text)), None, "{text}");
        }
        assert_eq!(why(&limits, &json!("e")).unwrap(), "has 1 character, at least 2 are needed");
        for several in [json!(["en", "klingon"]), json!({"a": "klingon"})] {
            assert_eq!(why(&limits, &several).unwrap(), "has 7 characters, at most 3 are allowed");
        }
    }

    #[test]
    #[cfg(feature = "patterns")]
    fn patterns_are_ecmascript_with_unicode_classes() {
        let name = Limits::NONE.pattern(r"^[\p{L}\p{N}\p{S} ,.'-]+$");
        for text in ["Zoë O'Neil-Smith, Jr.", "日本語 7", "a+b"] {
            assert_eq!(text.check(&name), Ok(()), "{text}");
        }
        for text in ["", "a/b", "a\nb", "(b)"] {
            text.check(&name).unwrap_err();
        }
        let challenge = Limits::NONE.pattern("^[A-Za-z0-9_-]{43}$");
        "x".repeat(43).check(&challenge).unwrap();
        "x".repeat(44).check(&challenge).unwrap_err();
        "anything".check(&Limits::NONE.pattern("(")).unwrap();
    }

    #[test]
    fn a_violation_does_not_repeat_the_value() {
        let violation = "s3cret".check(&Limits::NONE.length(7, 7)).unwrap_err();
        assert_eq!(violation.why(), "has 6 characters, at least 7 are needed");
    }
}
