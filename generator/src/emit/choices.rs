//! A choice: the types that a value can have.

use super::text::{INDENT, comment};
use super::type_name::type_name;
use crate::model::Alternative;

/// The alternatives, each with the members that tell it from the others, where it is an object.
pub(super) fn lines(name: &str, kind: &str, alternatives: &[Alternative]) -> Vec<String> {
    let mut lines = vec![format!("pub enum {name}: {kind} {{")];
    for Alternative { variant, ty, description, required, nullable, tag } in alternatives {
        let held = type_name(ty);
        let text = match ty.named() {
            _ if !description.is_empty() => description.clone(),
            Some(name) => format!("See [`{name}`]."),
            None => format!("`{held}`."),
        };
        lines.extend(comment(&text, false, INDENT));
        let required = if required.is_empty() { String::new() } else { format!(" = {required:?}") };
        let nullable = if nullable.is_empty() { String::new() } else { format!(" nullable {nullable:?}") };
        let tag =
            tag.as_ref().map(|tag| format!(" if {:?} = {:?}", tag.member, tag.texts)).unwrap_or_default();
        lines.push(format!("{INDENT}{variant}({held}){required}{nullable}{tag},"));
    }
    lines.push("}".to_owned());
    lines
}
