//! Reads objects of declared types.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::{Member, MemberSeed};

/// A declared type that responses contain. The declaration says which member has which name.
pub(crate) trait Object: Default {
    /// Reads the next value of the map into the member with this name.
    fn read<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error>;
}

/// Reads an object. Members that are absent have their defaults.
pub(crate) fn object<'de, D: Deserializer<'de>, T: Object>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

/// Reads the next value of the map into a member. Null leaves the member as it is.
pub(crate) fn read<'de, A: MapAccess<'de>, T: Member>(member: &mut T, map: &mut A) -> Result<(), A::Error> {
    if let Some(value) = map.next_value_seed(MemberSeed(PhantomData))? {
        *member = value;
    }
    Ok(())
}

/// Skips the next value of the map.
pub(crate) fn ignore<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(drop)
}

/// Reads the next value of the map into the member that holds all members without a declaration.
pub(crate) fn read_rest<'de, A: MapAccess<'de>, T: Member>(
    rest: &mut impl Rest<T>,
    name: &str,
    map: &mut A,
) -> Result<(), A::Error> {
    if let Some(value) = map.next_value_seed(MemberSeed(PhantomData))? {
        rest.keep(name.to_owned(), value);
    }
    Ok(())
}

/// A map that holds the members without a declaration.
pub(crate) trait Rest<T> {
    /// Adds a member.
    fn keep(&mut self, name: String, value: T);
}

impl Rest<Value> for Map<String, Value> {
    fn keep(&mut self, name: String, value: Value) {
        self.insert(name, value);
    }
}

impl<T> Rest<T> for BTreeMap<String, T> {
    fn keep(&mut self, name: String, value: T) {
        self.insert(name, value);
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut object = T::default();
        while let Some(Name(name)) = map.next_key()? {
            Object::read(&mut object, &name, &mut map)?;
        }
        Ok(object)
    }
}

/// The name of a member, borrowed from the input where that is possible.
struct Name<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(NameVisitor).map(Self)
    }
}

struct NameVisitor;

impl<'de> Visitor<'de> for NameVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}
