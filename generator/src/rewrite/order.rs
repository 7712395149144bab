//! Puts members into the order of the spec, and takes typify's attributes off.

use syn::{Fields, Item};

use super::{Draft, member_of};
use crate::model::Shape;

/// Sorts the fields of a struct as the schema lists its members.
pub(super) fn members(draft: &mut Draft) {
    match &mut draft.item {
        Item::Struct(item) => {
            item.attrs.clear();
            let (Shape::Object(members), Fields::Named(fields)) = (&draft.info.shape, &mut item.fields)
            else {
                return;
            };
            let mut sorted: Vec<_> = std::mem::take(&mut fields.named).into_iter().collect();
            sorted.sort_by_key(|field| {
                let own = member_of(field, members);
                members
                    .iter()
                    .position(|member| own.is_some_and(|own| own.name == member.name))
                    .unwrap_or(usize::MAX)
            });
            fields.named = sorted.into_iter().collect();
        }
        Item::Enum(item) => item.attrs.clear(),
        _ => {}
    }
}
