//! `encoding` names members that the form has, and describes each in a way that the client can send.

use super::header_names::is_header_name;
use super::media::{FORM, PARTS, can_be_sent, is_json};
use crate::fault::Fault;
use crate::openapi::kind::ObjectKind;
use crate::openapi::survey::Survey;
use crate::openapi::types::SchemaType;
use crate::source::{Node, Value};

const DEEP: &str = "deepObject";

const STYLE_KEYS: [&str; 3] = ["style", "explode", "allowReserved"];

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for body in survey.of_kind(ObjectKind::RequestBody) {
        for (name, media) in body.node.get("content").map(Node::entries).unwrap_or_default() {
            if let Some((key, encoding)) = media.entry("encoding") {
                match name.text() {
                    Some(FORM) => check_members(survey, media, encoding, check_field, faults),
                    Some(PARTS) => check_members(survey, media, encoding, check_part, faults),
                    _ => faults.push(without_form(key)),
                }
            }
        }
    }
}

fn without_form(key: &Node) -> Fault {
    let what = "`encoding` is about the members of a form, which this body isn't";
    key.fault("part-encoding", what, format!("delete it, or write `{PARTS}` or `{FORM}`"))
}

/// A check of what `encoding` says of one member. It takes the member's name, its schema, and its entry in `encoding`.
type Check<'a> = fn(&Survey<'a>, &'a Node, &'a Node, &'a Node, &mut Vec<Fault>);

fn check_members<'a>(
    survey: &Survey<'a>,
    media: &'a Node,
    encoding: &'a Node,
    check: Check<'a>,
    faults: &mut Vec<Fault>,
) {
    let members = media.get("schema").map(|schema| survey.properties_of(schema)).unwrap_or_default();
    for (name, said) in encoding.entries() {
        match members.iter().find(|member| Some(member.name()) == name.text()) {
            Some(member) => check(survey, name, member.node, said, faults),
            None => {
                let what = format!("the form has no part `{}`", name.text().unwrap_or_default());
                faults.push(name.fault("part-encoding", what, "name a member of the schema, or delete it"));
            }
        }
    }
}

/// A member of a URL-encoded form has a style, as a parameter in the query has, or is JSON.
fn check_field<'a>(
    survey: &Survey<'a>,
    name: &'a Node,
    member: &'a Node,
    said: &'a Node,
    faults: &mut Vec<Fault>,
) {
    let name = name.text().unwrap_or_default();
    let is_plain = survey.type_of(member).is_plain();
    check_deep(survey, name, member, said, faults);
    if let Some((key, _)) = said.entry("headers") {
        let what = "a member of a URL-encoded form has no headers";
        faults.push(key.fault("part-encoding", what, "delete the line"));
    }
    let Some((key, content_type)) = said.entry("contentType") else { return };
    if STYLE_KEYS.iter().any(|beside| said.get(beside).is_some()) {
        faults.push(beside_style(key));
    } else if is_plain || !content_type.text().is_some_and(is_json) {
        let what = format!(
            "the member `{name}` of a URL-encoded form can't be sent as `{}`",
            content_type.text().unwrap_or_default()
        );
        let help = if is_plain { "delete the line" } else { "write `application/json`" };
        faults.push(content_type.fault("part-encoding", what, help));
    }
}

fn beside_style(content_type: &Node) -> Fault {
    let what = "`contentType` says nothing about a member with a style";
    content_type.fault("part-encoding", what, "delete one of them")
}

/// The style `deepObject` is for lists and objects, and always explodes them.
fn check_deep<'a>(
    survey: &Survey<'a>,
    name: &str,
    member: &'a Node,
    said: &'a Node,
    faults: &mut Vec<Fault>,
) {
    let Some(style) = said.get("style").filter(|style| style.text() == Some(DEEP)) else { return };
    let items = survey.unwrap(member).and_then(|schema| schema.get("items"));
    let items = items.and_then(|items| survey.unwrap(items));
    let is_files = items.is_some_and(|items| items.text_of("format") == Some("binary"));
    if survey.type_of(member).is_plain() || is_files {
        let what = format!("the member `{name}` is no list and no object of values, which `{DEEP}` is for");
        faults.push(style.fault("part-encoding", what, "delete the line"));
    }
    if let Some(at) = said.get("explode").filter(|at| matches!(at.value, Value::Bool(false))) {
        let what = format!("`explode` can't be false in the style `{DEEP}`");
        faults.push(at.fault("part-encoding", what, "delete the line"));
    }
}

