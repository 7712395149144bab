//! The keywords of the schema that an `allOf` amounts to, while they are gathered.

use std::collections::{BTreeMap, BTreeSet};

use super::part::Entry;
use crate::source::{Node, Value};

/// The keywords of a schema, in the order in which they were met.
#[derive(Default)]
pub(super) struct SchemaBuilder {
    entries: Entries,
    /// The members; their keyword is among the entries with an empty value.
    pub(super) members: Entries,
    /// The required members, in the same way.
    required: Vec<Node>,
    names: BTreeSet<String>,
}

/// Keys and values, in their order, that are found by the key.
#[derive(Default)]
pub(super) struct Entries {
    pub(super) list: Vec<Entry>,
    indexes: BTreeMap<String, usize>,
}

impl Entries {
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.indexes.get(key).and_then(|index| self.list.get(*index)).map(|(_, value)| value)
    }

    pub(super) fn set(&mut self, key: &Node, value: Node) {
        let name = key.text().unwrap_or_default();
        let known = self.indexes.get(name).and_then(|index| self.list.get_mut(*index));
        if let Some((_, known)) = known {
            *known = value;
        } else {
            self.indexes.insert(name.to_owned(), self.list.len());
            self.list.push((key.clone(), value));
        }
    }
}

impl SchemaBuilder {
    /// The value of a keyword, except that of the members and that of the required ones.
    pub(super) fn get(&self, keyword: &str) -> Option<&Node> {
        self.entries.get(keyword)
    }

    pub(super) fn set(&mut self, key: &Node, value: Node) {
        self.entries.set(key, value);
    }

    /// Adds what isn't there yet.
    pub(super) fn add_missing(&mut self, entries: &[Entry]) {
        for (key, value) in entries {
            if self.get(key.text().unwrap_or_default()).is_none() {
                self.set(key, value.clone());
            }
        }
    }

    /// Adds what isn't listed yet.
    pub(super) fn add_required(&mut self, key: &Node, required: &Node) {
        if self.get("required").is_none() {
            self.set(key, required.with(Value::Sequence(Vec::new())));
        }
        for name in required.items() {
            if self.names.insert(name.text().unwrap_or_default().to_owned()) {
                self.required.push(name.clone());
            }
        }
    }

    /// The schema with these keywords, in the place of another node.
    pub(super) fn into_node(self, place: &Node) -> Node {
        let mut entries = self.entries;
        for (keyword, value) in
            [("properties", Value::Mapping(self.members.list)), ("required", Value::Sequence(self.required))]
        {
            let index = entries.indexes.get(keyword).copied();
            if let Some((_, node)) = index.and_then(|index| entries.list.get_mut(index)) {
                node.value = value;
            }
        }
        place.made_from(Value::Mapping(entries.list))
    }
}
