//! Wraps sensitive members, so that nothing can print them.

use syn::{Fields, Item, Type, parse_quote};

use super::{Draft, inside, is_named, member_of};
use crate::model::{Member, Shape};

/// Wraps the fields whose members are sensitive.
pub(super) fn hide(draft: &mut Draft) {
    let (Shape::Object(members), Item::Struct(item)) = (&draft.info.shape, &mut draft.item) else { return };
    let Fields::Named(fields) = &mut item.fields else { return };
    for field in &mut fields.named {
        if let Some(member) = member_of(field, members).filter(|member| member.sensitive) {
            field.ty = hidden_member(&field.ty, member);
        }
    }
}

fn hidden_member(ty: &Type, member: &Member) -> Type {
    if let Some(inner) = inside(ty, "Option") {
        let inner = hidden(inner);
        return parse_quote!(Option<#inner>);
    }
    let is_map = is_named(ty, "Map") || is_named(ty, "BTreeMap");
    let inner = hidden(ty);
    if is_map && !member.required { parse_quote!(Option<#inner>) } else { inner }
}

/// The type of a value that is never printed: each element of a list is hidden by itself.
pub(super) fn hidden(ty: &Type) -> Type {
    if let Some(element) = inside(ty, "Vec") {
        let element = hidden(element);
        return parse_quote!(Vec<#element>);
    }
    if is_named(ty, "String") { parse_quote!(Secret) } else { parse_quote!(Secret<#ty>) }
}
