//! Lets a choice in an answer hold what the spec doesn't foresee, so that it never fails the whole answer.

use quote::quote;
use syn::{Item, parse_quote};

use super::Draft;
use crate::model::Shape;

/// Adds the variant that takes anything.
pub(super) fn open(draft: &mut Draft) {
    let (Shape::Choice, Item::Enum(item), true) = (&draft.info.shape, &mut draft.item, draft.info.in_answers) else {
        return;
    };
    for variant in &mut item.variants {
        let text = format!(" The form `{}`.", quote!(#variant).to_string().replace(' ', ""));
        variant.attrs = vec![parse_quote!(#[doc = #text])];
    }
    item.variants.push(parse_quote! {
        #[doc = " Anything else, as it came."]
        Other(Value)
    });
}
