//! Reads the operations: what the document says of each one, with the types that progenitor made.

use std::collections::BTreeMap;

use serde_json::Value;

use super::api::{Credentials, Operation, Retry};
use super::arguments::{Body, Parameter, ParameterIn};
use super::component::Component;
use super::definitions::{Definition, Schema};
use super::json::{
    at, entries, flag, list, markdown, media, named_media, not_sensitive, other_media_types,
    parameter_schema, string, text,
};
use super::media::{Media, Style};
use super::paging::Parts;
use super::paths::PathOperation;
use super::security::{SchemeRole, SecurityScheme, Server};
use super::types::Type;
use super::{facts, limits, nullable, parts, responses, security};
use crate::fault::Fault;
use crate::names;
use crate::names::parameters::{self, ParameterNames};
use crate::openapi::media_type::MediaKind;

/// What the operations are read from.
pub(super) struct Source<'a> {
    /// The whole document.
    pub(super) document: &'a Value,
    /// The server of the service.
    pub(super) server: &'a Server,
    /// The security schemes of the service.
    pub(super) schemes: &'a [SecurityScheme],
    /// The schemas by the names of their Rust types.
    pub(super) schemas: &'a BTreeMap<String, Schema>,
}

impl Source<'_> {
    /// Reads one operation; `values` are the types of what it sends and receives.
    pub(super) fn read(
        &self,
        operation: &PathOperation<'_>,
        values: &BTreeMap<String, Type>,
    ) -> Result<Operation, Fault> {
        let PathOperation { path, method, group, source } = *operation;
        let id = text(source, "operationId");
        let ty = |value: String| values.get(&value).cloned().ok_or_else(|| missing(&id, &value));
        let (responses, errors) = responses::read(method, &source["responses"], |status, schema| {
            let ty = ty(names::response_value(status))?;
            Ok(nullable::mark(ty, schema, self.all_schemas(), false))
        })?;
        let body = match named_media(&source["requestBody"]) {
            Some((kind, name, content)) => {
                let ty = match kind {
                    MediaKind::Json | MediaKind::Form | MediaKind::Multipart => ty(names::body_value())?,
                    MediaKind::Text => Type::Text,
                    MediaKind::Binary => Type::Binary,
                };
                let media = self.media(kind, name, content);
                Some(self.body(&source["requestBody"], media, content, ty))
            }
            None => None,
        };
        let listed: Vec<&Value> = list(&source["parameters"]).collect();
        let names = self.parameter_names(&listed, body.as_ref());
        let parameters = listed.into_iter().enumerate().map(|(index, parameter)| {
            let names =
                names.get(&place_and_name(parameter)).cloned().ok_or_else(|| missing(&id, "its name"))?;
            Ok(self.parameter(parameter, names, ty(names::parameter_value(index))?))
        });
        let parameters = parameters.collect::<Result<Vec<_>, Fault>>()?;
        let parts = Parts {
            schemas: self.schemas,
            parameters: &parameters,
            body: body.as_ref(),
            responses: &responses,
        };
        let (argument_group, paging) =
            (parts.argument_group(source)?, parts.paging(&id, &source["x-paging"])?);
        let security = source.get("security").unwrap_or(&self.document["security"]);
        Ok(Operation {
            marker: names::pascal(&id),
            name: names::method(group, &id),
            group: group.to_owned(),
            method: method.to_uppercase(),
            // What follows a `#` only tells operations of one path apart.
            path: path.split_once('#').map_or(path, |(path, _)| path).to_owned(),
            server: self.other_server(source).map(|server| server.usual_url()),
            summary: text(source, "summary"),
            description: described(source, security),
            docs: at(source, "/externalDocs/url").as_str().map(str::to_owned),
            deprecated: flag(source, "deprecated"),
            credentials: self.credentials(security),
            retry: retry(source),
            retry_reason: source["x-retry-reason"].as_str().map(str::to_owned),
            since: source["x-since"].as_str().map(str::to_owned),
            after: source["x-after"].as_str().map(str::to_owned),
            search_words: list(&source["x-search-words"])
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            parameters,
            body,
            responses,
            accept: responses::accept(method, &source["responses"]),
            errors,
            argument_group,
            paging,
            id,
        })
    }

    /// The server of an operation, if it isn't that of the service.
    pub(super) fn other_server(&self, operation: &Value) -> Option<Server> {
        let server = security::server(operation);
        let is_other = !server.url.is_empty() && server.usual_url() != self.server.usual_url();
        is_other.then_some(server)
    }

    fn all_schemas(&self) -> &Value {
        at(self.document, "/components/schemas")
    }

    fn credentials(&self, security: &Value) -> Credentials {
        let required = list(security).map(|requirement| security::required(requirement, self.schemes));
        let (schemes, none): (Vec<String>, Vec<String>) = required.partition(|name| !name.is_empty());
        let types = if schemes.iter().any(|scheme| self.is_base(scheme)) {
            Vec::new()
        } else {
            schemes.iter().map(|scheme| names::pascal(scheme)).collect()
        };
        let first = list(security).next().map(|requirement| security::required(requirement, self.schemes));
        let usual = first.filter(|scheme| !scheme.is_empty() && !self.is_base(scheme));
        Credentials {
            schemes,
            types,
            are_optional: !none.is_empty(),
            usual: usual.map(|scheme| names::pascal(&scheme)),
        }
    }

    /// Whether every client of the service carries the credential.
    fn is_base(&self, scheme: &str) -> bool {
        self.schemes.iter().any(|known| known.name == scheme && known.role == SchemeRole::Base)
    }

    /// The names of the parameters beside those of the members of the body.
    fn parameter_names<'a>(
        &self,
        parameters: &[&'a Value],
        body: Option<&Body>,
    ) -> BTreeMap<(&'a str, &'a str), ParameterNames> {
        let body = body.and_then(|body| self.schemas.get(body.ty.named()?));
        let members = body.into_iter().flat_map(|schema| match &schema.definition {
            Definition::Object(object) => object.argument_names().map(str::to_owned).collect(),
            _ => Vec::new(),
        });
        let given: Vec<_> = parameters.iter().map(|parameter| place_and_name(parameter)).collect();
        parameters::named(members, &given)
    }

    fn parameter(&self, parameter: &Value, names: ParameterNames, ty: Type) -> Parameter {
        let schema = parameter_schema(parameter);
        let content = media(parameter).map(|(_, content)| content);
        let location = location(parameter);
        let style = content.map_or_else(|| Style::of(parameter["style"].as_str()), |_| Style::Json);
        let is_form = style == Style::Plain && [ParameterIn::Query, ParameterIn::Cookie].contains(&location);
        let name = text(parameter, "name");
        let required = flag(parameter, "required");
        let example = facts::example(content.unwrap_or(parameter)).or(schema.get("example"));
        let ty = nullable::mark(ty, schema, self.all_schemas(), true);
        let sensitive = flag(parameter, "x-sensitive") || flag(schema, "x-sensitive");
        let can_be_empty = matches!(ty, Type::Bool | Type::Int(_) | Type::Float(_) | Type::Named(_));
        let allow_empty = flag(parameter, "allowEmptyValue") && can_be_empty && !sensitive;
        let ty = if allow_empty { Type::Nullable(Box::new(ty)) } else { ty };
        Parameter {
            names,
            name,
            ty: if sensitive { ty.into_secret() } else { ty },
            location,
            explode: parameter["explode"].as_bool().unwrap_or(is_form || style == Style::DeepObject),
            allow_reserved: flag(parameter, "allowReserved"),
            allow_empty,
            description: markdown(parameter, "description"),
            required,
            deprecated: flag(parameter, "deprecated"),
            sensitive,
            not_sensitive: not_sensitive(parameter).or(not_sensitive(schema)),
            style,
            limits: limits::read(schema, self.all_schemas()),
            // The example of the method shows the example of a required parameter.
            facts: facts::read(schema, self.all_schemas(), example.filter(|_| !required)),
            example: example.cloned(),
            component: Component::of(parameter),
        }
    }

    fn body(&self, body: &Value, media: Media, content: &Value, ty: Type) -> Body {
        let is_in_json = !matches!(media, Media::Text(_) | Media::Bytes(_));
        let schema = &content["schema"];
        let ty = if is_in_json { nullable::mark(ty, schema, self.all_schemas(), true) } else { ty };
        Body {
            media,
            can_be_absent: !flag(body, "required") && !self.can_be_empty(&ty),
            ty,
            other_media: other_media_types(body).map(str::to_owned).collect(),
            limits: limits::read(schema, self.all_schemas()),
            description: markdown(body, "description"),
            example: facts::example(content).cloned(),
        }
    }

    /// How a body of the media type is written, and the media type that is sent. Where the spec gives a range, JSON is sent
    /// as `application/json` and text as `text/plain`, and the caller chooses the type of bytes.
    fn media(&self, kind: MediaKind, name: &str, content: &Value) -> Media {
        match (kind, name) {
            (MediaKind::Form, _) => Media::Form(parts::fields(content)),
            (MediaKind::Multipart, _) => Media::Multipart(parts::read(content, self.all_schemas())),
            (MediaKind::Json, "application/json" | "*/*" | "application/*") => Media::Json,
            (MediaKind::Json, name) => Media::OtherJson(name.to_owned()),
            (MediaKind::Text, "text/*") => Media::Text("text/plain".to_owned()),
            (MediaKind::Text, name) => Media::Text(name.to_owned()),
            (MediaKind::Binary, name) => Media::Bytes(name.to_owned()),
        }
    }

    /// Whether a value of the type is complete without any member.
    fn can_be_empty(&self, ty: &Type) -> bool {
        let Type::Named(name) = ty else { return false };
        let definition = self.schemas.get(name).map(|schema| &schema.definition);
        matches!(definition, Some(Definition::Object(object)) if object.required().next().is_none())
    }
}

