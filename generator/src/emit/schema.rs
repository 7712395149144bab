//! The declaration of a schema's type.
//!
//! A type that only travels one way can only be written, or only be read. The macro that declares it takes care of
//! that.

use super::macro_call::macro_call;
use super::text::{comment, or_name};
use super::{choices, enums, facts, json, objects, secrets};
use crate::model::{Definition, Schema, Usage};

/// The declarations of the types of a file (`types!`), and of what those consist of that a `Secret` holds.
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
    if let Some(example) = schema.example.as_ref().filter(|example| example.is_object() || example.is_array())
    {
        text.push_str(&format!("\n\nExample:\n\n```json\n{}\n```", json::text(example)));
    }
    let mut lines = comment(&text, schema.deprecated, "");
    lines.extend(match &schema.definition {
        Definition::Enum { open, values } => {
            let kind = if *open { "open_enum" } else { "closed_enum" };
            enums::lines(&schema.name, kind, values)
        }
        Definition::Choice(alternatives) => {
            choices::lines(&schema.name, choice_kind(&schema.usage), alternatives)
        }
        Definition::Object(object) => {
            objects::lines(&schema.name, object_kind(&schema.usage), object, schema.usage.in_requests)
        }
    });
    lines
}

/// The macro that declares a choice, by where it travels.
fn choice_kind(usage: &Usage) -> &'static str {
    match (usage.in_requests, usage.in_responses) {
        (true, true) => "request_and_response_choice",
        (true, false) => "request_choice",
        (false, _) => "response_choice",
    }
}

/// The macro that declares an object, by where it travels.
fn object_kind(usage: &Usage) -> &'static str {
    match (usage.is_body, usage.in_requests, usage.in_responses) {
        _ if usage.is_headers => "headers",
        (true, _, true) => "body_and_response",
        (true, _, false) => "body",
        (false, true, true) => "request_and_response",
        (false, true, false) => "request",
        (false, false, _) => "response",
    }
}
