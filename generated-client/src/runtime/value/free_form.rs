//! JSON whose names and values no spec lists. Any of it may be a secret, so `Debug` shows its outline alone.

use std::fmt::{self, Debug, Write};

use serde_json::{Map, Value};

use super::redact;

/// The outline of a JSON value: the names that are known, the kinds of its values, and how many there are.
///
/// ```text
/// {plan: text, seats: number, roles: [3 texts], …: boolean, 2 more}
/// ```
#[derive(Clone, Copy)]
pub struct Outline<'a>(&'a Value);

/// The most members of an object that are shown.
const MOST: usize = 16;

/// How deep objects are shown.
const DEPTH: usize = 3;

impl<'a> Outline<'a> {
    /// The outline of this value.
    #[must_use]
    pub const fn of(value: &'a Value) -> Self {
        Self(value)
    }
}

impl fmt::Display for Outline<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_value(f, self.0, DEPTH)
    }
}

/// Writes the outline of an object.
pub(super) fn write_members(f: &mut fmt::Formatter<'_>, members: &Map<String, Value>) -> fmt::Result {
    write_object(f, members, DEPTH)
}

impl Debug for Outline<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn write_value(f: &mut fmt::Formatter<'_>, value: &Value, depth: usize) -> fmt::Result {
    match value {
        Value::Array(items) => write_list(f, items),
        Value::Object(members) => write_object(f, members, depth),
        value => f.write_str(kind(value)),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}

/// `[3 texts]`, or `[3 items]` if they are of several kinds.
fn write_list(f: &mut fmt::Formatter<'_>, items: &[Value]) -> fmt::Result {
    let first = items.first().map(kind);
    match (first, items.iter().all(|item| Some(kind(item)) == first)) {
        (None, _) => f.write_str("[]"),
        (Some(kind), true) if items.len() == 1 => write!(f, "[1 {kind}]"),
        (Some(kind), true) => write!(f, "[{} {kind}s]", items.len()),
        (Some(_), false) => write!(f, "[{} items]", items.len()),
    }
}

fn write_object(f: &mut fmt::Formatter<'_>, members: &Map<String, Value>, depth: usize) -> fmt::Result {
    if depth == 0 && !members.is_empty() {
        return write!(f, "{{{} members}}", members.len());
    }
    f.write_char('{')?;
    for (place, (name, value)) in members.iter().take(MOST).enumerate() {
        if place > 0 {
            f.write_str(", ")?;
        }
        write!(f, "{}: ", redact::name(name.as_bytes()))?;
        write_value(f, value, depth.saturating_sub(1))?;
    }
    if members.len() > MOST {
        write!(f, ", {} more", members.len() - MOST)?;
    }
    f.write_char('}')
}

#[cfg(test)]
mod tests {
    use super::Outline;
    use serde_json::{Map, Value, json};

    #[test]
    fn an_outline_has_names_that_are_known_and_kinds() {
        for (value, outline) in [
            (json!(null), "null"),
            (json!("s3cret"), "text"),
            (json!(1234), "number"),
            (json!(true), "boolean"),
            (json!([]), "[]"),
            (json!({}), "{}"),
            (json!(["s3cret"]), "[1 text]"),
            (json!(["s3cret", "s3cret"]), "[2 texts]"),
            (json!([1, "s3cret", {}]), "[3 items]"),
            (json!({"email": "s3cret", "s3cret": [1, 2]}), "{email: text, …: [2 numbers]}"),
            (json!({"user": {"options": {"state": {"code": 1}}}}), "{user: {options: {state: {1 members}}}}"),
        ] {
            assert_eq!(Outline::of(&value).to_string(), outline);
            assert_eq!(format!("{:?}", Outline::of(&value)), outline);
        }
        let many: Map<String, Value> = (0..18).map(|number| (number.to_string(), Value::Null)).collect();
        let outline = Outline::of(&Value::Object(many)).to_string();
        assert!(outline.ends_with("…: null, 2 more}"), "{outline}");
    }
}
