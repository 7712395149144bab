//! Prints a document as people write it: block style, one key a line.

use serde_json::Value;

/// The text of a document.
pub(super) fn print(document: &Value) -> String {
    let mut text = String::new();
    block(document, 0, &mut text);
    text
}

/// Prints what stands below a key or a dash. The first line isn't indented.
fn block(value: &Value, depth: usize, text: &mut String) {
    let indent = |index: usize| if index == 0 { String::new() } else { "  ".repeat(depth) };
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (index, (key, value)) in members.iter().enumerate() {
                text.push_str(&format!("{}{}:", indent(index), plain(key)));
                below(value, depth + 1, text);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                text.push_str(&format!("{}- ", indent(index)));
                block_or_line(item, depth + 1, text);
            }
        }
        plain => text.push_str(&plain.to_string()),
    }
}

/// Prints the value of a key: a structure on lines of its own, anything else on the line of the key.
fn below(value: &Value, depth: usize, text: &mut String) {
    if is_structure(value) {
        text.push_str(&format!("\n{}", "  ".repeat(depth)));
    } else {
        text.push(' ');
    }
    block_or_line(value, depth, text);
}

fn block_or_line(value: &Value, depth: usize, text: &mut String) {
    block(value, depth, text);
    if !is_structure(value) {
        text.push('\n');
    }
}

fn is_structure(value: &Value) -> bool {
    match value {
        Value::Object(members) => !members.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => false,
    }
}

/// The key without quotes where it can't be taken for anything but text.
fn plain(key: &str) -> String {
    let is_plain = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        && key.chars().all(|c| c.is_ascii_alphanumeric() || "/_-".contains(c));
    if is_plain { key.to_owned() } else { Value::from(key).to_string() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn it_is_indented_by_two() {
        let document = json!({
            "paths": {}, "/a/{id}": {"post": {"tags": ["a", "b"], "200": null}},
            "items": [{"name": "x: y", "flag": true}, {"name": 2}],
            "security": [],
        });
        assert_eq!(
            print(&document),
            "paths: {}\n\"/a/{id}\":\n  post:\n    tags:\n      - \"a\"\n      - \"b\"\n    \"200\": null\n\
             items:\n  - name: \"x: y\"\n    flag: true\n  - name: 2\nsecurity: []\n"
        );
    }
}
