//! Reads JSON strictly: an object that names a member twice is no object, at whatever depth.
//!
//! If a token has a claim twice, two readers may each take a different one of the two, and then one of them uses what the
//! other hasn't checked. So no such token is accepted.

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::{Map, Number, Value};
use std::borrow::Cow;
use std::fmt;

/// The members of an object: those that were asked for, and the others.
pub(crate) struct Object {
    known: Vec<(&'static str, Value)>,
    others: Map<String, Value>,
}

impl Object {
    /// Reads an object; none if the bytes are anything else, or if a member is there twice.
    pub(crate) fn read(json: &[u8], names: &'static [&'static str]) -> Option<Self> {
        let mut reader = serde_json::Deserializer::from_slice(json);
        let object = ObjectSeed(names).deserialize(&mut reader).ok()?;
        reader.end().ok()?;
        Some(object)
    }

    /// Takes a member that was asked for. Null is as good as absent.
    pub(crate) fn take(&mut self, name: &str) -> Option<Value> {
        let position = self.known.iter().position(|(known, _)| *known == name)?;
        Some(self.known.swap_remove(position).1).filter(|value| !value.is_null())
    }

    /// Takes a member that wasn't asked for. Null is as good as absent.
    pub(crate) fn take_other(&mut self, name: &str) -> Option<Value> {
        self.others.remove(name).filter(|value| !value.is_null())
    }

    /// Takes the members that weren't asked for.
    pub(crate) fn take_others(&mut self) -> Map<String, Value> {
        std::mem::take(&mut self.others)
    }
}

struct ObjectSeed(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for ObjectSeed {
    type Value = Object;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Object, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ObjectSeed {
    type Value = Object;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Object, A::Error> {
        let mut object = Object { known: Vec::with_capacity(self.0.len()), others: Map::new() };
        while let Some(Name(name)) = members.next_key()? {
            let Strict(value) = members.next_value()?;
            let is_twice = match self.0.iter().find(|known| **known == name) {
                Some(known) if object.known.iter().any(|(seen, _)| seen == known) => true,
                Some(known) => {
                    object.known.push((known, value));
                    false
                }
                None => object.others.insert(name.into_owned(), value).is_some(),
            };
            if is_twice {
                return Err(A::Error::custom("a member is there twice"));
            }
        }
        Ok(object)
    }
}

/// The name of a member, borrowed from the input where it can be.
struct Name<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(NameVisitor)
    }
}

struct NameVisitor;

impl<'de> Visitor<'de> for NameVisitor {
    type Value = Name<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Name(Cow::Borrowed(name)))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Name(Cow::Owned(name.to_owned())))
    }
}

/// A value without an object that names a member twice.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Self)
    }
}

struct StrictVisitor;

/// The name of the only member of the object in which serde_json hands over a number with a fraction or an exponent, if another
/// crate of the program switches on its feature `arbitrary_precision`. Its value is the number as it was written.
const NUMBER: &str = "$serde_json::private::Number";

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some((name, Strict(value))) = members.next_entry::<String, Strict>()? {
            if name == NUMBER {
                let number = value.as_str().and_then(|number| serde_json::from_str(number).ok());
                let is_alone = object.is_empty() && members.next_key::<IgnoredAny>()?.is_none();
                let number = number.filter(|_| is_alone).map(Value::Number);
                return number.ok_or_else(|| A::Error::custom("a member has a name of serde_json's own"));
            }
            if object.insert(name, value).is_some() {
                return Err(A::Error::custom("a member is there twice"));
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::Object;
    use serde_json::{Value, json};

    const NAMES: &[&str] = &["a", "b"];

    #[test]
    fn known_members_are_kept_apart_from_others() {
        let mut object =
            Object::read(br#" {"a":1,"c":[1,-2,0.5,true,null,"x",{}],"b":null} "#, NAMES).unwrap();
        assert_eq!(object.take("a"), Some(json!(1)));
        assert_eq!(object.take("a"), None);
        assert_eq!(object.take("b"), None);
        assert_eq!(Value::Object(object.take_others()), json!({"c": [1, -2, 0.5, true, null, "x", {}]}));
    }

    /// The texts have what serde_json hands over if its feature `arbitrary_precision` is on.
    #[test]
    fn numbers_of_any_precision_are_numbers() {
        let number = |text: &str| format!(r#"{{"$serde_json::private::Number":{text}}}"#);
        let (time, half) = (number(r#""1.7e9""#), number(r#""0.5""#));
        let json = format!(r#"{{"a":{time},"c":[{half}]}}"#);
        let mut object = Object::read(json.as_bytes(), NAMES).unwrap();
        assert_eq!(object.take("a").unwrap().as_f64(), Some(1.7e9));
        assert_eq!(object.take_other("c").unwrap()[0].as_f64(), Some(0.5));
        for no_number in
            ["1", "{}", r#""x""#, r#"" ""#, r#""1","b":2"#, r#""1","$serde_json::private::Number":"1""#]
        {
            let json = format!(r#"{{"a":{}}}"#, number(no_number));
            assert!(Object::read(json.as_bytes(), NAMES).is_none(), "{json}");
        }
    }

    #[test]
    fn a_member_that_is_there_twice_is_refused_at_any_depth() {
        for json in [
            r#"{"a":1,"a":1}"#,
            r#"{"a":null,"a":1}"#,
            r#"{"a":1,"\u0061":2}"#,
            r#"{"c":1,"c":1}"#,
            r#"{"c":{"d":1,"d":2}}"#,
            r#"{"a":[{"d":1,"d":2}]}"#,
            r#"{"a":{"d":{"e":0,"\u0065":0}}}"#,
        ] {
            assert!(Object::read(json.as_bytes(), NAMES).is_none(), "{json}");
        }
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for json in
            ["", "1", "[]", "null", r#""{}""#, "{} {}", "{}x", r#"{"a":1"#, "{\"a\":\"\u{1}\"}", "{'a':1}"]
        {
            assert!(Object::read(json.as_bytes(), NAMES).is_none(), "{json}");
        }
        assert!(Object::read(b"{\"a\":\"\xff\"}", NAMES).is_none());
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
        assert!(Object::read(deep.as_bytes(), NAMES).is_none());
    }
}
