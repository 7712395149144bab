//! The enum of an operation that succeeds in several ways.

use syn::{Ident, Type, parse_quote};

use super::Source;
use crate::lower::answer_operation;
use crate::model::{Answer, Content};
use crate::names;
use crate::rewrite::{MacroCall, docs, paths, type_text};

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

    /// The declaration of the enum: a variant for each status, with the form in which it is read.
    pub(super) fn answer_enum(&self) -> Option<MacroCall> {
        if !self.has_several_answers() {
            return None;
        }
        let text = format!("What [`{}`] answers.", self.operation.marker);
        let mut lines = docs::comment(&text, false, "");
        lines.push(format!("pub enum {} {{", self.answer_enum_name()));
        lines.extend(self.operation.answers.iter().flat_map(|answer| self.variant(answer)));
        lines.push("}".to_owned());
        Some(MacroCall { name: "answers", lines })
    }

    fn variant(&self, answer: &Answer) -> Vec<String> {
        let text = if answer.description.is_empty() {
            format!("Status {}.", answer.status)
        } else {
            format!("Status {}: {}", answer.status, answer.description)
        };
        let mut lines = docs::comment(&text, false, "    ");
        let ty = type_text(&self.answer_type(answer));
        let form = match answer.content {
            Content::Json => format!("(Json<{ty}>)"),
            Content::Text => format!("(Text<{ty}>)"),
            Content::Redirect => format!("(Location<{ty}>)"),
            Content::Empty => String::new(),
        };
        lines.push(format!("    {}{form} = {},", variant_name(answer), answer.status));
        lines
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
