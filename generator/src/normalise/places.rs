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
    /// The end of its name, after the name of the operation, if it is a structure without a name.
    pub(super) suffix: String,
    /// The description of the body or parameter, for a schema without a description.
    pub(super) description: Option<&'a Value>,
    pub(super) schema: &'a mut Value,
}

/// The schemas of an operation's bodies and parameters.
pub(super) fn schemas_of(operation: &mut Value) -> impl Iterator<Item = &mut Value> {
    holders_of(operation).into_iter().flat_map(|(_, holder)| held_by(holder).schemas)
}

/// The same schemas, each with what is needed to name it if it has no name.
pub(super) fn used_schemas_of(operation: &mut Value) -> Vec<UsedSchema<'_>> {
    let holders = holders_of(operation);
    let statuses: Vec<&str> = holders.iter().filter_map(|(role, _)| role.status()).collect();
    let mut used = Vec::new();
    for (role, holder) in holders {
        let Held { name, description, schemas } = held_by(holder);
        let suffix = match role {
            Role::Body => names::REQUEST_SUFFIX.to_owned(),
            Role::Response(status) => names::response_suffix(status, &statuses),
            Role::Parameter => names::member_suffix(name.unwrap_or_default()),
        };
        let schemas = schemas.into_iter();
        used.extend(schemas.map(|schema| UsedSchema { suffix: suffix.clone(), description, schema }));
    }
    used
}

/// What an object with schemas is to an operation.
enum Role<'a> {
    Body,
    /// The response with this status.
    Response(&'a str),
    Parameter,
}

impl<'a> Role<'a> {
    fn status(&self) -> Option<&'a str> {
        match self {
            Self::Response(status) => Some(status),
            Self::Body | Self::Parameter => None,
        }
    }
}

/// The bodies and parameters of an operation.
fn holders_of(operation: &mut Value) -> Vec<(Role<'_>, &mut Value)> {
    let mut found = Vec::new();
    for (key, part) in operation.as_object_mut().into_iter().flatten() {
        match (key.as_str(), part) {
            ("requestBody", body) => found.push((Role::Body, body)),
            ("responses", Value::Object(responses)) => {
                found.extend(
                    responses.iter_mut().map(|(status, response)| (Role::Response(status), response)),
                );
            }
            ("parameters", Value::Array(parameters)) => {
                found.extend(parameters.iter_mut().map(|parameter| (Role::Parameter, parameter)));
            }
            _ => {}
        }
    }
    found
}

/// What a body or parameter holds.
#[derive(Default)]
struct Held<'a> {
    name: Option<&'a str>,
    description: Option<&'a Value>,
    schemas: Vec<&'a mut Value>,
}

fn held_by(holder: &mut Value) -> Held<'_> {
    let mut held = Held::default();
    for (key, part) in holder.as_object_mut().into_iter().flatten() {
        match (key.as_str(), part) {
            ("name", Value::String(name)) => held.name = Some(name),
            ("description", description) => held.description = Some(description),
            ("schema", schema) => held.schemas.push(schema),
            ("content", Value::Object(content)) => {
                held.schemas.extend(content.values_mut().filter_map(|media| media.get_mut("schema")));
            }
            _ => {}
        }
    }
    held
}
