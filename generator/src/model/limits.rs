//! What the server accepts of strings, numbers and lists, and which values are made of parts with such limits, so that
//! nothing else is looked through before it is sent.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::json::{entries, list, references};
use crate::normalise::{member, referenced};

/// What the server accepts of a string or number, or of each in a list, and of the list.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Limits {
    /// In characters.
    pub(crate) min_length: Option<u64>,
    /// In characters.
    pub(crate) max_length: Option<u64>,
    /// In bytes of UTF-8.
    pub(crate) max_bytes: Option<u64>,
    /// Whether the string is a time.
    pub(crate) date_time: bool,
    /// A regular expression of ECMA-262.
    pub(crate) pattern: Option<String>,
    /// The lower end of a number.
    pub(crate) low: Option<Bound>,
    /// The upper end of a number.
    pub(crate) high: Option<Bound>,
    /// Of a list.
    pub(crate) min_items: Option<u64>,
    /// Of a list.
    pub(crate) max_items: Option<u64>,
    /// Whether the value is a floating-point number, which has to be finite, or is made of parts with limits of their own.
    pub(crate) within: bool,
}

/// One end of the range of a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bound {
    pub(crate) at: f64,
    /// Whether the number can't be this one.
    pub(crate) is_exclusive: bool,
}

/// The limits of a string or number, or of those in a list or map.
pub(super) fn read(outer: &Value, schemas: &Value) -> Limits {
    let inner = innermost(outer);
    let of_enum = referenced(inner).map(|name| &schemas[name]).filter(|of| of["enum"].is_array());
    let schema = of_enum.unwrap_or(inner);
    let mut limits = Limits {
        min_items: member(outer, "minItems").and_then(Value::as_u64),
        max_items: member(outer, "maxItems").and_then(Value::as_u64),
        ..Limits::default()
    };
    for (key, value) in entries(schema) {
        match key.as_str() {
            "minLength" => limits.min_length = value.as_u64(),
            "maxLength" => limits.max_length = value.as_u64(),
            "x-max-bytes" => limits.max_bytes = value.as_u64(),
            "format" => limits.date_time = value == "date-time" && !schema["enum"].is_array(),
            "pattern" => limits.pattern = value.as_str().map(str::to_owned),
            "minimum" => limits.low = bound(value, schema, "exclusiveMinimum"),
            "maximum" => limits.high = bound(value, schema, "exclusiveMaximum"),
            _ => {}
        }
    }
    limits
}

/// What a list of lists or maps holds in the end; any other schema is its own.
fn innermost(outer: &Value) -> &Value {
    let mut inner = outer;
    while let Some(part) = ["items", "additionalProperties"].into_iter().find_map(|key| member(inner, key))
        && part.is_object()
    {
        inner = part;
    }
    inner
}

/// Whether a value is a floating-point number, or a list or map of such, or the text of one. It has to be finite, since
/// JSON has no other.
fn is_float(schema: &Value) -> bool {
    let inner = innermost(schema);
    match member(inner, "x-json-text") {
        Some(held) => is_float(held),
        None => member(inner, "type").is_some_and(|ty| ty == "number") && !inner["enum"].is_array(),
    }
}

fn bound(value: &Value, schema: &Value, flag: &str) -> Option<Bound> {
    Some(Bound { at: value.as_f64()?, is_exclusive: schema[flag] == true })
}

/// The schemas that have a member with a limit, a form that is a time, a floating-point number, or a part that is of such a
/// schema.
pub(super) fn limited(schemas: &Value) -> BTreeSet<&str> {
    let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut pending: Vec<&str> = Vec::new();
    for (name, schema) in entries(schemas) {
        for used in references(schema, "") {
            users.entry(used).or_default().push(name);
        }
        let members = entries(&schema["properties"]).map(|(_, member)| member);
        let forms = list(&schema["oneOf"]).filter(|form| form["format"] == "date-time");
        let is_limited = members.chain(forms).any(|part| read(part, schemas) != Limits::default());
        if is_limited || parts(schema).any(is_float) {
            pending.push(name);
        }
    }
    let mut limited = BTreeSet::new();
    while let Some(name) = pending.pop() {
        if limited.insert(name) {
            pending.extend(users.get(name).into_iter().flatten());
        }
    }
    limited
}

/// The members of an object, the other values that it can hold, and the forms of a choice.
fn parts(schema: &Value) -> impl Iterator<Item = &Value> {
    let members = entries(&schema["properties"]).map(|(_, member)| member);
    members.chain(schema.get("additionalProperties")).chain(list(&schema["oneOf"]))
}

/// The limits of a member, which tell that it has to be checked, too, because of what it is or contains.
pub(super) fn of_member(schema: &Value, schemas: &Value, limited: &BTreeSet<&str>) -> Limits {
    let own = read(schema, schemas);
    // What has a limit is checked anyway.
    let within = is_within(schema, limited) || (is_float(schema) && own == Limits::default());
    Limits { within, ..own }
}

/// Whether a value of the schema contains one of a limited schema, or the text of one: a text that was made from a value is
/// checked like the value.
fn is_within(schema: &Value, limited: &BTreeSet<&str>) -> bool {
    references(schema, "").into_iter().any(|name| limited.contains(name))
}
