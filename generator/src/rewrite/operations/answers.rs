//! The enum of an operation that succeeds in several ways.

use proc_macro2::Literal;
use quote::quote;
use syn::{Ident, Item, Type, Variant, parse_quote};

use super::Source;
use crate::lower::answer_operation;
use crate::model::{Answer, Content};
use crate::names;
use crate::rewrite::{docs, paths};

impl Source<'_> {
    /// Whether one type can't hold all successful answers.
    pub(super) fn has_several_answers(&self) -> bool {
        let mut answers = self.operation.answers.iter();
        let Some(first) = answers.next() else { return false };
        let first_type = self.answer_type(first);
        answers.any(|answer| answer.content != first.content || self.answer_type(answer) != first_type)
    }

    pub(super) fn answer_enum_name(&self) -> Ident {
        quote::format_ident!("{}Answer", self.operation.marker)
    }

    /// The enum with a variant for each status, and how it is read.
    pub(super) fn answer_enum(&self) -> Option<[Item; 2]> {
        if !self.has_several_answers() {
            return None;
        }
        let name = self.answer_enum_name();
        let heading = docs::attributes(&format!("What [`{}`] answers.", self.operation.marker), false);
        let variants = self.operation.answers.iter().map(|answer| self.variant(answer));
        let arms = self.operation.answers.iter().map(|answer| {
            let status = Literal::u16_unsuffixed(answer.status);
            let variant = variant_name(answer);
            match answer.content {
                Content::Json => quote!(#status => raw.json().map(Self::#variant)),
                Content::Text => quote!(#status => raw.text().map(Self::#variant)),
                Content::Redirect => quote!(#status => raw.redirect().map(Self::#variant)),
                Content::Empty => quote!(#status => Ok(Self::#variant)),
            }
        });
        Some([
            parse_quote! {
                #(#heading)*
                #[derive(Clone, Debug, PartialEq)]
                #[non_exhaustive]
                pub enum #name { #(#variants),* }
            },
            parse_quote! {
                impl FromStatus for #name {
                    #[inline]
                    fn from_status(raw: &RawAnswer) -> Result<Self, DecodeFault> {
                        match raw.status() {
                            #(#arms,)*
                            _ => raw.unexpected(),
                        }
                    }
                }
            },
        ])
    }

    fn variant(&self, answer: &Answer) -> Variant {
        let name = variant_name(answer);
        let text = if answer.description.is_empty() {
            format!("Status {}.", answer.status)
        } else {
            format!("Status {}: {}", answer.status, answer.description)
        };
        let heading = docs::attributes(&text, false);
        match answer.content {
            Content::Empty => parse_quote!(#(#heading)* #name),
            _ => {
                let ty = self.answer_type(answer);
                parse_quote!(#(#heading)* #name(#ty))
            }
        }
    }

    /// The type of one answer. The first that carries content gave the operation's own type, each further one has
    /// an operation that was lowered for it.
    fn answer_type(&self, answer: &Answer) -> Type {
        match answer.content {
            Content::Empty => parse_quote!(()),
            Content::Redirect => parse_quote!(Redirect),
            Content::Text => parse_quote!(String),
            Content::Json => {
                let own = names::snake(&answer_operation(&self.operation.id, answer.status));
                let mut ty = self.renderings.get(&own).unwrap_or(self.rendering).answer.clone();
                paths::shorten_type(&mut ty);
                ty
            }
        }
    }
}

fn variant_name(answer: &Answer) -> Ident {
    let known = match answer.status {
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        204 => "NoContent",
        301 => "MovedPermanently",
        302 => "Found",
        303 => "SeeOther",
        307 => "TemporaryRedirect",
        308 => "PermanentRedirect",
        other => return quote::format_ident!("Status{other}"),
    };
    quote::format_ident!("{known}")
}
