//! The values of an enum are of its type. An enum that a response can contain is open, because a server can get new values before
//! its clients know them.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::words::suggest;
use crate::fault::Fault;
use crate::openapi::kind::ObjectKind;
use crate::openapi::schema::subschemas;
use crate::openapi::survey::Survey;
use crate::source::{Node, Value};

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for site in survey.of_kind(ObjectKind::Schema) {
        if let Some(values) = site.node.get("enum") {
            check_values(values, site.node, faults);
        }
    }
    check_open(survey, faults);
    for site in survey.of_kind(ObjectKind::Response) {
        check_error_codes(survey, site.node, faults);
    }
}

fn check_values(values: &Node, schema: &Node, faults: &mut Vec<Fault>) {
    if values.is_sequence() && values.items().is_empty() {
        faults.push(values.fault("enum-value", "the enum has no values", "list them, or delete the line"));
    }
    let (kind, is_nullable) = (schema.text_of("type"), schema.is_true("nullable"));
    let mut seen: BTreeSet<Cow<'_, str>> = BTreeSet::new();
    for value in values.items() {
        match value.scalar().filter(|_| is_of_type(value, kind)) {
            None if value.is_invalid() || (is_nullable && matches!(value.value, Value::Null)) => {}
            None => faults.push(wrong_value(value, kind)),
            Some(text) if seen.contains(&text) => {
                let what = format!("the value `{text}` is listed twice");
                faults.push(value.fault("enum-value", what, "delete one"));
            }
            Some(text) => _ = seen.insert(text),
        }
    }
}

/// Whether a value is of the type that stands beside `enum`. Another check reports a type that is missing or wrong.
fn is_of_type(value: &Node, kind: Option<&str>) -> bool {
    match kind {
        Some("string") => value.text().is_some(),
        Some("integer") => matches!(value.value, Value::Integer(_)),
        Some("number") => matches!(value.value, Value::Integer(_) | Value::Float(_)),
        Some("boolean") => matches!(value.value, Value::Bool(_)),
        _ => true,
    }
}

fn wrong_value(value: &Node, kind: Option<&str>) -> Fault {
    let expected = match kind {
        Some("integer") => "an integer",
        Some("number") => "a number",
        Some("boolean") => "a boolean",
        _ => "text",
    };
    let what = format!("the value of this enum must be {expected}, and this is {}", value.kind());
    let help = match (&value.value, kind) {
        (Value::Null, _) => "delete it, and write `nullable: true` beside `enum`",
        (Value::String(_), Some("integer" | "number" | "boolean")) => {
            "remove the quotes, or write `type: string`"
        }
        (_, Some("string")) => "put it in quotes",
        _ => "correct it, or the `type`",
    };
    value.fault("enum-value", what, help)
}

/// Follows the schemas of every response to the enums inside them.
fn check_open(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    let mut seen: BTreeSet<*const Node> = BTreeSet::new();
    for operation in &survey.operations {
        let contents = operation
            .responses
            .iter()
            .flat_map(|(_, response)| response.get("content").map(Node::entries).unwrap_or_default());
        let headers = operation
            .responses
            .iter()
            .flat_map(|(_, response)| response.get("headers").map(Node::entries).unwrap_or_default())
            .filter_map(|(_, header)| survey.resolve(header));
        let holders = contents.map(|(_, media)| media).chain(headers);
        let mut open: Vec<&Node> = holders.filter_map(|holder| holder.get("schema")).collect();
        while let Some(next) = open.pop() {
            let Some(schema) = survey.resolve(next).filter(|schema| seen.insert(std::ptr::from_ref(*schema)))
            else {
                continue;
            };
            if let Some((key, _)) = schema.entry("enum").filter(|_| schema.get("x-open-enum").is_none()) {
                let what =
                    format!("a response of {} can contain this enum, which isn't open", operation.label());
                faults.push(key.fault(
                    "closed-enum",
                    what,
                    "add `x-open-enum: true`, so that a response with a new value can still be read",
                ));
            }
            open.extend(subschemas(schema).into_iter().map(|inner| inner.schema));
        }
    }
}

/// If an enum in the body of a response lists the error codes, the codes of the response are among its values.
fn check_error_codes<'a>(survey: &Survey<'a>, response: &'a Node, faults: &mut Vec<Fault>) {
    let content = response.get("content").map(Node::entries).unwrap_or_default();
    let members = content
        .iter()
        .filter_map(|(_, media)| media.get("schema"))
        .flat_map(|schema| survey.properties_of(schema));
    let enums = members.filter_map(|member| survey.unwrap(member.node)?.get("enum"));
    let known: BTreeSet<&str> = enums.flat_map(Node::items).filter_map(Node::text).collect();
    if known.is_empty() {
        return;
    }
    for code in response.get("x-error-codes").map(Node::items).unwrap_or_default() {
        if let Some(text) = code.text().filter(|text| !known.contains(text)) {
            let help = suggest(text, known.iter().copied(), "add it to the enum of error codes");
            faults.push(code.fault(
                "unknown-error-code",
                format!("the body has no error code `{text}`"),
                help,
            ));
        }
    }
}
