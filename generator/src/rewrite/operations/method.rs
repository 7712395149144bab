//! The method of the group's handle that starts a call.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Ident, ImplItemFn, Type, parse_quote};

use super::{Argument, Source};
use crate::rewrite::{inside, is_named};

impl Source<'_> {
    /// `pub fn exchange(&self, code: impl Into<Secret>) -> Call<OauthExchange, OauthExchangeRequest>`.
    pub(super) fn method(&self) -> ImplItemFn {
        let name = quote::format_ident!("{}", self.operation.name);
        let marker = self.marker();
        let (body_inputs, body) = self.body();
        let body_type = self.body_type();
        let required: Vec<&Argument> =
            self.arguments.iter().filter(|argument| argument.parameter.required).collect();
        let inputs = required.iter().map(|argument| input(&argument.name, &argument.ty)).chain(body_inputs);
        let settings = required.iter().map(|argument| {
            let (name, wire, ty) = (&argument.name, &argument.parameter.name, &argument.ty);
            match inside(ty, "Vec") {
                Some(element) => quote!(.argument_list::<#element>(#wire, #name)),
                None => quote!(.argument::<#ty>(#wire, #name)),
            }
        });
        let call = match &self.operation.body {
            Some(_) => quote!(Call<#marker, #body_type>),
            None => quote!(Call<#marker>),
        };
        let bound = self.bound();
        let mut method: ImplItemFn = parse_quote! {
            pub fn #name(&self, #(#inputs),*) -> #call #bound {
                self.client.call(#body)#(#settings)*
            }
        };
        method.attrs = self.documentation();
        method
    }

    /// The bound on the client's credential. It stands on the method, not on the `impl`, so that a client which lacks the
    /// credential is told what to carry.
    fn bound(&self) -> TokenStream {
        match self.needs().as_slice() {
            [] => quote!(),
            [one] => quote!(where C: Carries<#one>),
            several => quote!(where C: Carries<(#(#several),*)>),
        }
    }

    /// The arguments that the body needs, and the expression that makes it.
    fn body(&self) -> (Vec<TokenStream>, TokenStream) {
        let Some(body) = &self.operation.body else { return (Vec::new(), quote!(())) };
        if self.may_be_absent(body) {
            return (Vec::new(), quote!(None));
        }
        let ty = self.body_type();
        let Some(draft) = self.body_draft() else {
            let name: Ident = parse_quote!(body);
            return (vec![input(&name, &ty)], converted(&name, &ty));
        };
        let required = draft.required();
        if required.is_empty() {
            return (Vec::new(), quote!(#ty::default()));
        }
        let names = required.iter().map(|(name, ..)| name);
        let inputs = required.iter().map(|(name, ty, _)| input(name, ty)).collect();
        (inputs, quote!(#ty::new(#(#names),*)))
    }
}

/// The argument as it is declared: anything that converts, and any sequence for a list.
fn input(name: &Ident, ty: &Type) -> TokenStream {
    match inside(ty, "Vec") {
        Some(element) => quote!(#name: impl IntoIterator<Item = impl Into<#element>>),
        None if is_plain(ty) => quote!(#name: #ty),
        None => quote!(#name: impl Into<#ty>),
    }
}

/// The argument, converted to the type that the call's body has.
fn converted(name: &Ident, ty: &Type) -> TokenStream {
    match inside(ty, "Vec") {
        Some(_) => quote!(#name.into_iter().map(Into::into).collect()),
        None if is_plain(ty) => quote!(#name),
        None => quote!(#name.into()),
    }
}

/// Numbers and truth values, where a conversion would only blur what is meant.
fn is_plain(ty: &Type) -> bool {
    ["bool", "i32", "i64", "u32", "u64", "f32", "f64"].iter().any(|name| is_named(ty, name))
}
