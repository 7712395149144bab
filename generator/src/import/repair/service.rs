//! The parts of the document that are about the service as a whole.

use serde_json::json;

use super::super::notes::Notes;
use crate::source::{Node, Value};

pub(super) fn repair(service: &str, document: &mut Node, notes: &mut Notes) {
    if !document.get("info").is_some_and(Node::is_mapping) {
        document.set_json("info", &json!({}));
    }
    if let Some(info) = document.get_mut("info") {
        let title = info.text_of("title").map(str::trim).filter(|title| !title.is_empty());
        let title = title.unwrap_or(service).to_owned();
        info.set_json("title", &json!(title));
        let version = match info.get("version").map(|version| &version.value) {
            Some(Value::String(text)) => text.to_string(),
            Some(Value::Integer(number)) => number.to_string(),
            Some(Value::Float(number)) => number.to_string(),
            _ => "1".to_owned(),
        };
        info.set_json("version", &json!(version));
    }
    if let Some(operation) = document.get("paths").filter(|paths| !paths.is_mapping()) {
        notes.add(operation, "took `paths` for empty, because it is no mapping", "");
        document.remove("paths");
    }
    document.set_if_absent("paths", &json!({}));
}
