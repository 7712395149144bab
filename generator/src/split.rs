//! Sorts the code into files: one for each group, one for what groups share, one that ties them together.

use std::collections::BTreeMap;

use quote::quote;
use syn::{Ident, Item, parse_quote};

use crate::model::{Api, Group, TypeInfo};
use crate::names;
use crate::rewrite::{MacroCall, Piece, Rewritten, RewrittenOperation, docs};

/// The stem of the file with the shared schemas.
pub(crate) const COMMON: &str = "common";

/// A generated file, not yet printed.
#[derive(Debug)]
pub(crate) struct Module {
    /// The module's name: `oauth`, `common` or `mod`.
    pub(crate) name: String,
    /// The spec that it comes from.
    pub(crate) source: String,
    /// The text of its `//!` comment.
    pub(crate) heading: String,
    /// What it contains, in order.
    pub(crate) pieces: Vec<Gated>,
}

/// A piece with the features of which one must be on; with none, it is always compiled.
#[derive(Debug)]
pub(crate) struct Gated {
    /// The features.
    pub(crate) features: Vec<String>,
    /// What they switch on.
    pub(crate) piece: Piece,
}

/// The modules of one service.
pub(crate) fn split(api: &Api, rewritten: Rewritten) -> Vec<Module> {
    let mut homes: BTreeMap<&str, Vec<(&TypeInfo, Piece)>> = BTreeMap::new();
    for (schema, declaration) in rewritten.types {
        if let Some(info) = api.types.get(&schema) {
            homes.entry(info.home.as_str()).or_default().push((info, Piece::Call(declaration)));
        }
    }
    for types in homes.values_mut() {
        types.sort_by_key(|(info, _)| info.order);
    }
    let mut operations: BTreeMap<&str, Vec<RewrittenOperation>> = BTreeMap::new();
    for operation in rewritten.operations {
        if let Some(known) = api.operations.iter().find(|known| known.id == operation.id) {
            operations.entry(known.group.as_str()).or_default().push(operation);
        }
    }
    let mut failures = rewritten.failures;
    let has_common = homes.contains_key(COMMON) || failures.contains_key(COMMON);
    let mut modules = vec![service_module(api, has_common)];
    if has_common {
        let types = homes.remove(COMMON).unwrap_or_default();
        modules.push(common_module(api, failures.remove(COMMON), types));
    }
    for group in &api.groups {
        let types = homes.remove(group.stem.as_str()).unwrap_or_default();
        let operations = operations.remove(group.stem.as_str()).unwrap_or_default();
        modules.push(group_module(group, failures.remove(&group.stem), operations, types));
    }
    modules
}

fn gate(features: Vec<String>, pieces: impl IntoIterator<Item = Piece>) -> Vec<Gated> {
    pieces.into_iter().map(|piece| Gated { features: features.clone(), piece }).collect()
}

fn always(items: impl IntoIterator<Item = Item>) -> Vec<Gated> {
    gate(Vec::new(), items.into_iter().map(Piece::item))
}

