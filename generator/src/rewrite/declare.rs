//! Declares each type with the runtime's macros, from the syntax tree as the passes left it.
//!
//! A type that only travels one way can only be written, or only be read; what that takes is the macro's business.

use syn::{Attribute, Expr, Field, Ident, Item, Lit, Meta};

use super::{Draft, MacroCall, type_text};
use crate::model::{Limits, Member, Shape, TypeInfo};
use crate::names;

/// The declaration of a type.
pub(super) fn declare(draft: &Draft) -> MacroCall {
    match (&draft.item, &draft.info.shape) {
        (Item::Enum(item), Shape::Enum { open, values }) => {
            let mut lines = attribute_lines(&item.attrs, "");
            lines.push(format!("pub enum {} {{", item.ident));
            for (variant, (value, _)) in item.variants.iter().zip(values) {
                lines.extend(attribute_lines(&variant.attrs, INDENT));
                lines.push(format!("{INDENT}{} = {value:?},", names::pascal(value)));
            }
            lines.push("}".to_owned());
            MacroCall { name: if *open { "open_enum" } else { "closed_enum" }, lines }
        }
        (Item::Enum(item), shape) => {
            let mut lines = attribute_lines(&item.attrs, "");
            lines.push(format!("pub enum {} {{", item.ident));
            let forms = if let Shape::Choice(forms) = shape { forms.as_slice() } else { &[] };
            for (variant, form) in item.variants.iter().zip(forms) {
                lines.extend(attribute_lines(&variant.attrs, INDENT));
                let held: Vec<String> = variant.fields.iter().map(|field| type_text(&field.ty)).collect();
                let required =
                    if form.required.is_empty() { String::new() } else { format!(" = {:?}", form.required) };
                lines.push(format!("{INDENT}{}({}){required},", variant.ident, held.join(", ")));
            }
            lines.push("}".to_owned());
            let name = match (draft.info.in_requests, draft.info.in_answers) {
                (true, true) => "request_and_answer_choice",
                (true, false) => "request_choice",
                (false, _) => "answer_choice",
            };
            MacroCall { name, lines }
        }
        (Item::Struct(item), _) => {
            let lines = object(draft, &item.ident, &item.attrs);
            MacroCall { name: role(draft.info), lines }
        }
        _ => MacroCall { name: role(draft.info), lines: Vec::new() },
    }
}

const INDENT: &str = "    ";

/// How long a line may be within the macro's call.
const WIDTH: usize = 106;

/// The macro that declares an object, by where it travels.
fn role(info: &TypeInfo) -> &'static str {
    match (info.is_body, info.in_requests, info.in_answers) {
        (true, _, true) => "body_and_answer",
        (true, _, false) => "body",
        (false, true, true) => "request_and_answer",
        (false, true, false) => "request",
        (false, false, _) => "answer",
    }
}

/// Required members in parentheses, the others in braces, and what the schema doesn't list after a semicolon.
fn object(draft: &Draft, name: &Ident, attributes: &[Attribute]) -> Vec<String> {
    let in_requests = draft.info.in_requests;
    let fields = draft.fields();
    let (required, optional): (Vec<_>, Vec<_>) =
        fields.into_iter().partition(|(_, member)| member.is_some_and(|member| member.required));
    let mut lines = attribute_lines(attributes, "");
    lines.push(format!("pub struct {name}("));
    lines.extend(required.iter().flat_map(|(field, member)| declared_member(field, *member, in_requests)));
    match required.is_empty() {
        true => lines.last_mut().into_iter().for_each(|line| line.push_str(") {")),
        false => lines.push(") {".to_owned()),
    }
    for (field, member) in &optional {
        if member.is_none() {
            end_members(&mut lines);
        }
        lines.extend(declared_member(field, *member, in_requests));
    }
    match optional.is_empty() {
        true => lines.last_mut().into_iter().for_each(|line| line.push('}')),
        false => lines.push("}".to_owned()),
    }
    lines
}

/// Ends the list of members with a semicolon in place of the last comma.
fn end_members(lines: &mut Vec<String>) {
    match lines.last_mut() {
        Some(last) if last.ends_with(',') => {
            last.pop();
            last.push(';');
        }
        _ => lines.push(format!("{INDENT};")),
    }
}

fn declared_member(field: &Field, member: Option<&Member>, in_requests: bool) -> Vec<String> {
    let Some(name) = &field.ident else { return Vec::new() };
    let mut lines = attribute_lines(&field.attrs, INDENT);
    let declared = format!("{INDENT}{name}: {}", type_text(&field.ty));
    let Some(member) = member else {
        lines.push(declared);
        return lines;
    };
    let declared = format!("{declared} = {:?}", member.name);
    let limits = if in_requests { limits(&member.limits) } else { String::new() };
    if limits.is_empty() || declared.len() + limits.len() < WIDTH {
        lines.push(format!("{declared}{limits},"));
    } else {
        lines.extend([declared, format!("{INDENT}{INDENT}{limits},")]);
    }
    lines
}

/// What the server accepts of a string, as calls that the runtime knows.
pub(super) fn limits(limits: &Limits) -> String {
    let mut calls = String::new();
    if limits.min_length.is_some() || limits.max_length.is_some() {
        let longest = limits.max_length.map_or("u32::MAX".to_owned(), |length| length.to_string());
        calls.push_str(&format!(".length({}, {longest})", limits.min_length.unwrap_or_default()));
    }
    if let Some(pattern) = &limits.pattern {
        calls.push_str(&format!(".pattern({pattern:?})"));
    }
    if limits.within {
        calls.push_str(".within()");
    }
    calls
}

/// Doc comments and markers, as lines.
pub(super) fn attribute_lines(attributes: &[Attribute], indent: &str) -> Vec<String> {
    attributes
        .iter()
        .map(|attribute| match doc_text(attribute) {
            Some(text) => format!("{indent}///{text}").trim_end().to_owned(),
            None => format!("{indent}#[{}]", quote::ToTokens::to_token_stream(&attribute.meta)),
        })
        .collect()
}

fn doc_text(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else { return None };
    let Expr::Lit(literal) = &pair.value else { return None };
    match &literal.lit {
        Lit::Str(text) if pair.path.is_ident("doc") => Some(text.value()),
        _ => None,
    }
}
