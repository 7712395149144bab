//! Shortens the absolute paths that progenitor writes to the names that a generated file imports.

use syn::visit_mut::{self, VisitMut};
use syn::{Path, Type};

use super::Draft;

/// Shortens every path in the type.
pub(super) fn shorten(draft: &mut Draft) {
    Shortener.visit_item_mut(&mut draft.item);
}

/// Shortens every path in a type of a signature.
pub(super) fn shorten_type(ty: &mut Type) {
    Shortener.visit_type_mut(ty);
}

/// What a generated file can name by its last segment: the prelude, what it imports, and the types of the API.
const SHORTENED: &[&str] = &["::std", "::serde_json", "types", "self"];

struct Shortener;

impl VisitMut for Shortener {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        let Some(first) = path.segments.first() else { return };
        let root = format!("{}{}", if path.leading_colon.is_some() { "::" } else { "" }, first.ident);
        if SHORTENED.contains(&root.as_str())
            && path.segments.len() > 1
            && let Some(last) = path.segments.last().cloned()
        {
            *path = Path::from(last);
        }
    }
}
