//! Converts OpenAPI 3.1 to OpenAPI 3.0.3. Documents that say they are in 3.0 often use keywords of 3.1, too.

use serde_json::{Value as Json, json};

use super::edit::visit;
use super::formats;
use super::notes::Notes;
use crate::openapi::dialect::has_unicode_classes;
use crate::openapi::kind::ObjectKind;
use crate::source::{Node, Value};

pub(super) fn convert(document: &mut Node, notes: &mut Notes) {
    let is_newer = formats::is_in_3_1(document);
    if let Some(dialect) = document.remove("jsonSchemaDialect") {
        notes.add(&dialect, "left out `jsonSchemaDialect`, which OpenAPI 3.0 doesn't have", "");
    }
    let webhooks = document.remove("webhooks");
    for (name, _) in webhooks.as_ref().map(Node::entries).unwrap_or_default() {
        notes.add(name, "left out a webhook: it is no request of a client", name.text().unwrap_or_default());
    }
    if let Some(components) = document.get_mut("components") {
        components.remove("pathItems");
    }
    document.set_json("openapi", &json!("3.0.3"));
    visit(ObjectKind::Document, document, &mut |kind, node| {
        if kind == ObjectKind::Schema {
            schema(node, is_newer, notes);
        } else if node.get("$ref").is_some() {
            // The keys beside the reference are texts for this place only.
            only_reference(node);
        }
    });
}

fn only_reference(node: &mut Node) {
    if let Some(entries) = node.entries_mut() {
        entries.retain(|(key, _)| key.text() == Some("$ref"));
    }
}

