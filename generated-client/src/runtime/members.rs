//! Reads and writes the members of declared types, and takes what servers send rather than what documents say.
//!
//! A member may be absent, null or an empty string, an integer may come as `1.7e9` or in a string, a list or map may
//! hold nulls, and there may be members that nobody declared. None of it fails a response.

#![allow(dead_code, reason = "what of it generated code uses depends on the features")]

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, Error, Expected, IgnoredAny, MapAccess,
    SeqAccess, Unexpected, Visitor,
};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use super::value::secret::Secret;

/// A declared type that is being read.
pub(crate) trait Object: Default {
    /// Reads the next value of the map into the member of this name.
    fn read<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error>;
}

/// A type that a member can have. What an implementation leaves out is that of objects.
pub(crate) trait Member: DeserializeOwned {
    /// Reads a value; null is none, and so is an empty string where no string is expected.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(MemberVisitor(PhantomData))
    }

    /// Reads a value that is a whole body, which can't be none.
    fn read_whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(deserializer)?.ok_or_else(|| Error::custom("there is no value"))
    }

    /// Reads a value that has one of several forms, if it has this one. A number is no text then, nor the reverse.
    /// Objects are told apart by the members that they require, since reading one puts up with whatever is absent.
    fn of_form(value: &Value, required: &[&str]) -> Option<Self> {
        let is_there = |name: &&str| value.get(name).is_some_and(|member| !member.is_null());
        if required.iter().all(is_there) { Self::deserialize(value).ok() } else { None }
    }
}

/// A value that is the whole body.
pub(crate) struct Whole<T>(pub(crate) T);

impl<'de, T: Member> Deserialize<'de> for Whole<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read_whole(deserializer).map(Self)
    }
}

/// A type that tells whether it is set.
pub(crate) trait Settable: Serialize {
    /// Whether there is anything to send.
    fn is_set(&self) -> bool;
}

/// Reads a declared type.
pub(crate) fn object<'de, D: Deserializer<'de>, T: Object>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

/// Takes a string for none if it is empty, and refuses it otherwise.
pub(super) fn empty<T, E: Error>(text: &str, expected: &dyn Expected) -> Result<Option<T>, E> {
    if text.trim().is_empty() { Ok(None) } else { Err(E::invalid_type(Unexpected::Str(text), expected)) }
}

/// Reads the next value of the map into a member; null leaves the member's default.
pub(crate) fn read<'de, A: MapAccess<'de>, T: Member>(member: &mut T, map: &mut A) -> Result<(), A::Error> {
    if let Some(value) = map.next_value_seed(MemberSeed(PhantomData))? {
        *member = value;
    }
    Ok(())
}

/// Passes over the next value of the map.
pub(crate) fn ignore<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(drop)
}

/// Keeps the next value of the map under its name.
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

/// Writes an object, member by member. The first failure is kept and given at the end, so that what a declaration
/// expands to has no branches: they would be compiled for every member of every type.
pub(crate) struct Writer<S: Serializer>(Result<S::SerializeMap, S::Error>);

impl<S: Serializer> Writer<S> {
    pub(crate) fn begin(serializer: S) -> Self {
        Self(serializer.serialize_map(None))
    }

    /// Writes a member whether it is set or not.
    pub(crate) fn required(self, name: &'static str, member: &impl Serialize) -> Self {
        self.written(|map| map.serialize_entry(name, member))
    }

    /// Writes a member that is set.
    pub(crate) fn optional(self, name: &'static str, member: &impl Settable) -> Self {
        if member.is_set() { self.required(name, member) } else { self }
    }

    /// Writes the members that aren't listed.
    pub(crate) fn rest<'a, V: Serialize + 'a>(
        self,
        rest: impl IntoIterator<Item = (&'a String, &'a V)>,
    ) -> Self {
        self.written(|map| rest.into_iter().try_for_each(|(name, value)| map.serialize_entry(name, value)))
    }

    pub(crate) fn end(self) -> Result<S::Ok, S::Error> {
        self.0.and_then(SerializeMap::end)
    }

    fn written(self, write: impl FnOnce(&mut S::SerializeMap) -> Result<(), S::Error>) -> Self {
        Self(self.0.and_then(|mut map| write(&mut map).map(|()| map)))
    }
}

/// Takes the members out of an object that has to have those that are required. As with [`Writer`], the first failure
/// is kept, and given at the end.
#[cfg(feature = "both-directions")]
pub(crate) struct Reader<E> {
    members: Map<String, Value>,
    failure: Option<E>,
}

