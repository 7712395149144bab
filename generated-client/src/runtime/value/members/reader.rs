//! Reads objects of types that only requests contain. Unlike a response, a request must have its required members.

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error};
use serde_json::{Map, Value};

use super::Member;

/// Takes the members out of an object, one after the other. Like [`Writer`](super::Writer), it keeps the first error
/// and returns it at the end.
pub(crate) struct Reader<E> {
    members: Map<String, Value>,
    error: Option<E>,
}

impl<E: Error> Reader<E> {
    pub(crate) fn begin<'de, D: Deserializer<'de, Error = E>>(deserializer: D) -> Self {
        match Map::deserialize(deserializer) {
            Ok(members) => Self { members, error: None },
            Err(error) => Self { members: Map::new(), error: Some(error) },
        }
    }

    /// Takes a member out. It is an error if the member is absent or null.
    pub(crate) fn required<T: Member>(&mut self, name: &'static str) -> Option<T> {
        let member = self.take(name);
        if member.is_none() {
            self.keep(E::missing_field(name));
        }
        member
    }

    /// Takes a member out. One that is absent or null has its default.
    pub(crate) fn optional<T: Member + Default>(&mut self, name: &str) -> T {
        self.take(name).unwrap_or_default()
    }

    /// Takes all members that are left.
    pub(crate) fn rest<T: DeserializeOwned + Default>(&mut self) -> T {
        let rest = T::deserialize(Value::Object(std::mem::take(&mut self.members)));
        rest.map_err(|error| self.keep(E::custom(error))).unwrap_or_default()
    }

    /// Gives the value that was made of the members, or the first error.
    pub(crate) fn end<T>(self, value: T) -> Result<T, E> {
        self.error.map_or(Ok(value), Err)
    }

    /// Gives the first error, after [`required`](Self::required) gave `None`.
    pub(crate) fn fail<T>(self) -> Result<T, E> {
        Err(self.error.unwrap_or_else(|| E::custom("a required member is missing")))
    }

    fn take<T: Member>(&mut self, name: &str) -> Option<T> {
        let member = T::read(self.members.remove(name)?);
        member.map_err(|error| self.keep(E::custom(error))).ok().flatten()
    }

    fn keep(&mut self, error: E) {
        self.error.get_or_insert(error);
    }
}
