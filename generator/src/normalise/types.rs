//! Makes each schema name its type, and removes keywords that say something about another type.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::structure::Object;
use crate::openapi::schema::{COMPOSITIONS, KEYWORDS};

/// Adds the type to a schema that only shows it by its other keywords, and removes the keywords of other types.
pub(super) fn complete(schema: &mut Object) {
    let is_empty = |value: &Value| value.as_array().is_none_or(Vec::is_empty);
    schema.retain(|key, value| !COMPOSITIONS.contains(&key.as_str()) || !is_empty(value));
    require_members(schema);
    if COMPOSITIONS.iter().any(|key| schema.contains_key(*key)) || schema.contains_key("x-json-text") {
        return;
    }
    let given = schema.get("type").and_then(Value::as_str).map(str::to_owned);
    let Some(kind) = given.or_else(|| shown_type(schema).map(str::to_owned)) else {
        schema.remove("required");
        return;
    };
    schema.insert("type".to_owned(), json!(kind));
    let is_about_another = |key: &String| {
        let keyword = KEYWORDS.iter().find(|(keyword, _)| keyword == key);
        keyword.is_some_and(|(_, types)| !types.contains(&kind.as_str()))
    };
    schema.retain(|key, _| !is_about_another(key));
    if kind == "array" && !schema.get("items").is_some_and(Value::is_object) {
        schema.insert("items".to_owned(), json!({}));
    }
}

/// Requires of an object only members that it lists, each once.
fn require_members(schema: &mut Object) {
    let Some(members) = schema.get("properties").and_then(Value::as_object) else { return };
    let mut listed: Vec<Value> = Vec::new();
    let mut seen = BTreeSet::new();
    for name in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
        let is_member = |name: &&str| members.contains_key(*name);
        if name.as_str().filter(is_member).is_some_and(|name| seen.insert(name)) {
            listed.push(name.clone());
        }
    }
    if let Some(required) = schema.get_mut("required") {
        *required = Value::Array(listed);
    }
}

/// The type that the keywords of a schema are about.
fn shown_type(schema: &Object) -> Option<&'static str> {
    let has = |key: &str| schema.contains_key(key);
    if has("properties") || has("additionalProperties") {
        Some("object")
    } else if has("items") {
        Some("array")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_is_what_the_keywords_are_about() {
        let cases = [
            (json!({"properties": {"a": {}}}), json!({"type": "object", "properties": {"a": {}}})),
            (json!({"items": {}, "minLength": 1}), json!({"type": "array", "items": {}})),
            (json!({"type": "array"}), json!({"type": "array", "items": {}})),
            (json!({"required": ["a"], "description": "x"}), json!({"description": "x"})),
            (
                json!({"type": "string", "properties": {}, "minLength": 1}),
                json!({"type": "string", "minLength": 1}),
            ),
            (json!({"oneOf": [], "items": {}}), json!({"type": "array", "items": {}})),
            (json!({"oneOf": [{}], "items": {}}), json!({"oneOf": [{}], "items": {}})),
            (
                json!({"properties": {"a": {}}, "required": ["b", "a", "a"]}),
                json!({"type": "object", "properties": {"a": {}}, "required": ["a"]}),
            ),
        ];
        for (mut schema, expected) in cases {
            complete(schema.as_object_mut().unwrap());
            assert_eq!(schema, expected);
        }
    }
}
