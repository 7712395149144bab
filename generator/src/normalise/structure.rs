//! What a schema in a bundled document is: a reference, a structure, or something without a name.

use serde_json::{Map, Value};

/// A schema, or another object of the document.
pub(super) type Object = Map<String, Value>;

/// What precedes the name of a schema in a reference.
pub(super) const SCHEMAS: &str = "#/components/schemas/";

/// The keywords that describe the place where a schema is used, and so stay there when the schema is replaced.
const OF_THE_PLACE: &[&str] = &[
    "title",
    "description",
    "deprecated",
    "example",
    "default",
    "nullable",
    "readOnly",
    "writeOnly",
    "externalDocs",
    "x-sensitive",
    "x-not-sensitive",
];

/// The member of an object under a key, where the object has few members, as schemas do: to look at each of them takes less
/// time than to hash the key.
pub(crate) fn member<'a>(object: &'a Value, key: &str) -> Option<&'a Value> {
    object.as_object()?.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
}

/// The component that the schema refers to.
pub(crate) fn referenced(schema: &Value) -> Option<&str> {
    member(schema, "$ref")?.as_str()?.strip_prefix(SCHEMAS)
}

/// Whether the schema becomes a Rust item of its own.
pub(crate) fn is_structure(schema: &Value) -> bool {
    // An object without `properties` is a free map, and so is one with no properties that can have others.
    let is_free = || !matches!(schema["additionalProperties"], Value::Null | Value::Bool(false));
    schema.as_object().into_iter().flatten().any(|(key, value)| match (key.as_str(), value) {
        ("properties", Value::Object(members)) => !members.is_empty() || !is_free(),
        ("oneOf", Value::Array(forms)) => !forms.is_empty(),
        ("enum", Value::Array(_)) => true,
        _ => false,
    })
}

/// The keywords of a schema that describe the place where it is used.
pub(super) fn of_the_place(schema: &Object) -> Object {
    schema
        .iter()
        .filter(|(key, _)| OF_THE_PLACE.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}