/// `mod.rs`: the modules, and the way from the client to each group.
fn service_module(api: &Api, has_common: bool) -> Module {
    let service = &api.service;
    let mut items: Vec<Item> = Vec::new();
    if has_common {
        // The other modules use the macros that it declares.
        items.push(parse_quote!(
            #[macro_use]
            pub mod common;
        ));
    }
    for group in &api.groups {
        let name = ident(&names::module(&group.stem));
        let feature = names::feature(service, &group.stem);
        items.push(parse_quote!(#[cfg(feature = #feature)] pub mod #name;));
    }
    let ext = ident(service);
    if api.types.values().any(|info| info.home == COMMON) {
        items.push(parse_quote!(
            pub use self::common::*;
        ));
    }
    items.push(parse_quote!(pub use crate::ext::#ext::*;));
    items.push(parse_quote!(
        pub use crate::runtime::{JsonText, Secret};
    ));
    let accessors = api.groups.iter().map(|group| {
        let name = ident(&names::module(&group.stem));
        let handle = ident(&names::pascal(&group.stem));
        let feature = names::feature(service, &group.stem);
        let docs = docs::attributes(&group.description);
        quote! {
            #(#docs)*
            #[cfg(feature = #feature)]
            pub fn #name(&self) -> #name::#handle<C> {
                #name::#handle::new(self.clone())
            }
        }
    });
    items.push(parse_quote! {
        impl<C> Client<C> {
            #(#accessors)*
        }
    });
    items.extend(alternatives(api));
    items.push(table(api));
    Module {
        name: "mod".to_owned(),
        source: format!("spec/{service}/openapi.yaml"),
        heading: format!("{}\n\n{}", api.title, api.description),
        pieces: always(items),
    }
}

/// The table of all operations, put together from the lists of the groups.
fn table(api: &Api) -> Item {
    let groups = api.groups.iter().map(|group| {
        let name = ident(&names::module(&group.stem));
        let feature = names::feature(&api.service, &group.stem);
        quote!(#[cfg(feature = #feature)] operations.extend(#name::OPERATIONS);)
    });
    parse_quote! {
        /// All operations of the service whose groups are switched on.
        #[cfg(feature = "operations")]
        #[inline]
        #[must_use]
        pub fn operations() -> Vec<&'static crate::runtime::OperationInfo> {
            let mut operations = Vec::new();
            #(#groups)*
            operations
        }
    }
}

/// For each set of credentials of which any one will do: that each of them does.
fn alternatives(api: &Api) -> Vec<Item> {
    let mut sets: Vec<&Vec<String>> = api
        .operations
        .iter()
        .filter(|operation| !operation.credential_is_optional)
        .map(|operation| &operation.credentials)
        .filter(|set| set.len() > 1 && !set.iter().any(|name| api.base_credentials.contains(name)))
        .collect();
    sets.sort();
    sets.dedup();
    sets.into_iter()
        .flat_map(|set| {
            let all: Vec<Ident> = set.iter().map(|name| ident(&names::pascal(name))).collect();
            let implementations: Vec<Item> =
                all.iter().map(|one| parse_quote!(impl Carries<(#(#all),*)> for #one {})).collect();
            implementations
        })
        .collect()
}

/// What a generated file imports: the service's own names, unless it only has types, and the runtime's.
fn imports(has_operations: bool) -> Vec<Item> {
    let mut imports: Vec<Item> = Vec::new();
    if has_operations {
        imports.push(parse_quote!(
            #[allow(unused_imports)]
            use super::*;
        ));
    }
    imports.push(parse_quote!(
        #[allow(unused_imports)]
        use crate::runtime::codegen::*;
    ));
    imports
}

/// `common.rs`: what several files of the spec refer to, each type compiled with the groups that use it.
fn common_module(api: &Api, failures: Option<MacroCall>, types: Vec<(&TypeInfo, Piece)>) -> Module {
    let service = &api.service;
    let mut pieces = always(imports(false));
    pieces.extend(gate(Vec::new(), failures.map(Piece::Call)));
    for (info, piece) in types {
        let everywhere = info.used_by.len() == api.groups.len();
        let features = if everywhere {
            Vec::new()
        } else {
            info.used_by.iter().map(|stem| names::feature(service, stem)).collect()
        };
        pieces.extend(gate(features, [piece]));
    }
    Module {
        name: COMMON.to_owned(),
        source: format!("spec/{service}/{COMMON}.yaml"),
        heading: "What several groups share; the service's module has the types too.".to_owned(),
        pieces,
    }
}

/// `<group>.rs`: the handle with its methods, then each operation, then the types beneath those who use them.
fn group_module(
    group: &Group,
    failures: Option<MacroCall>,
    operations: Vec<RewrittenOperation>,
    types: Vec<(&TypeInfo, Piece)>,
) -> Module {
    let mut pieces = always(imports(true));
    let (methods, parts): (Vec<_>, Vec<_>) =
        operations.into_iter().map(|operation| (operation.method, operation.pieces)).unzip();
    pieces.extend(gate(Vec::new(), failures.map(Piece::Call)));
    pieces.extend(gate(Vec::new(), [handle(group, methods)]));
    pieces.extend(gate(Vec::new(), parts.into_iter().flatten()));
    pieces.extend(gate(Vec::new(), types.into_iter().map(|(_, piece)| piece)));
    Module {
        name: names::module(&group.stem),
        source: group.file.clone(),
        heading: group.description.clone(),
        pieces,
    }
}

/// The handle of the group with its methods.
fn handle(group: &Group, methods: Vec<Vec<String>>) -> Piece {
    let (name, accessor) = (names::pascal(&group.stem), names::module(&group.stem));
    let mut lines = vec![
        format!("/// The operations of the group `{}`; [`Client::{accessor}`] gives it.", group.stem),
        format!("pub struct {name}({:?});", group.stem),
    ];
    for method in methods {
        lines.push(String::new());
        lines.extend(method);
    }
    Piece::Call(MacroCall { name: "group", lines })
}

fn ident(name: &str) -> Ident {
    quote::format_ident!("{name}")
}
