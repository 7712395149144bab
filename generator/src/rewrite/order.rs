//! Puts members into the order of the spec, and takes typify's attributes off.

use syn::{Field, Fields, Item};

use super::Draft;
use crate::model::Shape;
use crate::names;

/// Sorts the fields of a struct as the schema lists its members, and gives each the name that it is to have.
pub(super) fn members(draft: &mut Draft) {
    match &mut draft.item {
        Item::Struct(item) => {
            item.attrs.clear();
            let (Shape::Object(members), Fields::Named(fields)) = (&draft.info.shape, &mut item.fields)
            else {
                return;
            };
            let mut sorted: Vec<_> = std::mem::take(&mut fields.named).into_iter().collect();
            let rendered: Vec<String> = members.iter().map(|member| names::rendered(&member.name)).collect();
            let position = |field: &Field| {
                let name = field.ident.as_ref()?;
                rendered.iter().position(|rendered| name == rendered)
            };
            sorted.sort_by_key(|field| position(field).unwrap_or(usize::MAX));
            for field in &mut sorted {
                if let Some(member) = position(field).and_then(|position| members.get(position)) {
                    field.ident = Some(quote::format_ident!("{}", member.rust));
                }
            }
            fields.named = sorted.into_iter().collect();
        }
        Item::Enum(item) => item.attrs.clear(),
        _ => {}
    }
}
