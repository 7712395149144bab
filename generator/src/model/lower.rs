//! Prepares the document that progenitor makes types of.
//!
//! progenitor is asked for one thing: the Rust type of every schema, and of every parameter, body and response. So the
//! document has schemas only: those of the spec, and one whose members are the values that operations send and receive (see
//! [`ValuesOfOperations`]). It keeps of a schema only what decides the Rust type. So many of these values are the same, and
//! so are many members of one object; each different one stands there once.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::json::{entries, list, media, parameter_schema};
use super::paths::PathOperation;
use super::responses;
use crate::names::{self, ValuesOfOperations};
use crate::normalise::member;
use crate::openapi::media_type::MediaKind;

/// What progenitor is given.
pub(super) struct Lowered {
    pub(super) document: Value,
    /// For each object the members that stand for its members, in their order.
    pub(super) members: BTreeMap<String, Vec<String>>,
    /// For each operation its values, each with the member that stands for it.
    pub(super) values: Vec<BTreeMap<String, String>>,
}

/// Prepares the schemas of the spec that are used, by their names, and what the operations send and receive.
pub(super) fn lower<'a>(
    used: impl Iterator<Item = (&'a str, &'a Value)>,
    operations: &[PathOperation<'_>],
    name: &ValuesOfOperations,
) -> Lowered {
    let mut schemas = Map::new();
    let mut members = BTreeMap::new();
    for (name, schema) in used {
        let lowered = if schema["properties"].is_object() {
            let (object, of_object) = object(schema);
            members.insert(name.to_owned(), of_object);
            object
        } else {
            bare(schema)
        };
        schemas.insert(name.to_owned(), lowered);
    }
    let mut distinct = Distinct::default();
    let values = operations.iter().map(|operation| {
        let values = values_of(operation).into_iter();
        values.map(|(value, schema)| (value, distinct.member(schema, true))).collect()
    });
    let values = values.collect();
    if !distinct.members.is_empty() {
        schemas.insert(name.schema().to_owned(), Value::Object(distinct.into_object()));
    }
    let components = Map::from_iter([("schemas".to_owned(), Value::Object(schemas))]);
    let document = Value::Object(Map::from_iter([
        ("openapi".to_owned(), json!("3.0.3")),
        ("info".to_owned(), json!({"title": "", "version": ""})),
        ("paths".to_owned(), json!({})),
        ("components".to_owned(), Value::Object(components)),
    ]));
    Lowered { document, members, values }
}

/// Members of an object that differ in what decides their types.
#[derive(Default)]
struct Distinct {
    members: Map<String, Value>,
    required: Vec<Value>,
    /// The name of each member, by its schema as JSON and whether it is required.
    names: BTreeMap<(String, bool), String>,
}

impl Distinct {
    /// The member with this schema.
    fn member(&mut self, schema: Value, is_required: bool) -> String {
        let Self { members, required, names } = self;
        let name = names.entry((schema.to_string(), is_required)).or_insert_with(|| {
            let name = names::distinct_value(members.len());
            members.insert(name.clone(), schema);
            required.extend(is_required.then(|| Value::String(name.clone())));
            name
        });
        name.clone()
    }

    /// The object that has these members.
    fn into_object(self) -> Map<String, Value> {
        Map::from_iter([
            ("type".to_owned(), json!("object")),
            ("required".to_owned(), Value::Array(self.required)),
            ("properties".to_owned(), Value::Object(self.members)),
        ])
    }
}

/// An object with one member for each different type, and for each member of `schema` the name of the one that stands for
/// it.
fn object(schema: &Value) -> (Value, Vec<String>) {
    let required: BTreeSet<&str> = list(&schema["required"]).filter_map(Value::as_str).collect();
    let mut distinct = Distinct::default();
    let members = entries(&schema["properties"]);
    let members =
        members.map(|(name, member)| distinct.member(bare(member), required.contains(name.as_str())));
    let members: Vec<String> = members.collect();
    let mut object = distinct.into_object();
    match schema.get("additionalProperties") {
        // Otherwise an object without members would be a free map.
        None | Some(Value::Bool(false)) if members.is_empty() => {
            object.insert("additionalProperties".to_owned(), Value::Bool(false));
        }
        None | Some(Value::Bool(false)) => {}
        Some(others) => {
            object.insert("additionalProperties".to_owned(), bare_or_bool(others));
        }
    }
    (Value::Object(object), members)
}

/// The schemas of an operation's parameters, body and JSON responses.
fn values_of(operation: &PathOperation<'_>) -> Map<String, Value> {
    let mut found = Map::new();
    let PathOperation { method, source: operation, .. } = *operation;
    for (index, parameter) in list(&operation["parameters"]).enumerate() {
        found.insert(names::parameter_value(index), bare(parameter_schema(parameter)));
    }
    if let Some((MediaKind::Json | MediaKind::Form | MediaKind::Multipart, body)) =
        media(&operation["requestBody"])
    {
        found.insert(names::body_value(), bare(&body["schema"]));
    }
    for success in responses::successes(method, &operation["responses"]) {
        if let Some(schema) = success.json_schema() {
            found.insert(names::response_value(success.key), bare(schema));
        }
    }
    found
}

/// The part of a schema that decides its Rust type.
fn bare(schema: &Value) -> Value {
    if let Some(reference) = member(schema, "$ref") {
        return json!({"$ref": reference});
    }
    // What the string holds is a type; that it stands in a string is known to the model.
    if let Some(held) = member(schema, "x-json-text") {
        return bare(held);
    }
    // The model knows the values of an enum. Here it is only a type of its own.
    if member(schema, "enum").is_some_and(Value::is_array) {
        return json!({"type": "string", "enum": ["Value"]});
    }
    if let Some(forms) = member(schema, "oneOf").and_then(Value::as_array) {
        return one_of(forms);
    }
    if schema["type"] == "integer" && schema["format"].as_str().is_some_and(is_longer) {
        return json!({});
    }
    let mut kept = Map::new();
    for (key, value) in entries(schema) {
        let value = match (key.as_str(), value) {
            ("type", value) => value.clone(),
            ("format", Value::String(format)) if decides_type(format) => value.clone(),
            ("items", value) => bare(value),
            ("additionalProperties", Value::Bool(false)) => continue,
            ("additionalProperties", value) => bare_or_bool(value),
            _ => continue,
        };
        kept.insert(key.clone(), value);
    }
    Value::Object(kept)
}

/// A choice as an object with a member for each form. progenitor makes the types of the forms, and the model knows the enum
/// that they become.
fn one_of(forms: &[Value]) -> Value {
    let forms = forms.iter().enumerate().map(|(index, form)| (names::form_value(index), bare(form)));
    let forms: Map<String, Value> = forms.collect();
    let required: Value = forms.keys().cloned().collect();
    json!({"type": "object", "required": required, "properties": forms})
}

fn bare_or_bool(schema: &Value) -> Value {
    if schema.is_boolean() { schema.clone() } else { bare(schema) }
}

/// The formats of integers that may be longer than 64 bits, which no integer type of the model can hold.
fn is_longer(format: &str) -> bool {
    matches!(format, "int128" | "uint128" | "int256" | "uint256" | "bigint" | "big-integer" | "biginteger")
}

/// The formats that choose between Rust's numbers, and that of times.
fn decides_type(format: &str) -> bool {
    matches!(format, "int32" | "int64" | "uint64" | "float" | "double" | "date-time")
}
