//! The keywords of a schema: the types that each says something about, and the schemas that some hold.

use serde_json::Value as Json;

use super::kind::{ObjectKind, ValueKind};
use crate::names;
use crate::source::{Node, Value};

/// How deep schemas can be nested. Rust's compiler refuses types that are nested about twice as deep.
pub(crate) const DEEPEST: usize = 64;

/// The types that each keyword says something about. A keyword without types stands in a schema without a type.
pub(crate) const KEYWORDS: &[(&str, &[&str])] = &[
    ("format", &["string", "integer", "number"]),
    ("pattern", &["string"]),
    ("enum", &["string", "integer", "number", "boolean"]),
    ("minLength", &["string"]),
    ("maxLength", &["string"]),
    ("x-max-bytes", &["string"]),
    ("minimum", &["integer", "number"]),
    ("maximum", &["integer", "number"]),
    ("exclusiveMinimum", &["integer", "number"]),
    ("exclusiveMaximum", &["integer", "number"]),
    ("items", &["array"]),
    ("minItems", &["array"]),
    ("maxItems", &["array"]),
    ("properties", &["object"]),
    ("required", &["object"]),
    ("additionalProperties", &["object"]),
    ("allOf", &[]),
    ("oneOf", &[]),
    ("anyOf", &[]),
];

/// The keywords that are a lower and an upper bound of the same thing.
pub(crate) const BOUNDS: &[(&str, &str)] = &[
    ("minLength", "maxLength"),
    ("minimum", "maximum"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
];

/// The keywords that make one schema of several.
pub(crate) const COMPOSITIONS: &[&str] = &["allOf", "oneOf", "anyOf"];

/// A schema directly inside another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Subschema<'a, S> {
    /// The keyword that holds it: `properties`, `items`, `oneOf`.
    pub(crate) keyword: &'static str,
    /// Which of several it is.
    pub(crate) key: SubschemaKey<'a>,
    pub(crate) schema: S,
}

/// Which schema it is of those that a keyword holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum SubschemaKey<'a> {
    /// The keyword holds one schema.
    Only,
    /// The item of a list.
    Index(usize),
    /// The member of a map.
    Name(&'a str),
}

impl<S> Subschema<'_, S> {
    /// What the name of the schema gets after the name of that around it, if it has none of its own; `None` for a part
    /// of an `allOf`, which is no schema by itself.
    pub(crate) fn suffix(&self) -> Option<String> {
        match self.key {
            SubschemaKey::Name(member) => Some(names::member_suffix(member)),
            SubschemaKey::Only => names::keyword_suffix(self.keyword).map(str::to_owned),
            SubschemaKey::Index(index) => {
                (["oneOf", "anyOf"].contains(&self.keyword)).then(|| names::alternative_suffix(index))
            }
        }
    }
}

/// The rule of the grammar for a keyword that holds schemas, if the generator supports it.
fn holder_of_schemas(keyword: &str) -> Option<(&'static str, ValueKind)> {
    let rule = ObjectKind::Schema.grammar().rule(keyword)?;
    (rule.value.holds_schemas() && rule.refusal().is_none()).then_some((rule.key, rule.value))
}

/// The schemas directly inside another, in the order of the document.
pub(crate) fn subschemas(schema: &Node) -> Vec<Subschema<'_, &Node>> {
    let mut found = Vec::new();
    for (key, value) in schema.entries() {
        let Some((keyword, value_kind)) = key.text().and_then(holder_of_schemas) else { continue };
        let mut add = |key, schema| found.push(Subschema { keyword, key, schema });
        match value_kind {
            ValueKind::List(_) => {
                value
                    .items()
                    .iter()
                    .enumerate()
                    .for_each(|(index, item)| add(SubschemaKey::Index(index), item));
            }
            ValueKind::Map(_) => {
                let members = value.entries().iter();
                members.for_each(|(name, member)| {
                    add(SubschemaKey::Name(name.text().unwrap_or_default()), member)
                });
            }
            _ if value.is_mapping() => add(SubschemaKey::Only, value),
            _ => {}
        }
    }
    found
}

