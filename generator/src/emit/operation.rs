//! The declaration that describes the operations of a group to the runtime.

use super::macro_call::macro_call;
use super::shared_texts::{SharedTexts, parameter_text};
use super::text::{self, INDENT, comment, not_secret};
use super::type_name::type_name;
use super::{limits, questions, responses};
use crate::model::{
    Accept, Asked, Body, Field, Media, Operation, OperationGroup, Paging, Parameter, ParameterIn, Part,
    Retry, Status, Style,
};
use crate::names;

/// The call of `operations!`.
pub(super) fn declarations(service: &str, group: &OperationGroup, shared: &SharedTexts) -> String {
    let service = names::pascal(service);
    let operations: Vec<String> = group
        .operations
        .iter()
        .map(|operation| declaration(&service, operation, shared).join("\n"))
        .collect();
    macro_call("operations", &[operations.join("\n")])
}

/// One operation, whose lines begin in the first column.
fn declaration(service: &str, operation: &Operation, shared: &SharedTexts) -> Vec<String> {
    let body = operation.body.as_ref().map(|body| format!("({})", body_type(body))).unwrap_or_default();
    let (format, response) = responses::format_and_type(operation);
    let mut lines =
        vec![format!("pub enum {}{body}: {service} -> {format}<{response}> {{", operation.marker)];
    lines.extend(description(operation));
    for parameter in &operation.parameters {
        lines.extend(parameter_lines(parameter, shared.parameter(operation, parameter)));
    }
    lines.push("}".to_owned());
    lines
}

/// The type of a call's body: an `Option` where it can be left out as a whole.
pub(crate) fn body_type(body: &Body) -> String {
    let ty = type_name(&body.ty);
    if body.can_be_absent { format!("Option<{ty}>") } else { ty }
}

/// The method, the ID and the path, then the settings that differ from the most common ones, which are no credential,
/// status 200 and no pages.
fn description(operation: &Operation) -> Vec<String> {
    let method = operation.method.to_lowercase();
    let mut settings = String::new();
    if let Some(server) = &operation.server {
        settings.push_str(&format!(".server({server:?})"));
    }
    let credentials = &operation.credentials;
    if !credentials.schemes.is_empty() {
        let setter = if credentials.are_optional { "optional_credentials" } else { "credentials" };
        settings.push_str(&format!(".{setter}(&{:?})", credentials.schemes));
    }
    settings.push_str(match operation.retry {
        Retry::Safe => ".retry(Retry::Safe)",
        Retry::Idempotent => ".retry(Retry::Idempotent)",
        Retry::Never => ".retry(Retry::Never)",
    });
    if let Some(body) = &operation.body {
        settings.push_str(&format!(".body(MediaType::{})", media_type(&body.media)));
        let limits = limits::calls(&body.limits);
        if !limits.is_empty() {
            settings.push_str(&format!(".body_limits(BodyLimits::NONE{limits})"));
        }
    }
    if let Some(body) = operation.body.as_ref().filter(|body| !body.other_media.is_empty()) {
        settings.push_str(&format!(".or_bodies(&{:?})", body.other_media));
    }
    if let Some(Accept { usual, others }) = &operation.accept {
        settings.push_str(&format!(".accept({:?}, &{others:?})", usual.join(", ")));
    }
    let meanings = operation.errors.iter().flat_map(|error| &error.meanings);
    let meanings: Vec<(&str, String)> =
        meanings.map(|(code, question)| (code.as_str(), questions::answer(question))).collect();
    if !meanings.is_empty() {
        settings.push_str(&format!(".meanings(&{meanings:?})"));
    }
    if let Some(group) = &operation.argument_group {
        let setter = if group.is_exact { "exactly_one_of" } else { "at_least_one_of" };
        let names: Vec<&str> = group.arguments.iter().map(|argument| argument.by_id.as_str()).collect();
        settings.push_str(&format!(".{setter}(&{names:?})"));
    }
    let statuses = || operation.responses.iter().map(|response| response.status);
    let exact: Vec<u16> = statuses().filter_map(Status::exact).collect();
    if exact != [200] {
        settings.push_str(&format!(".responses(&{exact:?})"));
    }
    if statuses().any(|status| status == Status::Range(3)) {
        settings.push_str(".any_redirect()");
    }
    let mut lines = vec![
        format!("    Spec::{method}({:?}, {:?})", operation.id, operation.path),
        format!("        {settings}"),
    ];
    lines.extend(operation.paging.iter().flat_map(pages));
    if let Some(last) = lines.last_mut() {
        last.push(';');
    }
    lines
}

fn media_type(media: &Media) -> String {
    match media {
        Media::Json => "Json".to_owned(),
        Media::Form(fields) if fields.is_empty() => "Form".to_owned(),
        Media::Form(fields) => format!("StyledForm({})", lines(fields, field)),
        Media::Multipart(parts) => format!("Multipart({})", lines(parts, part)),
        Media::OtherJson(name) => format!("OtherJson({name:?})"),
        Media::Text(name) => format!("Text({name:?})"),
        Media::Bytes(name) => format!("Bytes({name:?})"),
    }
}

