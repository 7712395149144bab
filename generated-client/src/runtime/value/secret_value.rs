//! What a secret can hold, and how that is overwritten and compared.

use std::collections::BTreeMap;

use super::secret_bytes::SecretBytes;
use serde_json::{Map, Value};
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

/// A value that a [`Secret`](crate::runtime::Secret) can hold.
pub trait SecretValue {
    /// Overwrites the value, and leaves an empty one.
    fn wipe(&mut self);

    /// Whether two values are the same. The time that it takes doesn't depend on where they differ.
    fn is_same(&self, other: &Self) -> bool;
}

impl SecretValue for String {
    fn wipe(&mut self) {
        drop(SecretBytes::from(std::mem::take(self)));
    }

    fn is_same(&self, other: &Self) -> bool {
        self.as_bytes().ct_eq(other.as_bytes()).into()
    }
}

macro_rules! plain {
    ($($type:ty = $bytes:ident),*) => {$(
        impl SecretValue for $type {
            fn wipe(&mut self) {
                self.zeroize();
            }

            fn is_same(&self, other: &Self) -> bool {
                self.$bytes().ct_eq(&other.$bytes()).into()
            }
        }
    )*};
}

plain!(
    i32 = to_ne_bytes,
    i64 = to_ne_bytes,
    u32 = to_ne_bytes,
    u64 = to_ne_bytes,
    f32 = to_ne_bytes,
    f64 = to_ne_bytes
);

impl SecretValue for bool {
    fn wipe(&mut self) {
        self.zeroize();
    }

    fn is_same(&self, other: &Self) -> bool {
        u8::from(*self).ct_eq(&u8::from(*other)).into()
    }
}

/// The values of a JSON number have no place in memory that could be overwritten, so the number is replaced.
impl SecretValue for Value {
    fn wipe(&mut self) {
        match self {
            Self::String(text) => text.wipe(),
            Self::Array(items) => items.wipe(),
            Self::Object(members) => members.wipe(),
            Self::Number(number) => *number = 0.into(),
            Self::Bool(flag) => flag.wipe(),
            Self::Null => {}
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::String(one), Self::String(other)) => one.is_same(other),
            (Self::Array(one), Self::Array(other)) => one.is_same(other),
            (Self::Object(one), Self::Object(other)) => one.is_same(other),
            (one, other) => one == other,
        }
    }
}

macro_rules! map {
    ($([$($of:tt)*] $type:ty),*) => {$(
        impl<$($of)*> SecretValue for $type {
            fn wipe(&mut self) {
                for (mut name, mut value) in std::mem::take(self) {
                    name.wipe();
                    value.wipe();
                }
            }

            fn is_same(&self, other: &Self) -> bool {
                let members = self
                    .iter()
                    .map(|(name, value)| other.get(name).is_some_and(|other| value.is_same(other)));
                self.len() == other.len() && all(members)
            }
        }
    )*};
}

map!([] Map<String, Value>, [T: SecretValue] BTreeMap<String, T>);

impl<T: SecretValue> SecretValue for Vec<T> {
    fn wipe(&mut self) {
        self.iter_mut().for_each(T::wipe);
        self.clear();
    }

    fn is_same(&self, other: &Self) -> bool {
        self.len() == other.len() && all(self.iter().zip(other).map(|(one, other)| one.is_same(other)))
    }
}

impl<T: SecretValue> SecretValue for Option<T> {
    fn wipe(&mut self) {
        self.iter_mut().for_each(T::wipe);
    }

    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Some(one), Some(other)) => one.is_same(other),
            (one, other) => one.is_none() == other.is_none(),
        }
    }
}

impl<T: SecretValue> SecretValue for Box<T> {
    fn wipe(&mut self) {
        T::wipe(self);
    }

    fn is_same(&self, other: &Self) -> bool {
        T::is_same(self, other)
    }
}

/// Whether all are true. Unlike the method of iterators, it looks at each.
fn all(each: impl Iterator<Item = bool>) -> bool {
    each.fold(true, |all, one| all & one)
}

#[cfg(test)]
mod tests {
    use super::SecretValue;
    use crate::runtime::value::nullable::Nullable;
    use serde_json::{Map, Value, json};
    use std::collections::BTreeMap;

    #[test]
    fn a_wiped_value_is_empty() {
        let mut value = json!({"a": ["s3cret", 7, true, null], "b": {"c": "s3cret"}});
        value.wipe();
        assert_eq!(value, json!({}));
        let mut text = String::from("s3cret");
        text.wipe();
        assert_eq!(text, "");
        let mut many = (vec![Some("s3cret".to_owned())], BTreeMap::from([("a".to_owned(), 7_i64)]), 1.5_f64);
        many.0.wipe();
        many.1.wipe();
        many.2.wipe();
        assert_eq!(many, (Vec::new(), BTreeMap::new(), 0.0));
        let mut nullable = Nullable::Value("s3cret".to_owned());
        nullable.wipe();
        assert_eq!(nullable, Nullable::Value(String::new()));
    }

    #[test]
    fn values_of_all_kinds_are_compared() {
        let values = [
            json!(null),
            json!(true),
            json!(7),
            json!("a"),
            json!(["a"]),
            json!(["a", "b"]),
            json!({"a": "b"}),
            json!({"a": "c"}),
            json!({"b": "b"}),
        ];
        for (at, one) in values.iter().enumerate() {
            for (place, other) in values.iter().enumerate() {
                assert_eq!(one.is_same(other), at == place, "{one} {other}");
            }
        }
        assert!(Map::<String, Value>::new().is_same(&Map::new()));
        assert!(
            None::<bool>.is_same(&None) && !Some(true).is_same(&None) && !Some(true).is_same(&Some(false))
        );
        let nullable = |text: &str| Nullable::Value(text.to_owned());
        assert!(Nullable::<bool>::Null.is_same(&Nullable::Null) && nullable("a").is_same(&nullable("a")));
        assert!(!nullable("a").is_same(&nullable("b")) && !nullable("").is_same(&Nullable::Null));
        assert!(Box::new(7).is_same(&Box::new(7_i64)) && !1.5_f64.is_same(&2.5));
    }
}
