//! The rustdoc of an operation's method.

use super::example;
use super::shared_texts::{SharedTexts, error_text};
use super::text::{INDENT, item, lines as lines_of};
use crate::model::{Api, Operation, Parameter, Retry};

/// How long a line may be.
const WIDTH: usize = 116;

/// What ends a line within a literal.
const BROKEN: &str = " \\";

/// What the operation is for, its arguments, its errors, an example. It stands within the method's braces, so that a
/// diff of it names the method.
pub(super) fn lines(api: &Api, operation: &Operation, shared: &SharedTexts) -> Vec<String> {
    let mut sections = vec![format!("{}.", operation.summary.trim_end_matches('.'))];
    sections.push(operation.description.clone());
    sections.push(optional_credential(operation));
    sections.retain(|section| !section.is_empty());
    let mut lines = inner_comment(&sections.join("\n\n"));
    let arguments = arguments(api, operation, shared);
    if !arguments.is_empty() {
        lines.push(format!("{INDENT}//!"));
        lines.extend(arguments);
    }
    lines.extend(sent(operation));
    lines.extend(errors(operation, shared));
    lines.extend(example(api, operation));
    lines
}

/// The error responses, by name where several operations share one.
fn errors(operation: &Operation, shared: &SharedTexts) -> Vec<String> {
    if operation.errors.is_empty() {
        return Vec::new();
    }
    let listed = operation.errors.iter().map(|error| match shared.error(operation, error) {
        Some(name) => format!("{} {name}", error.status),
        None => format!("{} {:?}", error.status, error_text(error)),
    });
    macro_lines("errors", &listed.collect::<Vec<_>>())
}

fn example(api: &Api, operation: &Operation) -> Vec<String> {
    let credential = operation.credentials.needed().first();
    let credential = credential.map(|credential| format!("<{credential}>")).unwrap_or_default();
    let mut lines = macro_lines("example", &[format!("{}{credential}", crate::names::module(&api.service))]);
    lines.extend(example::statement(api, operation).lines().map(|line| format!("{INDENT}//! {line}")));
    lines.extend(macro_lines("example", &["end".to_owned()]));
    lines
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
fn arguments(api: &Api, operation: &Operation, shared: &SharedTexts) -> Vec<String> {
    let parameters = operation.required_parameters();
    let mut lines: Vec<String> = parameters
        .flat_map(|parameter| argument(parameter, shared.parameter(operation, parameter)))
        .collect();
    if let Some(body) = &operation.body {
        let text = &body.description;
        if body.can_be_absent {
            lines.extend(inner_comment(&item(&format!(
                "the body, which [`Call::body`] sets and which may be absent: {text}"
            ))));
        } else if api.object(&body.ty).is_none() {
            lines.extend(inner_comment(&item(&format!("`body`: {text}"))));
        }
    }
    lines
}

/// An item for a required parameter; `shared` is the name of a text that several operations share.
fn argument(parameter: &Parameter, shared: Option<String>) -> Vec<String> {
    match shared {
        Some(name) => vec![format!("{INDENT}#![doc = concat!(\"- `{}`:\", {name}!())]", parameter.rust)],
        None => inner_comment(&item(&format!("`{}`: {}", parameter.rust, parameter.description))),
    }
}

/// The lines of a text, as a comment within the braces of what it is about.
fn inner_comment(text: &str) -> Vec<String> {
    lines_of(text).into_iter().map(|line| format!("{INDENT}//! {line}").trim_end().to_owned()).collect()
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
    lines.extend(inner_comment(&reason.unwrap_or_default()));
    lines
}

/// A call of one of the runtime's macros that gives a text, filled like a paragraph. A literal that is broken ends its
/// line with a backslash.
fn macro_lines(name: &str, arguments: &[String]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = format!("{INDENT}#![doc = {name}!(");
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
            line = format!("{INDENT}{INDENT}{word}");
        }
        is_within_literal = goes_on;
    }
    lines.push(line);
    lines
}