/// A part of a form with parts has a media type, or is written as parts in the style `deepObject`.
fn check_part<'a>(
    survey: &Survey<'a>,
    name: &'a Node,
    member: &'a Node,
    said: &'a Node,
    faults: &mut Vec<Fault>,
) {
    let name = name.text().unwrap_or_default();
    let is_deep = said.text_of("style") == Some(DEEP);
    let said_in_vain = STYLE_KEYS.iter().filter(|key| !is_deep || **key == "allowReserved");
    for (key, _) in said_in_vain.filter_map(|key| said.entry(key)) {
        let what = format!("`{}` says nothing about a part of `{PARTS}`", key.text().unwrap_or_default());
        faults.push(key.fault("part-encoding", what, "delete it"));
    }
    check_deep(survey, name, member, said, faults);
    if let Some((key, _)) = said.entry("contentType").filter(|_| is_deep) {
        faults.push(beside_style(key));
        return;
    }
    for (name, header) in said.get("headers").map(Node::entries).unwrap_or_default() {
        check_header(name, header, faults);
    }
    let Some(content_type) = said.get("contentType") else { return };
    let media_types = content_type.text().unwrap_or_default();
    let can_hold = |kind: SchemaType| kind == SchemaType::Text || kind.is_plain();
    let is_structure = !can_hold(survey.type_of(member)) && !is_list_of_plain(survey, member);
    if !media_types.split(',').all(|name| can_be_sent(name.trim())) {
        let what = format!("a part can't have the media type `{media_types}`");
        faults.push(content_type.fault("part-encoding", what, "write one such as `image/png`"));
    } else if is_structure && !media_types.split(',').any(is_json) {
        let what = format!("the part `{name}` is JSON, and can't be sent as `{media_types}`");
        let help = "write `application/json`, or make the member a text";
        faults.push(content_type.fault("part-encoding", what, help));
    }
}

/// A header of a part has exactly one value, which the spec gives, since no argument of a call can set it.
fn check_header(key: &Node, header: &Node, faults: &mut Vec<Fault>) {
    let name = key.text().unwrap_or_default();
    let is_own = ["content-disposition", "content-type"].contains(&name.to_lowercase().as_str());
    if is_own || !is_header_name(name) {
        let what = format!("a part can't have the header `{name}` beside those that the client writes");
        faults.push(key.fault(
            "part-encoding",
            what,
            "delete it; `contentType` says which media type the part has",
        ));
        return;
    }
    let schema = header.get("schema");
    let values = schema.and_then(|schema| schema.get("enum")).map(Node::items).unwrap_or_default();
    let is_known = matches!(values, [value] if value.text().is_some_and(can_be_value));
    if !is_known {
        let what = format!("the value of the header `{name}` isn't known");
        let help = "write its only value, as in `schema: {type: string, enum: [photo]}`, or delete it";
        faults.push(key.fault("part-encoding", what, help));
    }
    let read = [(Some(header), &["schema", "description", "required"][..]), (schema, &["type", "enum"])];
    for (object, keys) in read {
        let entries = object.map(Node::entries).unwrap_or_default();
        for (other, _) in
            entries.iter().filter(|(other, _)| !other.text().is_some_and(|key| keys.contains(&key)))
        {
            let what =
                format!("`{}` says nothing about the header of a part", other.text().unwrap_or_default());
            faults.push(other.fault("part-encoding", what, "delete it"));
        }
    }
}

/// Whether a header can have the value.
fn can_be_value(value: &str) -> bool {
    !value.is_empty() && value.trim() == value && value.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn is_list_of_plain<'a>(survey: &Survey<'a>, schema: &'a Node) -> bool {
    let items = survey.unwrap(schema).and_then(|schema| schema.get("items"));
    survey.type_of(schema) == SchemaType::List && items.is_some_and(|items| survey.type_of(items).is_plain())
}