/// The keys of JSON Schema that OpenAPI 3.0 can't say.
const LOST: &[&str] = &[
    "$anchor",
    "$dynamicAnchor",
    "$dynamicRef",
    "contains",
    "contentSchema",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "maxContains",
    "minContains",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// The keys that say nothing about values.
const SILENT: &[&str] = &["$comment", "$defs", "definitions", "$id", "$schema", "$vocabulary"];

fn schema(node: &mut Node, is_newer: bool, notes: &mut Notes) {
    if let Value::Bool(allows) = node.value {
        if !allows {
            notes.add(node, "took a schema that allows nothing for any JSON", "");
        }
        *node = node.made_from_json(&json!({}));
    }
    SILENT.iter().for_each(|key| _ = node.remove(key));
    if node.get("$ref").is_some() {
        beside_reference(node, is_newer);
    }
    if node.get("$ref").is_some() {
        return;
    }
    constant(node);
    types(node);
    null_among_choices(node);
    limits(node);
    content(node, notes);
    if let Some(pattern) = node.remove("patternProperties") {
        notes.add(&pattern, "took members that a pattern names for a map", "");
        let mut values = pattern.entries().iter().map(|(_, value)| value.clone());
        let value = match (values.next(), values.next()) {
            (Some(only), None) => only,
            _ => node.made_from(Value::Bool(true)),
        };
        if node.get("additionalProperties").is_none_or(|additional| additional.is_flag(false)) {
            node.set("additionalProperties", value);
        }
    }
    if node.get("prefixItems").is_some() {
        node.set_if_absent("type", &json!("array"));
        node.set_json("items", &json!({}));
    }
    if let Some(examples) = node.remove("examples")
        && let Some(first) = examples.items().first()
        && node.get("example").is_none()
    {
        node.set("example", first.clone());
    }
    unicode_pattern(node);
    beside_all_of(node);
    for key in LOST {
        if let Some(lost) = node.remove(key) {
            notes.add(&lost, "left out what OpenAPI 3.0 can't say", format!("`{key}`"));
        }
    }
}

/// Other tools refuse a class of Unicode in a `pattern`.
fn unicode_pattern(node: &mut Node) {
    if node.text_of("pattern").is_some_and(has_unicode_classes)
        && let Some(pattern) = node.remove("pattern")
    {
        node.set("x-pattern", pattern);
    }
}

/// OpenAPI 3.0 ignores the keys beside a reference, so they are left out there; in 3.1 they count.
fn beside_reference(node: &mut Node, is_newer: bool) {
    let mut entries = node.entries().to_vec();
    let Some(index) = entries.iter().position(|(key, _)| key.text() == Some("$ref")) else { return };
    if entries.len() == 1 {
        return;
    }
    let reference = entries.remove(index);
    if !is_newer {
        return only_reference(node);
    }
    let reference = node.with(Value::Mapping(vec![reference]));
    let mut whole = node.with(Value::Mapping(entries));
    let parts = whole.made_from(Value::Sequence(vec![reference]));
    match whole.get_mut("allOf").and_then(Node::items_mut) {
        Some(known) => known.extend(parts.items().to_vec()),
        None => whole.set("allOf", parts),
    }
    *node = whole;
}

/// Moves the keys beside an `allOf` that limit values into a part of it. The meaning is the same, and all limits stand in
/// one place.
fn beside_all_of(node: &mut Node) {
    const BESIDE: &[&str] = &[
        "description",
        "nullable",
        "readOnly",
        "writeOnly",
        "deprecated",
        "example",
        "default",
        "title",
        "externalDocs",
        "xml",
        "allOf",
    ];
    if node.get("allOf").is_none_or(|parts| parts.items().is_empty()) {
        return;
    }
    let entries = node.entries().iter();
    let (kept, joined): (Vec<_>, Vec<_>) = entries
        .cloned()
        .partition(|(key, _)| key.text().is_some_and(|key| BESIDE.contains(&key) || key.starts_with("x-")));
    // If only a `type` is left, the parts say the same.
    let says_more = joined.iter().any(|(key, _)| key.text() != Some("type"));
    let mut whole = node.with(Value::Mapping(kept));
    let mut part = node.made_from(Value::Mapping(joined));
    if ["properties", "required", "additionalProperties"].iter().any(|key| part.get(key).is_some()) {
        part.set_if_absent("type", &json!("object"));
    }
    if let Some(parts) = whole.get_mut("allOf").and_then(Node::items_mut).filter(|_| says_more) {
        parts.push(part);
    }
    *node = whole;
}

fn constant(node: &mut Node) {
    let Some(value) = node.remove("const") else { return };
    let name = match value.value {
        Value::String(_) => Some("string"),
        Value::Bool(_) => Some("boolean"),
        Value::Integer(_) => Some("integer"),
        Value::Float(_) => Some("number"),
        _ => None,
    };
    if let Some(name) = name {
        node.set_if_absent("type", &json!(name));
    }
    let list = value.made_from(Value::Sequence(vec![value.clone()]));
    if node.get("enum").is_none() {
        node.set("enum", list);
    }
}

/// The keywords of each type, which stay with their type when a schema of several types becomes a choice.
const KEYWORDS: &[(&str, &[&str])] = &[
    (
        "string",
        &["format", "pattern", "minLength", "maxLength", "enum", "contentMediaType", "contentEncoding"],
    ),
    ("integer", &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
    ("number", &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
    ("array", &["items", "minItems", "maxItems", "uniqueItems", "prefixItems"]),
    (
        "object",
        &[
            "properties",
            "required",
            "additionalProperties",
            "patternProperties",
            "minProperties",
            "maxProperties",
        ],
    ),
];

/// A list of types becomes one type that can be null, or a choice.
fn types(node: &mut Node) {
    if node.text_of("type") == Some("null") {
        node.remove("type");
        node.set_json("nullable", &json!(true));
    }
    let Some(list) = node.get("type").filter(|types| types.is_sequence()).cloned() else { return };
    let names: Vec<&str> =
        list.items().iter().filter_map(Node::text).filter(|name| *name != "null").collect();
    if names.len() < list.items().len() {
        node.set_json("nullable", &json!(true));
        if let Some(values) = node.get_mut("enum").and_then(Node::items_mut) {
            values.retain(|value| !matches!(value.value, Value::Null));
        }
    }
    match names.as_slice() {
        [] => _ = node.remove("type"),
        [only] => node.set_json("type", &json!(only)),
        several => {
            let alternatives = several.iter().map(|name| alternative(node, name)).collect();
            let alternatives = node.made_from(Value::Sequence(alternatives));
            node.remove("type");
            for (_, keywords) in KEYWORDS {
                keywords.iter().for_each(|key| _ = node.remove(key));
            }
            if node.get("oneOf").is_none() && node.get("anyOf").is_none() {
                node.set("anyOf", alternatives);
            }
        }
    }
}

/// The schema of one of several types.
fn alternative(node: &Node, name: &str) -> Node {
    let mut made = node.made_from(Value::Mapping(Vec::new()));
    made.set_json("type", &json!(name));
    let keywords = KEYWORDS.iter().find(|(known, _)| *known == name).map(|(_, keywords)| *keywords);
    for key in keywords.unwrap_or_default() {
        if let Some(value) = node.get(key) {
            made.set(key, value.clone());
        }
    }
    if name == "array" && made.get("items").is_none() {
        made.set_json("items", &json!({}));
    }
    made
}

/// A choice with null becomes a choice that can be null.
fn null_among_choices(node: &mut Node) {
    let is_null = |part: &Node| match part.get("type") {
        Some(kind) => kind.text() == Some("null"),
        None => {
            let values = part.get("enum").map(Node::items).unwrap_or_default();
            let constant = part.get("const").map(|value| &value.value);
            matches!(constant, Some(Value::Null))
                || (values.len() == 1 && values.iter().all(|value| matches!(value.value, Value::Null)))
        }
    };
    for key in ["oneOf", "anyOf"] {
        let Some(parts) = node.get_mut(key).and_then(Node::items_mut) else { continue };
        let before = parts.len();
        parts.retain(|part| !is_null(part));
        if parts.len() == before {
            continue;
        }
        let left = parts.clone();
        node.set_json("nullable", &json!(true));
        match left.as_slice() {
            [] => _ = node.remove(key),
            [only] => {
                node.remove(key);
                let parts = node.made_from(Value::Sequence(vec![only.clone()]));
                if node.get("allOf").is_none() {
                    node.set("allOf", parts);
                }
            }
            _ => {}
        }
    }
}

/// An exclusive bound that is a number of its own becomes a bound with a flag.
fn limits(node: &mut Node) {
    for (exclusive, bound, is_lower) in
        [("exclusiveMinimum", "minimum", true), ("exclusiveMaximum", "maximum", false)]
    {
        let Some(limit) = node.get(exclusive).filter(|limit| limit.number().is_some()).cloned() else {
            continue;
        };
        let other = node.get(bound).and_then(Node::number);
        let number = limit.number().unwrap_or_default();
        let is_narrower = other.is_none_or(|other| if is_lower { number >= other } else { number <= other });
        if is_narrower {
            node.set(bound, limit);
            node.set_json(exclusive, &json!(true));
        } else {
            node.remove(exclusive);
        }
    }
}

/// The encoding and the media type of a text become a format, as OpenAPI 3.0 has it.
fn content(node: &mut Node, notes: &mut Notes) {
    let encoding = node.remove("contentEncoding");
    let media_type = node.remove("contentMediaType");
    let format = match (&encoding, &media_type) {
        (Some(encoding), _) if encoding.text().is_some_and(|text| text.starts_with("base64")) => "byte",
        (None, Some(media_type)) if media_type.text() == Some("application/octet-stream") => "binary",
        (None, None) => return,
        _ => {
            for lost in encoding.iter().chain(&media_type) {
                notes.add(lost, "left out what OpenAPI 3.0 can't say", Json::to_string(&lost.to_json()));
            }
            return;
        }
    };
    node.set_if_absent("type", &json!("string"));
    node.set_if_absent("format", &json!(format));
}
