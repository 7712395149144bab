//! Changes the document of a service so that other tools accept it.

use serde_json::Value;

use super::merge::COMPONENT;
use crate::openapi::dialect::has_unicode_classes;
use crate::openapi::kind::{ObjectKind, ValueKind};

/// Changes the parts that other tools don't accept:
///
/// - `x-component`, which says where a response or parameter is defined, is left out;
/// - a pattern with Unicode classes moves to `x-pattern`, since most tools read patterns without the flag `u`;
/// - a reference in `x-json-text` becomes an `x-ref`, since a `$ref` can't stand in an extension.
pub(super) fn export(document: &mut Value) {
    object(ObjectKind::Document, document);
}

fn object(kind: ObjectKind, value: &mut Value) {
    let Some(members) = value.as_object_mut() else { return };
    members.shift_remove(COMPONENT);
    let has_classes = |pattern: &Value| pattern.as_str().is_some_and(has_unicode_classes);
    if kind == ObjectKind::Schema && members.get("pattern").is_some_and(has_classes) {
        rename(members, "pattern", "x-pattern");
    }
    for (key, value) in members.iter_mut() {
        match (kind.grammar().value_of(key), value) {
            (_, held) if key == "x-json-text" => {
                object(ObjectKind::Schema, held);
                rename_references(held);
            }
            (Some(ValueKind::One(kind) | ValueKind::FlagOr(kind)), held) => object(kind, held),
            (Some(ValueKind::List(kind)), Value::Array(items)) => {
                items.iter_mut().for_each(|item| object(kind, item));
            }
            (Some(ValueKind::Map(kind)), Value::Object(items)) => {
                items.values_mut().for_each(|item| object(kind, item));
            }
            _ => {}
        }
    }
}

/// Gives a member another name, at its place.
fn rename(members: &mut serde_json::Map<String, Value>, old: &str, new: &str) {
    let renamed = std::mem::take(members).into_iter();
    members.extend(renamed.map(|(key, value)| (if key == old { new.to_owned() } else { key }, value)));
}

fn rename_references(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if members.get("$ref").is_some_and(Value::is_string) {
                rename(members, "$ref", "x-ref");
            }
            members.values_mut().for_each(rename_references);
        }
        Value::Array(items) => items.iter_mut().for_each(rename_references),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_other_tools_do_not_take_is_changed_and_data_is_not() {
        let example = json!({"pattern": "\\p{L}", "$ref": "x", "x-component": 1});
        let mut document = json!({"components": {"schemas": {"User": {
            "type": "object",
            "properties": {
                "pattern": {"type": "string", "pattern": "^\\p{L}+$", "description": "A name."},
                "code": {"type": "string", "pattern": "^[a-z]$"},
                "held": {"type": "string", "x-json-text": {"type": "array", "items": {"$ref": "#/a"}}},
            },
            "example": example,
        }}}, "paths": {"/a": {"get": {"responses": {"200": {"description": "", "x-component": "common#A"}}}}}});
        export(&mut document);
        let user = &document["components"]["schemas"]["User"];
        let expected = json!({"type": "string", "x-pattern": "^\\p{L}+$", "description": "A name."});
        assert_eq!(user["properties"]["pattern"].to_string(), expected.to_string());
        assert_eq!(user["properties"]["code"]["pattern"], "^[a-z]$");
        assert_eq!(user["properties"]["held"]["x-json-text"]["items"], json!({"x-ref": "#/a"}));
        assert_eq!(user["example"], example);
        assert_eq!(document["paths"]["/a"]["get"]["responses"]["200"], json!({"description": ""}));
    }
}
