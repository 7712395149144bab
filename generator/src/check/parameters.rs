//! The client can send each parameter: its location, its style and its type are supported.

use std::collections::BTreeSet;

use super::header_names::{is_header_name, is_own_header};
use super::media::is_json;
use super::words::either;
use crate::fault::Fault;
use crate::openapi::kind::ObjectKind;
use crate::openapi::operation::ResolvedOperation;
use crate::openapi::site::Site;
use crate::openapi::survey::Survey;
use crate::source::{Node, Value};

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    let schemes: Vec<&Site<'_>> = survey.of_kind(ObjectKind::SecurityScheme).collect();
    for site in survey.of_kind(ObjectKind::Parameter) {
        check_place(site.node, faults);
        faults.extend(check_credential(&schemes, site.node));
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
        // Another check reports a `required` that isn't a boolean.
        Some((place, "path")) if is_optional(parameter) => {
            let what = format!("the path parameter `{name}` isn't required");
            faults.push(place.fault("optional-path-parameter", what, "add `required: true`"));
        }
        Some((_, place @ ("header" | "cookie"))) if !name.is_empty() && !is_header_name(name) => {
            if let Some(at) = parameter.get("name") {
                let what = format!("`{name}` can't be the name of a {place}");
                faults.push(at.fault("parameter-place", what, "use letters, digits, `-` and `_`"));
            }
        }
        Some((_, "header")) if is_own_header(name) => {
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

/// The client sends a credential in the header, query parameter or cookie that its security scheme names.
fn check_credential(schemes: &[&Site<'_>], parameter: &Node) -> Option<Fault> {
    let name = parameter.get("name")?;
    let is_same = |scheme: &Node| match (parameter.text_of("in")?, scheme.text_of("in")?) {
        ("header", "header") => Some(scheme.text_of("name")?.eq_ignore_ascii_case(name.text()?)),
        ("query", "query") | ("cookie", "cookie") => Some(scheme.text_of("name") == name.text()),
        _ => None,
    };
    let scheme = schemes.iter().find(|site| is_same(site.node) == Some(true))?;
    let scheme = scheme.key.and_then(Node::text).unwrap_or_default();
    let what = format!("the client sends the credential `{scheme}` there");
    Some(name.fault("parameter-place", what, format!("delete it, and name `{scheme}` in `security`")))
}

/// The styles that OpenAPI has for a place, the usual one first.
fn styles(place: &str) -> &'static [&'static str] {
    match place {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "cookie" => &["form"],
        // Another check reports a place that there isn't.
        _ => &[],
    }
}

/// Reports a style that OpenAPI doesn't have at the place or for the type of the parameter.
fn check_style<'a>(survey: &Survey<'a>, parameter: &'a Node, schema: &'a Node, faults: &mut Vec<Fault>) {
    let place = parameter.text_of("in").unwrap_or_default();
    let Some(usual) = styles(place).first() else { return };
    let style = parameter.text_of("style").unwrap_or(usual);
    if let Some(at) = parameter.get("style").filter(|_| !styles(place).contains(&style)) {
        let what = format!("a {place} parameter can't have the style `{style}`");
        faults.push(at.fault("parameter-style", what, format!("write {}", either(styles(place)))));
        return;
    }
    let is_off = |at: &&Node| style == "deepObject" && matches!(at.value, Value::Bool(false));
    if let Some(at) = parameter.get("explode").filter(is_off) {
        let what = "`explode` can't be false in the style `deepObject`";
        faults.push(at.fault("parameter-style", what, "delete the line"));
    }
    for key in ["allowReserved", "allowEmptyValue"] {
        if let Some((key, _)) = parameter.entry(key).filter(|_| place != "query" && parameter.is_true(key)) {
            let name = key.text().unwrap_or_default();
            let what = format!("`{name}` says nothing about a {place} parameter");
            faults.push(key.fault("parameter-style", what, "delete it"));
        }
    }
    if style == "deepObject" && survey.type_of(schema).is_plain() {
        let what = "a parameter in the style `deepObject` must be an object";
        faults.push(schema.fault("parameter-type", what, "write `style: form`"));
    }
}

fn check_content(parameter: &Node, key: &Node, content: &Node, faults: &mut Vec<Fault>) {
    for beside in ["style", "explode", "allowReserved", "allowEmptyValue"] {
        if let Some((beside, _)) = parameter.entry(beside) {
            let name = beside.text().unwrap_or_default();
            let what = format!("`{name}` says nothing about a parameter that is sent as JSON");
            faults.push(beside.fault("parameter-style", what, "delete it"));
        }
    }
    for (media_type, _) in content.entries() {
        if !media_type.text().is_some_and(is_json) {
            let text = media_type.text().unwrap_or_default();
            let what = format!("a parameter can't be sent as `{text}`");
            faults.push(media_type.fault("media-type", what, "write `application/json`"));
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