/// A list with an item on each line, so that a change of one is a change of its line.
fn lines<T>(items: &[T], described: impl Fn(&T) -> String) -> String {
    match items {
        [] => "&[]".to_owned(),
        items => {
            let lines: String =
                items.iter().map(|item| format!("            {},\n", described(item))).collect();
            format!("&[\n{lines}        ]")
        }
    }
}

/// A member of a form, as the runtime describes it: as the parameter of a query that is written so.
fn field(Field { name, style, explode, allow_reserved }: &Field) -> String {
    let how = written(ParameterIn::Query, *style, *explode, *allow_reserved);
    format!("Parameter::query({name:?}){how}")
}

/// A part of a form, as the runtime describes it.
fn part(Part { name, is_file, media_type, is_deep, headers }: &Part) -> String {
    let kind = if *is_file { "file" } else { "value" };
    let media_type = media_type.as_ref().map(|media_type| format!(".media_type({media_type:?})"));
    let headers = if headers.is_empty() { String::new() } else { format!(".headers(&{headers:?})") };
    let deep = if *is_deep { ".deep_object()" } else { "" };
    format!("FormPart::{kind}({name:?}){}{deep}{headers}", media_type.unwrap_or_default())
}

/// How a list is given in pages: where the request asks for one, and where the response has it.
fn pages(paging: &Paging) -> [String; 2] {
    let Paging { first, position, size, items, item, total, .. } = paging;
    let counts = if paging.counts_items { "start" } else { "page" };
    let size = size.as_ref().map(|size| format!(" size {},", asked(size))).unwrap_or_default();
    let total = total.as_ref().map(|total| format!(", total {} = {:?}", total.rust, total.name));
    let (item, total) = (type_name(item), total.unwrap_or_default());
    [
        format!("        => pages({counts} {} from {first},{size}", asked(position)),
        format!("            items {}: {item} = {:?}{total})", items.rust, items.name),
    ]
}

fn asked(Asked { by_id, rust, is_member }: &Asked) -> String {
    if *is_member { format!("body.{rust} = {by_id:?}") } else { format!("query = {by_id:?}") }
}

/// A parameter, in parentheses if it is required. An optional parameter has a text, which becomes the text of its setter.
/// `shared` is the name of a text that several operations share.
fn parameter_lines(parameter: &Parameter, shared: Option<String>) -> Vec<String> {
    let Parameter { names, ty, .. } = parameter;
    let rust = &names.rust;
    let (ty, described) = (type_name(ty), described(parameter));
    let mut reason: Vec<String> = parameter.not_sensitive.iter().map(|reason| not_secret(reason)).collect();
    if parameter.required {
        reason.push(format!("{INDENT}({rust}: {ty}) = {described};"));
        return reason;
    }
    let mut lines = Vec::new();
    if text::can_be_searched(&parameter.name, rust) {
        lines.push(format!("{INDENT}#[doc(alias = {:?})]", parameter.name));
    }
    match shared {
        Some(name) => lines.push(format!("{INDENT}#[doc = {name}!()]")),
        None => lines.extend(comment(&parameter_text(parameter), false, INDENT)),
    }
    lines.append(&mut reason);
    if parameter.deprecated {
        lines.push(format!("{INDENT}#[deprecated]"));
    }
    lines.push(format!("{INDENT}{rust}: {ty} = {described};"));
    lines
}

fn described(parameter: &Parameter) -> String {
    let name = &parameter.name;
    let mut described = match parameter.location {
        ParameterIn::Path => format!("Parameter::path({name:?})"),
        ParameterIn::Query => format!("Parameter::query({name:?})"),
        ParameterIn::Header => format!("Parameter::header({name:?})"),
        ParameterIn::Cookie => format!("Parameter::cookie({name:?})"),
    };
    if parameter.names.by_id != *name {
        described.push_str(&format!(".argument({:?})", parameter.names.by_id));
    }
    if parameter.required && parameter.location != ParameterIn::Path {
        described.push_str(".required()");
    }
    let Parameter { location, style, explode, allow_reserved, .. } = *parameter;
    described.push_str(&written(location, style, explode, allow_reserved));
    if parameter.allow_empty {
        described.push_str(".allow_empty()");
    }
    if parameter.sensitive {
        described.push_str(".sensitive()");
    }
    described.push_str(&limits::calls(&parameter.limits));
    described
}

/// How a value is written, if that isn't the usual way at its place.
fn written(location: ParameterIn, style: Style, explode: bool, allow_reserved: bool) -> String {
    let is_exploded = matches!(location, ParameterIn::Query | ParameterIn::Cookie);
    let reserved = if allow_reserved { ".allow_reserved()" } else { "" };
    let (style, is_exploded) = match style {
        Style::Json => return ".json()".to_owned(),
        Style::DeepObject => return format!(".deep_object(){reserved}"),
        Style::Plain => ("", is_exploded),
        Style::Label => (".label()", false),
        Style::Matrix => (".matrix()", false),
        Style::Space => (".space()", false),
        Style::Pipe => (".pipe()", false),
    };
    let exploded = match (is_exploded, explode) {
        (true, false) => ".comma()",
        (false, true) => ".exploded()",
        _ => "",
    };
    format!("{style}{exploded}{reserved}")
}
