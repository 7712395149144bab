//! The declaration of a schema's type.
//!
//! A type that only travels one way can only be written, or only be read. The macro that declares it takes care of
//! that.

use super::macro_call::macro_call;
use super::text::{comment, or_name};
use super::{choices, enums, facts, json, objects, secrets};
use crate::model::{Definition, Object, Schema, Usage};

/// The declarations of the types of a file (`types!`), and of the parts of those types that a `Secret` holds.
pub(super) fn declarations(schemas: &[&Schema]) -> Vec<String> {
    if schemas.is_empty() {
        return Vec::new();
    }
    let mut lines: Vec<String> = Vec::new();
    for schema in schemas {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(declaration(schema));
    }
    let parts = schemas.iter().filter_map(|schema| secrets::parts(schema));
    std::iter::once(macro_call("types", &lines)).chain(parts).collect()
}

/// The declaration of a type. It names the macro that declares types of its kind.
fn declaration(schema: &Schema) -> Vec<String> {
    let mut text =
        facts::behind(&or_name(&schema.description, &schema.schema_name), &facts::of_schema(schema));
    for sentences in handed_on(schema) {
        text.push_str("\n\n");
        text.push_str(&sentences);
    }
    if let Some(example) = schema.example.as_ref().filter(|example| example.is_object() || example.is_array())
    {
        text.push_str(&format!("\n\nExample:\n\n```json\n{}\n```", json::text(example)));
    }
    let mut lines = comment(&text, schema.deprecated, "");
    lines.extend(match &schema.definition {
        Definition::Enum { open, of, values } => enums::lines(&schema.name, *open, *of, values),
        Definition::Choice(alternatives) => {
            choices::lines(&schema.name, choice_kind(&schema.usage), alternatives)
        }
        Definition::Object(object) => {
            objects::lines(&schema.name, object_kind(&schema.usage), object, schema.usage.in_requests)
        }
    });
    lines
}

/// What can be done with a type that is relayed or stored.
fn handed_on(schema: &Schema) -> Vec<String> {
    let mut texts = Vec::new();
    if schema.is_relayed {
        let rest = match &schema.definition {
            Definition::Object(Object { rest: Some(rest), .. }) => {
                format!(" `{}` keeps the members that aren't listed here.", rest.rust)
            }
            _ => String::new(),
        };
        texts.push(format!(
            "It is handed on between the service and a browser: `serde_json` reads it from JSON and writes it as JSON.{rest}"
        ));
    }
    if schema.is_stored {
        texts.push(STORED.to_owned());
    }
    texts
}

const STORED: &str = "It can be stored: `serde_json::to_string` writes it as JSON, and `serde_json::from_str` reads it \
                      back. The JSON holds every secret in plain text, so keep it where you would keep a password.";

/// The macro that declares a choice, by where it travels.
fn choice_kind(usage: &Usage) -> &'static str {
    match (usage.in_requests, usage.in_responses) {
        (true, true) => "request_and_response_choice",
        (true, false) if usage.in_relayed => "readable_request_choice",
        (true, false) => "request_choice",
        (false, _) if usage.in_relayed || usage.in_stored => "writable_response_choice",
        (false, _) => "response_choice",
    }
}

/// The macro that declares an object, by where it travels.
fn object_kind(usage: &Usage) -> &'static str {
    match (usage.is_body, usage.in_requests, usage.in_responses) {
        _ if usage.is_headers => "headers",
        (true, _, true) => "body_and_response",
        (true, _, false) if usage.in_relayed => "readable_body",
        (true, _, false) => "body",
        (false, true, true) => "request_and_response",
        (false, true, false) if usage.in_relayed => "readable_request",
        (false, true, false) => "request",
        (false, false, _) if usage.in_relayed => "relayed_response",
        (false, false, _) if usage.in_stored => "writable_response",
        (false, false, _) => "response",
    }
}
