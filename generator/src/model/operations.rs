//! Reads the operations: what the document says of each one, with the types that progenitor made.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::api::{Body, Credentials, Media, Operation, Parameter, ParameterIn, Retry, Style};
use super::component::Component;
use super::json::{entries, flag, list, media, not_sensitive, parameter_schema, required_schemes, text};
use super::paths::PathOperation;
use super::types::{Definition, Schema, Type};
use super::{limits, responses};
use crate::fault::Fault;
use crate::names;

/// What the operations are read from.
pub(super) struct Source<'a> {
    /// The whole document.
    pub(super) document: &'a Value,
    /// The security schemes that every client of the service carries.
    pub(super) base_credentials: &'a BTreeSet<String>,
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
        let (responses, errors) =
            responses::read(&source["responses"], |status| ty(names::response_value(status)))?;
        let parameters = list(&source["parameters"]).enumerate();
        let parameters = parameters
            .map(|(index, parameter)| Ok(self.parameter(parameter, ty(names::parameter_value(index))?)));
        let parameters = parameters.collect::<Result<_, Fault>>()?;
        let body = match media(&source["requestBody"]) {
            Some((media_type, content)) => {
                Some(self.body(&source["requestBody"], media_type, content, ty(names::body_value())?))
            }
            None => None,
        };
        Ok(Operation {
            marker: names::pascal(&id),
            name: names::method(group, &id),
            group: group.to_owned(),
            method: method.to_uppercase(),
            path: path.to_owned(),
            summary: text(source, "summary"),
            description: text(source, "description"),
            docs: source.pointer("/externalDocs/url").and_then(Value::as_str).map(str::to_owned),
            deprecated: flag(source, "deprecated"),
            credentials: self.credentials(source.get("security").unwrap_or(&self.document["security"])),
            retry: retry(source),
            retry_reason: source["x-retry-reason"].as_str().map(str::to_owned),
            since: source["x-since"].as_str().map(str::to_owned),
            parameters,
            body,
            responses,
            errors,
            id,
        })
    }

    fn credentials(&self, security: &Value) -> Credentials {
        let schemes: Vec<String> = required_schemes(security).collect();
        let types = if schemes.iter().any(|scheme| self.base_credentials.contains(scheme)) {
            Vec::new()
        } else {
            schemes.iter().map(|scheme| names::pascal(scheme)).collect()
        };
        let are_optional = list(security).any(|requirement| entries(requirement).next().is_none());
        Credentials { schemes, types, are_optional }
    }

    fn parameter(&self, parameter: &Value, ty: Type) -> Parameter {
        let schema = parameter_schema(parameter);
        let content = media(parameter).map(|(_, content)| content);
        let style = match (content, parameter["style"].as_str(), parameter["explode"].as_bool()) {
            (Some(_), _, _) => Style::Json,
            (_, Some("deepObject"), _) => Style::DeepObject,
            (_, _, Some(false)) => Style::Comma,
            _ => Style::Plain,
        };
        let name = text(parameter, "name");
        let sensitive = flag(parameter, "x-sensitive") || flag(schema, "x-sensitive");
        Parameter {
            rust: names::argument(&name),
            name,
            ty: if sensitive { ty.into_secret() } else { ty },
            location: location(parameter),
            description: text(parameter, "description"),
            required: flag(parameter, "required"),
            deprecated: flag(parameter, "deprecated"),
            sensitive,
            not_sensitive: not_sensitive(parameter).or(not_sensitive(schema)),
            style,
            limits: limits::read(schema, &self.document["components"]["schemas"]),
            example: content.unwrap_or(parameter).get("example").or(schema.get("example")).cloned(),
            component: Component::of(parameter),
        }
    }

    fn body(&self, body: &Value, media_type: &str, content: &Value, ty: Type) -> Body {
        Body {
            media: if media_type.contains("json") { Media::Json } else { Media::Form },
            can_be_absent: !flag(body, "required") && !self.can_be_empty(&ty),
            ty,
            description: text(body, "description"),
            example: content.get("example").cloned(),
        }
    }

    /// Whether a value of the type is complete without any member.
    fn can_be_empty(&self, ty: &Type) -> bool {
        let Type::Named(name) = ty else { return false };
        let definition = self.schemas.get(name).map(|schema| &schema.definition);
        matches!(definition, Some(Definition::Object(object)) if object.required().next().is_none())
    }
}

fn location(parameter: &Value) -> ParameterIn {
    match parameter["in"].as_str() {
        Some("path") => ParameterIn::Path,
        Some("header") => ParameterIn::Header,
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
