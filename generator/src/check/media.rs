//! The client can write the media type of each body and read that of each response, and each operation has a successful
//! response.

use super::keys::has;
use crate::fault::Fault;
use crate::openapi::file::FileRole;
use crate::openapi::kind::ObjectKind;
use crate::openapi::media_type::MediaKind;
use crate::openapi::operation::ResolvedOperation;
use crate::openapi::status::Status;
use crate::openapi::survey::Survey;
use crate::openapi::types::SchemaType;
use crate::source::Node;

pub(super) const FORM: &str = "application/x-www-form-urlencoded";

pub(super) const PARTS: &str = "multipart/form-data";

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for site in survey.of_kind(ObjectKind::RequestBody) {
        check_request(survey, site.node, faults);
    }
    for site in survey.of_kind(ObjectKind::Response) {
        check_response(survey, site.node, faults);
    }
    for operation in survey.operations.iter().filter(|operation| operation.file.role == FileRole::Group) {
        check_statuses(survey, operation, faults);
        check_examples(survey, operation, faults);
    }
}

pub(super) fn is_json(media_type: &str) -> bool {
    MediaKind::of(media_type, true) == MediaKind::Json
}

/// The media type in `content` by which the client writes or reads a body; callers can choose another. It is a fault if
/// `content` names no media type.
fn usual<'a>(survey: &Survey<'a>, content: &'a Node, faults: &mut Vec<Fault>) -> Option<&'a (Node, Node)> {
    match content.entries() {
        [] if content.is_mapping() => {
            faults.push(content.fault(
                "media-type",
                "`content` names no media type",
                "write `application/json: {schema: …}`, or delete `content`",
            ));
            None
        }
        all => {
            let kind = |(name, media): &&(Node, Node)| {
                MediaKind::of(name.text().unwrap_or_default(), is_text(survey, media))
            };
            all.iter().min_by_key(kind)
        }
    }
}

fn check_request<'a>(survey: &Survey<'a>, body: &'a Node, faults: &mut Vec<Fault>) {
    let Some((key, media)) = body.get("content").and_then(|content| usual(survey, content, faults)) else {
        return;
    };
    for (key, _) in body.get("content").map(Node::entries).unwrap_or_default() {
        let name = key.text().unwrap_or_default();
        if !can_be_sent(name) {
            let what = format!("a request can't be sent as `{name}`");
            let help =
                "write a media type that the server accepts, such as `application/json` or `image/png`";
            faults.push(key.fault("media-type", what, help));
        }
    }
    let name = key.text().unwrap_or_default();
    if !can_be_sent(name) {
        return;
    }
    let is_text = is_text(survey, media);
    let fault = match MediaKind::of(name, is_text) {
        MediaKind::Form if name != FORM => Some((
            format!("a request can't be sent as `{name}`"),
            "write `application/x-www-form-urlencoded`",
        )),
        MediaKind::Multipart if name != PARTS => Some((
            format!("a request can't be sent as `{name}`"),
            "write `multipart/form-data`; the client chooses the boundary",
        )),
        MediaKind::Json | MediaKind::Form | MediaKind::Multipart => {
            faults.extend(without_schema(media));
            None
        }
        kind if !is_text => {
            let noun = if kind == MediaKind::Text { "text" } else { "bytes" };
            let what = format!("a request of type `{name}` is sent as {noun}");
            Some((what, "write `schema: {type: string}`, or a media type that is JSON or a form"))
        }
        MediaKind::Text | MediaKind::Binary => None,
    };
    faults.extend(fault.map(|(what, help)| key.fault("media-type", what, help)));
    let is_form = [FORM, PARTS].contains(&name);
    if let Some(schema) = media.get("schema").filter(|_| is_form) {
        check_form(survey, schema, faults);
    }
}

/// Whether a request can name the media type, or a type of the range that the caller chooses.
pub(super) fn can_be_sent(name: &str) -> bool {
    let (kind, of) = name.split(';').next().unwrap_or_default().split_once('/').unwrap_or_default();
    let is_range = kind.contains('*') || of.contains('*');
    let is_known_range = name == "*/*" || of == "*" && !kind.contains('*');
    let is_valid = name.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    is_valid && !kind.is_empty() && !of.is_empty() && (!is_range || is_known_range)
}

/// The body of a form is an object, whose members are the fields of the form.
fn check_form<'a>(survey: &Survey<'a>, schema: &'a Node, faults: &mut Vec<Fault>) {
    if !matches!(survey.type_of(schema), SchemaType::Object | SchemaType::Broken) {
        faults.push(schema.fault(
            "form-body",
            "the body of a form must be an object",
            "write `type: object` with `properties`",
        ));
    }
}

fn check_response<'a>(survey: &Survey<'a>, response: &'a Node, faults: &mut Vec<Fault>) {
    let Some((key, media)) = response.get("content").and_then(|content| usual(survey, content, faults))
    else {
        return;
    };
    let schema = media.get("schema");
    let kind = schema.map_or(SchemaType::Text, |schema| survey.type_of(schema));
    let name = key.text().unwrap_or_default();
    let is_text = matches!(kind, SchemaType::Text | SchemaType::Broken);
    match MediaKind::of(name, kind == SchemaType::Text) {
        MediaKind::Json if schema.is_none() => faults.extend(without_schema(media)),
        MediaKind::Text if name == "text/plain" && !is_text => {
            let what = "a response of type `text/plain` must be text";
            let help = "write `schema: {type: string}`, or `application/json` above it";
            faults.push(key.fault("media-type", what, help));
        }
        MediaKind::Form | MediaKind::Multipart | MediaKind::Binary if !is_text => {
            let what = format!("a response of type `{name}` is read as bytes");
            let help = "write `schema: {type: string, format: binary}`, or `application/json` above it";
            faults.push(key.fault("media-type", what, help));
        }
        _ => {}
    }
}

