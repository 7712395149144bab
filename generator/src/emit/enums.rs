//! An enum: the strings that a value can be.

use super::text::{INDENT, comment};
use crate::model::EnumValue;

/// Each string with its text.
pub(super) fn lines(name: &str, kind: &str, values: &[EnumValue]) -> Vec<String> {
    let mut lines = vec![format!("pub enum {name}: {kind} {{")];
    for EnumValue { value, variant, is_named, description } in values {
        let code = if value.is_empty() { "`\"\"`".to_owned() } else { format!("`{value}`") };
        let text = if description.is_empty() { code } else { format!("{code}: {description}") };
        lines.extend(comment(&text, false, INDENT));
        if *is_named && is_alias(value) {
            lines.push(format!("{INDENT}#[doc(alias = {value:?})]"));
        }
        lines.push(format!("{INDENT}{variant} = {value:?},"));
    }
    lines.push("}".to_owned());
    lines
}

/// Whether rustdoc takes the text as another name of an item, by which its search finds the item.
fn is_alias(text: &str) -> bool {
    let is_taken = |c: char| c == ' ' || !(c.is_whitespace() || matches!(c, '"' | '\''));
    !text.is_empty() && text.trim() == text && text.chars().all(is_taken)
}
