//! Writes each operation anew from progenitor's signature and the model.
//!
//! An operation becomes a method of its group's handle, which takes the required arguments, and a declaration that
//! describes it to the runtime; its optional parameters become setters of the call.

mod describe;
mod docs;
mod example;
mod failures;
mod method;
mod responses;

use std::collections::BTreeMap;

use syn::{Ident, Type};

use super::{Draft, MacroCall, Piece, inside, paths, secrets};
use crate::lower::argument;
use crate::model::{Api, Body, Operation, Parameter};
use crate::names;
use crate::render::Rendering;
use failures::SharedFailures;

/// The code of one operation.
#[derive(Debug)]
pub(crate) struct RewrittenOperation {
    /// `oauth_exchange`.
    pub(crate) id: String,
    /// The method of the group's handle.
    pub(crate) method: Vec<String>,
    /// The type that stands for the operation, and what goes with it.
    pub(crate) pieces: Vec<Piece>,
}

/// Everything that is known of one operation.
struct Source<'a> {
    api: &'a Api,
    operation: &'a Operation,
    rendering: &'a Rendering,
    renderings: &'a BTreeMap<String, Rendering>,
    drafts: &'a [Draft<'a>],
    failures: &'a SharedFailures,
    arguments: Vec<Argument<'a>>,
}

/// A parameter with its Rust name and type.
struct Argument<'a> {
    parameter: &'a Parameter,
    name: Ident,
    ty: Type,
}

/// Rewrites every operation that progenitor rendered; gives them, and what declares the failures that those of a file
/// share.
pub(super) fn rewrite(
    api: &Api,
    renderings: &BTreeMap<String, Rendering>,
    drafts: &[Draft],
) -> (Vec<RewrittenOperation>, BTreeMap<String, MacroCall>) {
    let failures = SharedFailures::of(api);
    let operations = api
        .operations
        .iter()
        .filter_map(|operation| {
            let rendering = renderings.get(&names::snake(&operation.id))?;
            let arguments = arguments(operation, rendering);
            let source =
                Source { api, operation, rendering, renderings, drafts, failures: &failures, arguments };
            Some(source.rewrite())
        })
        .collect();
    (operations, failures.declare())
}

/// The parameters in the order of the spec, with the types that progenitor gave them.
fn arguments<'a>(operation: &'a Operation, rendering: &Rendering) -> Vec<Argument<'a>> {
    let numbered = operation.parameters.iter().enumerate();
    numbered
        .filter_map(|(index, parameter)| {
            let rendered = argument(index);
            let (_, ty) = rendering.arguments.iter().find(|(name, _)| *name == rendered)?;
            let mut ty = inside(ty, "Option").unwrap_or(ty).clone();
            paths::shorten_type(&mut ty);
            let ty = if parameter.sensitive { secrets::hidden(&ty) } else { ty };
            Some(Argument { parameter, name: quote::format_ident!("{}", parameter.rust), ty })
        })
        .collect()
}

impl Source<'_> {
    fn rewrite(&self) -> RewrittenOperation {
        let mut pieces = vec![Piece::Call(self.describe())];
        if self.operation.is_for_browsers() {
            let marker = self.marker();
            pieces.push(Piece::item(syn::parse_quote!(impl BrowserOperation for #marker {})));
        }
        pieces.extend(self.response_enum().map(Piece::Call));
        RewrittenOperation { id: self.operation.id.clone(), method: self.method(), pieces }
    }

    /// The credentials of which the client must carry one: none where anybody may call, or where every client of
    /// the service carries what is asked for.
    fn needs(&self) -> Vec<String> {
        if self.operation.credential_is_optional { Vec::new() } else { self.credentials() }
    }

    /// The credentials of which one is sent, beside what every client of the service carries.
    fn credentials(&self) -> Vec<String> {
        let base = &self.api.base_credentials;
        if self.operation.credentials.iter().any(|credential| base.contains(credential)) {
            return Vec::new();
        }
        self.operation.credentials.iter().map(|name| names::pascal(name)).collect()
    }

    fn marker(&self) -> Ident {
        quote::format_ident!("{}", self.operation.marker)
    }

    /// The body's schema, where it is an object whose members are arguments and setters of the call.
    fn body_draft(&self) -> Option<&Draft<'_>> {
        let schema = self.operation.body.as_ref()?.schema.as_ref()?;
        self.drafts.iter().find(|draft| draft.schema == schema && matches!(draft.item, syn::Item::Struct(_)))
    }

    /// The type of the call's body: `()` where there is none, an `Option` where it may be left out as a whole.
    fn body_type(&self) -> Type {
        let (Some(body), Some(ty)) = (&self.operation.body, &self.rendering.body) else {
            return syn::parse_quote!(());
        };
        let mut ty = ty.clone();
        paths::shorten_type(&mut ty);
        if self.may_be_absent(body) { syn::parse_quote!(Option<#ty>) } else { ty }
    }

    /// Whether leaving the body out means something else than sending it empty.
    fn may_be_absent(&self, body: &Body) -> bool {
        !body.required && !self.body_draft().is_some_and(|draft| draft.required().is_empty())
    }
}
