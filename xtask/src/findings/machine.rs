//! Findings for programs.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::{Finding, Place, Severity, terminal};

/// A finding as an object in JSON, on one line. The keys up to `message` are the same for all tasks.
pub(super) fn json(finding: &Finding) -> String {
    let mut object = Map::new();
    let mut put = |name: &str, value: Value| object.insert(name.to_owned(), value);
    let place = finding.places.last();
    put("file", json!(place.map(|place| &place.file)));
    put("line", json!(place.and_then(|place| place.line)));
    put("column", json!(place.and_then(|place| place.column)));
    put("rule", json!(finding.rule));
    if !finding.item.is_empty() {
        put("item", json!(finding.item));
    }
    put("message", json!(finding.message));
    for (name, value) in &finding.facts {
        put(name, json!(value));
    }
    let labelled = finding.places.iter().filter(|place| !place.label.is_empty());
    let labelled: Vec<Value> =
        labelled.map(|place| json!({"label": place.label, "file": place.file, "line": place.line})).collect();
    if !labelled.is_empty() {
        put("places", labelled.into());
    }
    for (name, entries) in &finding.lists {
        put(name, json!(entries));
    }
    format!("{}\n", Value::Object(object))
}

/// A finding as an annotation of a pull request, at its last place.
pub(super) fn annotation(finding: &Finding) -> String {
    let level = match finding.severity {
        Severity::Grave => "error",
        Severity::Notable => "warning",
        Severity::Plain => "notice",
    };
    let mut properties = finding.places.last().map(properties).unwrap_or_default();
    _ = write!(properties, "title={}", property(&finding.rule));
    let message = format!("{}\n{}", finding.what(), terminal::facts(finding));
    format!("::{level} {properties}::{}\n", data(message.trim_end()))
}

fn properties(place: &Place) -> String {
    let mut properties = format!("file={},", property(&place.file));
    for (name, number) in [("line", place.line), ("col", place.column)] {
        if let Some(number) = number {
            _ = write!(properties, "{name}={number},");
        }
    }
    properties
}

/// A text as the message of a GitHub command: what would end the command is percent-encoded.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A text as a property of a GitHub command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
