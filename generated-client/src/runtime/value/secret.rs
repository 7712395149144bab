//! Values that are never printed.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};

use super::secret_value::SecretValue;

/// A value that `Debug` does not print and that has no `Display`: a token, a password, a code.
///
/// In JSON it is the plain value. Its memory is overwritten when it is dropped, and `==` takes a time that doesn't depend on
/// where two values differ, only on how long they are. What [`expose`](Self::expose) and [`into_inner`](Self::into_inner)
/// give is plain again, and so are the copies that are made of it.
///
/// ```
/// use generated_client::Secret;
///
/// let token = Secret::from("eyJhbGciOi");
/// assert_eq!(format!("{token:?}"), "Secret(..)");
/// assert_eq!(token.expose(), "eyJhbGciOi");
/// ```
#[derive(Clone, Default)]
pub struct Secret<T: SecretValue = String>(T);

impl<T: SecretValue> Secret<T> {
    /// Wraps a value so that it isn't printed.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself. Don't print it.
    pub const fn expose(&self) -> &T {
        &self.0
    }

    pub(super) fn value_mut(&mut self) -> &mut T {
        &mut self.0
    }

    /// Takes the value out.
    pub fn into_inner(mut self) -> T
    where
        T: Default,
    {
        std::mem::take(&mut self.0)
    }
}

impl<T: SecretValue> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.wipe();
    }
}

/// It compares in constant time.
impl<T: SecretValue> PartialEq for Secret<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0.is_same(&other.0)
    }
}

impl<T: SecretValue + Eq> Eq for Secret<T> {}

impl<T: SecretValue + Hash> Hash for Secret<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl Secret {
    /// Whether the value is empty, as it is for an absent member of a response.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Joins texts into one, without a copy of them in between.
    pub(crate) fn joined(texts: &[&str]) -> Self {
        Self(texts.concat())
    }
}

impl<T: SecretValue + Serialize> Serialize for Secret<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: SecretValue + Deserialize<'de>> Deserialize<'de> for Secret<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self)
    }
}

impl<T: SecretValue> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl From<String> for Secret {
    fn from(value: String) -> Self {
        Self(value)
    }
}

impl From<&str> for Secret {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl From<&String> for Secret {
    fn from(value: &String) -> Self {
        Self(value.clone())
    }
}

impl<T: SecretValue + Clone> From<&Self> for Secret<T> {
    fn from(value: &Self) -> Self {
        value.clone()
    }
}

macro_rules! from_plain {
    ($($type:ty),*) => {$(
        impl From<$type> for Secret<$type> {
            fn from(value: $type) -> Self {
                Self(value)
            }
        }
    )*};
}

// An implementation for every type would make the type of `Secret::from("...")` ambiguous.
from_plain!(bool, i32, i64, f64, Value, Map<String, Value>);

impl<T: SecretValue> From<Vec<T>> for Secret<Vec<T>> {
    fn from(value: Vec<T>) -> Self {
        Self(value)
    }
}

impl<T: SecretValue> From<BTreeMap<String, T>> for Secret<BTreeMap<String, T>> {
    fn from(value: BTreeMap<String, T>) -> Self {
        Self(value)
    }
}

impl<T: SecretValue> SecretValue for Secret<T> {
    fn wipe(&mut self) {
        self.value_mut().wipe();
    }

    fn is_same(&self, other: &Self) -> bool {
        self == other
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn is_transparent_on_the_wire() {
        let secret: Secret = serde_json::from_str(r#""s3cret""#).unwrap();
        assert_eq!(secret.expose(), "s3cret");
        assert_eq!(serde_json::to_string(&secret).unwrap(), r#""s3cret""#);
    }

    #[test]
    fn equal_is_what_has_the_same_value() {
        for (one, other, are_same) in
            [("", "", true), ("abc", "abc", true), ("abc", "abd", false), ("ab", "abc", false)]
        {
            assert_eq!(Secret::from(one) == Secret::from(other), are_same, "{one} {other}");
        }
    }

    #[test]
    fn debug_has_nothing_of_the_value_even_when_nested() {
        let secrets = Some(vec![Secret::from("s3cret"), Secret::default()]);
        assert_eq!(format!("{secrets:?} {secrets:#?}").matches("s3cret").count(), 0);
        assert_eq!(format!("{:?}", Secret::new(vec![1, 2])), "Secret(..)");
    }

    #[test]
    fn comes_from_strings_of_all_kinds() {
        let owned = String::from("a");
        let secret = Secret::from("a");
        assert_eq!(Secret::from(&owned), secret);
        assert_eq!(Secret::from(&secret), secret);
        assert_eq!(Secret::from(owned), secret);
        assert_eq!(secret.into_inner(), "a");
    }
}