/// The schema with every schema directly inside it replaced.
pub(crate) fn map_subschemas(schema: &Node, replace: &mut dyn FnMut(&Node) -> Node) -> Node {
    let entries = schema.entries().iter().map(|(key, value)| {
        let kind = key.text().and_then(holder_of_schemas).map(|(_, kind)| kind);
        let replaced = match (kind, &value.value) {
            (Some(ValueKind::List(_)), Value::Sequence(items)) => {
                Value::Sequence(items.iter().map(&mut *replace).collect())
            }
            (Some(ValueKind::Map(_)), Value::Mapping(members)) => {
                let members = members.iter().map(|(name, member)| (name.clone(), replace(member)));
                Value::Mapping(members.collect())
            }
            (Some(ValueKind::One(_) | ValueKind::FlagOr(_)), Value::Mapping(_)) => {
                return (key.clone(), replace(value));
            }
            _ => return (key.clone(), value.clone()),
        };
        (key.clone(), value.with(replaced))
    });
    if schema.is_mapping() { schema.with(Value::Mapping(entries.collect())) } else { schema.clone() }
}

/// The schemas directly inside another that is JSON, so that they can be changed.
pub(crate) fn json_subschemas_mut(schema: &mut Json) -> Vec<Subschema<'_, &mut Json>> {
    let mut found = Vec::new();
    for (key, value) in schema.as_object_mut().into_iter().flatten() {
        let Some((keyword, value_kind)) = holder_of_schemas(key) else { continue };
        let mut add = |key, schema| found.push(Subschema { keyword, key, schema });
        match (value_kind, value) {
            (ValueKind::List(_), Json::Array(items)) => {
                items.iter_mut().enumerate().for_each(|(index, item)| add(SubschemaKey::Index(index), item));
            }
            (ValueKind::Map(_), Json::Object(members)) => {
                members.iter_mut().for_each(|(name, member)| add(SubschemaKey::Name(name), member));
            }
            (ValueKind::One(_) | ValueKind::FlagOr(_), value @ Json::Object(_)) => {
                add(SubschemaKey::Only, value)
            }
            _ => {}
        }
    }
    found
}

/// Whether the schema becomes a type, which has a text and an example of its own.
pub(crate) fn is_type(schema: &Node) -> bool {
    ["properties", "oneOf", "anyOf", "enum"].iter().any(|key| schema.get(key).is_some())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::source;

    #[test]
    fn both_walks_find_every_schema_that_is_held() {
        let text = "
            properties: {a: {type: string}, b: {type: integer}}
            additionalProperties: {type: boolean}
            items: {type: array}
            oneOf: [{type: number}]
            allOf: [{type: object}]
            x-json-text: {format: x}
            anyOf: [{type: string}]
            example: {properties: {a: {}}}
        ";
        let (tree, _) = source::read("a.yaml", text.as_bytes());
        let tree = tree.unwrap();
        let mut document = tree.to_json();
        let in_yaml: Vec<_> = subschemas(&tree)
            .into_iter()
            .map(|inner| (inner.keyword, inner.key, inner.schema.to_json()))
            .collect();
        let in_json: Vec<_> = json_subschemas_mut(&mut document)
            .into_iter()
            .map(|inner| (inner.keyword, inner.key, inner.schema.clone()))
            .collect();
        assert_eq!(in_yaml, in_json);
        let expected = [
            ("properties", SubschemaKey::Name("a"), json!({"type": "string"})),
            ("properties", SubschemaKey::Name("b"), json!({"type": "integer"})),
            ("additionalProperties", SubschemaKey::Only, json!({"type": "boolean"})),
            ("items", SubschemaKey::Only, json!({"type": "array"})),
            ("oneOf", SubschemaKey::Index(0), json!({"type": "number"})),
            ("allOf", SubschemaKey::Index(0), json!({"type": "object"})),
            ("x-json-text", SubschemaKey::Only, json!({"format": "x"})),
            ("anyOf", SubschemaKey::Index(0), json!({"type": "string"})),
        ];
        assert_eq!(in_json, expected);
    }
}
