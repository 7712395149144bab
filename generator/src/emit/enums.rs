//! An enum: the strings, numbers or truth values that a value can be.

use serde_json::Value;

use super::text::{INDENT, comment};
use crate::model::{EnumKind, EnumValue, scalar};

/// The macro that declares an enum.
fn kind(open: bool, of: EnumKind) -> &'static str {
    match (open, of) {
        (true, EnumKind::Text) => "open_enum",
        (true, EnumKind::Integer) => "open_integer_enum",
        (true, EnumKind::Number) => "open_number_enum",
        (true, EnumKind::Boolean) => "open_boolean_enum",
        (false, EnumKind::Text) => "closed_enum",
        (false, EnumKind::Integer) => "closed_integer_enum",
        (false, EnumKind::Number) => "closed_number_enum",
        (false, EnumKind::Boolean) => "closed_boolean_enum",
    }
}

/// A value in Rust.
pub(super) fn literal(value: &Value, of: EnumKind) -> String {
    match of {
        EnumKind::Text => format!("{:?}", value.as_str().unwrap_or_default()),
        EnumKind::Number => format!("{:?}", value.as_f64().unwrap_or_default()),
        EnumKind::Integer | EnumKind::Boolean => value.to_string(),
    }
}

/// Each value with its text.
pub(super) fn lines(name: &str, open: bool, of: EnumKind, values: &[EnumValue]) -> Vec<String> {
    let mut lines = vec![format!("pub enum {name}: {} {{", kind(open, of))];
    for EnumValue { value, variant, is_named, description } in values {
        let written = scalar(value);
        let code = if written.is_empty() { "`\"\"`".to_owned() } else { format!("`{written}`") };
        let text = if description.is_empty() { code } else { format!("{code}: {description}") };
        lines.extend(comment(&text, false, INDENT));
        // rustc refuses an alias that is the name itself.
        if *is_named && written != *variant && is_alias(&written) {
            lines.push(format!("{INDENT}#[doc(alias = {written:?})]"));
        }
        lines.push(format!("{INDENT}{variant} = {},", literal(value, of)));
    }
    lines.push("}".to_owned());
    lines
}

/// Whether rustdoc takes the text as another name of an item, by which its search finds the item.
fn is_alias(text: &str) -> bool {
    let is_taken = |c: char| c == ' ' || !(c.is_whitespace() || matches!(c, '"' | '\''));
    !text.is_empty() && text.trim() == text && text.chars().all(is_taken)
}
