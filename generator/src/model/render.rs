//! Has progenitor make the types, and reads them off its syntax tree. The only file that names progenitor, and the only
//! one of the model that names `syn`.

use std::collections::BTreeMap;
use std::thread;

use openapiv3::OpenAPI;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use progenitor_impl::{GenerationSettings, Generator, InterfaceStyle, TagStyle};
use serde_json::Value;
use syn::{Fields, GenericArgument, Item, PathArguments, PathSegment};

use super::types::{Type, Width};
use crate::fault::Fault;

/// The types that progenitor made, by their names.
#[derive(Debug, Default)]
pub(super) struct Rendered {
    /// The fields of each struct, by their names.
    pub(super) structs: BTreeMap<String, BTreeMap<String, Type>>,
    /// The variants of each enum with the type that each one holds, in their order.
    pub(super) enums: BTreeMap<String, Vec<(String, Option<Type>)>>,
}

/// How much of a stack openapiv3 and progenitor have, in bytes. They need about 50,000 for each level of nesting if it isn't optimised.
const STACK: usize = 64 << 20;

/// Makes the types of a lowered document.
///
/// openapiv3 and progenitor run in a thread of their own, for its stack. progenitor asserts where others return errors. The checks refuse every
/// document that is known to make it panic; a panic that isn't known becomes a fault here, so that it doesn't end the
/// program.
pub(super) fn render(document: Value) -> Result<Rendered, Fault> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, move || types_of(document));
        thread.map_err(refused)?.join().unwrap_or_else(|_| Err(refused("it panicked, see above")))
    })
}

fn types_of(document: Value) -> Result<Rendered, Fault> {
    let document: OpenAPI = serde_json::from_value(document).map_err(refused)?;
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Positional)
        .with_tag(TagStyle::Merged)
        .with_map_type("::std::collections::BTreeMap");
    let tokens = Generator::new(&settings).generate_tokens(&document).map_err(refused)?;
    let file: syn::File = syn::parse2(declarations(tokens)).map_err(refused)?;
    let mut rendered = Rendered::default();
    for item in file.items {
        if let Item::Mod(module) = item
            && module.ident == "types"
        {
            for item in module.content.into_iter().flat_map(|(_, items)| items) {
                read_item(&item, &mut rendered)?;
            }
        }
    }
    Ok(rendered)
}

/// The same items with the bodies of functions and implementations emptied. Most of what progenitor writes is there,
/// nothing of it is read, and parsing it would take longer than everything that is read.
fn declarations(tokens: TokenStream) -> TokenStream {
    let mut item = None;
    let pruned = tokens.into_iter().map(|tree| match tree {
        TokenTree::Ident(word) => {
            item = item.take().or_else(|| ITEMS.iter().find(|known| word == **known).copied());
            TokenTree::Ident(word)
        }
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => match item.take() {
            Some("mod") => TokenTree::Group(Group::new(Delimiter::Brace, declarations(group.stream()))),
            Some("impl" | "fn") => TokenTree::Group(Group::new(Delimiter::Brace, TokenStream::new())),
            _ => TokenTree::Group(group),
        },
        TokenTree::Punct(mark) => {
            if mark.as_char() == ';' {
                item = None;
            }
            TokenTree::Punct(mark)
        }
        other => other,
    });
    pruned.collect()
}

/// The words that say what an item is.
const ITEMS: &[&str] = &["const", "enum", "fn", "impl", "mod", "static", "struct", "trait", "type", "use"];

/// The checks foresee what progenitor refuses, so this names no place; it says which stage to look at.
fn refused(error: impl std::fmt::Display) -> Fault {
    Fault::without_location(
        "progenitor",
        format!("progenitor refuses the lowered document: {error}"),
        "report this with the spec: a check should have found it first".to_owned(),
    )
}

/// Keeps the fields of a struct or the variants of an enum; nothing else that progenitor writes is of use.
fn read_item(item: &Item, rendered: &mut Rendered) -> Result<(), Fault> {
    match item {
        Item::Struct(item) => {
            let mut fields = BTreeMap::new();
            for field in &item.fields {
                if let Some(name) = &field.ident {
                    fields.insert(name.to_string(), read_type(&field.ty)?);
                }
            }
            rendered.structs.insert(item.ident.to_string(), fields);
        }
        Item::Enum(item) => {
            let mut variants = Vec::new();
            for variant in &item.variants {
                let held = match &variant.fields {
                    Fields::Unnamed(fields) => fields.unnamed.first().map(|field| read_type(&field.ty)),
                    _ => None,
                };
                variants.push((variant.ident.to_string(), held.transpose()?));
            }
            rendered.enums.insert(item.ident.to_string(), variants);
        }
        _ => {}
    }
    Ok(())
}

