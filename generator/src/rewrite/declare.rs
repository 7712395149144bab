//! Declares each type with the runtime's macros, from the syntax tree as the passes left it and the texts of the spec.
//!
//! A type that only travels one way can only be written, or only be read; what that takes is the macro's business.

use syn::{Field, Ident, Item, ItemEnum, Variant};

use super::docs::{comment, first_sentence, or_name};
use super::{Draft, MacroCall, type_text};
use crate::model::{Form, Limits, Member, Shape, TypeInfo};
use crate::names;

/// The declaration of a type.
pub(super) fn declare(draft: &Draft) -> MacroCall {
    let mut lines = comment(&or_name(&draft.info.description, draft.schema), draft.info.deprecated, "");
    let name = match (&draft.item, &draft.info.shape) {
        (Item::Enum(item), Shape::Enum { open, values }) => {
            lines.extend(set(item, values));
            if *open { "open_enum" } else { "closed_enum" }
        }
        (Item::Enum(item), Shape::Choice(forms)) => {
            lines.extend(choice(item, forms));
            match (draft.info.in_requests, draft.info.in_responses) {
                (true, true) => "request_and_response_choice",
                (true, false) => "request_choice",
                (false, _) => "response_choice",
            }
        }
        (Item::Struct(item), _) => {
            lines.extend(object(draft, &item.ident));
            role(draft.info)
        }
        _ => role(draft.info),
    };
    MacroCall { name, lines }
}

/// The values of an enum, each with its text.
fn set(item: &ItemEnum, values: &[(String, String)]) -> Vec<String> {
    let mut lines = vec![format!("pub enum {} {{", item.ident)];
    for (value, text) in values {
        let code = if value.is_empty() { "`\"\"`".to_owned() } else { format!("`{value}`") };
        let text = if text.is_empty() { code } else { format!("{code}: {text}") };
        lines.extend(comment(&text, false, INDENT));
        lines.push(format!("{INDENT}{} = {value:?},", names::pascal(value)));
    }
    lines.push("}".to_owned());
    lines
}

/// The forms of a choice, each with the members that tell it from the others, where it is an object.
fn choice(item: &ItemEnum, forms: &[Form]) -> Vec<String> {
    let mut lines = vec![format!("pub enum {} {{", item.ident)];
    for (variant, Form { description, required }) in item.variants.iter().zip(forms) {
        let held = held(variant);
        let text = first_sentence(description);
        let text = if text.is_empty() { format!("`{held}`") } else { text };
        lines.extend(comment(&format!("{text}."), false, INDENT));
        let required = if required.is_empty() { String::new() } else { format!(" = {required:?}") };
        lines.push(format!("{INDENT}{}({held}){required},", variant.ident));
    }
    lines.push("}".to_owned());
    lines
}

/// The type that a variant of a choice holds.
fn held(variant: &Variant) -> String {
    variant.fields.iter().next().map(|field| type_text(&field.ty)).unwrap_or_default()
}

const INDENT: &str = "    ";

/// How long a line may be within the macro's call.
const WIDTH: usize = 106;

/// The macro that declares an object, by where it travels.
fn role(info: &TypeInfo) -> &'static str {
    match (info.is_body, info.in_requests, info.in_responses) {
        (true, _, true) => "body_and_response",
        (true, _, false) => "body",
        (false, true, true) => "request_and_response",
        (false, true, false) => "request",
        (false, false, _) => "response",
    }
}

/// Required members in parentheses, the others in braces, and what the schema doesn't list after a semicolon.
fn object(draft: &Draft, name: &Ident) -> Vec<String> {
    let in_requests = draft.info.in_requests;
    let fields = draft.fields();
    let (required, optional): (Vec<_>, Vec<_>) =
        fields.into_iter().partition(|(_, member)| member.is_some_and(|member| member.required));
    let mut lines = vec![format!("pub struct {name}(")];
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
    let declared = format!("{INDENT}{name}: {}", type_text(&field.ty));
    let Some(member) = member else {
        let mut lines = comment("What there is beside the members that the schema lists.", false, INDENT);
        lines.push(declared);
        return lines;
    };
    let mut lines = comment(&or_name(&member.description, &member.name), member.deprecated, INDENT);
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
