//! Puts members into the order of the spec, and takes typify's attributes off.

use syn::{Fields, Item};

use super::Draft;
use crate::model::Shape;
use crate::names;

/// Sorts the fields of a struct as the schema lists its members.
pub(super) fn fields(draft: &mut Draft) {
    match &mut draft.item {
        Item::Struct(item) => {
            item.attrs.clear();
            let (Shape::Object(members), Fields::Named(fields)) = (&draft.info.shape, &mut item.fields) else { return };
            let mut sorted: Vec<_> = std::mem::take(&mut fields.named).into_iter().collect();
            sorted.sort_by_key(|field| {
                let position = members.iter().position(|member| {
                    field.ident.as_ref().is_some_and(|ident| *ident == names::snake(&member.name))
                });
                position.unwrap_or(usize::MAX)
            });
            fields.named = sorted.into_iter().collect();
        }
        Item::Enum(item) => item.attrs.clear(),
        _ => {}
    }
}
