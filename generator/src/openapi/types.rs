//! The type and the members of a schema, with references followed and each `allOf` joined.

use std::collections::BTreeSet;

use super::survey::Survey;
use crate::source::Node;

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
    /// One of several.
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
            Some("object") => SchemaType::Object,
            Some(_) => SchemaType::Broken,
            None if schema.get("allOf").is_some() => SchemaType::Object,
            None if schema.get("oneOf").is_some() => SchemaType::Choice,
            None => SchemaType::Any,
        }
    }

    /// The schema without the references to it, and without each `allOf` that wraps only one schema.
    pub(crate) fn unwrap(&self, schema: &'a Node) -> Option<&'a Node> {
        let mut schema = self.resolve(schema)?;
        for _ in 0..32 {
            let Some([only]) = schema.get("allOf").map(Node::items) else { return Some(schema) };
            schema = self.resolve(only)?;
        }
        None
    }

    /// The schema and all schemas that its `allOf` joins, each once.
    pub(crate) fn parts_of(&self, schema: &'a Node) -> Vec<&'a Node> {
        let mut seen: BTreeSet<*const Node> = BTreeSet::new();
        let mut parts = Vec::new();
        let mut open = vec![schema];
        while let Some(next) = open.pop() {
            let Some(part) = self.resolve(next) else { continue };
            if seen.insert(std::ptr::from_ref(part)) {
                parts.push(part);
                open.extend(part.get("allOf").map(Node::items).unwrap_or_default().iter().rev());
            }
        }
        parts
    }

    /// Whether each item of the schema's `allOf` is defined. If not, some members of the object aren't known.
    pub(crate) fn has_all_parts(&self, schema: &'a Node) -> bool {
        let is_joined = |part: &&'a Node| {
            part.get("allOf")
                .map(Node::items)
                .unwrap_or_default()
                .iter()
                .all(|item| self.resolve(item).is_some())
        };
        self.parts_of(schema).iter().all(is_joined)
    }

    /// The members of an object, those of its `allOf` included.
    pub(crate) fn properties_of(&self, schema: &'a Node) -> Vec<Property<'a>> {
        let parts = self.parts_of(schema);
        let required: BTreeSet<&str> =
            parts.iter().flat_map(|part| required_of(part)).filter_map(Node::text).collect();
        parts
            .iter()
            .flat_map(|part| part.get("properties").map(Node::entries).unwrap_or_default())
            .map(|(key, node)| Property {
                key,
                node,
                is_required: required.contains(key.text().unwrap_or_default()),
            })
            .collect()
    }
}

/// The list of required members.
pub(crate) fn required_of(schema: &Node) -> &[Node] {
    schema.get("required").map(Node::items).unwrap_or_default()
}
