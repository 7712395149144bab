//! JSON that people read.

use serde_json::Value;

/// How long a line may be.
const WIDTH: usize = 96;

/// The value in JSON: on one line if it fits there, or else each of its parts on lines of its own.
pub(super) fn text(value: &Value) -> String {
    written(value, 0)
}

fn written(value: &Value, depth: usize) -> String {
    let line = one_line(value);
    if line.chars().count() + 2 * depth <= WIDTH {
        return line;
    }
    let (open, parts, close) = match value {
        Value::Array(items) => {
            ('[', items.iter().map(|item| written(item, depth + 1)).collect::<Vec<_>>(), ']')
        }
        Value::Object(members) => {
            let member =
                |(name, value): (&String, &Value)| format!("{}: {}", quoted(name), written(value, depth + 1));
            ('{', members.iter().map(member).collect(), '}')
        }
        _ => return line,
    };
    let (outer, inner) = ("  ".repeat(depth), "  ".repeat(depth + 1));
    format!("{open}\n{inner}{}\n{outer}{close}", parts.join(&format!(",\n{inner}")))
}

fn one_line(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(one_line).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| format!("{}: {}", quoted(name), one_line(value));
            format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

fn quoted(name: &str) -> String {
    Value::from(name).to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_too_long_for_a_line_is_broken() {
        assert_eq!(text(&json!({"a": [1, "\"b\""], "c": {}})), r#"{"a": [1, "\"b\""], "c": {}}"#);
        let word = "x".repeat(60);
        let expected = format!("{{\n  \"a\": [\n    \"{word}\",\n    \"{word}\"\n  ],\n  \"b\": 1\n}}");
        assert_eq!(text(&json!({"a": [word, word], "b": 1})), expected);
    }
}
