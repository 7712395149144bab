//! Makes an example of a schema.

use serde_json::{Map, Value as Json, json};

use crate::openapi::survey::Survey;
use crate::openapi::types::SchemaType;
use crate::source::{Node, Value};

/// The side that sends the example.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Request,
    Response,
}

/// The most values in an example. One that needs more helps nobody.
const MOST_VALUES: usize = 60;

/// How deep an example is nested. Schemas that contain themselves would go on for ever.
const DEEPEST: usize = 12;

/// An example with the required members of each object; `None` if it would be too long.
pub(super) fn of<'a>(survey: &Survey<'a>, schema: &'a Node, side: Side) -> Option<Json> {
    Making { survey, side, left: MOST_VALUES }.value(schema, "text", 0)
}

struct Making<'s, 'a> {
    survey: &'s Survey<'a>,
    side: Side,
    left: usize,
}

impl<'a> Making<'_, 'a> {
    fn value(&mut self, schema: &'a Node, name: &str, depth: usize) -> Option<Json> {
        self.left = self.left.checked_sub(1).filter(|_| depth < DEEPEST)?;
        let survey = self.survey;
        let Some(schema) = survey.unwrap(schema) else { return Some(json!({})) };
        if let Some(given) = given(schema) {
            return Some(given.to_json());
        }
        Some(match survey.type_of(schema) {
            SchemaType::Text => json!(text(schema, name)),
            SchemaType::Integer | SchemaType::Number => number(schema),
            SchemaType::Flag => json!(true),
            SchemaType::List => match schema.get("items").map(|items| self.value(items, name, depth + 1)) {
                Some(item) => json!([item?]),
                None => json!([]),
            },
            SchemaType::Object => return self.object(schema, depth),
            SchemaType::Choice => {
                let choices = ["oneOf", "anyOf"].into_iter().find_map(|key| schema.get(key)?.items().first());
                return self.value(choices?, name, depth + 1);
            }
            SchemaType::Any | SchemaType::Broken => json!({}),
        })
    }

    fn object(&mut self, schema: &'a Node, depth: usize) -> Option<Json> {
        let left_out = if self.side == Side::Request { "readOnly" } else { "writeOnly" };
        let members = self.survey.properties_of(schema);
        let mut made = Map::new();
        for member in members.iter().filter(|member| member.is_required && !member.node.is_true(left_out)) {
            made.insert(member.name().to_owned(), self.value(member.node, member.name(), depth + 1)?);
        }
        Some(Json::Object(made))
    }
}

/// The value that the spec gives.
fn given(schema: &Node) -> Option<&Node> {
    let of_enum = || schema.get("enum")?.items().iter().find(|value| !matches!(value.value, Value::Null));
    ["example", "default"].into_iter().find_map(|key| schema.get(key)).or_else(of_enum)
}

fn number(schema: &Node) -> Json {
    let is_excluded = schema.is_true("exclusiveMinimum");
    match schema.get("minimum").map(|least| &least.value) {
        Some(Value::Integer(least)) => json!(least.saturating_add(i64::from(is_excluded))),
        Some(Value::Float(least)) => json!(least + f64::from(u8::from(is_excluded))),
        _ => schema
            .get("maximum")
            .filter(|most| most.number().is_some_and(|most| most < 1.0))
            .map_or(json!(1), Node::to_json),
    }
}

fn text(schema: &Node, name: &str) -> String {
    let text = match schema.text_of("format") {
        Some("date-time") => "2026-11-28T12:30:00Z",
        Some("date") => "2026-11-28",
        Some("email") => "user@example.com",
        Some("uri" | "url") => "https://example.com",
        Some("uuid") => "8e4c5d34-6bd9-4f6b-9df5-8b1c4b0c6f10",
        _ => name,
    };
    let length = |key: &str| schema.get(key).and_then(Node::number).map(|length| length as usize);
    let least = length("minLength").unwrap_or_default().min(200);
    let padded = text
        .chars()
        .chain("x".repeat(least.saturating_sub(text.chars().count())).chars().collect::<Vec<_>>());
    padded.take(length("maxLength").unwrap_or(usize::MAX).max(1)).collect()
}