/// Whether the body is a string by its schema; one without a schema can be nothing else.
fn is_text<'a>(survey: &Survey<'a>, media: &'a Node) -> bool {
    media.get("schema").is_none_or(|schema| survey.type_of(schema) == SchemaType::Text)
}

/// A body that is read or written by its type needs a schema.
fn without_schema(media: &Node) -> Option<Fault> {
    let is_written = has(media, ObjectKind::MediaType, "schema") || !media.is_mapping();
    (!is_written).then(|| media.fault("missing-key", "a media type needs `schema`", "add `schema: …`"))
}

fn check_statuses(survey: &Survey<'_>, operation: &ResolvedOperation<'_>, faults: &mut Vec<Fault>) {
    let Some(responses) = operation.node.get("responses").filter(|responses| responses.is_mapping()) else {
        return;
    };
    let statuses = responses.entries().iter().filter_map(|(key, _)| Some((key, key.text()?)));
    // A wrong status may be meant for a success.
    let mut has_success = false;
    for (key, status) in statuses.filter(|(_, status)| !status.starts_with("x-")) {
        match status.parse::<u16>() {
            Ok(200..=399) if status.len() == 3 => has_success = true,
            Ok(400..=599) if status.len() == 3 => {}
            _ if ["2XX", "3XX", "default"].contains(&status) => has_success = true,
            _ if ["4XX", "5XX"].contains(&status) => {}
            _ => {
                has_success = true;
                faults.push(wrong_status(key, status));
            }
        }
    }
    if !has_success {
        let what = format!("{} has no successful response", operation.label());
        faults.push(responses.fault(
            "missing-success",
            what,
            "add the response that the server sends on success, with a status from 200 to 399, or as `2XX` or `default`",
        ));
    }
    for (key, response) in &operation.responses {
        check_success(survey, operation, key, response, faults);
    }
}

fn wrong_status(key: &Node, status: &str) -> Fault {
    let what = format!("no response can have the status `{status}`");
    key.fault("status", what, "write a status from 200 to 599, a range such as `4XX`, or `default`")
}

/// Reports a body that the client never reads: that of a response to HEAD, of a response with a status that has no body,
/// and of a redirect with a `Location`, of which only the `Location` is read.
fn check_success<'a>(
    survey: &Survey<'a>,
    operation: &ResolvedOperation<'a>,
    key: &Node,
    response: &'a Node,
    faults: &mut Vec<Fault>,
) {
    let status = key.text().unwrap_or_default();
    let is_redirect = status.starts_with('3');
    let headers = response.get("headers").map(Node::entries).unwrap_or_default();
    let location = headers
        .iter()
        .find(|(name, _)| name.text().is_some_and(|name| name.eq_ignore_ascii_case("location")));
    let is_of_head = operation.method.text() == Some("head") && status.starts_with(['2', '3']);
    if let Some((content, _)) = response.entry("content").filter(|_| {
        is_of_head || is_redirect && location.is_some() || ["204", "205", "304"].contains(&status)
    }) {
        let what = format!("the body of a response {status} is never read");
        let what = if is_of_head { "the body of a response to HEAD is never read".to_owned() } else { what };
        faults.push(content.fault("body-of-response", what, "delete `content`"));
    }
    let is_promised = |header| survey.resolve(header).is_none_or(|header| header.is_true("required"));
    if let Some((at, _)) = location.filter(|(_, header)| is_redirect && !is_promised(header)) {
        let what = format!("the redirect {status} has no required `Location`");
        faults.push(at.fault("missing-location", what, "add `required: true` to the header"));
    }
}

/// The body of a request and that of each successful response have an example.
fn check_examples<'a>(survey: &Survey<'a>, operation: &ResolvedOperation<'a>, faults: &mut Vec<Fault>) {
    let statuses = || operation.responses.iter().filter_map(|(status, _)| status.text());
    let is_success = |status: &str| Status::success(status, statuses()).is_some();
    let successes = operation.responses.iter().filter(|(status, _)| status.text().is_some_and(is_success));
    let sent = operation.body.map(|body| ("request", body));
    for (what, holder) in
        sent.into_iter().chain(successes.map(|(_, response)| ("successful response", *response)))
    {
        for (key, media) in holder.get("content").map(Node::entries).unwrap_or_default() {
            let name = key.text().unwrap_or_default();
            let is_binary = MediaKind::of(name, is_text(survey, media)) == MediaKind::Binary;
            if media.is_mapping()
                && !is_binary
                && media.get("example").is_none()
                && media.get("examples").is_none()
            {
                let what = format!("the {what} of {} has no example", operation.label());
                faults.push(key.fault("missing-example", what, "add `example: …` beside `schema`"));
            }
        }
    }
}
