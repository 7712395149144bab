//! The items of the operations: parameters, bodies, responses and errors.

use super::attribute::Attribute as A;
use super::declarations::method;
use super::fact::Fact;
use super::item::{Item, Kind, WireDirection, route};
use super::read_schemas::{facts, json, limits, ty};
use crate::emit::{body_type, type_name};
use crate::model::{
    Accept, Api, ArgumentGroup, Body, Content, ErrorResponse, Headers, Media, Operation, Paging, Parameter,
    ParameterIn, Response, Retry, Style, Type,
};
use crate::names;

/// The items of one operation, which belongs to a group.
pub(super) fn items(api: &Api, operation: &Operation, group: &Item) -> Vec<Item> {
    let item = of_operation(api, operation).within(group);
    let of = Of { api, operation, parent: &item };
    let mut parts: Vec<Item> = operation.parameters.iter().map(|it| of.parameter(it)).collect();
    parts.extend(operation.body.iter().map(|body| of.body(body)));
    parts.extend(operation.responses.iter().map(|response| of.response(response)));
    parts.extend(operation.responses.iter().filter_map(|response| of.variant(response)));
    parts.extend(operation.errors.iter().flat_map(|error| of.error(error)));
    parts.insert(0, item);
    parts
}

/// The path of an operation's method, as a user writes it.
fn path(api: &Api, operation: &Operation) -> String {
    let (service, group) = (names::module(&api.service), names::module(&operation.group));
    let handle = names::group_type(&operation.group);
    format!("generated_client::{service}::{group}::{handle}::{}", operation.name)
}

/// The path of the type of an operation's calls, whose methods are the setters.
fn call_path(api: &Api, operation: &Operation) -> String {
    let (service, group) = (names::module(&api.service), names::module(&operation.group));
    format!("generated_client::{service}::{group}::{}", operation.marker)
}

fn of_operation(api: &Api, operation: &Operation) -> Item {
    let credentials = &operation.credentials;
    let required = operation.required_parameters().map(|parameter| parameter.names.rust.clone());
    let shape = if operation.has_several_responses() { "an enum of several" } else { "one type" };
    let mut item = Item::new(&api.service, Kind::Operation, &operation.id, WireDirection::Nowhere);
    for credential in credentials.needed() {
        item = item.declared(&format!("Carries for {credential}"));
    }
    if let Some(first) = operation.responses.first().filter(|_| !operation.has_several_responses()) {
        item = item.text(A::Content, carried(&first.content));
    }
    if let Some(group) = &operation.argument_group {
        item = item.flag(A::OneOfExact, group.is_exact);
    }
    if let Some(server) = &operation.server {
        item = item.declared_in("servers", server);
    }
    if let Some(paging) = &operation.paging {
        item = item.text(A::Paging, pages(paging)).text(A::Type, type_name(&paging.item));
    }
    let item = item
        .called(path(api, operation))
        .declared(&method(operation))
        .declared(&operation.marker)
        .declared(&names::response_enum(&operation.marker))
        .declared_in("examples", &operation.id)
        .declared(&format!("BrowserOperation for {}", operation.marker))
        .found_by(route(operation))
        .text(A::Method, &operation.method)
        .text(A::Path, &operation.path)
        .text(A::Server, operation.server.as_deref().unwrap_or_default())
        .text(A::Home, &operation.group)
        .text(A::Description, format!("{}\n{}", operation.summary, operation.description))
        .maybe(A::Documentation, operation.docs.clone())
        .maybe(A::Since, operation.since.clone())
        .maybe(A::After, operation.after.clone())
        .fact(A::SearchWords, Fact::Set(operation.search_words.clone()))
        .maybe(A::RetryReason, operation.retry_reason.clone())
        .flag(A::Deprecated, operation.deprecated)
        .fact(A::Credentials, Fact::Set(credentials.needed().to_vec()))
        .fact(A::Schemes, Fact::Set(credentials.schemes.clone()))
        .fact(A::Retry, retry(operation.retry))
        .text(A::MediaTypes, operation.accept.as_ref().map(media_types).unwrap_or_default())
        .flag(A::Paged, operation.paging.is_some())
        .maybe(A::OneOf, operation.argument_group.as_ref().map(argument_group))
        .fact(A::Arguments, Fact::Order(required.collect()))
        .text(A::Shape, shape)
        .text(A::Use, if operation.is_for_browsers() { "a browser" } else { "a program" });
    // If the operation gives a list in pages, the type of its calls has these two methods.
    let walks = ["pages", "items"].iter().filter(|_| operation.paging.is_some());
    walks.fold(item, |item, method| item.called(format!("{}::{method}", call_path(api, operation))))
}

