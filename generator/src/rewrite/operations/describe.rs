//! The type that stands for an operation, and its description for the runtime.

use quote::quote;
use proc_macro2::{Literal, TokenStream};
use syn::{Item, parse_quote};

use super::Source;
use crate::model::{Content, Media, Parameter, Place, Retry, Style};
use crate::names;
use crate::rewrite::paths;

impl Source<'_> {
    /// The type and its implementations.
    pub(super) fn describe(&self) -> Vec<Item> {
        let operation = self.operation;
        let marker = self.marker();
        let doc = format!(
            " The operation behind [`{}::{}`]: `{} {}`.",
            names::pascal(&operation.group), operation.name, operation.method, operation.path
        );
        let service = quote::format_ident!("{}", names::pascal(&self.api.service));
        let (answer, form) = self.answer();
        let spec = self.spec();
        let mut items: Vec<Item> = vec![
            parse_quote! {
                #[doc = #doc]
                #[derive(Debug)]
                pub enum #marker {}
            },
            parse_quote! {
                impl Operation for #marker {
                    type Service = #service;
                    type Answer = #answer;
                    type Form = #form;
                    const SPEC: &'static Spec = &#spec;
                }
            },
        ];
        if operation.is_for_browsers() {
            items.push(parse_quote!(impl BrowserOperation for #marker {}));
        }
        items
    }

    /// The answer's type, and the form in which it is read.
    fn answer(&self) -> (syn::Type, syn::Ident) {
        if self.has_several_answers() {
            let name = self.answer_enum_name();
            return (parse_quote!(#name), parse_quote!(ByStatus));
        }
        let mut ty = self.rendering.answer.clone();
        paths::shorten_type(&mut ty);
        match self.operation.answers.first().map(|answer| answer.content) {
            Some(Content::Json) => (ty, parse_quote!(Json)),
            Some(Content::Text) => (parse_quote!(String), parse_quote!(Text)),
            Some(Content::Redirect) => (parse_quote!(Redirect), parse_quote!(Location)),
            Some(Content::Empty) | None => (parse_quote!(()), parse_quote!(Empty)),
        }
    }

    fn spec(&self) -> TokenStream {
        let operation = self.operation;
        let method = quote::format_ident!("{}", names::pascal(&operation.method.to_lowercase()));
        let (id, path) = (&operation.id, &operation.path);
        let mut spec = quote!(Spec::new(Method::#method, #id, #path));
        if !operation.parameters.is_empty() {
            let parameters = operation.parameters.iter().map(describe_parameter);
            spec.extend(quote!(.parameters(&[#(#parameters),*])));
        }
        if !operation.credentials.is_empty() {
            let credentials = &operation.credentials;
            spec.extend(quote!(.credentials(&[#(#credentials),*])));
        }
        spec.extend(match operation.retry {
            Retry::Safe => quote!(.retry(Retry::Safe)),
            Retry::Idempotent => quote!(.retry(Retry::Idempotent)),
            Retry::Never => quote!(.retry(Retry::Never)),
        });
        if let Some(body) = &operation.body {
            spec.extend(match body.media {
                Media::Json => quote!(.body(MediaType::Json)),
                Media::Form => quote!(.body(MediaType::Form)),
            });
        }
        let statuses: Vec<u16> = operation.answers.iter().map(|answer| answer.status).collect();
        if statuses != [200] {
            let statuses = statuses.into_iter().map(Literal::u16_unsuffixed);
            spec.extend(quote!(.answers(&[#(#statuses),*])));
        }
        spec
    }
}

fn describe_parameter(parameter: &Parameter) -> TokenStream {
    let name = &parameter.name;
    let mut described = match parameter.place {
        Place::Path => quote!(Parameter::path(#name)),
        Place::Query => quote!(Parameter::query(#name)),
        Place::Header => quote!(Parameter::header(#name)),
    };
    if parameter.required && parameter.place != Place::Path {
        described.extend(quote!(.required()));
    }
    described.extend(match parameter.style {
        Style::Plain => quote!(),
        Style::Comma => quote!(.comma()),
        Style::DeepObject => quote!(.deep_object()),
        Style::Json => quote!(.json()),
    });
    if parameter.sensitive {
        described.extend(quote!(.sensitive()));
    }
    let limits = &parameter.limits;
    if limits.min_length.is_some() || limits.max_length.is_some() {
        let shortest = Literal::u64_unsuffixed(limits.min_length.unwrap_or_default());
        let longest = limits.max_length.map_or(quote!(usize::MAX), |length| {
            let length = Literal::u64_unsuffixed(length);
            quote!(#length)
        });
        described.extend(quote!(.length(#shortest, #longest)));
    }
    if let Some(pattern) = &limits.pattern {
        described.extend(quote!(.pattern(#pattern)));
    }
    described
}
