//! Removes the components that aren't structures: each is written out wherever it is referred to.

use super::structure::{Object, of_the_place, referenced};
use crate::openapi::schema::json_subschemas_mut;
use serde_json::{Value, json};

/// Replaces every reference to an alias in the schema. Where an alias contains itself, any value is accepted, since an
/// alias has no type that could be named there. The checks refuse aliases that are nested too deep.
pub(super) fn write_out(schema: &mut Value, aliases: &Object) {
    within(schema, aliases, &mut Vec::new());
}

/// `open` are the aliases that are being written out around the schema.
fn within(schema: &mut Value, aliases: &Object, open: &mut Vec<String>) {
    let outside = open.len();
    while let Some(name) = referenced(schema).filter(|name| aliases.contains_key(*name)).map(str::to_owned) {
        let is_open = open.contains(&name);
        let mut replaced = aliases.get(&name).filter(|_| !is_open).cloned().unwrap_or_else(|| json!({}));
        if let (Value::Object(replaced), Some(place)) = (&mut replaced, schema.as_object()) {
            replaced.extend(of_the_place(place));
        }
        *schema = replaced;
        open.push(name);
    }
    for inner in json_subschemas_mut(schema) {
        within(inner.schema, aliases, open);
    }
    open.truncate(outside);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_alias_contains_of_itself_can_be_anything() {
        let aliases = json!({
            "Tree": {"type": "array", "items": {"$ref": "#/components/schemas/Leaf"}},
            "Leaf": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Tree"}},
        });
        let mut schema = json!({"$ref": "#/components/schemas/Tree", "description": "x"});
        write_out(&mut schema, aliases.as_object().unwrap());
        let leaf = json!({"type": "object", "additionalProperties": {}});
        assert_eq!(schema, json!({"type": "array", "items": leaf, "description": "x"}));
    }
}
