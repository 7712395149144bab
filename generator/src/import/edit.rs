//! Changes to a tree in place.

use serde_json::Value as Json;

use crate::openapi::kind::{ObjectKind, ValueKind, is_extension};
use crate::source::{Node, Value};

impl Node {
    /// The pairs of a mapping, to be changed.
    pub(super) fn entries_mut(&mut self) -> Option<&mut Vec<(Node, Node)>> {
        match &mut self.value {
            Value::Mapping(entries) => Some(entries),
            _ => None,
        }
    }

    /// The items of a list, to be changed.
    pub(super) fn items_mut(&mut self) -> Option<&mut Vec<Node>> {
        match &mut self.value {
            Value::Sequence(items) => Some(items),
            _ => None,
        }
    }

    /// The member of a mapping, to be changed.
    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let entries = self.entries_mut()?;
        entries.iter_mut().find(|(known, _)| known.text() == Some(key)).map(|(_, value)| value)
    }

    /// Takes a member out of a mapping.
    pub(super) fn remove(&mut self, key: &str) -> Option<Node> {
        let entries = self.entries_mut()?;
        let index = entries.iter().position(|(known, _)| known.text() == Some(key))?;
        Some(entries.remove(index).1)
    }

    /// Sets a member of a mapping, in place of the one with this key if there is one.
    pub(super) fn set(&mut self, key: &str, value: Node) {
        let made = self.made_text(key);
        let Some(entries) = self.entries_mut() else { return };
        match entries.iter_mut().find(|(known, _)| known.text() == Some(key)) {
            Some((_, known)) => *known = value,
            None => entries.push((made, value)),
        }
    }

    /// The same, from JSON.
    pub(super) fn set_json(&mut self, key: &str, value: &Json) {
        let made = self.made_from_json(value);
        self.set(key, made);
    }

    /// Gives a mapping a member, unless it has one of this name.
    pub(super) fn set_if_absent(&mut self, key: &str, value: &Json) {
        if self.get(key).is_none() {
            self.set_json(key, value);
        }
    }
}

/// Calls the function for the object and for every object in it, those on the outside first, with the kind of each.
pub(super) fn visit(kind: ObjectKind, node: &mut Node, see: &mut dyn FnMut(ObjectKind, &mut Node)) {
    see(kind, node);
    if node.get("$ref").is_some() {
        return;
    }
    let grammar = kind.grammar();
    for (key, value) in node.entries_mut().into_iter().flatten() {
        let name = key.text().unwrap_or_default();
        if is_extension(name) {
            continue;
        }
        match kind_of_parts(kind, name).or(grammar.value_of(name)) {
            Some(ValueKind::One(kind)) => visit(kind, value, see),
            Some(ValueKind::FlagOr(kind)) if value.is_mapping() => visit(kind, value, see),
            Some(ValueKind::List(kind)) => {
                value.items_mut().into_iter().flatten().for_each(|item| visit(kind, item, see));
            }
            Some(ValueKind::Map(kind)) => {
                value.entries_mut().into_iter().flatten().for_each(|(_, item)| visit(kind, item, see));
            }
            _ => {}
        }
    }
}

/// What stands under keys that the grammar doesn't know, because only other versions of OpenAPI have them.
fn kind_of_parts(kind: ObjectKind, key: &str) -> Option<ValueKind> {
    match (kind, key) {
        (ObjectKind::Schema, "$defs" | "definitions" | "patternProperties" | "dependentSchemas") => {
            Some(ValueKind::Map(ObjectKind::Schema))
        }
        (ObjectKind::Schema, "prefixItems") => Some(ValueKind::List(ObjectKind::Schema)),
        (ObjectKind::Components, "pathItems") => Some(ValueKind::Map(ObjectKind::PathItem)),
        _ => None,
    }
}
