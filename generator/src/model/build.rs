//! Reads the API off a normalised document.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    Api, Body, Component, Content, Failure, Form, Group, Limits, Media, Member, Operation, Parameter, Place,
    Response, Retry, Shape, Style, TypeInfo, limited, usage,
};
use crate::bundle::{self, Bundle};
use crate::names;
use crate::normalise::referenced;

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Builds the model of one service from its bundle and the normalised document.
pub(crate) fn build(bundle: &Bundle, document: &Value) -> Api {
    let groups: Vec<Group> = bundle.groups.iter().map(read_group).collect();
    let schemas = &document["components"]["schemas"];
    let mut types: BTreeMap<String, TypeInfo> = entries(schemas)
        .map(|(name, schema)| (name.clone(), type_info(schema, schemas, bundle.schema_home.get(name))))
        .collect();
    let operations = operations(document, &groups);
    usage::mark(document, &operations, &mut types);
    limited::mark(schemas, &mut types);
    types.values_mut().filter(|found| found.in_requests).for_each(name_setters);
    types.retain(|_, found| found.in_requests || found.in_responses);
    Api {
        service: bundle.service.clone(),
        title: text(&document["info"], "title"),
        description: text(&document["info"], "description"),
        base_credentials: credentials(&document["security"]).into_iter().collect(),
        groups,
        operations,
        types,
    }
}

/// The members of what is sent have setters, beside the methods that every call and type has.
fn name_setters(found: &mut TypeInfo) {
    if let Shape::Object(members) = &mut found.shape {
        members.iter_mut().for_each(|member| member.rust = names::argument(&member.name));
    }
}

fn read_group(group: &bundle::Group) -> Group {
    Group {
        stem: group.stem.clone(),
        description: group.description.clone().unwrap_or_default(),
        file: group.file.clone(),
    }
}

fn operations(document: &Value, groups: &[Group]) -> Vec<Operation> {
    let mut found: Vec<Operation> = entries(&document["paths"])
        .flat_map(|(path, item)| {
            entries(item)
                .filter(|(key, _)| METHODS.contains(&key.as_str()))
                .map(move |(method, operation)| read_operation(path, method, operation, document))
        })
        .collect();
    found.sort_by_key(|operation| groups.iter().position(|group| group.stem == operation.group));
    found
}

fn read_operation(path: &str, method: &str, operation: &Value, document: &Value) -> Operation {
    let id = text(operation, "operationId");
    let group = string(&operation["tags"][0]);
    let name = id.strip_prefix(&names::operation_prefix(&group)).unwrap_or(&id).to_owned();
    let security = operation.get("security").unwrap_or(&document["security"]);
    let (responses, failures) = read_responses(&operation["responses"]);
    Operation {
        marker: names::pascal(&id),
        name: names::snake(&name),
        group,
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: text(operation, "summary"),
        description: text(operation, "description"),
        docs: operation.pointer("/externalDocs/url").and_then(Value::as_str).map(str::to_owned),
        deprecated: flag(operation, "deprecated"),
        credentials: credentials(security),
        credential_is_optional: list(security).any(|requirement| entries(requirement).next().is_none()),
        retry: match operation["x-retry"].as_str() {
            Some("safe") => Retry::Safe,
            Some("idempotent") => Retry::Idempotent,
            _ => Retry::Never,
        },
        retry_reason: operation["x-retry-reason"].as_str().map(str::to_owned),
        since: operation["x-since"].as_str().map(str::to_owned),
        parameters: list(&operation["parameters"])
            .map(|parameter| read_parameter(parameter, &document["components"]["schemas"]))
            .collect(),
        body: operation.get("requestBody").and_then(read_body),
        responses,
        failures,
        id,
    }
}

/// The names of the security schemes in the requirements.
fn credentials(security: &Value) -> Vec<String> {
    list(security).flat_map(entries).map(|(scheme, _)| scheme.clone()).collect()
}

fn read_parameter(parameter: &Value, schemas: &Value) -> Parameter {
    let media = entries(&parameter["content"]).next().map(|(_, media)| media);
    let schema = media.map_or(&parameter["schema"], |media| &media["schema"]);
    let place = match parameter["in"].as_str() {
        Some("path") => Place::Path,
        Some("header") => Place::Header,
        _ => Place::Query,
    };
    let style = match (media, parameter["style"].as_str(), parameter["explode"].as_bool()) {
        (Some(_), _, _) => Style::Json,
        (_, Some("deepObject"), _) => Style::DeepObject,
        (_, _, Some(false)) => Style::Comma,
        _ => Style::Plain,
    };
    let name = text(parameter, "name");
    Parameter {
        rust: names::argument(&name),
        name,
        place,
        description: text(parameter, "description"),
        required: flag(parameter, "required"),
        deprecated: flag(parameter, "deprecated"),
        sensitive: flag(parameter, "x-sensitive") || flag(schema, "x-sensitive"),
        style,
        limits: read_limits(schema, schemas),
        example: media.unwrap_or(parameter).get("example").or(schema.get("example")).cloned(),
    }
}

