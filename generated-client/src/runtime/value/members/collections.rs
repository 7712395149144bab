//! Reads members that are lists or maps. Nulls in them are left out.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::{Form, Member, MemberSeed, empty};

impl<T: Member> Member for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }

    fn read_form(value: &Value, form: Form) -> Option<Self> {
        let mut list = Vec::new();
        for item in value.as_array()? {
            match item {
                Value::Null => list.extend(T::read(item).ok()?),
                item => list.push(T::read_form(item, form.inside::<T>())?),
            }
        }
        Some(list)
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
    const WITHOUT_BODY: Option<&'static str> = Some("{}");

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(MapVisitor(PhantomData))
    }

    /// Any object could be a map, so a form that lists its members goes first.
    fn read_form(value: &Value, form: Form) -> Option<Self> {
        let mut map = BTreeMap::new();
        for (name, value) in value.as_object().filter(|_| !form.is_exact)? {
            let read = match value {
                Value::Null => T::read(value).ok()?,
                value => Some(T::read_form(value, form.inside::<T>())?),
            };
            map.extend(read.map(|value| (name.clone(), value)));
        }
        Some(map)
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

/// A map of any JSON keeps its nulls.
impl Member for Map<String, Value> {
    const WITHOUT_BODY: Option<&'static str> = Some("{}");

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(JsonMapVisitor)
    }

    fn read_form(value: &Value, form: Form) -> Option<Self> {
        form.if_loosely(|| value.as_object().cloned()).flatten()
    }
}

struct JsonMapVisitor;

impl<'de> Visitor<'de> for JsonMapVisitor {
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
