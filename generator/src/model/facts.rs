//! What the spec says of a value beside its type and its description, for people to read: its format, an example, its
//! default and its bounds.

use serde_json::Value;

use super::json::{entries, text};
use crate::normalise::{member, referenced};

/// What the keywords of a schema say of its values.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Facts {
    /// The format of a text, or of each text in a list or map.
    pub(crate) format: Option<Format>,
    /// An example of a value, where it helps to see one.
    pub(crate) example: Option<Value>,
    /// What the server takes if the value is absent.
    pub(crate) default: Option<Value>,
    /// The range of a number.
    pub(crate) range: Range,
    /// Whether the number can't be the lower bound of the range itself.
    pub(crate) is_more: bool,
    /// Whether the number can't be the upper bound of the range itself.
    pub(crate) is_less: bool,
    /// The number of items of a list.
    pub(crate) items: Range,
    /// The most bytes of a text.
    pub(crate) max_bytes: Option<u64>,
}

/// The format of texts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Format {
    /// `email`.
    pub(crate) name: String,
    /// Whether each part of a list or map has it, not the value as a whole.
    pub(crate) is_of_each: bool,
}

/// The least and the most of something.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Range {
    /// The lower bound.
    pub(crate) least: Option<Value>,
    /// The upper bound.
    pub(crate) most: Option<Value>,
}

/// Reads the facts of a schema, or of the one that it refers to. Which example is shown depends on where the schema stands.
pub(super) fn read(schema: &Value, schemas: &Value, example: Option<&Value>) -> Facts {
    let target = referenced(schema).map(|name| &schemas[name]);
    let mut facts = Facts {
        format: format(schema).filter(|format| format.name != "binary"),
        example: example.cloned(),
        ..Facts::default()
    };
    // What stands beside a reference counts more than what is referred to.
    for (key, value) in target.into_iter().chain([schema]).flat_map(entries) {
        match key.as_str() {
            "default" => facts.default = Some(value.clone()),
            "minimum" => facts.range.least = Some(value.clone()),
            "maximum" => facts.range.most = Some(value.clone()),
            "exclusiveMinimum" => facts.is_more = *value == true,
            "exclusiveMaximum" => facts.is_less = *value == true,
            "minItems" => facts.items.least = Some(value.clone()),
            "maxItems" => facts.items.most = Some(value.clone()),
            "x-max-bytes" => facts.max_bytes = value.as_u64(),
            _ => {}
        }
    }
    facts
}

/// The format that is shown for a text, or for each text in a list or map. The format of a number decides its type in Rust,
/// so it isn't shown.
fn format(schema: &Value) -> Option<Format> {
    let inside = ["items", "additionalProperties"].into_iter().find_map(|key| member(schema, key));
    let inside = inside.filter(|inside| inside.is_object());
    let inner = inside.unwrap_or(schema);
    // The type of a time says what it is.
    let is_shown = |format: &&str| inner["type"] == "string" && *format != "date-time";
    let name = member(inner, "format")?.as_str().filter(is_shown)?;
    Some(Format { name: name.to_owned(), is_of_each: inside.is_some() })
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
    fn texts_and_parts_of_lists_and_maps_have_formats() {
        let text = json!({"type": "string", "format": "uri"});
        let of = |schema: Value| format(&schema).map(|format| (format.name, format.is_of_each));
        assert_eq!(of(text.clone()), Some(("uri".to_owned(), false)));
        assert_eq!(of(json!({"type": "array", "items": text})), Some(("uri".to_owned(), true)));
        assert_eq!(
            of(json!({"type": "object", "additionalProperties": text})),
            Some(("uri".to_owned(), true))
        );
        assert_eq!(of(json!({"type": "object", "additionalProperties": true})), None);
        assert_eq!(of(json!({"type": "integer", "format": "int64"})), None);
    }
}
