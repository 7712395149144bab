//! Reads what `encoding` says of the members of a form: how they are written in a URL-encoded one; and which parts are files,
//! and which media types they have.

use serde_json::Value;

use super::json::{at, entries, flag, string};
use super::media::{Field, Part, Style};
use super::types::Type;
use crate::normalise::referenced;
use crate::openapi::media_type::MediaKind;

/// The parts of a body about which there is something to say. `content` is that of its media type.
pub(super) fn read(content: &Value, schemas: &Value) -> Vec<Part> {
    let schema = &content["schema"];
    let schema = referenced(schema).map_or(schema, |name| &schemas[name]);
    let parts = entries(&schema["properties"]).map(|(name, member)| {
        let is_file = is_file(member);
        let encoding = content.get("encoding").and_then(|encoding| encoding.get(name));
        let content_type = encoding.and_then(|encoding| encoding.get("contentType")?.as_str());
        let media_type = content_type.and_then(|listed| {
            // An enum is a schema of its own, to which the member refers.
            let held = referenced(member).map_or(member, |name| &schemas[name]);
            media_type(listed, is_file, held)
        });
        let headers = encoding.and_then(|encoding| encoding.get("headers")).map(headers).unwrap_or_default();
        let is_deep = encoding.is_some_and(|encoding| encoding.get("style").is_some());
        Part { name: name.clone(), is_file, media_type, is_deep, headers }
    });
    let is_special =
        |part: &Part| part.is_file || part.media_type.is_some() || part.is_deep || !part.headers.is_empty();
    parts.filter(is_special).collect()
}

/// The headers of a part, each with its only value.
fn headers(headers: &Value) -> Vec<(String, String)> {
    entries(headers).map(|(name, header)| (name.clone(), string(at(header, "/schema/enum/0")))).collect()
}

/// The members of a URL-encoded form that have a style, or are JSON. `content` is that of the form's media type.
pub(super) fn fields(content: &Value) -> Vec<Field> {
    let encodings = content.get("encoding").into_iter().flat_map(entries);
    let fields = encodings.filter_map(|(name, encoding)| {
        let has_style = ["style", "explode", "allowReserved"].iter().any(|key| encoding.get(key).is_some());
        let style = match has_style {
            true => Style::of(encoding.get("style").and_then(Value::as_str)),
            false => encoding.get("contentType").map(|_| Style::Json)?,
        };
        let is_exploded = matches!(style, Style::Plain | Style::DeepObject);
        Some(Field {
            name: name.clone(),
            style,
            explode: encoding.get("explode").and_then(Value::as_bool).unwrap_or(is_exploded),
            allow_reserved: flag(encoding, "allowReserved"),
        })
    });
    fields.collect()
}

/// Whether a member is a file, or a list of files.
fn is_file(member: &Value) -> bool {
    let inner = member.get("items").unwrap_or(member);
    inner["type"] == "string" && inner["format"] == "binary"
}

/// The media type in a list of those that a part can have. A part that is no text or number has to be JSON. A file has none
/// if several are listed, since its bytes decide.
fn media_type(listed: &str, is_file: bool, member: &Value) -> Option<String> {
    let mut all = listed.split(',').map(str::trim);
    let is_json = |name: &str| MediaKind::of(name, true) == MediaKind::Json;
    let exact = |name: &&str| !name.contains('*');
    let found = match (is_file, member["type"].as_str()) {
        (true, _) => all.next().filter(|first| exact(first) && all.next().is_none()),
        (false, Some("string" | "integer" | "number" | "boolean" | "array")) => all.find(exact),
        (false, _) => all.find(|name| exact(name) && is_json(name)),
    };
    found.map(str::to_owned)
}

/// The type of a member that is a file, or a list of files.
pub(super) fn mark(ty: Type, member: &Value) -> Type {
    match ty {
        Type::Option(inner) => Type::Option(Box::new(mark(*inner, member))),
        Type::List(inner) if is_file(member) => Type::List(Box::new(mark(*inner, &member["items"]))),
        Type::Text if is_file(member) => Type::Binary,
        other => other,
    }
}
