//! The client can send each parameter: its location, its style and its type are supported.

use std::collections::BTreeSet;

use super::words::either;
use crate::fault::Fault;
use crate::openapi::kind::ObjectKind;
use crate::openapi::operation::ResolvedOperation;
use crate::openapi::survey::Survey;
use crate::openapi::types::SchemaType;
use crate::source::{Node, Value};

/// Headers that the client sets itself, or that only say how a message is sent. OpenAPI ignores parameters with the first
/// three names.
const OWN_HEADERS: &[&str] = &[
    "accept",
    "content-type",
    "authorization",
    "connection",
    "content-encoding",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for site in survey.of_kind(ObjectKind::Parameter) {
        check_place(site.node, faults);
        faults.extend(check_credential(survey, site.node));
        match (site.node.get("schema"), site.node.entry("content")) {
            (Some(_), Some((key, _))) => {
                faults.push(key.fault(
                    "parameter-schema",
                    "the parameter has both `schema` and `content`",
                    "delete one of them",
                ));
            }
            (None, None) => {
                faults.push(site.node.fault(
                    "parameter-schema",
                    "the parameter has no `schema`",
                    "add `schema: {type: string}`, or its true type",
                ));
            }
            (Some(schema), None) => check_style(survey, site.node, schema, faults),
            (None, Some((key, content))) => check_content(site.node, key, content, faults),
        }
    }
    for operation in &survey.operations {
        check_duplicates(operation, faults);
    }
}

fn check_place(parameter: &Node, faults: &mut Vec<Fault>) {
    let name = parameter.text_of("name").unwrap_or_default();
    if let Some(at) = parameter.get("name").filter(|at| at.text() == Some("")) {
        let what = "a parameter can't have an empty name";
        faults.push(at.fault("parameter-place", what, "write the name that it has on the wire"));
    }
    match parameter.get("in").map(|place| (place, place.text().unwrap_or_default())) {
        Some((place, "cookie")) => {
            let help = "delete it: the client keeps no cookies, and credentials belong to `security`";
            faults.push(place.fault("parameter-place", "a parameter can't be sent as a cookie", help));
        }
        // Another check reports a `required` that isn't a boolean.
        Some((place, "path")) if is_optional(parameter) => {
            let what = format!("the path parameter `{name}` isn't required");
            faults.push(place.fault("optional-path-parameter", what, "add `required: true`"));
        }
        Some((_, "header")) if !name.chars().all(is_header_character) => {
            if let Some(at) = parameter.get("name") {
                let what = format!("`{name}` can't be the name of a header");
                faults.push(at.fault("parameter-place", what, "use letters, digits, `-` and `_`"));
            }
        }
        Some((_, "header")) if OWN_HEADERS.contains(&name.to_lowercase().as_str()) => {
            if let Some(at) = parameter.get("name") {
                let what = format!("the client sets the header `{name}` itself");
                faults.push(at.fault(
                    "parameter-place",
                    what,
                    "delete it: its value comes from `security`, `content` or how the request is sent",
                ));
            }
        }
        _ => {}
    }
}

/// Whether a parameter can be left out.
fn is_optional(parameter: &Node) -> bool {
    parameter.get("required").is_none_or(|required| matches!(required.value, Value::Bool(false)))
}

/// The client sends a credential in the header or query parameter that its security scheme names.
fn check_credential(survey: &Survey<'_>, parameter: &Node) -> Option<Fault> {
    let name = parameter.get("name")?;
    let is_same = |scheme: &Node| match (parameter.text_of("in")?, scheme.text_of("in")?) {
        ("header", "header") => Some(scheme.text_of("name")?.eq_ignore_ascii_case(name.text()?)),
        ("query", "query") => Some(scheme.text_of("name") == name.text()),
        _ => None,
    };
    let scheme = survey.of_kind(ObjectKind::SecurityScheme).find(|site| is_same(site.node) == Some(true))?;
    let scheme = scheme.key.and_then(Node::text).unwrap_or_default();
    let what = format!("the client sends the credential `{scheme}` there");
    Some(name.fault("parameter-place", what, format!("delete it, and name `{scheme}` in `security`")))
}

/// Whether the name of a header can have the character.
pub(super) fn is_header_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(character)
}

