//! The schemas of a group.

use std::ops::Range;

use generator::names;
use serde_json::{Map, Value, json};

use super::shape::{self, Group};
use super::words;

/// The schemas of one group.
#[derive(Debug, Default)]
pub(super) struct Schemas {
    /// What operations send.
    pub(super) bodies: Vec<Named>,
    /// What they respond with.
    pub(super) responses: Vec<Named>,
    /// All of them, by name.
    pub(super) components: Map<String, Value>,
}

/// A schema with an example of its values.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) example: Value,
}

impl Schemas {
    /// Makes the schemas of a group. `members` counts those of all groups so far.
    pub(super) fn of(group: &Group, members: &mut usize) -> Self {
        let mut schemas = Self::default();
        let prefix = names::pascal(&group.name);
        let mut sent = schemas.parts(&prefix, "Settings", &group.settings, members);
        let mut received = schemas.parts(&prefix, "Detail", &group.details, members);
        let rules = schemas.parts(&prefix, "Rule", &group.rules, members);
        sent.extend(rules.clone());
        received.extend(rules);
        for index in group.bodies.clone() {
            let parts = part_of(&sent, index - group.bodies.start, group.bodies.len());
            let name = format!("{prefix}{}Request", verb(index - group.bodies.start));
            let body = schemas.object(name, shape::members_of_body(index), &parts, members);
            schemas.bodies.push(body);
        }
        for index in group.responses.clone() {
            let parts = part_of(&received, index - group.responses.start, group.responses.len());
            let name = format!("{prefix}{}Response", verb(index - group.responses.start));
            let response = schemas.object(name, shape::members_of_response(index), &parts, members);
            schemas.responses.push(response);
        }
        schemas
    }

    /// Makes schemas that others hold. A few of those in both bodies and responses are enums.
    fn parts(&mut self, prefix: &str, word: &str, all: &Range<usize>, members: &mut usize) -> Vec<String> {
        let mut parts = Vec::new();
        for (number, index) in (1..).zip(all.clone()) {
            let name = format!("{prefix}{word}{number}");
            match word {
                "Rule" if index % 5 == 4 => _ = self.components.insert(name.clone(), state(index)),
                "Detail" => _ = self.object(name.clone(), shape::members_of_response(index), &[], members),
                _ => _ = self.object(name.clone(), shape::members_of_part(index), &[], members),
            }
            parts.push(name);
        }
        parts
    }

    /// Makes an object with `size` members, of which the last ones are the parts. The first one is required.
    fn object(&mut self, name: String, size: usize, parts: &[&String], members: &mut usize) -> Named {
        let own = size.saturating_sub(parts.len()).max(1);
        let mut properties = Map::new();
        let mut example = Map::new();
        for index in *members..*members + own {
            let member = words::member(index);
            let (schema, value) = plain(member, index);
            properties.insert(member.to_owned(), schema);
            if example.len() < 2 {
                example.insert(member.to_owned(), value);
            }
        }
        let required: Vec<&String> = properties.keys().take(1).collect();
        let required = json!(required);
        *members += own;
        for (number, part) in (1..).zip(parts) {
            *members += 1;
            properties.insert(format!("part{number}"), reference(part, *members));
        }
        let description = words::sentence(*members);
        let schema = json!({
            "description": description, "type": "object", "required": required, "properties": properties,
        });
        self.components.insert(name.clone(), schema);
        Named { name, example: Value::Object(example) }
    }
}

fn verb(index: usize) -> String {
    names::pascal(words::verb(index))
}

/// The parts that the holder of this number among `holders` has, so that each part is in one.
fn part_of(parts: &[String], number: usize, holders: usize) -> Vec<&String> {
    parts.iter().skip(number).step_by(holders.max(1)).collect()
}

/// A member that is no object of its own, with an example.
fn plain(name: &str, index: usize) -> (Value, Value) {
    let (kind, example) = match index % 40 {
        _ if words::is_secret(name) => (json!({"type": "string", "x-sensitive": true}), json!("s3cret")),
        1 | 9 | 17 | 25 | 33 => (json!({"type": "boolean"}), json!(true)),
        3 | 11 | 19 | 27 | 35 => {
            (json!({"type": "array", "items": {"type": "string"}}), json!(["one", "two"]))
        }
        7 | 21 => (json!({"type": "integer", "format": "int64"}), json!(1_767_225_600)),
        14 => (json!({"type": "object", "additionalProperties": {"type": "string"}}), json!({"plan": "pro"})),
        38 => (json!({"type": "object", "additionalProperties": true}), json!({"seats": 5})),
        _ => (json!({"type": "string"}), json!("some text")),
    };
    let mut schema = json!({"description": words::sentence(index)});
    if let (Value::Object(schema), Value::Object(kind)) = (&mut schema, kind) {
        schema.extend(kind);
    }
    (schema, example)
}

/// A member that is an object of its own, or a list of them.
fn reference(name: &str, index: usize) -> Value {
    let reference = json!({"$ref": format!("#/components/schemas/{name}")});
    match index % 3 {
        0 => json!({"description": words::sentence(index), "type": "array", "items": reference}),
        _ => reference,
    }
}

fn state(index: usize) -> Value {
    json!({
        "description": words::sentence(index),
        "type": "string",
        "enum": ["active", "paused", "closed", "draft"],
        "x-open-enum": true,
        "x-enum-descriptions": {
            "active": "It counts.",
            "paused": "It will count again.",
            "closed": "It has counted.",
            "draft": "It may count one day.",
        },
    })
}
