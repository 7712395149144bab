//! Prepares the document that progenitor accepts.
//!
//! progenitor is asked for what it does best: the Rust type of every schema, and the name, arguments and response
//! of every operation. What it refuses or gets wrong is taken out here, and comes back from the model when the
//! operations are rewritten:
//!
//! - failures and further responses of an operation; each further response becomes an operation of its own, whose only
//!   purpose is its response's type (see [`response_operation`]);
//! - redirects, which become answers without content;
//! - parameter styles, `content` parameters and body media types, which all become the plain form;
//! - parameter names, of which progenitor would rename or drop some (see [`argument`]);
//! - limits, formats and defaults, which would become types and crates that no caller wants.

use openapiv3::OpenAPI;
use serde_json::{Map, Value, json};

use crate::fault::Fault;
use crate::model::{Api, Content, Operation, Place, Response};

/// The id of the operation that only gives the type of the response with this status.
pub(crate) fn response_operation(id: &str, status: u16) -> String {
    format!("{id}_response_{status}")
}

/// The name under which an operation's parameter with this index is rendered. No two of them are the same name in
/// Rust, or that of the body.
pub(crate) fn argument(index: usize) -> String {
    format!("argument_{index}")
}

/// Lowers a normalised document, whose model is `api`.
pub(crate) fn lower(document: &Value, api: &Api) -> Result<OpenAPI, Fault> {
    let mut paths = Map::new();
    for operation in &api.operations {
        let source = &document["paths"][&operation.path][operation.method.to_lowercase()];
        for (path, method, lowered) in lower_operation(operation, source) {
            let item = paths.entry(path).or_insert_with(|| json!({}));
            item[method] = lowered;
        }
    }
    let schemas: Map<String, Value> = document["components"]["schemas"]
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, _)| api.types.contains_key(*name))
        .map(|(name, schema)| (name.clone(), bare(schema)))
        .collect();
    serde_json::from_value(json!({
        "openapi": "3.0.3",
        "info": {"title": "", "version": ""},
        "paths": paths,
        "components": {"schemas": schemas},
    }))
    .map_err(|error| {
        let what = format!("the lowered document is no OpenAPI: {error}");
        Fault::without_location(
            "openapi",
            what,
            "report this with the spec: a check should have found it first",
        )
    })
}

/// The operation itself, and one for each response after the first that carries content.
fn lower_operation(operation: &Operation, source: &Value) -> Vec<(String, String, Value)> {
    let mut carrying = operation.responses.iter().filter(|response| carries(response));
    let first = carrying.next();
    let mut main = json!({
        "operationId": operation.id,
        "parameters": list(&source["parameters"]).enumerate().map(parameter).collect::<Vec<_>>(),
        "responses": response(first, source),
    });
    if let Some((_, media)) =
        source.pointer("/requestBody/content").and_then(Value::as_object).and_then(|c| c.iter().next())
    {
        main["requestBody"] = json!({
            "required": true,
            "content": {"application/json": {"schema": bare(&media["schema"])}},
        });
    }
    let mut lowered = vec![(path(operation), operation.method.to_lowercase(), main)];
    for further in carrying {
        let id = response_operation(&operation.id, further.status);
        let typed = json!({"operationId": id, "responses": response(Some(further), source)});
        lowered.push((format!("/{id}"), "get".to_owned(), typed));
    }
    lowered
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// The path with the names that its parameters have here.
fn path(operation: &Operation) -> String {
    let in_path =
        operation.parameters.iter().enumerate().filter(|(_, parameter)| parameter.place == Place::Path);
    in_path.fold(operation.path.clone(), |path, (index, parameter)| {
        path.replace(&format!("{{{}}}", parameter.name), &format!("{{{}}}", argument(index)))
    })
}

fn carries(response: &Response) -> bool {
    matches!(response.content, Content::Json | Content::Text)
}

fn response(response: Option<&Response>, source: &Value) -> Value {
    let Some(response) = response else {
        return json!({"204": {"description": ""}});
    };
    let content = &source["responses"][response.status.to_string()]["content"];
    let schema = match (response.content, content.as_object().and_then(|content| content.values().next())) {
        (Content::Json, Some(media)) => bare(&media["schema"]),
        _ => json!({"type": "string"}),
    };
    json!({"200": {"description": "", "content": {"application/json": {"schema": schema}}}})
}

fn parameter((index, source): (usize, &Value)) -> Value {
    let media = source["content"].as_object().and_then(|content| content.values().next());
    json!({
        "name": argument(index),
        "in": source["in"],
        "required": source["required"].as_bool().unwrap_or_default(),
        "schema": bare(media.map_or(&source["schema"], |media| &media["schema"])),
    })
}

/// What of a schema decides its Rust type.
fn bare(schema: &Value) -> Value {
    if let Some(reference) = schema.get("$ref") {
        return json!({"$ref": reference});
    }
    // What the string holds decides, and the pass `json_text` says that it stands in a string.
    if let Some(held) = schema.get("x-json-text") {
        return bare(held);
    }
    let mut kept = Map::new();
    for (key, value) in schema.as_object().into_iter().flatten() {
        let value = match (key.as_str(), value) {
            ("type" | "enum" | "required", value) => value.clone(),
            ("format", Value::String(format)) if is_width(format) => value.clone(),
            ("items", value) => bare(value),
            ("additionalProperties", Value::Bool(false)) => continue,
            ("additionalProperties", value) => bare_or_bool(value),
            ("properties", Value::Object(members)) => {
                Value::Object(members.iter().map(|(name, member)| (name.clone(), bare(member))).collect())
            }
            ("oneOf" | "anyOf", Value::Array(parts)) => {
                kept.insert("oneOf".to_owned(), parts.iter().map(bare).collect());
                continue;
            }
            _ => continue,
        };
        kept.insert(key.clone(), value);
    }
    if kept.contains_key("oneOf") {
        kept.remove("type");
    }
    let is_empty = kept.get("properties").and_then(Value::as_object).is_some_and(Map::is_empty);
    if is_empty && !kept.contains_key("additionalProperties") {
        // Or else it would be a free map.
        kept.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
    Value::Object(kept)
}

fn bare_or_bool(schema: &Value) -> Value {
    if schema.is_boolean() { schema.clone() } else { bare(schema) }
}

/// The formats that choose between Rust's numbers.
fn is_width(format: &str) -> bool {
    matches!(format, "int32" | "int64" | "float" | "double")
}
