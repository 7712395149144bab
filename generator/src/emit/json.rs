//! JSON that people read.

use serde_json::Value;

/// How long a line may be.
const WIDTH: usize = 96;

/// The value in JSON: on one line if it fits there, or else each of its parts on lines of its own.
pub(super) fn text(value: &Value) -> String {
    written(value, 0)
}

fn written(value: &Value, depth: usize) -> String {
    let mut line = String::new();
    let is_whole = write_line(value, &mut line);
    if is_whole && line.chars().count() + 2 * depth <= WIDTH {
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
        other => return other.to_string(),
    };
    let (outer, inner) = ("  ".repeat(depth), "  ".repeat(depth + 1));
    format!("{open}\n{inner}{}\n{outer}{close}", parts.join(&format!(",\n{inner}")))
}

/// Writes a value to a line. It stops with `false` where that is too long in any case, since what holds a long value is
/// longer still.
fn write_line(value: &Value, line: &mut String) -> bool {
    // A character has four bytes at most.
    if line.len() > 4 * WIDTH {
        return false;
    }
    match value {
        Value::Array(items) => {
            line.push('[');
            for (index, item) in items.iter().enumerate() {
                line.push_str(if index == 0 { "" } else { ", " });
                if !write_line(item, line) {
                    return false;
                }
            }
            line.push(']');
        }
        Value::Object(members) => {
            line.push('{');
            for (index, (name, value)) in members.iter().enumerate() {
                line.push_str(if index == 0 { "" } else { ", " });
                line.push_str(&quoted(name));
                line.push_str(": ");
                if !write_line(value, line) {
                    return false;
                }
            }
            line.push('}');
        }
        other => line.push_str(&other.to_string()),
    }
    true
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
