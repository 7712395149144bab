//! The text of an operation's method, in the parts that the runtime's macro `documentation!` takes.

use serde_json::Value;

use super::shared_texts::{SharedTexts, error_text, parameter_text};
use super::text::{INDENT, comment_line, lines as lines_of, or_name};
use super::{example, facts, json, responses};
use crate::markdown::block;
use crate::model::{Api, ArgumentGroup, Asked, Body, Content, ErrorResponse, Operation, Response, Retry};

/// How long a line with names may be.
const WIDTH: usize = 112;

/// What is said of an operation that gives a list in pages.
const ALL_PAGES: &str =
    "[`Call::items`] walks over the items of all pages, and [`Call::pages`] over the pages.";

/// What the operation is for, its arguments, how it is sent, its errors, an example. It stands within the method's
/// braces, so that a diff of it names the method.
pub(super) fn lines(api: &Api, operation: &Operation, shared: &SharedTexts) -> Vec<String> {
    let mut lines = comment(&introduction(api, operation));
    lines.extend(arguments(api, operation, shared));
    lines.extend(optional(api, operation));
    lines.extend(request(operation));
    lines.extend(operation.responses.iter().flat_map(|of| response(operation, of)));
    lines.extend(errors(api, operation, shared));
    lines.extend(example(api, operation));
    lines
}

/// The summary, the description, and what may be left out.
fn introduction(api: &Api, operation: &Operation) -> String {
    let mut sections = vec![format!("{}.", operation.summary.trim_end_matches('.'))];
    sections.push(operation.description.clone());
    sections.extend(operation.responses.iter().map(|response| facts::of_headers(response.headers.as_ref())));
    sections.extend(operation.argument_group.as_ref().map(|group| needed(operation, group)));
    sections.extend(operation.paging.is_some().then(|| ALL_PAGES.to_owned()));
    sections.extend(operation.deprecated.then(|| facts::DEPRECATED.to_owned()));
    sections.push(body(api, operation));
    sections.extend(other_media(operation));
    sections.push(optional_credential(operation));
    sections.extend(operation.server.as_deref().map(server));
    sections.retain(|section| !section.is_empty());
    sections.join("\n\n")
}

/// The setters of which one has to be called, with links to them.
fn needed(operation: &Operation, group: &ArgumentGroup) -> String {
    let count = if group.is_exact { "Exactly one" } else { "At least one" };
    let setters = group.arguments.iter().map(|Asked { rust, by_id, .. }| {
        let name_on_wire = if rust == by_id { String::new() } else { format!(" {by_id:?}") };
        format!("[`{rust}`]({}#method.{rust}{name_on_wire})", operation.marker)
    });
    let setters: Vec<String> = setters.collect();
    let listed = match setters.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => setters.concat(),
    };
    format!("{count} of {listed} has to be set; the client refuses any other call.")
}

/// A body that is needed is an argument, but an optional one has to be described. What the spec says of a body stands
/// here, unless it is the text of the body's type or of the argument.
fn body(api: &Api, operation: &Operation) -> String {
    let Some(body) = &operation.body else { return String::new() };
    if body.can_be_absent {
        return format!("The body may be absent; [`Call::body`] sets it. {}", body.description);
    }
    match api.object(&body.ty) {
        Some((schema, _)) if !schema.description.starts_with(&body.description) => {
            format!("The body: {}", body.description)
        }
        _ => String::new(),
    }
}

/// The media types that callers can choose.
fn other_media(operation: &Operation) -> Vec<String> {
    let quoted = |names: &[String]| format!("`{}`", names.join("`, `"));
    let bodies = operation.body.as_ref().map(|body| &body.other_media).filter(|others| !others.is_empty());
    let bodies =
        bodies.map(|others| format!("The body can also be {}: [`Call::body_as`] sends it.", quoted(others)));
    let responses = operation.accept.as_ref().map(|accept| {
        format!("The response can also be {}: [`Call::accepting`] asks for it.", quoted(&accept.others))
    });
    bodies.into_iter().chain(responses).collect()
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

/// Where the request goes, if not to the base URL.
fn server(url: &str) -> String {
    format!(
        "It is at `{url}` in place of the base URL; [`server`](crate::runtime::Builder::server) sets another."
    )
}

/// The required parameters, and a body that is given as a whole; the members of any other are described where its type
/// is.
fn arguments(api: &Api, operation: &Operation, shared: &SharedTexts) -> Vec<String> {
    let mut lines = Vec::new();
    for parameter in operation.required_parameters() {
        let (name, text) = (&parameter.names.rust, shared.parameter(operation, parameter));
        lines.extend(part_with_text("argument", name, text, || parameter_text(parameter)));
    }
    let body = operation.body.as_ref().filter(|body| !body.can_be_absent);
    if let Some(body) = body.filter(|body| api.object(&body.ty).is_none()) {
        lines.extend(part_with_text("argument", "body", None, || or_name(&body.description, "body")));
    }
    lines
}

/// What has a setter: the optional parameters, and the optional members of the body. A body that several operations have
/// lists its members itself, so that a member which is added to it changes nothing here.
fn optional(api: &Api, operation: &Operation) -> Vec<String> {
    let optional = operation.parameters.iter().filter(|parameter| !parameter.required);
    let mut names: Vec<String> = optional.map(|parameter| parameter.names.rust.clone()).collect();
    let body = operation.body.as_ref().filter(|body| !body.can_be_absent);
    if let Some((body, (schema, object))) = body.and_then(|body| Some((body, api.object(&body.ty)?))) {
        let members: Vec<String> = object.setters().map(str::to_owned).collect();
        match members.is_empty() {
            true => {}
            false if is_shared(api, body) => names.push(format!("..{}", schema.name)),
            false => names.extend(members),
        }
    }
    part_of_names("optional", &names)
}

/// Whether several operations have a body of this type.
fn is_shared(api: &Api, body: &Body) -> bool {
    api.operations()
        .filter(|other| other.body.as_ref().is_some_and(|other| other.ty == body.ty))
        .nth(1)
        .is_some()
}

/// The names as parts that fit into lines.
fn part_of_names(part_name: &str, names: &[String]) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for name in names {
        let width = INDENT.len() + "#![()]".len() + part_name.len() + ", ".len() + name.len();
        match parts.last_mut().filter(|line| line.len() + width <= WIDTH) {
            Some(line) => line.push_str(&format!(", {name}")),
            None => parts.push(name.clone()),
        }
    }
    parts.iter().map(|names| part(part_name, names)).collect()
}

