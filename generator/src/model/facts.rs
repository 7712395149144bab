//! What the spec says of a value beside its type, for people to read: its default and its bounds.

use serde_json::Value;

use super::json::flag;
use crate::normalise::referenced;

/// What the keywords of a schema say of its values.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Facts {
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

/// The least and the most of something.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Range {
    /// The lower bound.
    pub(crate) least: Option<Value>,
    /// The upper bound.
    pub(crate) most: Option<Value>,
}

/// Reads the facts of a schema, or of the one that it refers to.
pub(super) fn read(schema: &Value, schemas: &Value) -> Facts {
    let target = referenced(schema).map_or(schema, |name| &schemas[name]);
    let value = |key: &str| schema.get(key).or(target.get(key)).cloned();
    let range = |least: &str, most: &str| Range { least: value(least), most: value(most) };
    Facts {
        default: value("default"),
        range: range("minimum", "maximum"),
        is_more: flag(target, "exclusiveMinimum"),
        is_less: flag(target, "exclusiveMaximum"),
        items: range("minItems", "maxItems"),
        max_bytes: target["x-max-bytes"].as_u64(),
    }
}
