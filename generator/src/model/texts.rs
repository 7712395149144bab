//! The texts of members and parameters, with what their schemas say beside the description.

use serde_json::Value;

use super::json::{entries, text};

/// The description of a member or parameter, followed by the format of its value. An empty text stays empty for a value
/// without a format.
pub(super) fn described(holder: &Value, schema: &Value) -> String {
    let description = text(holder, "description");
    let Some(format) = format(schema) else { return description };
    format!("{description}\n\n{format}").trim_start().to_owned()
}

/// The format of a string, or of each string in a list or map. That of a number is its type in Rust.
fn format(schema: &Value) -> Option<String> {
    let inside = ["items", "additionalProperties"].into_iter().find_map(|key| schema.get(key));
    let (inner, of) = match inside.filter(|inside| inside.is_object()) {
        Some(inside) => (inside, "Format of each"),
        None => (schema, "Format"),
    };
    let format = inner["format"].as_str().filter(|_| inner["type"] == "string")?;
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