#[cfg(feature = "both-directions")]
impl<E: Error> Reader<E> {
    pub(crate) fn begin<'de, D: Deserializer<'de, Error = E>>(deserializer: D) -> Self {
        match Map::deserialize(deserializer) {
            Ok(members) => Self { members, failure: None },
            Err(failure) => Self { members: Map::new(), failure: Some(failure) },
        }
    }

    /// Takes a member out; none is a failure.
    pub(crate) fn required<T: Member>(&mut self, name: &'static str) -> Option<T> {
        let member = self.take(name);
        if member.is_none() {
            self.keep(E::missing_field(name));
        }
        member
    }

    /// Takes a member out, if it is there and not null.
    pub(crate) fn optional<T: Member + Default>(&mut self, name: &str) -> T {
        self.take(name).unwrap_or_default()
    }

    /// Takes what is left.
    pub(crate) fn rest<T: DeserializeOwned + Default>(&mut self) -> T {
        let rest = T::deserialize(Value::Object(std::mem::take(&mut self.members)));
        rest.map_err(|failure| self.keep(E::custom(failure))).unwrap_or_default()
    }

    /// What was read, if nothing failed.
    pub(crate) fn end<T>(self, read: T) -> Result<T, E> {
        self.failure.map_or(Ok(read), Err)
    }

    /// The failure of a required member that was asked for.
    pub(crate) fn fail<T>(self) -> Result<T, E> {
        Err(self.failure.unwrap_or_else(|| E::custom("a required member is missing")))
    }

    fn take<T: Member>(&mut self, name: &str) -> Option<T> {
        let read = T::read(self.members.remove(name)?);
        read.map_err(|failure| self.keep(E::custom(failure))).ok().flatten()
    }

    fn keep(&mut self, failure: E) {
        self.failure.get_or_insert(failure);
    }
}

/// A map that keeps the members that aren't listed.
pub(crate) trait Rest<T> {
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

impl<T: Serialize> Settable for Option<T> {
    fn is_set(&self) -> bool {
        self.is_some()
    }
}

impl<T: Serialize> Settable for Vec<T> {
    fn is_set(&self) -> bool {
        !self.is_empty()
    }
}

impl<T: Serialize> Settable for BTreeMap<String, T> {
    fn is_set(&self) -> bool {
        !self.is_empty()
    }
}

impl Settable for Map<String, Value> {
    fn is_set(&self) -> bool {
        !self.is_empty()
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
            object.read(&name, &mut map)?;
        }
        Ok(object)
    }
}

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

/// The name of a member, borrowed from the input where it can be.
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

struct MemberSeed<T>(PhantomData<T>);

impl<'de, T: Member> DeserializeSeed<'de> for MemberSeed<T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        T::read(deserializer)
    }
}

impl<T: Member> Member for Option<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        T::read(deserializer).map(Some)
    }
}

impl<T: Member> Member for Box<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Ok(T::read(deserializer)?.map(Self::new))
    }
}

impl<T: Member> Member for Secret<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Ok(T::read(deserializer)?.map(Self::new))
    }
}

impl Member for Value {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Self::deserialize(deserializer).map(Some)
    }
}

impl Member for Map<String, Value> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(OpenMapVisitor)
    }
}

struct OpenMapVisitor;

impl<'de> Visitor<'de> for OpenMapVisitor {
    type Value = Option<Map<String, Value>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Map::deserialize(MapAccessDeserializer::new(map)).map(Some)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        empty(text, &self)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

impl<T: Member> Member for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }

    fn of_form(value: &Value, _: &[&str]) -> Option<Self> {
        if value.is_array() { Self::read(value).ok().flatten() } else { None }
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Member> Visitor<'de> for ListVisitor<T> {
    type Value = Option<Vec<T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(MemberSeed(PhantomData))? {
            list.extend(item);
        }
        Ok(Some(list))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        empty(text, &self)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

impl<T: Member> Member for BTreeMap<String, T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(MapVisitor(PhantomData))
    }
}

struct MapVisitor<T>(PhantomData<T>);

impl<'de, T: Member> Visitor<'de> for MapVisitor<T> {
    type Value = Option<BTreeMap<String, T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut map = BTreeMap::new();
        while let Some(name) = entries.next_key()? {
            map.extend(entries.next_value_seed(MemberSeed(PhantomData))?.map(|value| (name, value)));
        }
        Ok(Some(map))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        empty(text, &self)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}
