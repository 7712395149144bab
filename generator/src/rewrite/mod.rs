//! Turns progenitor's output into the code that callers get.
//!
//! The types go through ordered passes, one file each; every pass takes the syntax tree as the pass before left
//! it and does one thing. Then each operation is written anew from progenitor's signature and the model.

mod declare;
pub(crate) mod docs;
mod json_text;
mod operations;
mod order;
mod paths;
mod secrets;

use std::collections::BTreeMap;

use syn::{Field, Ident, Item, Type};

use crate::model::{Api, Member, Shape, TypeInfo};
use crate::names;
use crate::render::Rendered;

pub(crate) use operations::RewrittenOperation;

/// The code of one service, not yet in files.
#[derive(Debug)]
pub(crate) struct Rewritten {
    /// What declares the type of each schema.
    pub(crate) types: BTreeMap<String, MacroCall>,
    /// The operations, in the order of the spec.
    pub(crate) operations: Vec<RewrittenOperation>,
    /// What declares the failures that operations share, by the stem of the file that defines them.
    pub(crate) failures: BTreeMap<String, MacroCall>,
}

/// One thing in a generated file.
#[derive(Debug, Clone)]
pub(crate) enum Piece {
    /// Plain Rust.
    Item(Box<Item>),
    /// A call of one of the runtime's macros.
    Call(MacroCall),
}

impl Piece {
    pub(crate) fn item(item: Item) -> Self {
        Self::Item(Box::new(item))
    }
}

/// A call of one of the runtime's macros, which declare what would be repeated for each type and operation
/// otherwise. It is kept as lines because prettyplease can't lay out what isn't plain Rust.
#[derive(Debug, Clone)]
pub(crate) struct MacroCall {
    /// `request`.
    pub(crate) name: &'static str,
    /// What stands between the braces, indented as if they stood in the first column.
    pub(crate) lines: Vec<String>,
}

/// A type on its way through the passes.
struct Draft<'a> {
    schema: &'a str,
    /// The name of the type.
    name: String,
    info: &'a TypeInfo,
    item: Item,
}

/// Runs every pass over the types, and rewrites the operations.
pub(crate) fn rewrite(api: &Api, rendered: Rendered) -> Rewritten {
    let mut drafts = drafts(api, rendered.types);
    for draft in &mut drafts {
        order::members(draft);
        paths::shorten(draft);
        json_text::wrap(draft);
        secrets::hide(draft);
    }
    let (operations, failures) = operations::rewrite(api, &rendered.operations, &drafts);
    let types = drafts.iter().map(|draft| (draft.schema.to_owned(), declare::declare(draft))).collect();
    Rewritten { types, operations, failures }
}

/// The types that stand for a schema; the rest of what typify writes (conversions, builders) has no use here.
fn drafts(api: &Api, items: Vec<Item>) -> Vec<Draft<'_>> {
    let schemas: BTreeMap<String, (&String, &TypeInfo)> =
        api.types.iter().map(|(schema, info)| (names::pascal(schema), (schema, info))).collect();
    let mut drafts: Vec<Draft> = items
        .into_iter()
        .filter_map(|item| {
            let name = type_name(&item)?.to_string();
            let (schema, info) = schemas.get(&name)?;
            Some(Draft { schema, name, info, item })
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
    /// The fields of a struct, each with the member that it stands for; the field for members that the schema doesn't
    /// list has none.
    fn fields(&self) -> Vec<(&Field, Option<&Member>)> {
        let (Shape::Object(members), Item::Struct(item)) = (&self.info.shape, &self.item) else {
            return Vec::new();
        };
        item.fields.iter().map(|field| (field, member_of(field, members))).collect()
    }

    /// The fields that the type can't be made without.
    fn required(&self) -> Vec<(&Ident, &Type, &Member)> {
        let fields = self.fields().into_iter();
        fields
            .filter_map(|(field, member)| Some((field.ident.as_ref()?, &field.ty, member?)))
            .filter(|(_, _, member)| member.required)
            .collect()
    }
}

/// The member that a field stands for.
fn member_of<'a>(field: &Field, members: &'a [Member]) -> Option<&'a Member> {
    let name = field.ident.as_ref()?;
    members.iter().find(|member| *name == member.rust)
}

/// The type as it is written in code: `Map<String, Value>`. Its tokens are separated by blanks, of which only those
/// after a comma are wanted.
fn type_text(ty: &Type) -> String {
    quote::ToTokens::to_token_stream(ty).to_string().replace(' ', "").replace(',', ", ")
}

/// The wrapped type, where `ty` is `wrapper<..>`.
fn inside<'a>(ty: &'a Type, wrapper: &str) -> Option<&'a Type> {
    is_named(ty, wrapper).then(|| crate::render::first_argument(ty)).flatten()
}

/// Whether the type's last segment is `name`.
fn is_named(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|segment| segment.ident == name))
}
