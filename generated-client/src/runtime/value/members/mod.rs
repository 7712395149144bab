//! Reads and writes the members of declared types.
//!
//! Reading accepts what servers really send, which is more than their documents say: a member may be absent, null or an
//! empty string, an integer may come as `1.7e9` or in a string, a list or map may hold nulls, and an object may have
//! members that aren't declared. None of these makes a response unreadable.

#![allow(dead_code, unused_imports, reason = "the features decide which of it generated code uses")]

mod collections;
mod form;
mod object;
mod reader;
mod trial;
mod writer;

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, Error, Expected, MapAccess, Unexpected,
    Visitor,
};
use serde_json::Value;

pub(crate) use self::form::Form;
pub(crate) use self::object::{Object, ignore, object, read, read_rest};
pub(crate) use self::reader::Reader;
pub(crate) use self::trial::skips_choice;
pub(crate) use self::writer::Writer;
use crate::runtime::value::secret::Secret;
use crate::runtime::value::secret_value::SecretValue;

/// A type that a member of an object can have. The methods that an implementation leaves out treat the value as an
/// object.
pub(crate) trait Member: DeserializeOwned {
    /// The names of the object's members; none if the value isn't an object of a declared type.
    const NAMES: Option<Names> = None;

    /// The JSON that is read in place of a response's body that is empty; none if the caller needs what the body should
    /// hold. An object that requires no member may be empty, and so may a text.
    const WITHOUT_BODY: Option<&'static str> = match Self::NAMES {
        Some(Names { required: [], .. }) => Some("{}"),
        _ => None,
    };

    /// Reads the value of a member. It gives `None` for null, and for an empty string where no string is expected.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(MemberVisitor(PhantomData))
    }

    /// Reads a value that is the whole body of a response. Null is an error there.
    fn read_body<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if Self::NAMES.is_some() {
            return Self::deserialize(deserializer);
        }
        Self::read(deserializer)?.ok_or_else(|| Error::custom("there is no value"))
    }

    /// Reads one form of a choice, and gives `None` if the value doesn't have this form. Unlike elsewhere, a number is
    /// not accepted as a text here, nor a text as a number.
    fn read_form(value: &Value, form: Form) -> Option<Self> {
        if form.fits(value, Self::NAMES.as_ref()) { Self::deserialize(value).ok() } else { None }
    }
}

/// The names of an object's members in the spec.
pub(crate) struct Names {
    /// Those that a response has to have.
    pub(crate) required: &'static [&'static str],
    /// All others.
    pub(crate) other: &'static [&'static str],
}

impl Names {
    fn contain(&self, name: &str) -> bool {
        self.required.contains(&name) || self.other.contains(&name)
    }
}

/// The names of the members that a response of the type has to have.
pub(crate) const fn required<T: Member>() -> &'static [&'static str] {
    match T::NAMES {
        Some(names) => names.required,
        None => &[],
    }
}

/// The whole body of a response, read by [`Member::read_body`].
pub(crate) struct ResponseBody<T>(pub(crate) T);

impl<'de, T: Member> Deserialize<'de> for ResponseBody<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read_body(deserializer).map(Self)
    }
}

/// The first of these that isn't `None`.
pub(crate) const fn first(of_forms: &[Option<&'static str>]) -> Option<&'static str> {
    match of_forms {
        [] => None,
        [None, rest @ ..] => first(rest),
        [found, ..] => *found,
    }
}

/// Gives `None` for an empty string, and an error for any other.
pub(super) fn empty<T, E: Error>(text: &str, expected: &dyn Expected) -> Result<Option<T>, E> {
    if text.trim().is_empty() { Ok(None) } else { Err(E::invalid_type(Unexpected::Str(text), expected)) }
}

/// Reads the value of a member by [`Member::read`].
struct MemberSeed<T>(PhantomData<T>);

impl<'de, T: Member> DeserializeSeed<'de> for MemberSeed<T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        T::read(deserializer)
    }
}

/// Reads an object, null or an empty string.
struct MemberVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for MemberVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Some)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        empty(text, &self)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

impl<T: Member> Member for Option<T> {
    const NAMES: Option<Names> = T::NAMES;
    const WITHOUT_BODY: Option<&'static str> = T::WITHOUT_BODY;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        T::read(deserializer).map(Some)
    }

    fn read_body<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer)
    }

    fn read_form(value: &Value, form: Form) -> Option<Self> {
        if value.is_null() { Some(None) } else { T::read_form(value, form).map(Some) }
    }
}

impl<T: Member> Member for Box<T> {
    const NAMES: Option<Names> = T::NAMES;
    const WITHOUT_BODY: Option<&'static str> = T::WITHOUT_BODY;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Ok(T::read(deserializer)?.map(Self::new))
    }

    fn read_body<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read_body(deserializer).map(Self::new)
    }

    fn read_form(value: &Value, form: Form) -> Option<Self> {
        T::read_form(value, form).map(Self::new)
    }
}

impl<T: Member + SecretValue> Member for Secret<T> {
    const NAMES: Option<Names> = T::NAMES;
    const WITHOUT_BODY: Option<&'static str> = T::WITHOUT_BODY;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Ok(T::read(deserializer)?.map(Self::new))
    }

    fn read_body<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read_body(deserializer).map(Self::new)
    }

    fn read_form(value: &Value, form: Form) -> Option<Self> {
        T::read_form(value, form).map(Self::new)
    }
}

impl Member for Value {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Self::deserialize(deserializer).map(Some)
    }

    fn read_form(value: &Value, form: Form) -> Option<Self> {
        form.if_loosely(|| value.clone())
    }
}
