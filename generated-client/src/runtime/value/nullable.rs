//! Values that can be null.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use std::collections::BTreeMap;

use super::limits::Limits;
use super::members::{Form, Member};
use super::secret::Secret;
use super::secret_value::SecretValue;
#[cfg(feature = "operations")]
use super::shape::{Shape, Shaped};
use super::validate::Validate;
use super::violation::Violation;

/// A value of a request for which the service accepts null, too. Null and an absent member are two things: most
/// services clear what they have stored for a member that is null, and leave it as it is for one that is absent.
///
/// It is made from a value, or from an `Option`, whose `None` is null:
///
/// ```
/// use generated_client::Nullable;
///
/// let name: Nullable<String> = "Ada".into();
/// assert_eq!(name.as_option().map(String::as_str), Some("Ada"));
/// let cleared: Nullable<String> = None.into();
/// assert!(cleared.is_null());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Nullable<T> {
    /// Null.
    #[default]
    Null,
    /// A value.
    Value(T),
}

impl<T> Nullable<T> {
    /// Whether it is null.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The value, or `None` for null.
    #[must_use]
    pub const fn as_option(&self) -> Option<&T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// Takes the value out; `None` for null.
    #[must_use]
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<T> From<Nullable<T>> for Option<T> {
    fn from(value: Nullable<T>) -> Self {
        value.into_option()
    }
}

impl<'a, T: Validate + From<&'a str>> From<&'a str> for Nullable<T> {
    fn from(text: &'a str) -> Self {
        Self::Value(text.into())
    }
}

impl From<String> for Nullable<Secret> {
    fn from(text: String) -> Self {
        Self::Value(text.into())
    }
}

impl From<i32> for Nullable<i64> {
    fn from(number: i32) -> Self {
        Self::Value(number.into())
    }
}

impl<T> From<T> for Nullable<Box<T>> {
    fn from(value: T) -> Self {
        Self::Value(Box::new(value))
    }
}

impl<T, U: Into<T>, const N: usize> From<[U; N]> for Nullable<Vec<T>> {
    fn from(items: [U; N]) -> Self {
        Self::Value(items.into_iter().map(Into::into).collect())
    }
}

impl<T, U: Into<T>, const N: usize> From<[(String, U); N]> for Nullable<BTreeMap<String, T>> {
    fn from(entries: [(String, U); N]) -> Self {
        Self::Value(entries.into_iter().map(|(name, value)| (name, value.into())).collect())
    }
}

impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_option().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::from)
    }
}

impl<T: Member> Member for Nullable<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        T::read(deserializer).map(|value| Some(value.into()))
    }

    fn read_form(value: &Value, form: Form) -> Option<Self> {
        if value.is_null() { Some(Self::Null) } else { T::read_form(value, form).map(Self::from) }
    }
}

impl<T: Validate> Validate for Nullable<T> {
    fn check(&self, limits: &Limits) -> Result<(), Violation> {
        self.as_option().map_or(Ok(()), |value| value.check(limits))
    }
}

#[cfg(feature = "operations")]
impl<T: Shaped> Shaped for Nullable<T> {
    fn shape() -> Shape {
        Shape::Nullable(Box::new(T::shape()))
    }
}

impl<T: SecretValue> SecretValue for Nullable<T> {
    fn wipe(&mut self) {
        if let Self::Value(value) = self {
            value.wipe();
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Value(one), Self::Value(other)) => one.is_same(other),
            (one, other) => one.is_null() && other.is_null(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Nullable;
    use crate::runtime::value::limits::Limits;
    use crate::runtime::value::secret::Secret;
    use crate::runtime::value::validate::Validate;
    use std::collections::BTreeMap;

    fn json<T: serde::Serialize>(value: impl Into<Nullable<T>>) -> String {
        serde_json::to_string(&value.into()).unwrap()
    }

    #[test]
    fn it_is_made_of_what_its_value_is_made_of() {
        assert_eq!(json::<String>("a"), r#""a""#);
        assert_eq!(json::<String>("a".to_owned()), r#""a""#);
        assert_eq!(json::<Secret>("a"), r#""a""#);
        assert_eq!(json::<Secret>("a".to_owned()), r#""a""#);
        assert_eq!(json::<i64>(7), "7");
        assert_eq!(json::<bool>(true), "true");
        assert_eq!(json::<Vec<String>>(["a", "b"]), r#"["a","b"]"#);
        assert_eq!(json::<Vec<String>>(Vec::new()), "[]");
        assert_eq!(json::<BTreeMap<String, i64>>([("a".to_owned(), 1)]), r#"{"a":1}"#);
        assert_eq!(json::<Box<bool>>(true), "true");
    }

    #[test]
    fn none_is_null() {
        assert_eq!(json::<String>(None), "null");
        assert_eq!(json::<Vec<String>>(None), "null");
        assert_eq!(json::<i64>(Some(7)), "7");
        assert_eq!(json::<Secret>(Nullable::Null), "null");
        assert_eq!(Option::from(Nullable::from(7)), Some(7));
    }

    #[test]
    fn null_breaks_no_limits() {
        let limits = Limits::NONE.length(2, 3);
        assert_eq!(Nullable::<String>::Null.check(&limits), Ok(()));
        assert_eq!(Nullable::<String>::from("ab").check(&limits), Ok(()));
        Nullable::<String>::from("a").check(&limits).unwrap_err();
    }
}