/// Method and path, the page of the vendor's documentation, the first version that has the operation, and whether it is
/// sent again, with the reason for that.
fn request(operation: &Operation) -> Vec<String> {
    let mut lines = vec![part("request", &format!("{} {:?}", operation.method, operation.path))];
    lines.extend(operation.docs.as_ref().map(|page| part("documentation", &format!("{page:?}"))));
    lines.extend(operation.since.as_ref().map(|version| part("since", &format!("{version:?}"))));
    lines.push(part(
        "retry",
        match operation.retry {
            Retry::Safe => "safe",
            Retry::Idempotent => "idempotent",
            Retry::Never => "never",
        },
    ));
    let reason = operation.retry_reason.as_deref().map(|reason| reason.trim().trim_end_matches('.'));
    let reason = reason.filter(|reason| !reason.is_empty()).map(|reason| format!("{reason}."));
    lines.extend(comment(&reason.unwrap_or_default()));
    lines
}

/// A response that means success, with examples of its body.
fn response(operation: &Operation, response: &Response) -> Vec<String> {
    let ty = responses::linked_type(operation, response).map(|ty| format!(", {ty:?}")).unwrap_or_default();
    let mut lines = vec![part("response", &format!("{}{ty}", status(&response.status.to_string())))];
    lines.extend(comment(&response.description));
    if !response.examples.is_empty() {
        lines.push(format!("{INDENT}#![body]"));
        let blocks: Vec<String> =
            response.examples.iter().map(|(summary, body)| example_body(summary, body, response)).collect();
        lines.extend(comment(&blocks.join("\n\n")));
    }
    lines
}

/// An example of a body, as a block of code below what the spec says of it.
fn example_body(summary: &str, body: &Value, response: &Response) -> String {
    let summary = summary.trim_end_matches('.');
    let title = if summary.is_empty() { String::new() } else { format!("{summary}:\n\n") };
    match (&response.content, body) {
        (Content::Text, Value::String(text)) => format!("{title}{}", block("text", text)),
        _ => format!("{title}```json\n{}\n```", json::text(body)),
    }
}

/// The error responses by their statuses; `default` comes last.
fn errors(api: &Api, operation: &Operation, shared: &SharedTexts) -> Vec<String> {
    let mut errors: Vec<&ErrorResponse> = operation.errors.iter().collect();
    errors.sort_by(|one, other| one.status.cmp(&other.status));
    let lines = errors.into_iter().flat_map(|error| {
        part_with_text("error", &status(&error.status), shared.error(operation, error), || {
            error_text(api, error)
        })
    });
    lines.collect()
}

/// The status as a literal: a number, or the text that readers see of a range or of the rest.
fn status(status: &str) -> String {
    match status {
        "default" => "\"any other\"".to_owned(),
        _ if status.bytes().all(|byte| byte.is_ascii_digit()) => status.to_owned(),
        range => format!("{range:?}"),
    }
}

fn example(api: &Api, operation: &Operation) -> Vec<String> {
    let credential =
        example::credential(api, operation).map(|credential| format!("<{credential}>")).unwrap_or_default();
    let mut lines = vec![part("example", &format!("{}{credential}", crate::names::module(&api.service)))];
    lines.extend(example::lines(api, operation).into_iter().map(|line| format!("{INDENT}//! {line}")));
    lines
}

/// A part whose text is given by its name, if several operations share it, or else follows.
fn part_with_text(
    name: &str,
    value: &str,
    shared: Option<String>,
    text: impl FnOnce() -> String,
) -> Vec<String> {
    match shared {
        Some(shared) => vec![part(name, &format!("{value}, {shared}"))],
        None => std::iter::once(part(name, value)).chain(comment(&text())).collect(),
    }
}

fn part(name: &str, value: &str) -> String {
    format!("{INDENT}#![{name}({value})]")
}

/// The lines of a text, as a comment within the braces of what it is about.
fn comment(text: &str) -> Vec<String> {
    lines_of(text).into_iter().map(|line| comment_line(INDENT, "//!", &line)).collect()
}
