//! Makes each enum a set of texts, of integers, of numbers or of booleans.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::structure::Object;

/// Takes null out of the values of an enum, which is nullable then, and makes all values of one type. An enum of values of
/// several types becomes a choice of enums; one that lists structures is any value.
pub(super) fn simplify(schema: &mut Object) {
    let Some(Value::Array(mut values)) = schema.remove("enum") else { return };
    if values.iter().any(Value::is_null) {
        schema.insert("nullable".to_owned(), json!(true));
    }
    values.retain(|value| !value.is_null());
    let given = schema.get("type").and_then(Value::as_str).map(str::to_owned);
    if let Some(kind) = &given
        && let Some(converted) = values.iter().map(|value| converted(value, kind)).collect::<Option<_>>()
    {
        values = converted;
    } else {
        schema.remove("type");
    }
    let mut seen = BTreeSet::new();
    values.retain(|value| seen.insert(value.to_string()));
    let mut kinds: Vec<&'static str> = Vec::new();
    for kind in values.iter().map(kind_of) {
        match kind {
            Some(kind) if kinds.contains(&kind) => {}
            Some(kind) => kinds.push(kind),
            None => return,
        }
    }
    match kinds.as_slice() {
        [] => _ = given.map(|kind| schema.insert("type".to_owned(), json!(kind))),
        [kind] => {
            schema.entry("type").or_insert(json!(kind));
            schema.insert("enum".to_owned(), Value::Array(values));
        }
        _ if kinds.iter().all(|kind| ["integer", "number"].contains(kind)) => {
            schema.entry("type").or_insert(json!("number"));
            schema.insert("enum".to_owned(), Value::Array(values));
        }
        _ => _ = schema.insert("oneOf".to_owned(), split(schema, &values, &kinds)),
    }
}

/// The value, converted to the type that stands beside the enum; `None` if it can't be converted.
fn converted(value: &Value, kind: &str) -> Option<Value> {
    match (kind, value) {
        ("string", Value::String(_)) | ("boolean", Value::Bool(_)) | ("number", Value::Number(_)) => {
            Some(value.clone())
        }
        ("integer", Value::Number(number)) if number.is_i64() => Some(value.clone()),
        ("string", Value::Number(_) | Value::Bool(_)) => Some(Value::String(value.to_string())),
        ("integer" | "number" | "boolean", Value::String(text)) => {
            let read = serde_json::from_str(text).ok().filter(|read: &Value| !read.is_string())?;
            converted(&read, kind)
        }
        _ => None,
    }
}

fn kind_of(value: &Value) -> Option<&'static str> {
    match value {
        Value::String(_) => Some("string"),
        Value::Bool(_) => Some("boolean"),
        Value::Number(number) => Some(if number.is_i64() { "integer" } else { "number" }),
        _ => None,
    }
}

/// An enum for each type of the values.
fn split(schema: &Object, values: &[Value], kinds: &[&'static str]) -> Value {
    let of_kind = |kind: &&'static str| {
        let values: Vec<&Value> = values.iter().filter(|value| kind_of(value) == Some(kind)).collect();
        let mut form = json!({"type": kind, "enum": values});
        for key in ["x-open-enum", "x-enum-names", "x-enum-descriptions"] {
            if let (Some(value), Some(form)) = (schema.get(key), form.as_object_mut()) {
                form.insert(key.to_owned(), value.clone());
            }
        }
        form
    };
    kinds.iter().map(of_kind).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_of_one_type() {
        let cases = [
            (json!({"enum": ["a", null, "a"]}), json!({"type": "string", "enum": ["a"], "nullable": true})),
            (json!({"type": "string", "enum": [null]}), json!({"type": "string", "nullable": true})),
            (json!({"type": "string", "enum": [1, true]}), json!({"type": "string", "enum": ["1", "true"]})),
            (json!({"type": "integer", "enum": ["1", 2, 1]}), json!({"type": "integer", "enum": [1, 2]})),
            (json!({"type": "integer", "enum": ["a"]}), json!({"type": "string", "enum": ["a"]})),
            (json!({"enum": [1, 0.5]}), json!({"type": "number", "enum": [1, 0.5]})),
            (json!({"enum": [{}, 1]}), json!({})),
            (
                json!({"enum": [1, "a"], "x-open-enum": true}),
                json!({"x-open-enum": true, "oneOf": [
                    {"type": "integer", "enum": [1], "x-open-enum": true},
                    {"type": "string", "enum": ["a"], "x-open-enum": true},
                ]}),
            ),
        ];
        for (mut schema, expected) in cases {
            simplify(schema.as_object_mut().unwrap());
            assert_eq!(schema, expected);
        }
    }
}
