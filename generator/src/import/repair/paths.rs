//! The templates of the paths.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::super::notes::Notes;
use super::{is_operation, list_of};
use crate::openapi::path::{compared, encoded, parameters_of};
use crate::source::{Node, Value};

/// A query in a path becomes parameters; a path begins with a slash, and what a URL can't have is
/// percent-encoded.
pub(super) fn repair(document: &mut Node, notes: &mut Notes) {
    let Some(paths) = document.get_mut("paths").and_then(Node::entries_mut) else { return };
    paths.retain(|(path, item)| !path.text().is_some_and(|path| path.starts_with("x-")) && item.is_mapping());
    let mut taken: BTreeSet<String> =
        paths.iter().filter_map(|(path, _)| path.text().map(compared)).collect();
    for (path, item) in paths.iter_mut() {
        let Some(text) = path.text().map(|text| text.trim().to_owned()) else { continue };
        let (text, fragment) = text.split_once('#').unwrap_or((&text, ""));
        let (bare, query) = text.split_once('?').unwrap_or((text, ""));
        let slash = if bare.starts_with('/') { "" } else { "/" };
        let mut repaired = encoded(&without_empty_segments(&format!("{slash}{bare}")));
        let name: String = [query, fragment]
            .concat()
            .chars()
            .map(|letter| if letter.is_alphanumeric() { letter } else { '-' })
            .collect();
        if path.text() == Some(repaired.as_str()) {
            continue;
        }
        // What follows a `#` isn't sent, and tells operations of one path apart.
        if !name.is_empty() && (taken.contains(&compared(&repaired)) || query.is_empty()) {
            repaired = format!("{repaired}#{name}");
        }
        if path.text() == Some(repaired.as_str()) {
            continue;
        }
        notes.add(
            path,
            "wrote a path in another way",
            format!("`{}` is `{repaired}`", path.text().unwrap_or_default()),
        );
        taken.insert(compared(&repaired));
        path.value = Value::String(repaired.into());
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            add_parameter(item, pair);
        }
    }
    tell_apart(paths, notes);
}

/// The path with one slash where several follow each other.
fn without_empty_segments(path: &str) -> String {
    let mut whole = path.to_owned();
    while whole.contains("//") {
        whole = whole.replace("//", "/");
    }
    whole
}

/// Two paths that differ in the names of their parameters or in what is percent-encoded alone are one for a
/// server. What follows a `#` isn't sent, and tells their operations apart.
fn tell_apart(paths: &mut [(Node, Node)], notes: &mut Notes) {
    let mut shapes: BTreeMap<String, String> = BTreeMap::new();
    for (path, _) in paths {
        let text = path.text().unwrap_or_default().to_owned();
        let Some(first) = shapes.get(&compared(&text)) else {
            shapes.insert(compared(&text), text);
            continue;
        };
        let known = parameters_of(first);
        let own: Vec<&str> = parameters_of(&text).into_iter().filter(|name| !known.contains(name)).collect();
        let name = if own.is_empty() { "2".to_owned() } else { own.join("-") };
        let mut told = format!("{text}{}{name}", if text.contains('#') { '-' } else { '#' });
        while shapes.contains_key(&compared(&told)) {
            told.push('2');
        }
        let subject = format!("`{text}` is `{told}`");
        notes.add(path, "told a path apart from another one that is the same for a server", subject);
        shapes.insert(compared(&told), told.clone());
        path.value = Value::String(told.into());
    }
}

/// A part of a query in the path becomes a parameter that takes nothing else.
fn add_parameter(item: &mut Node, pair: &str) {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    let is_open = value.is_empty() || value.contains('{');
    let schema = if is_open { json!({"type": "string"}) } else { json!({"type": "string", "enum": [value]}) };
    let made = json!({"name": name, "in": "query", "required": true, "schema": schema});
    for (key, operation) in item.entries_mut().into_iter().flatten() {
        if !is_operation(key, operation) {
            continue;
        }
        let made = operation.made_from_json(&made);
        if let Some(list) = list_of(operation, "parameters") {
            list.retain(|known| known.text_of("name") != Some(name));
            list.push(made);
        }
    }
}
