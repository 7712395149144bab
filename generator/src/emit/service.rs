//! `mod.rs` of a service: its modules, its client, and the way from the client to each group.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::module::Module;
use super::{client, example_responses, known_words, rust, text};
use crate::model::{Api, OperationGroup};
use crate::names;

/// The module of the service; `has_common` tells whether there is one for what several groups share.
pub(super) fn module(api: &Api, has_common: bool) -> Module {
    let mut blocks = vec![rust::items(modules(api, has_common)).concat()];
    blocks.push(client::declaration(api));
    blocks.extend(rust::items([accessors(api)]));
    blocks.extend(rust::items(alternatives(api)));
    blocks.extend(rust::items([table(api)]));
    blocks.push(examples(api));
    blocks.push(known_words::of_service(api, has_common));
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

/// The modules, and what the service's own module has of them.
fn modules(api: &Api, has_common: bool) -> Vec<TokenStream> {
    let mut items = Vec::new();
    if has_common {
        // The other modules use the macros that it declares.
        items.push(quote!(
            #[macro_use]
            pub mod common;
        ));
    }
    for group in &api.groups {
        let Names { feature, module, .. } = Names::of(api, group);
        items.push(quote!(#[cfg(feature = #feature)] pub mod #module;));
    }
    if api.has_shared_types() {
        items.push(quote!(
            pub use self::common::*;
        ));
    }
    items.push(quote!(
        pub use crate::runtime::{JsonText, Nullable, Secret};
    ));
    items.push(quote!(
        use crate::runtime::codegen::{SecurityScheme, client};
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
            #[allow(unused_imports, unreachable_pub)]
            pub use crate::services::#module::*;
        )
    } else {
        let service = rust::name(&names::pascal(&api.service));
        quote!(impl crate::runtime::Conventions for #service {})
    }
}

/// The names of a group in Rust.
struct Names {
    feature: String,
    module: TokenStream,
    handle: TokenStream,
}

impl Names {
    fn of(api: &Api, group: &OperationGroup) -> Self {
        Self {
            feature: names::feature(&api.service, &group.stem),
            module: rust::name(&names::module(&group.stem)),
            handle: rust::name(&names::pascal(&group.stem)),
        }
    }
}

/// The methods of the client that give the handles of the groups.
fn accessors(api: &Api) -> TokenStream {
    let accessors = api.groups.iter().map(|group| {
        let Names { feature, module, handle } = Names::of(api, group);
        let lines = text::lines(&group.description);
        let lines = lines.iter().map(|line| if line.is_empty() { line.clone() } else { format!(" {line}") });
        quote! {
            #(#[doc = #lines])*
            #[cfg(feature = #feature)]
            pub fn #module(&self) -> #module::#handle<C> {
                #module::#handle::new(self.clone())
            }
        }
    });
    quote! {
        impl<C> Client<C> {
            #(#accessors)*
        }
    }
}

/// The table of all operations, put together from the lists of the groups.
fn table(api: &Api) -> TokenStream {
    let groups = api.groups.iter().map(|group| {
        let Names { feature, module, handle } = Names::of(api, group);
        quote!(#[cfg(feature = #feature)] operations.extend(crate::runtime::listed::<#module::#handle<()>>());)
    });
    quote! {
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

/// The example responses of all groups, a line for each.
fn examples(api: &Api) -> String {
    let groups =
        api.groups.iter().filter(|group| example_responses::declaration(&group.operations).is_some());
    let lines = groups.map(|group| {
        let (feature, module) = (names::feature(&api.service, &group.stem), names::module(&group.stem));
        format!("    #[cfg(feature = {feature:?})] pub use super::{module}::examples::*;\n")
    });
    format!(
        "/// What each operation responds with in the spec, for the tests of applications.\n\
         #[cfg(feature = \"test-util\")]\npub mod examples {{\n{}}}\n",
        lines.collect::<String>()
    )
}

/// For each set of credentials of which any one will do: that each of them does.
fn alternatives(api: &Api) -> Vec<TokenStream> {
    let needed = api.operations().map(|operation| &operation.credentials);
    let sets: BTreeSet<(&[String], &[String])> = needed
        .filter(|credentials| credentials.needed().len() > 1)
        .map(|credentials| (credentials.schemes.as_slice(), credentials.types.as_slice()))
        .collect();
    let implementations = sets.into_iter().flat_map(|(_, types)| {
        let all: Vec<TokenStream> = types.iter().map(|name| rust::name(name)).collect();
        all.iter().map(|one| quote!(impl Carries<(#(#all),*)> for #one {})).collect::<Vec<_>>()
    });
    implementations.collect()
}
