//! Chooses the derives: a type that only travels one way can only be written, or only be read.

use syn::{Attribute, Item, parse_quote};

use super::Draft;
use crate::model::{Shape, TypeInfo};

/// Adds the derives and `#[non_exhaustive]`.
pub(super) fn choose(draft: &mut Draft) {
    let derives = derives(draft.info);
    let exhaustive: Attribute = parse_quote!(#[non_exhaustive]);
    match &mut draft.item {
        Item::Struct(item) => item.attrs.extend([derives, exhaustive]),
        Item::Enum(item) => item.attrs.extend([derives, exhaustive]),
        _ => {}
    }
}

fn derives(info: &TypeInfo) -> Attribute {
    let mut derives = vec!["Clone", "Debug"];
    match &info.shape {
        Shape::Object(_) => {
            if has_default(info) {
                derives.push("Default");
            }
            derives.push("PartialEq");
        }
        Shape::Enum { .. } => return parse_quote!(#[derive(Clone, Debug, PartialEq, Eq, Hash)]),
        Shape::Choice => derives.push("PartialEq"),
    }
    if info.in_requests {
        derives.push("Serialize");
    }
    if info.in_answers {
        derives.push("Deserialize");
    }
    let derives = derives.into_iter().map(|name| quote::format_ident!("{name}"));
    parse_quote!(#[derive(#(#derives),*)])
}

/// Whether the type has a default: an answer may lack anything, a request nothing that is required.
pub(super) fn has_default(info: &TypeInfo) -> bool {
    match &info.shape {
        Shape::Object(members) => info.in_answers || members.iter().all(|member| !member.required),
        _ => false,
    }
}
