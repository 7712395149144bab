//! Has progenitor generate, and takes its output apart. The only place that names progenitor.

use std::collections::BTreeMap;
use std::panic;

use openapiv3::OpenAPI;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use progenitor_impl::{GenerationSettings, Generator, InterfaceStyle, TagStyle};
use syn::{FnArg, GenericArgument, Ident, ImplItem, Item, Pat, PathArguments, ReturnType, Signature, Type};

use crate::fault::Fault;

/// progenitor's output, taken apart but not changed.
#[derive(Debug)]
pub(crate) struct Rendered {
    /// Everything in its `types` module.
    pub(crate) types: Vec<Item>,
    /// The signature of each operation, by its name.
    pub(crate) operations: BTreeMap<String, Rendering>,
}

/// What progenitor made of one operation.
#[derive(Debug, Clone)]
pub(crate) struct Rendering {
    /// Its arguments without the body, in progenitor's order; an optional one is an `Option`.
    pub(crate) arguments: Vec<(Ident, Type)>,
    /// The type of its body.
    pub(crate) body: Option<Type>,
    /// The type of its response; `()` where it carries nothing.
    pub(crate) response: Type,
}

/// Renders a lowered document.
pub(crate) fn render(document: &OpenAPI) -> Result<Rendered, Fault> {
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Positional)
        .with_tag(TagStyle::Merged)
        .with_map_type("::std::collections::BTreeMap");
    // progenitor asserts where others return errors. The checks refuse every document that is known to trip it;
    // this keeps one that is not known from ending the program with a half-told story.
    let tokens = panic::catch_unwind(|| Generator::new(&settings).generate_tokens(document))
        .map_err(|_| refused("it panicked, see above"))?
        .map_err(refused)?;
    let file: syn::File = syn::parse2(declarations(tokens, Level::File)).map_err(refused)?;
    Ok(take_apart(file))
}

/// Where tokens stand.
#[derive(Clone, Copy, PartialEq)]
enum Level {
    File,
    Module,
    Client,
}

/// The same items with the bodies of functions emptied, and of implementations in modules. Most of what progenitor writes
/// is there, nothing of it is read, and parsing it would take longer than everything that is read.
fn declarations(tokens: TokenStream, level: Level) -> TokenStream {
    let mut item = None;
    let pruned = tokens.into_iter().map(|tree| match tree {
        TokenTree::Ident(word) => {
            item = item.take().or_else(|| ITEMS.iter().find(|known| word == **known).copied());
            TokenTree::Ident(word)
        }
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => match (item.take(), level) {
            (Some("mod"), _) => inner(&group, |tokens| declarations(tokens, Level::Module)),
            (Some("impl"), Level::File) => inner(&group, |tokens| declarations(tokens, Level::Client)),
            (Some("impl" | "fn"), _) => inner(&group, |_| TokenStream::new()),
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

fn inner(group: &Group, change: impl FnOnce(TokenStream) -> TokenStream) -> TokenTree {
    TokenTree::Group(Group::new(group.delimiter(), change(group.stream())))
}

/// The checks foresee what progenitor refuses, so this names no place; it says which stage to look at.
fn refused(error: impl std::fmt::Display) -> Fault {
    Fault::without_location(
        "progenitor",
        format!("progenitor refuses the lowered document: {error}"),
        "report this with the spec: a check should have found it first".to_owned(),
    )
}

fn take_apart(file: syn::File) -> Rendered {
    let mut rendered = Rendered { types: Vec::new(), operations: BTreeMap::new() };
    for item in file.items {
        match item {
            Item::Mod(module) if module.ident == "types" => {
                rendered.types = module.content.map(|(_, items)| items).unwrap_or_default();
            }
            Item::Impl(implementation) if implementation.trait_.is_none() => {
                for member in implementation.items {
                    if let ImplItem::Fn(function) = member
                        && function.sig.asyncness.is_some()
                    {
                        rendered.operations.insert(function.sig.ident.to_string(), rendering(function.sig));
                    }
                }
            }
            _ => {}
        }
    }
    rendered
}

fn rendering(signature: Signature) -> Rendering {
    let mut body = None;
    let mut arguments = Vec::new();
    for input in signature.inputs {
        let FnArg::Typed(typed) = input else { continue };
        let Pat::Ident(pattern) = *typed.pat else { continue };
        if pattern.ident == "body" {
            body = Some(owned(*typed.ty));
        } else {
            arguments.push((pattern.ident, owned(*typed.ty)));
        }
    }
    Rendering { arguments, body, response: response(signature.output) }
}

/// The type that the caller owns where progenitor borrows it: `&'a str` is a `String`.
fn owned(borrowed: Type) -> Type {
    match borrowed {
        Type::Reference(reference) => match *reference.elem {
            Type::Path(path) if path.path.is_ident("str") => syn::parse_quote!(String),
            inner => inner,
        },
        Type::Path(mut path) => {
            for segment in &mut path.path.segments {
                if segment.ident == "Option"
                    && let PathArguments::AngleBracketed(arguments) = &mut segment.arguments
                {
                    for argument in &mut arguments.args {
                        if let GenericArgument::Type(inner) = argument {
                            *inner = owned(inner.clone());
                        }
                    }
                }
            }
            Type::Path(path)
        }
        other => other,
    }
}

/// `T` of `Result<ResponseValue<T>, Error<E>>`.
fn response(output: ReturnType) -> Type {
    let mut inner = match output {
        ReturnType::Type(_, output) => *output,
        ReturnType::Default => return syn::parse_quote!(()),
    };
    for _ in ["Result", "ResponseValue"] {
        inner = first_argument(&inner).cloned().unwrap_or_else(|| syn::parse_quote!(()));
    }
    inner
}

/// `T` of `Wrapper<T, ..>`.
pub(crate) fn first_argument(wrapped: &Type) -> Option<&Type> {
    let Type::Path(path) = wrapped else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    })
}
