//! The directions that values travel in, and the members that each leaves out.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::definitions::{Direction, Usage};
use super::json::{entries, flag};

/// The schemas without the members that none of their values has: those that are read-only where only requests contain
/// the schema, and those that are write-only where only responses do. A schema that both contain keeps all.
pub(super) fn prune<'a>(schemas: &'a Value, usage: &BTreeMap<&str, Usage>) -> Cow<'a, Value> {
    let left_out = |name: &str| match usage.get(name) {
        Some(Usage { in_requests: true, in_responses: false, .. }) => Some(Direction::Request.left_out()),
        Some(Usage { in_requests: false, in_responses: true, .. }) => Some(Direction::Response.left_out()),
        _ => None,
    };
    let is_left_out = |(name, schema): (&String, &Value)| {
        left_out(name).is_some_and(|key| entries(&schema["properties"]).any(|(_, member)| flag(member, key)))
    };
    if !entries(schemas).any(is_left_out) {
        return Cow::Borrowed(schemas);
    }
    let mut pruned = schemas.clone();
    for (name, schema) in pruned.as_object_mut().into_iter().flatten() {
        if let Some(key) = left_out(name) {
            leave_out(schema, key);
        }
    }
    Cow::Owned(pruned)
}

/// Takes the members that carry the key out of a schema.
fn leave_out(schema: &mut Value, key: &str) {
    let Some(members) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
    members.retain(|_, member| !flag(member, key));
    let left: BTreeSet<String> = members.keys().cloned().collect();
    if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|name| name.as_str().is_some_and(|name| left.contains(name)));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_direction_leaves_out_its_members() {
        let schema = json!({
            "required": ["id", "name", "pin"],
            "properties": {"id": {"readOnly": true}, "name": {}, "pin": {"writeOnly": true}},
        });
        let schemas = json!({"Sent": schema, "Received": schema, "Both": schema});
        let usage = |in_requests, in_responses| Usage { in_requests, in_responses, ..Usage::default() };
        let usage = BTreeMap::from([
            ("Sent", usage(true, false)),
            ("Received", usage(false, true)),
            ("Both", usage(true, true)),
        ]);
        let pruned = prune(&schemas, &usage);
        assert_eq!(pruned["Sent"]["required"], json!(["name", "pin"]));
        assert_eq!(pruned["Sent"]["properties"], json!({"name": {}, "pin": {"writeOnly": true}}));
        assert_eq!(pruned["Received"]["required"], json!(["id", "name"]));
        assert_eq!(pruned["Received"]["properties"], json!({"id": {"readOnly": true}, "name": {}}));
        assert_eq!(pruned["Both"], schema);
    }
}
