//! An enum: the strings that a value can be.

use super::text::{INDENT, comment};
use crate::model::EnumValue;

/// Each string with its text.
pub(super) fn lines(name: &str, kind: &str, values: &[EnumValue]) -> Vec<String> {
    let mut lines = vec![format!("pub enum {name}: {kind} {{")];
    for EnumValue { value, variant, description } in values {
        let code = if value.is_empty() { "`\"\"`".to_owned() } else { format!("`{value}`") };
        let text = if description.is_empty() { code } else { format!("{code}: {description}") };
        lines.extend(comment(&text, false, INDENT));
        lines.push(format!("{INDENT}{variant} = {value:?},"));
    }
    lines.push("}".to_owned());
    lines
}
