//! The places in a document where schemas are used.

use serde_json::Value;

use crate::names;
use crate::openapi::grammar::is_method;

/// The operations of a document, path by path, in their order.
pub(super) fn operations_mut(document: &mut Value) -> impl Iterator<Item = &mut Value> {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut).into_iter().flatten();
    paths
        .filter_map(|(_, item)| item.as_object_mut())
        .flatten()
        .filter(|(key, _)| is_method(key))
        .map(|(_, operation)| operation)
}

/// The schema of a body or parameter, where it is used.
pub(super) struct UsedSchema<'a> {
    /// What its name gets after the name of the operation, if it is a structure without a name.
    pub(super) suffix: String,
    /// The description of the body or parameter, for a schema without a description.
    pub(super) description: Option<Value>,
    pub(super) schema: &'a mut Value,
}

/// The schemas of an operation's bodies and parameters.
pub(super) fn schemas_of(operation: &mut Value) -> Vec<UsedSchema<'_>> {
    let mut found = Vec::new();
    for (key, part) in operation.as_object_mut().into_iter().flatten() {
        match (key.as_str(), part) {
            ("requestBody", body) => found.extend(held_by(body, names::REQUEST_SUFFIX.to_owned())),
            ("responses", Value::Object(responses)) => {
                let statuses: Vec<String> = responses.keys().cloned().collect();
                for (status, response) in responses {
                    found.extend(held_by(response, names::response_suffix(status, &statuses)));
                }
            }
            ("parameters", Value::Array(parameters)) => {
                for parameter in parameters {
                    let suffix = names::member_suffix(parameter["name"].as_str().unwrap_or_default());
                    found.extend(held_by(parameter, suffix));
                }
            }
            _ => {}
        }
    }
    found
}

/// The schemas of one body or parameter.
fn held_by(holder: &mut Value, suffix: String) -> Vec<UsedSchema<'_>> {
    let description = holder.get("description").cloned();
    let mut schemas = Vec::new();
    for (key, part) in holder.as_object_mut().into_iter().flatten() {
        match (key.as_str(), part) {
            ("schema", schema) => schemas.push(schema),
            ("content", Value::Object(content)) => {
                schemas.extend(content.values_mut().filter_map(|media| media.get_mut("schema")))
            }
            _ => {}
        }
    }
    let found = schemas.into_iter();
    found
        .map(|schema| UsedSchema { suffix: suffix.clone(), description: description.clone(), schema })
        .collect()
}
