//! The texts of members and parameters, with what their schemas say beside the description.

use serde_json::Value;

use super::json::{entries, text};

/// The description of a member or parameter, followed by the format of its value and an example. Nothing is said of
/// what the spec doesn't tell.
pub(super) fn described(holder: &Value, schema: &Value, example: Option<&Value>) -> String {
    let facts = [format(schema), example.map(in_words)];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let description = text(holder, "description");
    let joint = if ends_with_sentence(&description) { " " } else { "\n\n" };
    format!("{description}{joint}{facts}").trim().to_owned()
}

/// Whether the last paragraph is one of sentences, so that another can follow; it can also be a list, a table or code.
fn ends_with_sentence(description: &str) -> bool {
    let last = description.lines().rev().take_while(|line| !line.trim().is_empty());
    let starts_block = |line: &str| {
        line.trim_start().starts_with(['-', '*', '+', '|', '#', '>'])
            || line.trim_start().starts_with("```")
            || line.starts_with(|first: char| first.is_ascii_digit() || first == ' ')
    };
    description.ends_with('.') && !last.into_iter().any(starts_block)
}

fn in_words(example: &Value) -> String {
    match example {
        Value::String(text) if !text.is_empty() && !text.contains('`') => format!("Example: `{text}`."),
        other => format!("Example: `{other}`."),
    }
}

/// The format of a string, or of each string in a list or map. That of a number is its type in Rust.
fn format(schema: &Value) -> Option<String> {
    let inside = ["items", "additionalProperties"].into_iter().find_map(|key| schema.get(key));
    let (inner, of) = match inside.filter(|inside| inside.is_object()) {
        Some(inside) => (inside, "Format of each"),
        None => (schema, "Format"),
    };
    // The type of a time says what it is.
    let is_told = |format: &&str| inner["type"] == "string" && *format != "date-time";
    let format = inner["format"].as_str().filter(is_told)?;
    Some(format!("{of}: `{format}`."))
}

/// All examples of a body, each with its summary.
pub(super) fn examples(holder: &Value) -> Vec<(String, Value)> {
    let only = holder.get("example").map(|example| (String::new(), example.clone()));
    let named = entries(&holder["examples"])
        .filter_map(|(_, example)| Some((text(example, "summary"), example.get("value")?.clone())));
    only.into_iter().chain(named).collect()
}

/// The example of a body, response or parameter: the one that stands there, or the first of those with names.
pub(super) fn example(holder: &Value) -> Option<&Value> {
    let named = || entries(&holder["examples"]).find_map(|(_, example)| example.get("value"));
    holder.get("example").or_else(named)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_the_schema_says_follows_the_description() {
        let email = json!({"type": "string", "format": "email", "description": "Who it is."});
        let cases = [
            (json!({"description": "Who."}), None, "Who. Format: `email`."),
            (json!({"description": "Who."}), Some(json!("a@b.c")), "Who. Format: `email`. Example: `a@b.c`."),
            (json!({"description": "One of:\n- a.\n- b."}), None, "One of:\n- a.\n- b.\n\nFormat: `email`."),
            (json!({}), Some(json!(1)), "Format: `email`. Example: `1`."),
        ];
        for (holder, example, expected) in cases {
            assert_eq!(described(&holder, &email, example.as_ref()), expected);
        }
        let number = json!({"type": "integer", "format": "int64"});
        assert_eq!(described(&json!({"description": "How many."}), &number, None), "How many.");
        let list = json!({"type": "array", "items": {"type": "string", "format": "uri"}});
        assert_eq!(described(&json!({}), &list, None), "Format of each: `uri`.");
    }
}