fn read_type(ty: &syn::Type) -> Result<Type, Fault> {
    known_type(ty)?.ok_or_else(|| {
        let text = quote::ToTokens::to_token_stream(ty).to_string().replace(' ', "");
        refused(format!("it made the type `{text}`, which the generator doesn't know"))
    })
}

/// The type that a path of Rust stands for; `None` where it isn't one of those that typify is known to write.
fn known_type(ty: &syn::Type) -> Result<Option<Type>, Fault> {
    let syn::Type::Path(path) = ty else { return Ok(None) };
    let names: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let held = |wrap: fn(Box<Type>) -> Type| match path.path.segments.last().and_then(last_argument) {
        Some(inner) => read_type(inner).map(|inner| Some(wrap(Box::new(inner)))),
        None => Ok(None),
    };
    Ok(Some(match names.as_slice() {
        ["bool"] => Type::Bool,
        ["i32"] => Type::Int(Width::W32),
        ["i64"] => Type::Int(Width::W64),
        ["u64"] => Type::Unsigned,
        ["f32"] => Type::Float(Width::W32),
        ["f64"] => Type::Float(Width::W64),
        ["std", "string", "String"] => Type::Text,
        ["chrono", "DateTime"] => Type::Time,
        ["serde_json", "Value"] => Type::Any,
        ["serde_json", "Map"] => Type::FreeObject,
        ["std", "vec", "Vec"] => return held(Type::List),
        ["std", "collections", "BTreeMap"] => return held(Type::Map),
        ["std", "option", "Option"] => return held(Type::Option),
        ["std", "boxed", "Box"] => return held(boxed),
        [name] | ["types" | "self" | "super", name] if name.starts_with(char::is_uppercase) => {
            Type::Named((*name).to_owned())
        }
        _ => return Ok(None),
    }))
}

/// A type in a box. typify boxes some members as a whole, though only what an `Option` holds needs the box.
fn boxed(inner: Box<Type>) -> Type {
    match *inner {
        Type::Option(held) => Type::Option(Box::new(Type::Boxed(held))),
        _ => Type::Boxed(inner),
    }
}

/// `T` of `Vec<T>` and of `BTreeMap<K, T>`.
fn last_argument(segment: &PathSegment) -> Option<&syn::Type> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    arguments.args.iter().rev().find_map(|argument| match argument {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(ty: &str) -> Result<Type, Fault> {
        read_type(&syn::parse_str(ty).unwrap())
    }

    #[test]
    fn each_type_that_typify_writes_is_known() {
        let named = Type::Named("Report".to_owned());
        let cases = [
            ("bool", Type::Bool),
            ("i32", Type::Int(Width::W32)),
            ("u64", Type::Unsigned),
            ("f64", Type::Float(Width::W64)),
            ("::std::string::String", Type::Text),
            ("::chrono::DateTime<::chrono::offset::Utc>", Type::Time),
            ("::serde_json::Value", Type::Any),
            ("::serde_json::Map<::std::string::String, ::serde_json::Value>", Type::FreeObject),
            ("::std::vec::Vec<i64>", Type::List(Box::new(Type::Int(Width::W64)))),
            (
                "::std::collections::BTreeMap<::std::string::String, types::Report>",
                Type::Map(Box::new(named.clone())),
            ),
            (
                "::std::option::Option<::std::boxed::Box<Report>>",
                Type::Boxed(Box::new(named.clone())).into_option(),
            ),
            ("::std::boxed::Box<::std::option::Option<Report>>", Type::Boxed(Box::new(named)).into_option()),
        ];
        for (written, ty) in cases {
            assert_eq!(read(written).unwrap(), ty, "{written}");
        }
    }

    #[test]
    fn any_other_type_is_a_fault() {
        for written in ["::std::vec::Vec<u8>", "[i64; 2]", "::std::num::NonZeroU64", "&str"] {
            let Err(fault) = read(written) else { panic!("`{written}` is known") };
            assert!(fault.what.contains("which the generator doesn't know"), "{}", fault.what);
        }
    }
}