/// How an operation gives a list in pages.
fn pages(paging: &Paging) -> String {
    let counted = if paging.counts_items { "item" } else { "page" };
    let asked = [Some(&paging.position), paging.size.as_ref()].into_iter().flatten();
    let asked: Vec<&str> = asked.map(|argument| argument.rust.as_str()).collect();
    let given = [Some(&paging.items), paging.total.as_ref()].into_iter().flatten();
    let given: Vec<&str> = given.map(|member| member.name.as_str()).collect();
    format!("{} from {counted} {}; {}", asked.join(", "), paging.first, given.join(", "))
}

/// The arguments that an operation needs one of.
fn argument_group(group: &ArgumentGroup) -> String {
    let names: Vec<&str> = group.arguments.iter().map(|argument| argument.rust.as_str()).collect();
    names.join(", ")
}

fn media_types(Accept { usual, others }: &Accept) -> String {
    format!("{}, or {}", usual.join(", "), others.join(", "))
}

fn retry(retry: Retry) -> Fact {
    match retry {
        Retry::Never => Fact::Step(0, "never".to_owned()),
        Retry::Idempotent => Fact::Step(1, "idempotent".to_owned()),
        Retry::Safe => Fact::Step(2, "safe".to_owned()),
    }
}

struct Of<'a> {
    api: &'a Api,
    operation: &'a Operation,
    parent: &'a Item,
}

impl Of<'_> {
    fn item(&self, kind: Kind, name: &str, wire_direction: WireDirection) -> Item {
        let id = &self.operation.id;
        let name = if name.is_empty() { id.clone() } else { format!("{id} {name}") };
        Item::new(&self.api.service, kind, name, wire_direction).within(self.parent)
    }

    fn parameter(&self, parameter: &Parameter) -> Item {
        let place = match parameter.location {
            ParameterIn::Path => "path",
            ParameterIn::Query => "query",
            ParameterIn::Header => "header",
            ParameterIn::Cookie => "cookie",
        };
        let rust = &parameter.names.rust;
        let path = match parameter.required {
            true => path(self.api, self.operation),
            false => format!("{}::{rust}", call_path(self.api, self.operation)),
        };
        let item = self
            .item(Kind::Parameter, &format!("{place}:{}", parameter.name), WireDirection::InRequests)
            .called(path)
            .declared_in(&self.operation.marker, rust)
            .declared(&method(self.operation))
            .flag(A::Required, parameter.required)
            .text(A::RustName, rust)
            .text(A::Style, written(parameter))
            .text(A::Description, &parameter.description)
            .flag(A::Deprecated, parameter.deprecated)
            .text(A::NotSensitive, parameter.not_sensitive.clone().unwrap_or_default())
            .text(A::Example, json(parameter.example.as_ref()));
        facts(limits(ty(item, &parameter.ty), &parameter.limits), &parameter.facts)
    }

    fn body(&self, body: &Body) -> Item {
        let media = match &body.media {
            Media::Json => "JSON".to_owned(),
            Media::Form(fields) => {
                let styled = fields.iter().map(|field| {
                    let reserved =
                        if field.allow_reserved { ", reserved characters as they are" } else { "" };
                    format!("{} {}{reserved}", field.name, style(field.style, field.explode))
                });
                let styled = styled.collect::<Vec<_>>().join(", ");
                if styled.is_empty() { "a form".to_owned() } else { format!("a form with {styled}") }
            }
            Media::Multipart(parts) => {
                let parts = parts.iter().map(|part| {
                    let media_type = part.media_type.as_deref().unwrap_or_default();
                    let headers = part.headers.iter().map(|(name, value)| format!(" {name}: {value}"));
                    let kind = match (part.is_file, part.is_deep) {
                        (true, _) => " (file)",
                        (false, true) => " (as parts)",
                        (false, false) => "",
                    };
                    format!("{}{kind} {media_type}{}", part.name, headers.collect::<String>())
                });
                format!("parts {}", parts.collect::<Vec<_>>().join(", ")).trim_end().to_owned()
            }
            Media::OtherJson(name) => format!("JSON as {name}"),
            Media::Text(name) => format!("text as {name}"),
            Media::Bytes(name) => format!("bytes as {name}"),
        };
        let others = body.other_media.iter().map(|name| format!(", or as {name}"));
        let media = std::iter::once(media).chain(others).collect::<String>();
        let item = self
            .item(Kind::Body, "", WireDirection::InRequests)
            .called(path(self.api, self.operation))
            .declared(&method(self.operation))
            .declared(&self.operation.marker)
            .text(A::Type, body_type(body))
            .flag(A::Required, self.takes_arguments(body))
            .text(A::Style, media)
            .text(A::Description, &body.description)
            .text(A::Example, json(body.example.as_ref()));
        limits(item, &body.limits)
    }

    /// Whether the method has arguments for the body.
    fn takes_arguments(&self, body: &Body) -> bool {
        let has_required =
            self.api.object(&body.ty).is_none_or(|(_, object)| object.required().next().is_some());
        !body.can_be_absent && has_required
    }

    /// The variant for a status, where one type can't hold all responses.
    fn variant(&self, response: &Response) -> Option<Item> {
        let variant = names::status_variant(response.status);
        let item = self
            .item(Kind::Alternative, &variant, WireDirection::InResponses)
            .called(format!("{}Response::{variant}", call_path(self.api, self.operation)))
            .declared_in(&names::response_enum(&self.operation.marker), &variant);
        self.operation.has_several_responses().then_some(item)
    }

    fn response(&self, response: &Response) -> Item {
        let examples: Vec<String> =
            response.examples.iter().map(|(text, value)| format!("{text} {value}")).collect();
        let example = format!("{} {}", examples.join(" "), response.location.clone().unwrap_or_default());
        let response_enum = names::response_enum(&self.operation.marker);
        let mut item = self.item(Kind::Response, &response.status.to_string(), WireDirection::InResponses);
        if self.operation.has_several_responses() {
            item = item.text(A::Content, carried(&response.content));
        }
        item.called(call_path(self.api, self.operation))
            .declared(&self.operation.marker)
            .declared_in(&response_enum, &names::status_variant(response.status))
            .declared_in("examples", &self.operation.id)
            .fact(A::Headers, headers(response.headers.as_ref()))
            .text(A::Description, &response.description)
            .text(A::Example, example.trim())
    }

    fn error(&self, error: &ErrorResponse) -> Vec<Item> {
        let item = self
            .item(Kind::Error, &error.status, WireDirection::InResponses)
            .called(path(self.api, self.operation))
            .fact(A::Headers, headers(error.headers.as_ref()))
            .text(A::Description, &error.description)
            .text(A::Example, json(error.example.as_ref()));
        let codes = error.codes.iter().map(|code| {
            let question = error.meanings.iter().find(|(listed, _)| listed == code);
            let question = question.map(|(_, question)| question.clone()).unwrap_or_default();
            let name = format!("{} {code}", error.status);
            let own = self
                .item(Kind::ErrorCode, &name, WireDirection::InResponses)
                .called(path(self.api, self.operation));
            own.within(&item).text(A::Question, question)
        });
        let codes: Vec<Item> = codes.collect();
        std::iter::once(item).chain(codes).collect()
    }
}