/// The limits of a string, or of those in a list or map.
fn read_limits(schema: &Value, schemas: &Value) -> Limits {
    let within = referenced(schema).map(|name| &schemas[name]).filter(|of| of["enum"].is_array());
    let inner = ["items", "additionalProperties"].into_iter().find_map(|key| schema.get(key));
    if let Some(schema) = within.or(inner.filter(|inner| inner.is_object())) {
        return read_limits(schema, schemas);
    }
    Limits {
        min_length: schema["minLength"].as_u64(),
        max_length: schema["maxLength"].as_u64(),
        pattern: schema["pattern"].as_str().map(str::to_owned),
        within: false,
    }
}

fn read_body(body: &Value) -> Option<Body> {
    let (media_type, media) = entries(&body["content"]).next()?;
    Some(Body {
        media: if media_type.contains("json") { Media::Json } else { Media::Form },
        required: flag(body, "required"),
        description: text(body, "description"),
        schema: referenced(&media["schema"]).map(str::to_owned),
        example: media.get("example").cloned(),
    })
}

fn read_responses(responses: &Value) -> (Vec<Response>, Vec<Failure>) {
    let mut successes = Vec::new();
    let mut failures = Vec::new();
    for (status, response) in entries(responses).filter(|(key, _)| !key.starts_with("x-")) {
        match status.parse::<u16>() {
            Ok(code) if (200..400).contains(&code) => successes.push(read_response(code, response)),
            _ => failures.push(Failure {
                status: status.clone(),
                description: text(response, "description"),
                codes: list(&response["x-error-codes"]).map(string).collect(),
                component: read_component(response),
            }),
        }
    }
    (successes, failures)
}

fn read_component(response: &Value) -> Option<Component> {
    let (home, name) = response[bundle::COMPONENT].as_str()?.split_once('#')?;
    Some(Component { home: home.to_owned(), name: name.to_owned() })
}

fn read_response(status: u16, response: &Value) -> Response {
    let media = entries(&response["content"]).next();
    let content = match media {
        _ if status >= 300 => Content::Redirect,
        None => Content::Empty,
        Some((media_type, _)) if media_type.contains("json") => Content::Json,
        Some(_) => Content::Text,
    };
    Response { status, description: text(response, "description"), content }
}

fn type_info(schema: &Value, schemas: &Value, home: Option<&String>) -> TypeInfo {
    TypeInfo {
        home: home.cloned().unwrap_or_default(),
        description: text(schema, "description"),
        deprecated: flag(schema, "deprecated"),
        in_requests: false,
        in_responses: false,
        is_body: false,
        used_by: Default::default(),
        order: usize::MAX,
        shape: shape(schema, schemas),
        example: schema.get("example").cloned(),
    }
}

fn shape(schema: &Value, schemas: &Value) -> Shape {
    if schema["enum"].is_array() {
        let texts = &schema["x-enum-descriptions"];
        let values =
            list(&schema["enum"]).map(string).map(|value| (value.clone(), text(texts, &value))).collect();
        return Shape::Enum { open: flag(schema, "x-open-enum"), values };
    }
    if !schema["properties"].is_object() {
        let forms = ["oneOf", "anyOf"].into_iter().flat_map(|key| list(&schema[key]));
        return Shape::Choice(forms.map(|form| read_form(form, schemas)).collect());
    }
    let required = required(schema);
    Shape::Object(
        entries(&schema["properties"])
            .map(|(name, member)| Member {
                name: name.clone(),
                rust: names::snake(name),
                description: described(member, schemas),
                required: required.contains(name),
                deprecated: flag(member, "deprecated"),
                sensitive: flag(member, "x-sensitive"),
                limits: read_limits(member, schemas),
                json_text: member.get("x-json-text").is_some(),
                example: member.get("example").cloned(),
            })
            .collect(),
    )
}

fn read_form(form: &Value, schemas: &Value) -> Form {
    let schema = referenced(form).map_or(form, |name| &schemas[name]);
    Form { description: described(form, schemas), required: required(schema) }
}

fn required(schema: &Value) -> Vec<String> {
    list(&schema["required"]).map(string).collect()
}

/// The text of a member, or that of the type that it refers to.
fn described(member: &Value, schemas: &Value) -> String {
    let own = text(member, "description");
    match referenced(member) {
        Some(name) if own.is_empty() => text(&schemas[name], "description"),
        _ => own,
    }
}

pub(super) fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

pub(super) fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).map(string).unwrap_or_default().trim().to_owned()
}

fn flag(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool).unwrap_or_default()
}