/// Reports a style that isn't supported, for the location and the type of the parameter.
fn check_style<'a>(survey: &Survey<'a>, parameter: &'a Node, schema: &'a Node, faults: &mut Vec<Fault>) {
    // Another check reports a place that there isn't.
    let places = ["path", "query", "header"];
    let Some(place) = parameter.text_of("in").filter(|place| places.contains(place)) else { return };
    let style = parameter.text_of("style").unwrap_or(if place == "query" { "form" } else { "simple" });
    let allowed: &[&str] = if place == "query" { &["form", "deepObject"] } else { &["simple"] };
    if let Some(at) =
        parameter.get("style").filter(|at| at.text().is_some_and(|text| !allowed.contains(&text)))
    {
        let what = format!("the style `{style}` isn't supported for a {place} parameter");
        faults.push(at.fault("parameter-style", what, format!("write {}", either(allowed))));
        return;
    }
    if let Some(at) = parameter.get("explode").filter(|at| !may_explode(place, style, &at.value)) {
        let what = format!("`explode` can't have this value in the style `{style}` of a {place} parameter");
        faults.push(at.fault("parameter-style", what, "delete the line"));
    }
    if let Some((what, help)) = wrong_type(survey, place, style, schema) {
        faults.push(schema.fault("parameter-type", what, help));
    }
}

/// Why a value of this type can't be sent in this style, and what helps.
fn wrong_type<'a>(
    survey: &Survey<'a>,
    place: &str,
    style: &str,
    schema: &'a Node,
) -> Option<(&'static str, &'static str)> {
    const AS_JSON: &str = "send it as JSON, in the query: `content: {application/json: {schema: …}}`";
    let kind = survey.type_of(schema);
    let is_plain = |schema| survey.type_of(schema).is_plain() || survey.type_of(schema) == SchemaType::Broken;
    let items = survey.unwrap(schema).and_then(|schema| schema.get("items"));
    let is_plain_list = kind == SchemaType::List && items.is_none_or(is_plain);
    match (place, style) {
        _ if kind == SchemaType::Broken => None,
        ("query", "deepObject") if kind != SchemaType::Object => {
            Some(("a parameter in the style `deepObject` must be an object", "write `style: form`"))
        }
        ("query", "deepObject") => {
            let is_deep = survey.properties_of(schema).iter().any(|member| !is_plain(member.node));
            is_deep.then_some(("a member of this object is a list or an object itself", AS_JSON))
        }
        ("path", _) if !is_plain(schema) => {
            Some(("a path parameter must be text, a number or a boolean", "write `schema: {type: string}`"))
        }
        ("query", _) if kind == SchemaType::Object => Some((
            "an object can't be sent in the style `form`",
            "write `style: deepObject`, or use `content` to send it as JSON",
        )),
        ("query" | "header", _) if !is_plain(schema) && !is_plain_list => {
            Some(("the parameter must be text, a number, a boolean or a list of these", AS_JSON))
        }
        _ => None,
    }
}

/// Whether `explode` can have this value. Another check reports a value that isn't a boolean.
fn may_explode(place: &str, style: &str, value: &Value) -> bool {
    if !matches!(value, Value::Bool(_)) {
        return true;
    }
    match (place, style, value) {
        ("query", "form", _) => true,
        (_, "deepObject", value) => matches!(value, Value::Bool(true)),
        (_, _, value) => matches!(value, Value::Bool(false)),
    }
}

fn check_content(parameter: &Node, key: &Node, content: &Node, faults: &mut Vec<Fault>) {
    const ALLOWED: &[&str] = &["application/json"];
    if parameter.text_of("in").is_some_and(|place| place != "query") {
        let what = "only a query parameter can be sent as JSON";
        faults.push(key.fault("parameter-style", what, "describe the parameter by a `schema`"));
    }
    for (media_type, _) in content.entries() {
        if !media_type.text().is_some_and(|text| ALLOWED.contains(&text)) {
            let text = media_type.text().unwrap_or_default();
            let what = format!("a parameter can't be sent as `{text}`");
            faults.push(media_type.fault("media-type", what, format!("write {}", either(ALLOWED))));
        }
    }
    if content.is_mapping() && content.entries().len() != 1 {
        faults.push(key.fault(
            "media-type",
            "the parameter needs exactly one media type",
            "write `application/json` only",
        ));
    }
}

fn check_duplicates(operation: &ResolvedOperation<'_>, faults: &mut Vec<Fault>) {
    let mut known = BTreeSet::new();
    for parameter in &operation.parameters {
        if !known.insert((parameter.location(), parameter.name())) {
            let what = format!(
                "{} has the {} parameter `{}` twice",
                operation.label(),
                parameter.location(),
                parameter.name()
            );
            faults.push(parameter.listed.fault("duplicate-parameter", what, "delete one of the two"));
        }
    }
}
