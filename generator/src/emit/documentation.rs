//! The rustdoc of an operation's method.

use super::errors::{self, SharedErrors};
use super::example;
use super::text::{comment, item};
use crate::model::{Api, Operation, Parameter, Retry};

/// How long a line may be.
const WIDTH: usize = 112;

/// What ends a line within a literal.
const BROKEN: &str = " \\";

/// What the operation is for, its arguments, its errors, an example.
pub(super) fn lines(api: &Api, operation: &Operation, shared: &SharedErrors) -> Vec<String> {
    let mut sections = vec![format!("{}.", operation.summary.trim_end_matches('.'))];
    sections.push(operation.description.clone());
    sections.push(optional_credential(operation));
    sections.push(argument_items(api, operation));
    sections.retain(|section| !section.is_empty());
    let mut lines = comment(&sections.join("\n\n"), false, "");
    lines.extend(sent(operation));
    lines.extend(error_lines(operation, shared));
    lines.extend(example::lines(api, operation));
    if operation.deprecated {
        lines.push("#[deprecated]".to_owned());
    }
    lines
}

/// The error responses, by name where several operations share one.
fn error_lines(operation: &Operation, shared: &SharedErrors) -> Vec<String> {
    if operation.errors.is_empty() {
        return Vec::new();
    }
    let listed = operation.errors.iter().map(|error| match shared.name_of(operation, error) {
        Some(name) => format!("{} {name}", error.status),
        None => format!("{} {:?}", error.status, errors::text(error)),
    });
    macro_lines("errors", &listed.collect::<Vec<_>>())
}

/// A credential that is needed stands in the bound on the method, but an optional one has to be described.
fn optional_credential(operation: &Operation) -> String {
    let credentials = &operation.credentials;
    if !credentials.are_optional || credentials.types.is_empty() {
        return String::new();
    }
    let links: Vec<String> = credentials.types.iter().map(|name| format!("[`{name}`]")).collect();
    format!("The credential is optional: a client that carries {} sends it.", links.join(" or "))
}

/// The required parameters, and a body that is given as a whole; the members of any other are described where its type
/// is.
fn argument_items(api: &Api, operation: &Operation) -> String {
    let mut items: Vec<String> = operation.required_parameters().map(argument).collect();
    if let Some(body) = &operation.body {
        let text = &body.description;
        if body.can_be_absent {
            items.push(item(&format!("the body, which [`Call::body`] sets and which may be absent: {text}")));
        } else if api.object(&body.ty).is_none() {
            items.push(item(&format!("`body`: {text}")));
        }
    }
    items.join("\n")
}

/// An item for a required parameter.
fn argument(parameter: &Parameter) -> String {
    item(&format!("`{}`: {}", parameter.rust, parameter.description))
}

/// Method, path and whether it is sent again, then the reason for that.
fn sent(operation: &Operation) -> Vec<String> {
    let mut parts = vec![format!("{} {:?}", operation.method, operation.path)];
    parts.push(match operation.retry {
        Retry::Safe => "safe".to_owned(),
        Retry::Idempotent => "idempotent".to_owned(),
        Retry::Never => "never".to_owned(),
    });
    parts.extend(operation.docs.as_ref().map(|page| format!("docs {page:?}")));
    parts.extend(operation.since.as_ref().map(|version| format!("since {version:?}")));
    let reason = operation.retry_reason.as_deref().map(|reason| reason.trim().trim_end_matches('.'));
    let reason = reason.filter(|reason| !reason.is_empty()).map(|reason| format!("{reason}."));
    let mut lines = macro_lines("sent", &parts);
    lines.extend(comment(&reason.unwrap_or_default(), false, ""));
    lines
}

/// A call of one of the runtime's macros that gives a text, filled like a paragraph. A literal that is broken ends its
/// line with a backslash.
fn macro_lines(name: &str, arguments: &[String]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = format!("#[doc = {name}!(");
    let mut is_within_literal = false;
    let text = format!("{})]", arguments.join(", "));
    for (index, word) in text.split(' ').enumerate() {
        let quotes = word.matches('"').count() - word.matches("\\\"").count();
        let goes_on = is_within_literal ^ (quotes % 2 == 1);
        let room = WIDTH - if goes_on { BROKEN.len() } else { 0 };
        if index == 0 {
            line.push_str(word);
        } else if line.len() + 1 + word.len() <= room {
            line.push_str(&format!(" {word}"));
        } else {
            let end = if is_within_literal { BROKEN } else { "" };
            lines.push(format!("{line}{end}"));
            line = format!("    {word}");
        }
        is_within_literal = goes_on;
    }
    lines.push(line);
    lines
}
