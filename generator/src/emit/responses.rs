//! What an operation responds with: a format and a type, or an enum where it succeeds in several ways.

use super::macro_call::macro_call;
use super::text::{INDENT, comment};
use super::type_name::type_name;
use crate::model::{Content, Operation, Response, Type};
use crate::names;

/// The format in which the response is read, and its type.
pub(super) fn format_and_type(operation: &Operation) -> (&'static str, String) {
    if operation.has_several_responses() {
        return ("ByStatus", names::response_enum(&operation.marker));
    }
    match operation.responses.first().map(|response| &response.content) {
        Some(content) => read_as(content),
        None => read_as(&Content::Empty),
    }
}

fn read_as(content: &Content) -> (&'static str, String) {
    match content {
        Content::Json(ty) => ("Json", type_name(ty)),
        Content::Text => ("Text", "String".to_owned()),
        Content::Binary => ("Raw", "Binary".to_owned()),
        Content::Redirect => ("Location", "Redirect".to_owned()),
        Content::Empty => ("Empty", "()".to_owned()),
    }
}

/// What a response carries, with links to its types; nothing if it carries nothing.
pub(super) fn linked_type(operation: &Operation, response: &Response) -> Option<String> {
    match &response.content {
        Content::Empty => None,
        _ if operation.has_several_responses() => {
            let name = names::response_enum(&operation.marker);
            Some(format!("[`{name}::{}`]", names::status_variant(response.status)))
        }
        Content::Json(ty) => Some(linked(ty)),
        Content::Text => Some("`String`".to_owned()),
        Content::Binary => Some("[`Binary`]".to_owned()),
        Content::Redirect => Some("[`Redirect`]".to_owned()),
    }
}

/// A type in words, with links.
fn linked(ty: &Type) -> String {
    match ty {
        Type::Named(name) => format!("[`{name}`]"),
        Type::List(item) => format!("a list of {}", linked(item)),
        Type::Map(value) => format!("a map of {}", linked(value)),
        Type::Option(inner) => format!("an optional {}", linked(inner)),
        other => format!("`{}`", type_name(other)),
    }
}

/// The declaration of the enum of an operation that succeeds in several ways: a variant for each status.
pub(super) fn declaration(operation: &Operation) -> String {
    let text = format!("What a call of the operation `{}` gives.", operation.id);
    let mut lines = comment(&text, false, "");
    lines.push(format!("pub enum {} {{", names::response_enum(&operation.marker)));
    lines.extend(operation.responses.iter().flat_map(variant));
    lines.push("}".to_owned());
    macro_call("responses", &lines)
}

fn variant(response: &Response) -> Vec<String> {
    let Response { status, description, content, .. } = response;
    let text = match description.is_empty() {
        true => format!("Status {status}."),
        false => format!("Status {status}: {description}"),
    };
    let mut lines = comment(&text, false, INDENT);
    let held = match read_as(content) {
        _ if *content == Content::Empty => String::new(),
        (format, ty) => format!("({format}<{ty}>)"),
    };
    lines.push(format!("{INDENT}{}{held} = {status},", names::status_variant(*status)));
    lines
}
