//! The enum of an operation that succeeds in several ways.

use syn::{Ident, Type, parse_quote};

use super::Source;
use crate::lower::response_operation;
use crate::model::{Content, Response};
use crate::names;
use crate::rewrite::{MacroCall, docs, paths, type_text};

impl Source<'_> {
    /// Whether one type can't hold all successful responses.
    pub(super) fn has_several_responses(&self) -> bool {
        let mut responses = self.operation.responses.iter();
        let Some(first) = responses.next() else { return false };
        let first_type = self.response_type(first);
        responses
            .any(|response| response.content != first.content || self.response_type(response) != first_type)
    }

    pub(super) fn response_enum_name(&self) -> Ident {
        quote::format_ident!("{}Response", self.operation.marker)
    }

    /// The declaration of the enum: a variant for each status, with the form in which it is read.
    pub(super) fn response_enum(&self) -> Option<MacroCall> {
        if !self.has_several_responses() {
            return None;
        }
        let text = format!("What [`{}`] responds with.", self.operation.marker);
        let mut lines = docs::comment(&text, false, "");
        lines.push(format!("pub enum {} {{", self.response_enum_name()));
        lines.extend(self.operation.responses.iter().flat_map(|response| self.variant(response)));
        lines.push("}".to_owned());
        Some(MacroCall { name: "responses", lines })
    }

    fn variant(&self, response: &Response) -> Vec<String> {
        let text = if response.description.is_empty() {
            format!("Status {}.", response.status)
        } else {
            format!("Status {}: {}", response.status, response.description)
        };
        let mut lines = docs::comment(&text, false, "    ");
        let ty = type_text(&self.response_type(response));
        let form = match response.content {
            Content::Json => format!("(Json<{ty}>)"),
            Content::Text => format!("(Text<{ty}>)"),
            Content::Redirect => format!("(Location<{ty}>)"),
            Content::Empty => String::new(),
        };
        lines.push(format!("    {}{form} = {},", variant_name(response), response.status));
        lines
    }

    /// The type of one response. The first that carries content gave the operation's own type, each further one has
    /// an operation that was lowered for it.
    fn response_type(&self, response: &Response) -> Type {
        match response.content {
            Content::Empty => parse_quote!(()),
            Content::Redirect => parse_quote!(Redirect),
            Content::Text => parse_quote!(String),
            Content::Json => {
                let own = names::snake(&response_operation(&self.operation.id, response.status));
                let mut ty = self.renderings.get(&own).unwrap_or(self.rendering).response.clone();
                paths::shorten_type(&mut ty);
                ty
            }
        }
    }
}

fn variant_name(response: &Response) -> Ident {
    let known = match response.status {
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
