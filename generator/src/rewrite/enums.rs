//! Gives each enum its strings: an open one keeps a value that this version doesn't know.

use syn::{Item, parse_quote};

use super::{Draft, MacroCall};
use crate::model::Shape;

/// Documents the variants, adds the open one, and calls the macro that ties variants to strings.
pub(super) fn open(draft: &mut Draft) {
    let (Shape::Enum { open, values }, Item::Enum(item)) = (&draft.info.shape, &mut draft.item) else { return };
    let mut lines = Vec::new();
    for (variant, (value, text)) in item.variants.iter_mut().zip(values) {
        let doc = if text.is_empty() { format!(" `{value}`") } else { format!(" `{value}`: {text}") };
        variant.attrs = vec![parse_quote!(#[doc = #doc])];
        lines.push(format!("{} = {value:?},", variant.ident));
    }
    if *open {
        item.variants.push(parse_quote! {
            #[doc = " A value that this version does not know, as it came."]
            Unknown(String)
        });
    }
    let name = if *open { "open_enum" } else { "closed_enum" };
    draft.calls.push(MacroCall { name, head: item.ident.to_string(), lines });
}
