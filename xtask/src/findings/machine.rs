//! A review for programs.

use serde_json::{Map, Value, json};

use super::{Gravity, ReviewFinding, terminal};
use crate::report::{data, property};

/// A finding as an object in JSON, on one line.
pub(super) fn json(finding: &ReviewFinding) -> String {
    let mut object = Map::new();
    let mut put = |name: &str, value: Value| object.insert(name.to_owned(), value);
    put("id", json!(finding.id));
    put("item", json!(finding.item));
    put("message", json!(finding.message));
    for (name, value) in &finding.facts {
        put(name, json!(value));
    }
    let places = finding.places.iter();
    let places = places.map(|place| json!({"label": place.label, "file": place.file, "line": place.line}));
    put("places", places.collect());
    for (name, entries) in &finding.lists {
        put(name, json!(entries));
    }
    format!("{}\n", Value::Object(object))
}

/// A finding as an annotation at its last place.
pub(super) fn annotation(finding: &ReviewFinding) -> String {
    let level = match finding.gravity {
        Gravity::Grave => "error",
        Gravity::Notable => "warning",
        Gravity::Plain => "notice",
    };
    let place = finding.places.last();
    let place = place.map(|place| format!("file={},line={},", property(&place.file), place.line));
    let facts = terminal::facts(finding);
    let message = format!("{}: {}\n{facts}", finding.item, finding.message);
    format!(
        "::{level} {}title={}::{}\n",
        place.unwrap_or_default(),
        property(&finding.id),
        data(message.trim_end())
    )
}
