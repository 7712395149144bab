//! Values that are checked against their limits before anything is sent.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::binary_content::BinaryContent;
use super::floats::widened;
use super::limits::Limits;
use super::secret::Secret;
use super::secret_value::SecretValue;
use super::violation::Violation;

/// A value that requests can contain. By default it has no limits.
pub trait Validate {
    /// Checks the value against the limits that its place sets, and its parts against their own limits.
    ///
    /// # Errors
    ///
    /// The first value that breaks its limits.
    fn check(&self, limits: &Limits) -> Result<(), Violation> {
        let _ = limits;
        Ok(())
    }

    /// Whether it stands for a value that isn't sent at all, which is something else than null.
    fn is_absent(&self) -> bool {
        false
    }

    /// The content of a body that is sent as it is, with its media type; none if the value is written in JSON.
    #[allow(private_interfaces, reason = "only the runtime asks for it")]
    fn as_binary(&self) -> Option<(&BinaryContent, Option<&str>)> {
        None
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

unlimited!((), bool, Map<String, Value>);

/// Numbers are compared as floating-point numbers, in which the bounds that people write are exact.
macro_rules! numbers {
    ($($type:ty),*) => {$(
        impl Validate for $type {
            #[allow(clippy::cast_precision_loss, clippy::cast_lossless, reason = "see above")]
            fn check(&self, limits: &Limits) -> Result<(), Violation> {
                limits.check_number(*self as f64)
            }
        }
    )*};
}

numbers!(i32, i64, u32, u64, f64);

impl Validate for f32 {
    fn check(&self, limits: &Limits) -> Result<(), Violation> {
        limits.check_number(widened(*self))
    }
}

impl Validate for str {
    fn check(&self, limits: &Limits) -> Result<(), Violation> {
        limits.check_text(self)
    }
}

impl Validate for String {
    fn check(&self, limits: &Limits) -> Result<(), Violation> {
        limits.check_text(self)
    }
}

impl Validate for Value {
    fn check(&self, limits: &Limits) -> Result<(), Violation> {
        match self {
            Self::String(text) => limits.check_text(text),
            Self::Number(number) => number.as_f64().map_or(Ok(()), |number| limits.check_number(number)),
            Self::Array(items) => items.check(limits),
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

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    #[allow(private_interfaces, reason = "only the runtime asks for it")]
    fn as_binary(&self) -> Option<(&BinaryContent, Option<&str>)> {
        self.as_ref().and_then(Validate::as_binary)
    }
}

impl<T: Validate> Validate for Vec<T> {
    fn check(&self, limits: &Limits) -> Result<(), Violation> {
        limits.check_items(self.len())?;
        self.iter().try_for_each(|item| item.check(limits))
    }
}

impl<T: Validate> Validate for BTreeMap<String, T> {
    fn check(&self, limits: &Limits) -> Result<(), Violation> {
        self.values().try_for_each(|value| value.check(limits))
    }
}

#[cfg(test)]
mod tests {
    use super::{Limits, Validate};
    use serde_json::json;

    fn why(limits: &Limits, value: &impl Validate) -> Option<String> {
        value.check(limits).err().map(|violation| violation.why().to_owned())
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
    fn bytes_are_those_of_utf_8() {
        let limits = Limits::NONE.length(0, 4).max_bytes(6);
        assert_eq!(why(&limits, &json!(["ab", "éé", "日本"])), None);
        assert_eq!(why(&limits, &json!("日本é")).unwrap(), "has 8 bytes, at most 6 are allowed");
    }

    #[test]
    fn times_are_those_of_rfc_3339() {
        let limits = Limits::NONE.date_time();
        for good in [json!("2026-11-28T12:30:00Z"), json!(["2026-11-28T12:30:00.5+01:00"]), json!(7)] {
            assert_eq!(why(&limits, &good), None, "{good}");
        }
        let refused = "is not a time in RFC 3339, such as 2026-11-28T12:30:00Z";
        for bad in [json!(""), json!({"a": "2026-11-28"})] {
            assert_eq!(why(&limits, &bad).unwrap(), refused, "{bad}");
        }
    }

    #[test]
    fn numbers_have_bounds() {
        let limits = Limits::NONE.at_least(1.0).less_than(3.0);
        for good in [json!(1), json!(2.5), json!([1, 2]), json!("0")] {
            assert_eq!(why(&limits, &good), None, "{good}");
        }
        assert_eq!(why(&limits, &0_i64).unwrap(), "is less than 1");
        assert_eq!(why(&limits, &vec![2.0_f64, 3.0]).unwrap(), "is not less than 3");
        let limits = Limits::NONE.more_than(0.5).at_most(9.0);
        assert_eq!(why(&limits, &json!(0.5)).unwrap(), "is not more than 0.5");
        assert_eq!(why(&limits, &json!({"a": 10})).unwrap(), "is more than 9");
        assert_eq!(why(&limits, &9_i32), None);
    }

    #[test]
    fn an_f32_has_the_value_of_its_text() {
        let limits = Limits::NONE.at_least(0.1).at_most(0.7);
        for good in [0.1_f32, 0.3, 0.7] {
            assert_eq!(why(&limits, &good), None, "{good}");
        }
        assert_eq!(why(&limits, &0.70000005_f32).unwrap(), "is more than 0.7");
        assert_eq!(why(&limits, &0.099999994_f32).unwrap(), "is less than 0.1");
        assert_eq!(why(&Limits::NONE.less_than(0.7), &0.7_f32).unwrap(), "is not less than 0.7");
        assert_eq!(why(&Limits::NONE, &f32::NAN).unwrap(), "is not a finite number");
    }

    #[test]
    fn lists_have_a_length() {
        let limits = Limits::NONE.items(1, 2).length(0, 3);
        assert_eq!(why(&limits, &vec!["a".to_owned()]), None);
        assert_eq!(why(&limits, &Vec::<String>::new()).unwrap(), "has 0 items, at least 1 are needed");
        assert_eq!(why(&limits, &json!(["a", "b", "c"])).unwrap(), "has 3 items, at most 2 are allowed");
        assert_eq!(
            why(&limits, &vec!["abcd".to_owned()]).unwrap(),
            "has 4 characters, at most 3 are allowed"
        );
        assert_eq!(why(&limits, &None::<Vec<String>>), None, "a list that is left out has no length");
    }

    #[test]
    fn a_violation_does_not_repeat_the_value() {
        let violation = "s3cret".check(&Limits::NONE.length(7, 7)).unwrap_err();
        assert_eq!(violation.why(), "has 6 characters, at least 7 are needed");
    }
}
