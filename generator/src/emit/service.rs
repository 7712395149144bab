//! `mod.rs` of a service: its client, its modules, and the way from the client to each group.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::macro_call::macro_call;
use super::module::Module;
use super::text::{self, INDENT};
use super::{client, known_words, rust};
use crate::model::{Api, Placement, SchemeRole, SecurityScheme};
use crate::names;

/// The module of the service; `has_common` tells whether there is one for what several groups share.
pub(super) fn module(api: &Api, has_common: bool) -> Module {
    let mut blocks = vec![rust::items(imports(api, has_common)).concat()];
    blocks.push(client::declaration(api));
    blocks.extend(rust::items(alternatives(api)));
    blocks.push(groups(api, has_common));
    Module {
        name: "mod".to_owned(),
        source: format!("spec/{}/openapi.yaml", api.service),
        heading: heading(api),
        blocks,
    }
}

/// What the service is called, what it is, and where its vendor documents it.
fn heading(api: &Api) -> String {
    let link = api.docs.as_ref().map(|page| format!("See its [documentation]({page})."));
    let parts = [api.title.clone(), api.description.clone(), link.unwrap_or_default()];
    parts.map(|part| part.trim().to_owned()).join("\n\n")
}

/// The imports of the service's module, and its conventions.
fn imports(api: &Api, has_common: bool) -> Vec<TokenStream> {
    let mut items = Vec::new();
    if has_common {
        // The other modules use the macros that it declares.
        items.push(quote!(
            #[macro_use]
            pub mod common;
        ));
    }
    if api.has_shared_types() {
        items.push(quote!(
            #[doc(inline)]
            pub use self::common::*;
        ));
    }
    items.push(quote!(
        pub use crate::runtime::{JsonText, Nullable, Secret, Timestamp};
    ));
    items.push(quote!(
        use crate::runtime::codegen::*;
    ));
    items.push(conventions(api));
    if client::default_credential(api) == client::ANONYMOUS {
        items.push(quote!(
            /// The credential of a client that carries none.
            #[derive(Clone, Copy, Debug)]
            pub enum Anonymous {}
        ));
    }
    items
}

/// What no spec can say of the service: hand-written code, or what most services do.
fn conventions(api: &Api) -> TokenStream {
    if api.is_hand_written {
        let module = rust::name(&names::module(&api.service));
        quote!(
            #[allow(unreachable_pub)]
            pub use crate::services::#module::*;
        )
    } else {
        let service = rust::name(&names::pascal(&api.service));
        quote!(impl crate::runtime::Conventions for #service {})
    }
}

/// The declaration (`groups!`) of the modules of the groups, with the text of the method that leads from the client to each
/// of them, and of what else the service's module has from each: its operations and its known words.
fn groups(api: &Api, has_common: bool) -> String {
    let mut lines = vec![format!("words [{}];", known_words::of_service(api, has_common).join(", "))];
    for group in &api.groups {
        lines.extend(text::comment(&group.description, false, INDENT));
        let (module, handle) = (names::module(&group.stem), names::group_type(&group.stem));
        lines.push(format!("{INDENT}{module}: {handle} = {:?},", names::feature(&api.service, &group.stem)));
    }
    macro_call("groups", &lines)
}

/// Says which credentials serve in place of others. Where an operation takes any one of a set of credentials, each of them
/// serves for the set. A credential that combines several schemes serves for each of its parts, too.
fn alternatives(api: &Api) -> Vec<TokenStream> {
    let needed = api.operations().map(|operation| operation.credentials.needed());
    let sets: BTreeSet<&[String]> = needed.filter(|needed| needed.len() > 1).collect();
    let combined: Vec<(String, Vec<String>)> = api.schemes.iter().filter_map(combined).collect();
    let parts = combined.iter().flat_map(|(whole, parts)| {
        let whole = rust::name(whole);
        parts.iter().map(|name| rust::name(name)).map(move |part| quote!(impl Carries<#part> for #whole {}))
    });
    let sets = sets.into_iter().flat_map(|set| {
        let has_one = |(whole, parts): &&(String, Vec<String>)| {
            !set.contains(whole) && parts.iter().any(|part| set.contains(part))
        };
        let carriers = set.iter().chain(combined.iter().filter(has_one).map(|(whole, _)| whole));
        let all: Vec<TokenStream> = set.iter().map(|name| rust::name(name)).collect();
        let carriers = carriers.map(|name| rust::name(name));
        carriers.map(|one| quote!(impl Carries<(#(#all),*)> for #one {})).collect::<Vec<_>>()
    });
    sets.chain(parts).collect()
}

/// The type of a credential that combines several schemes, with the types of those parts that not every client carries.
fn combined(scheme: &SecurityScheme) -> Option<(String, Vec<String>)> {
    let Placement::All(parts) = &scheme.placement else { return None };
    let carried = parts.iter().filter(|part| part.role == SchemeRole::Carried);
    let types: Vec<String> = carried.map(|part| names::pascal(&part.name)).collect();
    (scheme.role == SchemeRole::Carried).then(|| (names::pascal(&scheme.name), types))
}
