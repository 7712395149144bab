//! One of the schemas that are joined.

use crate::openapi::extension::LINT_ALLOW;
use crate::openapi::schema::KEYWORDS;
use crate::source::{Node, Value};

/// The schema that an `allOf` amounts to.
#[derive(Clone, Debug)]
pub(crate) struct JoinedSchema {
    /// A schema without `allOf` at any depth. It is a reference if nothing is added to the schema that is referred to;
    /// what stood beside the `allOf` stands beside the reference then.
    pub(crate) node: Node,
    /// Whether all that was joined is defined. If not, some members aren't known.
    pub(crate) is_whole: bool,
    /// Whether it contains the `allOf` that is being joined, so that not all of it is known yet.
    pub(super) is_circular: bool,
}

/// A keyword and its value.
pub(super) type Entry = (Node, Node);

/// The keywords that describe a schema, or the place where it is used, and don't limit its values.
pub(super) const TEXTS: &[&str] = &[
    "title",
    "description",
    "example",
    "deprecated",
    "externalDocs",
    "x-sensitive",
    "x-not-sensitive",
    "x-relayed",
    "x-stored",
    LINT_ALLOW,
];

/// One of the schemas that are joined.
pub(super) struct Part {
    /// The `$ref`, if the part is a reference.
    pub(super) target: Option<Entry>,
    /// What describes the part where it stands: beside the reference, or in the schema that is written there.
    pub(super) texts: Vec<Entry>,
    /// All other keywords of the schema that is written there or referred to.
    pub(super) keywords: Vec<Entry>,
    /// Where the part is written.
    pub(super) node: Node,
    pub(super) is_whole: bool,
    /// Whether the part contains the `allOf` that it is a part of.
    pub(super) is_circular: bool,
}

impl Part {
    pub(super) fn written(schema: &JoinedSchema) -> Self {
        let (texts, keywords) = split(&schema.node);
        let node = schema.node.made_from(Value::Null);
        Self {
            target: None,
            texts,
            keywords,
            node,
            is_whole: schema.is_whole,
            is_circular: schema.is_circular,
        }
    }

    /// A reference, which leads to this schema.
    pub(super) fn reference(reference: &Node, target: &JoinedSchema) -> Self {
        let (texts, beside) = split(reference);
        let (_, mut keywords) = split(&target.node);
        let is_beside = |key: &Node| beside.iter().any(|(known, _)| known.text() == key.text());
        keywords.retain(|(key, _)| !is_beside(key));
        let (targets, beside): (Vec<Entry>, Vec<Entry>) =
            beside.into_iter().partition(|(key, _)| key.text() == Some("$ref"));
        keywords.extend(beside);
        let node = reference.made_from(Value::Null);
        let (is_whole, is_circular) = (target.is_whole, target.is_circular);
        Self { target: targets.into_iter().next(), texts, keywords, node, is_whole, is_circular }
    }

    /// The schema that the part says, without the reference.
    pub(super) fn into_schema(self, place: &Node) -> JoinedSchema {
        let entries = self.texts.into_iter().chain(self.keywords).collect();
        let node = place.made_from(Value::Mapping(entries));
        JoinedSchema { node, is_whole: self.is_whole, is_circular: self.is_circular }
    }

    pub(super) fn get(&self, keyword: &str) -> Option<&Node> {
        self.keywords.iter().find(|(key, _)| key.text() == Some(keyword)).map(|(_, value)| value)
    }

    /// Whether the part limits values, and so isn't only there to describe them.
    pub(super) fn is_limiting(&self) -> bool {
        // What isn't known yet may limit values.
        self.is_circular || self.keywords.iter().any(|(key, _)| is_limiting(key))
    }

    /// Whether the part becomes a Rust type with a name.
    pub(super) fn has_type(&self) -> bool {
        self.is_circular
            || self.get("enum").is_some()
            || self.get("properties").is_some_and(|members| !members.entries().is_empty())
    }
}

/// Whether a keyword limits values.
pub(super) fn is_limiting(key: &Node) -> bool {
    let limits = |key: &str| key == "type" || KEYWORDS.iter().any(|(known, _)| *known == key);
    key.text().is_some_and(limits)
}

/// The keywords that describe, and all others.
fn split(schema: &Node) -> (Vec<Entry>, Vec<Entry>) {
    let is_text = |(key, _): &Entry| key.text().is_some_and(|key| TEXTS.contains(&key));
    schema.entries().iter().cloned().partition(is_text)
}
