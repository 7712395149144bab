//! Turns progenitor's output into the code that callers get.
//!
//! The types go through ordered passes, one file each; every pass takes the syntax tree as the pass before left
//! it and does one thing. Then each operation is written anew from progenitor's signature and the model.

mod derives;
pub(crate) mod docs;
mod enums;
mod operations;
mod order;
mod paths;
mod secrets;
mod serde;
mod setters;
mod unions;

use std::collections::BTreeMap;

use syn::{Ident, Item};

use crate::model::{Api, TypeInfo};
use crate::names;
use crate::render::Rendered;

pub(crate) use operations::RewrittenOperation;

/// The code of one service, not yet in files.
#[derive(Debug)]
pub(crate) struct Rewritten {
    /// What stands for each schema: its type, and what goes with it.
    pub(crate) types: BTreeMap<String, Vec<Piece>>,
    /// The operations, in the order of the spec.
    pub(crate) operations: Vec<RewrittenOperation>,
}

/// One thing in a generated file.
#[derive(Debug, Clone)]
pub(crate) enum Piece {
    /// Plain Rust.
    Item(Item),
    /// A call of one of the runtime's macros.
    Call(MacroCall),
}

/// A call of one of the runtime's macros. It has a form of its own because prettyplease can't lay out what
/// isn't plain Rust.
#[derive(Debug, Clone)]
pub(crate) struct MacroCall {
    /// `setters`.
    pub(crate) name: &'static str,
    /// What stands before the list: `LoginOptions()`.
    pub(crate) head: String,
    /// The lines of the list.
    pub(crate) lines: Vec<String>,
}

/// A type on its way through the passes.
struct Draft<'a> {
    schema: &'a str,
    info: &'a TypeInfo,
    item: Item,
    /// What goes with the type.
    calls: Vec<MacroCall>,
}

/// Runs every pass over the types, and rewrites the operations.
pub(crate) fn rewrite(api: &Api, rendered: Rendered) -> Rewritten {
    let mut drafts = drafts(api, rendered.types);
    for draft in &mut drafts {
        order::fields(draft);
        paths::shorten(draft);
        secrets::hide(draft);
        unions::open(draft);
        enums::open(draft);
        docs::write(draft);
        derives::choose(draft);
        serde::attributes(draft);
        setters::add(draft);
    }
    let operations = operations::rewrite(api, &rendered.operations, &drafts);
    let types = drafts.into_iter().map(Draft::into_pieces).collect();
    Rewritten { types, operations }
}

/// The types that stand for a schema; the rest of what typify writes (conversions, builders) has no use here.
fn drafts(api: &Api, items: Vec<Item>) -> Vec<Draft<'_>> {
    let schemas: BTreeMap<String, (&String, &TypeInfo)> =
        api.types.iter().map(|(schema, info)| (names::pascal(schema), (schema, info))).collect();
    let mut drafts: Vec<Draft> = items
        .into_iter()
        .filter_map(|item| {
            let (schema, info) = schemas.get(&type_name(&item)?.to_string())?;
            Some(Draft { schema, info, item, calls: Vec::new() })
        })
        .collect();
    drafts.sort_by_key(|draft| draft.info.order);
    drafts
}

fn type_name(item: &Item) -> Option<&Ident> {
    match item {
        Item::Struct(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        _ => None,
    }
}

impl Draft<'_> {
    fn into_pieces(self) -> (String, Vec<Piece>) {
        let mut pieces = vec![Piece::Item(self.item)];
        pieces.extend(self.calls.into_iter().map(Piece::Call));
        (self.schema.to_owned(), pieces)
    }
}

/// The type as it is written in a macro call: `Map<String, Value>`.
fn type_text(ty: &syn::Type) -> String {
    let alias: syn::File = syn::parse_quote!(type T = #ty;);
    let text = prettyplease::unparse(&alias);
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    one_line.trim_start_matches("type T = ").trim_end_matches(';').replace("< ", "<").replace(", >", ">")
}

/// The wrapped type, where `ty` is `wrapper<..>`.
fn inside<'a>(ty: &'a syn::Type, wrapper: &str) -> Option<&'a syn::Type> {
    is_named(ty, wrapper).then(|| crate::render::first_argument(ty)).flatten()
}

/// Whether the type's last segment is `name`.
fn is_named(ty: &syn::Type, name: &str) -> bool {
    matches!(ty, syn::Type::Path(path) if path.path.segments.last().is_some_and(|segment| segment.ident == name))
}
