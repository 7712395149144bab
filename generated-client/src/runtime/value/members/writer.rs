//! Writes objects of declared types.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

/// Writes an object, member by member. It keeps the first error and returns it from [`end`](Self::end): so the code
/// that a declaration expands to has no branches, which the compiler would have to check for each member of each type.
pub(crate) struct Writer<S: Serializer>(Result<S::SerializeMap, S::Error>);

impl<S: Serializer> Writer<S> {
    pub(crate) fn begin(serializer: S) -> Self {
        Self(serializer.serialize_map(None))
    }

    /// Writes a member, even if it is empty.
    pub(crate) fn required(self, name: &'static str, member: &impl Serialize) -> Self {
        self.and(|map| map.serialize_entry(name, member))
    }

    /// Writes a member unless it is unset.
    pub(crate) fn optional(self, name: &'static str, member: &impl OptionalMember) -> Self {
        if member.is_set() { self.required(name, member) } else { self }
    }

    /// Writes the members without a declaration.
    pub(crate) fn rest<'a, V: Serialize + 'a>(
        self,
        rest: impl IntoIterator<Item = (&'a String, &'a V)>,
    ) -> Self {
        self.and(|map| rest.into_iter().try_for_each(|(name, value)| map.serialize_entry(name, value)))
    }

    /// Ends the object. The error is the first one that any of the methods met.
    pub(crate) fn end(self) -> Result<S::Ok, S::Error> {
        self.0.and_then(SerializeMap::end)
    }

    fn and(self, write: impl FnOnce(&mut S::SerializeMap) -> Result<(), S::Error>) -> Self {
        Self(self.0.and_then(|mut map| write(&mut map).map(|()| map)))
    }
}

/// The type of a member that may be unset. An unset member isn't sent.
pub(crate) trait OptionalMember: Serialize {
    fn is_set(&self) -> bool;
}

impl<T: Serialize> OptionalMember for Option<T> {
    fn is_set(&self) -> bool {
        self.is_some()
    }
}

impl<T: Serialize> OptionalMember for Vec<T> {
    fn is_set(&self) -> bool {
        !self.is_empty()
    }
}

impl<T: Serialize> OptionalMember for BTreeMap<String, T> {
    fn is_set(&self) -> bool {
        !self.is_empty()
    }
}

impl OptionalMember for Map<String, Value> {
    fn is_set(&self) -> bool {
        !self.is_empty()
    }
}
