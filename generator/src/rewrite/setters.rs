//! Gives a request type its constructor and its chained setters, which every call with such a body has too.

use syn::{Fields, Item, Type};

use super::{Draft, MacroCall, inside, type_text};
use crate::model::{Member, Shape};
use crate::names;

/// Adds the call of the macro that writes them.
pub(super) fn add(draft: &mut Draft) {
    let (Shape::Object(members), Item::Struct(item), true) = (&draft.info.shape, &draft.item, draft.info.in_requests)
    else {
        return;
    };
    let Fields::Named(fields) = &item.fields else { return };
    let mut required = Vec::new();
    let mut lines = Vec::new();
    for field in &fields.named {
        let Some(name) = field.ident.as_ref().map(ToString::to_string) else { continue };
        let entry = format!("{name}: {}", setter_type(&field.ty));
        if member(members, &name).is_some_and(|member| member.required) {
            required.push(entry);
        } else {
            lines.push(format!("{entry},"));
        }
    }
    let head = format!("{}({})", item.ident, required.join(", "));
    draft.calls.push(MacroCall { name: "setters", head, lines });
}

/// The member whose field has this name.
pub(super) fn member<'a>(members: &'a [Member], name: &str) -> Option<&'a Member> {
    members.iter().find(|member| names::snake(&member.name) == name)
}

/// What a setter takes, as the macros write it: `[T]` stands for a list.
pub(super) fn setter_type(ty: &Type) -> String {
    let ty = inside(ty, "Option").unwrap_or(ty);
    match inside(ty, "Vec") {
        Some(element) => format!("[{}]", type_text(element)),
        None => type_text(ty),
    }
}
