//! Makes an object of the headers that a response declares, so that they become a type like any other.

use serde_json::{Map, Value, json};

use super::structure::Object;
use crate::bundle;
use crate::names;

/// The key of a response under which the reference to the object of its headers stands.
pub(crate) const HEADERS: &str = "x-headers";

/// The headers of a response as the schema of an object.
pub(super) struct HeaderObject<'a> {
    /// The response that declares them.
    pub(super) response: &'a mut Value,
    /// The name that the type gets if it is free.
    pub(super) name: String,
    /// The stem of the file that defines the response.
    pub(super) home: String,
    pub(super) schema: Value,
}

/// The headers of each response of an operation that has any. `id` is the operation's
/// id in Pascal case, and `group` the stem of its file.
pub(super) fn objects_of<'a>(operation: &'a mut Value, id: &str, group: &str) -> Vec<HeaderObject<'a>> {
    let label = operation["operationId"].as_str().unwrap_or_default().to_owned();
    let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
    let statuses: Vec<String> = responses.iter().flat_map(|responses| responses.keys().cloned()).collect();
    let mut found = Vec::new();
    for (status, response) in responses.into_iter().flatten() {
        let declared: Vec<(String, Value)> = declared(status, response);
        if declared.is_empty() {
            continue;
        }
        let shared = response[bundle::COMPONENT].as_str().and_then(|component| component.split_once('#'));
        let (name, home, what) = match shared {
            Some((home, name)) => (names::headers(name), home, format!("the response `{name}`")),
            None => {
                let response = format!("{id}{}", names::response_suffix(status, &statuses));
                (
                    names::headers(&response),
                    group,
                    format!("a response to `{label}` with the status {status}"),
                )
            }
        };
        let text = format!("The headers of {what}. [`RawResponse::typed_headers`] reads them.");
        let schema = object(declared, text);
        let home = home.to_owned();
        found.push(HeaderObject { response, name, home, schema });
    }
    found
}

/// The headers of a response, but for the target of a redirect, which is the response itself.
fn declared(status: &str, response: &Value) -> Vec<(String, Value)> {
    let is_target = |name: &str| status.starts_with('3') && name.eq_ignore_ascii_case("location");
    let headers = response["headers"].as_object().into_iter().flatten();
    let headers = headers.filter(|(name, _)| !is_target(name));
    headers.map(|(name, header)| (name.to_lowercase(), header.clone())).collect()
}

/// The object with the headers as its members. What a header says beside its schema is about the place of the schema.
fn object(declared: Vec<(String, Value)>, description: String) -> Value {
    let is_required = |header: &Value| header["required"] == true;
    let required: Vec<String> =
        declared.iter().filter(|(_, header)| is_required(header)).map(|(name, _)| name.clone()).collect();
    let members: Map<String, Value> =
        declared.into_iter().map(|(name, header)| (name, member(header))).collect();
    json!({"type": "object", "required": required, "properties": members, "description": description})
}

fn member(mut header: Value) -> Value {
    let schema = header.get_mut("schema").map(Value::take).unwrap_or_default();
    let mut member: Object = match schema {
        Value::Object(schema) => schema,
        _ => Object::new(),
    };
    for key in ["description", "deprecated", "example", "x-sensitive"] {
        if let Some(value) = header.get(key) {
            member.insert(key.to_owned(), value.clone());
        }
    }
    Value::Object(member)
}
