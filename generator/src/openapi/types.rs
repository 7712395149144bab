//! The type and the members of a schema, with references followed and each `allOf` joined.

use std::collections::BTreeSet;

use super::kind::{ObjectKind, is_extension};
use super::reference::address;
use super::schema::DEEPEST;
use super::survey::Survey;
use crate::source::{Node, Value};

/// The type that a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SchemaType {
    /// The schema names no type, so it is any JSON value.
    Any,
    Text,
    Integer,
    Number,
    Flag,
    List,
    Object,
    /// The value has one of several types.
    Choice,
    /// A reference that leads nowhere, or a type that doesn't exist. Another check reports it.
    Broken,
}

impl SchemaType {
    /// Whether a value is written without a structure: text, a number or a boolean.
    pub(crate) fn is_plain(self) -> bool {
        matches!(self, SchemaType::Text | SchemaType::Integer | SchemaType::Number | SchemaType::Flag)
    }
}

/// A member of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Property<'a> {
    pub(crate) key: &'a Node,
    pub(crate) node: &'a Node,
    pub(crate) is_required: bool,
}

impl<'a> Property<'a> {
    pub(crate) fn name(&self) -> &'a str {
        self.key.text().unwrap_or_default()
    }
}

impl<'a> Survey<'a> {
    /// The type of a schema.
    pub(crate) fn type_of(&self, schema: &'a Node) -> SchemaType {
        let Some(schema) = self.unwrap(schema) else { return SchemaType::Broken };
        match schema.text_of("type") {
            Some("string") => SchemaType::Text,
            Some("integer") => SchemaType::Integer,
            Some("number") => SchemaType::Number,
            Some("boolean") => SchemaType::Flag,
            Some("array") => SchemaType::List,
            Some("object") if is_choice(schema) && schema.get("properties").is_none() => SchemaType::Choice,
            Some("object") => SchemaType::Object,
            Some(_) => SchemaType::Broken,
            None => Self::shown_type(schema),
        }
    }

    /// The type of a schema that names none, by its other keywords.
    fn shown_type(schema: &Node) -> SchemaType {
        let first = schema.get("enum").and_then(|values| values.items().first());
        match first.map(|value| &value.value) {
            Some(Value::String(_)) => SchemaType::Text,
            Some(Value::Integer(_)) => SchemaType::Integer,
            Some(Value::Float(_)) => SchemaType::Number,
            Some(Value::Bool(_)) => SchemaType::Flag,
            _ if schema.get("properties").is_some() => SchemaType::Object,
            _ if is_choice(schema) => SchemaType::Choice,
            _ if schema.get("additionalProperties").is_some() => SchemaType::Object,
            _ if schema.get("items").is_some() => SchemaType::List,
            _ => SchemaType::Any,
        }
    }

    /// The schema without the references to it, and with each `allOf` joined; `None` if that isn't known.
    pub(crate) fn unwrap(&self, schema: &'a Node) -> Option<&'a Node> {
        self.steps(schema).last().filter(|last| last.get("$ref").is_none() && last.get("allOf").is_none())
    }

    /// Whether a value of the schema can be null.
    pub(crate) fn is_nullable(&self, schema: &'a Node) -> bool {
        self.steps(schema).any(|step| step.is_true("nullable"))
    }

    /// The schema, and each one that it leads to through references and joined `allOf`s.
    fn steps(&self, schema: &'a Node) -> impl Iterator<Item = &'a Node> {
        let next = |schema: &&'a Node| match address(schema) {
            Some(address) => self.definition(address),
            None => self.joined(schema).map(|joined| &joined.node),
        };
        // Longer chains have a check of their own, and so have cycles.
        std::iter::successors(Some(schema).filter(|schema| schema.is_mapping()), next).take(2 * DEEPEST)
    }

    /// Whether all that the schema joins is defined, and none of its keys is misspelt. If not, some members of the object
    /// aren't known.
    pub(crate) fn has_all_parts(&self, schema: &'a Node) -> bool {
        let grammar = ObjectKind::Schema.grammar();
        let is_known = |key: &str| grammar.value_of(key).is_some() || is_extension(key);
        self.steps(schema).all(|step| {
            let parts = step.get("allOf").map(Node::items).unwrap_or_default();
            let keys = std::iter::once(step).chain(parts).filter(|schema| schema.get("$ref").is_none());
            keys.flat_map(Node::entries).filter_map(|(key, _)| key.text()).all(is_known)
                && self.joined(step).is_none_or(|joined| joined.is_whole)
        })
    }

    /// The members of an object, those of its `allOf` included.
    pub(crate) fn properties_of(&self, schema: &'a Node) -> Vec<Property<'a>> {
        let Some(schema) = self.unwrap(schema) else { return Vec::new() };
        let required: BTreeSet<&str> = required_of(schema).iter().filter_map(Node::text).collect();
        let members = schema.get("properties").map(Node::entries).unwrap_or_default();
        members
            .iter()
            .map(|(key, node)| Property {
                key,
                node,
                is_required: required.contains(key.text().unwrap_or_default()),
            })
            .collect()
    }
}

/// The forms of a choice.
pub(crate) fn forms_of(schema: &Node) -> &[Node] {
    ["oneOf", "anyOf"].iter().find_map(|key| schema.get(key)).map(Node::items).unwrap_or_default()
}

/// Whether values of the schema have one of several forms.
pub(crate) fn is_choice(schema: &Node) -> bool {
    ["oneOf", "anyOf"].iter().any(|key| schema.get(key).is_some())
}

/// The list of required members.
pub(crate) fn required_of(schema: &Node) -> &[Node] {
    schema.get("required").map(Node::items).unwrap_or_default()
}