/// The type of the headers that a response declares.
fn headers(headers: Option<&Headers>) -> Fact {
    Fact::Set(headers.map(|headers| headers.type_name.clone()).into_iter().collect())
}

/// What a response carries.
fn carried(content: &Content) -> String {
    match content {
        Content::Json(ty) => type_name(ty),
        Content::Text => "text".to_owned(),
        Content::Binary => "bytes".to_owned(),
        Content::Empty => "nothing".to_owned(),
        Content::Redirect => "a redirect".to_owned(),
    }
}

/// How the value of a parameter is written.
fn written(parameter: &Parameter) -> String {
    let parts = style(parameter.style, parameter.explode || !has_parts(&parameter.ty));
    let reserved = parameter.allow_reserved.then_some("reserved characters as they are");
    let empty = parameter.allow_empty.then_some("can be empty");
    [Some(parts), reserved, empty].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Whether a value can be a list or an object, whose parts are written one by one.
fn has_parts(ty: &Type) -> bool {
    match ty {
        Type::Option(inner) | Type::Nullable(inner) | Type::Boxed(inner) | Type::Secret(inner) => {
            has_parts(inner)
        }
        other => matches!(other, Type::List(_) | Type::Map(_) | Type::FreeObject | Type::Named(_)),
    }
}

/// How the parts of a value are written. Those that aren't joined are plain in every style of a query.
fn style(style: Style, explode: bool) -> &'static str {
    match (style, explode) {
        (Style::Plain | Style::Space | Style::Pipe, true) => "plain",
        (Style::Plain, false) => "joined by commas",
        (Style::Label, true) => "each behind a dot",
        (Style::Label, false) => "behind a dot",
        (Style::Matrix, true) => "each as `;name=value`",
        (Style::Matrix, false) => "`;name=value`",
        (Style::Space, false) => "joined by blanks",
        (Style::Pipe, false) => "joined by `|`",
        (Style::DeepObject, _) => "`name[member]`",
        (Style::Json, _) => "JSON",
    }
}
