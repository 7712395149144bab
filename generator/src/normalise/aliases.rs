//! Removes the components that aren't structures: each is written out wherever it is referred to.

use super::structure::{Object, of_the_place, referenced};
use crate::openapi::schema::json_subschemas_mut;
use serde_json::Value;

/// Replaces every reference to an alias in the schema. The recursion ends, because the checks refuse aliases that contain
/// themselves and those that are nested too deep.
pub(super) fn write_out(schema: &mut Value, aliases: &Object) {
    while let Some(alias) = referenced(schema).and_then(|name| aliases.get(name)) {
        let mut replaced = alias.clone();
        if let (Value::Object(replaced), Some(place)) = (&mut replaced, schema.as_object()) {
            replaced.extend(of_the_place(place));
        }
        *schema = replaced;
    }
    for inner in json_subschemas_mut(schema) {
        write_out(inner.schema, aliases);
    }
}
