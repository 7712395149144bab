//! Wraps members whose values stand in a string, as JSON.

use syn::{Fields, Item, Type, parse_quote};

use super::{Draft, inside, member_of};
use crate::model::{Member, Shape};

/// Wraps the fields whose members are JSON in a string.
pub(super) fn wrap(draft: &mut Draft) {
    let (Shape::Object(members), Item::Struct(item)) = (&draft.info.shape, &mut draft.item) else { return };
    let Fields::Named(fields) = &mut item.fields else { return };
    for field in &mut fields.named {
        if let Some(member) = member_of(field, members).filter(|member| member.json_text) {
            field.ty = text_of(&field.ty, member);
        }
    }
}

/// A list or map that is left out is an empty one, but a text is absent. A text also ends the size of a type that
/// holds one of itself, so there is no need of a `Box`.
fn text_of(ty: &Type, member: &Member) -> Type {
    let held = inside(ty, "Option").unwrap_or(ty);
    let held = inside(held, "Box").unwrap_or(held);
    if member.required { parse_quote!(JsonText<#held>) } else { parse_quote!(Option<JsonText<#held>>) }
}
