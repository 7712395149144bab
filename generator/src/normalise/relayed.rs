//! Gives the objects in a schema with `x-relayed` a place for the members that the spec doesn't list.

use std::collections::BTreeSet;

use serde_json::Value;

use super::structure::{Object, referenced};
use crate::openapi::schema::json_subschemas_mut;

/// Allows further members, which can be anything, in each object that a schema with `x-relayed` is or contains.
pub(super) fn keep_unknown_members(schemas: &mut Object) {
    let is_relayed = |(_, schema): &(&String, &Value)| schema["x-relayed"] == true;
    let mut pending: Vec<String> = schemas.iter().filter(is_relayed).map(|(name, _)| name.clone()).collect();
    let mut done: BTreeSet<String> = BTreeSet::new();
    while let Some(name) = pending.pop() {
        let Some(schema) = schemas.get_mut(&name).filter(|_| done.insert(name)) else { continue };
        if let Some(object) = schema.as_object_mut().filter(|object| object.contains_key("properties")) {
            object.entry("additionalProperties").or_insert(Value::Bool(true));
        }
        find_references(schema, &mut pending);
    }
}

/// Collects the names of the schemas that a schema refers to. References aren't followed, and the checks limit how deep
/// schemas are nested.
fn find_references(schema: &mut Value, found: &mut Vec<String>) {
    found.extend(referenced(schema).map(str::to_owned));
    for inner in json_subschemas_mut(schema) {
        find_references(inner.schema, found);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_a_relayed_schema_contains_keeps_its_members_too() {
        let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let mut schemas = json!({
            "Options": {"x-relayed": true, "properties": {"a": {"items": reference("Inner")}}},
            "Inner": {"properties": {"options": reference("Options"), "form": reference("Form")}},
            "Form": {"oneOf": [reference("Limited"), {"type": "string"}]},
            "Limited": {"properties": {}, "additionalProperties": {"type": "string"}},
            "Other": {"properties": {"options": reference("Options")}},
        });
        keep_unknown_members(schemas.as_object_mut().unwrap());
        let additional = ["Options", "Inner", "Form", "Limited", "Other"]
            .map(|name| schemas[name]["additionalProperties"].to_string());
        assert_eq!(additional, ["true", "true", "null", r#"{"type":"string"}"#, "null"]);
    }
}