/// The description, and the scopes that the tokens of OAuth 2 or OpenID Connect need.
fn described(operation: &Value, security: &Value) -> String {
    let scopes = list(security).flat_map(entries).filter_map(|(scheme, scopes)| {
        let scopes: Vec<String> = list(scopes).map(|scope| format!("`{}`", string(scope))).collect();
        let noun = if scopes.len() == 1 { "the scope" } else { "the scopes" };
        (!scopes.is_empty()).then(|| format!("The `{scheme}` needs {noun} {}.", scopes.join(", ")))
    });
    let sections: Vec<String> = std::iter::once(markdown(operation, "description")).chain(scopes).collect();
    sections.join("\n\n").trim_start().to_owned()
}

fn place_and_name(parameter: &Value) -> (&str, &str) {
    let text = |key: &str| parameter[key].as_str().unwrap_or_default();
    (text("in"), text("name"))
}

fn location(parameter: &Value) -> ParameterIn {
    match parameter["in"].as_str() {
        Some("path") => ParameterIn::Path,
        Some("header") => ParameterIn::Header,
        Some("cookie") => ParameterIn::Cookie,
        _ => ParameterIn::Query,
    }
}

fn retry(operation: &Value) -> Retry {
    match operation["x-retry"].as_str() {
        Some("safe") => Retry::Safe,
        Some("idempotent") => Retry::Idempotent,
        _ => Retry::Never,
    }
}

fn missing(operation: &str, value: &str) -> Fault {
    Fault::without_location(
        "progenitor",
        format!("progenitor made no type for `{value}` of the operation `{operation}`"),
        "report this with the spec: a check should have found it first",
    )
}
