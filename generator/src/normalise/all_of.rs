//! Merges each `allOf` into one object.

use serde_json::{Value, json};

use super::structure::{Object, of_the_place, referenced};
use crate::openapi::schema::json_subschemas_mut;

/// Makes one object of each `allOf` in the schema. An `allOf` that only wraps a reference becomes that reference.
pub(super) fn merge_all_of(schema: &mut Value, components: &Object, depth: usize) {
    if depth > 64 {
        return;
    }
    for inner in json_subschemas_mut(schema) {
        merge_all_of(inner.schema, components, depth + 1);
    }
    let Some(object) = schema.as_object_mut() else { return };
    let Some(Value::Array(mut parts)) = object.remove("allOf") else { return };
    if parts.len() == 1 && !object.contains_key("properties") && parts[0].get("$ref").is_some() {
        let reference = parts.remove(0);
        let mut kept = of_the_place(object);
        kept.insert("$ref".to_owned(), reference["$ref"].clone());
        *schema = Value::Object(kept);
        return;
    }
    for part in parts {
        let mut resolved = match referenced(&part) {
            Some(name) => components.get(name).cloned().unwrap_or_default(),
            None => part,
        };
        merge_all_of(&mut resolved, components, depth + 1);
        merge_object(object, resolved);
    }
    object.insert("type".to_owned(), json!("object"));
}

/// Adds the keywords and members of `part` that `object` doesn't have yet, except texts, which describe the part
/// alone.
fn merge_object(object: &mut Object, part: Value) {
    let Value::Object(part) = part else { return };
    for (key, value) in part {
        match (object.get_mut(&key), value) {
            (Some(Value::Object(into)), Value::Object(members)) if key == "properties" => {
                for (name, member) in members {
                    into.entry(name).or_insert(member);
                }
            }
            (Some(Value::Array(into)), Value::Array(names)) if key == "required" => {
                for name in names {
                    if !into.contains(&name) {
                        into.push(name);
                    }
                }
            }
            (Some(_), _) => {}
            (None, _) if ["title", "description", "example", "deprecated"].contains(&key.as_str()) => {}
            (None, value) => {
                object.insert(key, value);
            }
        }
    }
}
