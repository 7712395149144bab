//! Reads the JSON in a string of the document.

use serde_json::Value as Json;

use crate::source::{Node, Value};

/// The value in the text; `None` if the text isn't JSON. Messages about any part of it point to the whole text.
pub(super) fn read(text: &str, at: &Node) -> Option<Node> {
    serde_json::from_str(text).ok().map(|json| node(json, at))
}

fn node(json: Json, at: &Node) -> Node {
    at.made_from(match json {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::Bool(flag),
        Json::Number(number) => match number.as_i64() {
            Some(integer) => Value::Integer(integer),
            None => Value::Float(number.as_f64().unwrap_or_default()),
        },
        Json::String(text) => Value::String(text.into()),
        Json::Array(items) => Value::Sequence(items.into_iter().map(|item| node(item, at)).collect()),
        Json::Object(members) => {
            let pairs = members.into_iter();
            Value::Mapping(pairs.map(|(name, value)| (at.made_text(&name), node(value, at))).collect())
        }
    })
}
