//! Reading a normalised document: members, lists, texts, and the references in a schema.

use serde_json::Value;

use crate::markdown::with_languages;
use crate::normalise::{member, referenced};
use crate::openapi::media_type::MediaKind;

/// The value at a JSON pointer; null if there is none.
pub(super) fn at<'a>(value: &'a Value, pointer: &str) -> &'a Value {
    value.pointer(pointer).unwrap_or(&Value::Null)
}

/// The members of an object; nothing else has any.
pub(super) fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// The elements of a list; nothing else has any.
pub(super) fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// A string; anything else is the empty one.
pub(super) fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A string, a number or a truth value as a text.
pub(crate) fn scalar(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The string under a key, without the blanks around it.
pub(super) fn text(value: &Value, key: &str) -> String {
    member(value, key).and_then(Value::as_str).unwrap_or_default().trim().to_owned()
}

/// The same, where the string is Markdown.
pub(super) fn markdown(value: &Value, key: &str) -> String {
    with_languages(&text(value, key))
}

/// Whether the value under a key is `true`.
pub(super) fn flag(value: &Value, key: &str) -> bool {
    member(value, key).and_then(Value::as_bool).unwrap_or_default()
}

/// The reason for which a parameter or member isn't secret, although it looks as if it were.
pub(super) fn not_sensitive(value: &Value) -> Option<String> {
    value["x-not-sensitive"].as_str().map(|reason| reason.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The kind of the media type of a body, response or parameter, and its content. If there are several media types, the one
/// that says most about the value is taken: JSON, then a form, a text, bytes.
pub(super) fn media(holder: &Value) -> Option<(MediaKind, &Value)> {
    named_media(holder).map(|(kind, _, media)| (kind, media))
}

/// The same as [`media`], with the media type itself.
pub(super) fn named_media(holder: &Value) -> Option<(MediaKind, &str, &Value)> {
    let all = entries(member(holder, "content")?);
    let all = all.map(|(media_type, media)| {
        let is_text = member(media, "schema").is_none_or(|schema| schema["type"] == "string");
        (MediaKind::of(media_type, is_text), media_type.as_str(), media)
    });
    all.min_by_key(|(kind, _, _)| *kind)
}

/// The media types beside the one that [`media`] takes.
pub(super) fn other_media_types(holder: &Value) -> impl Iterator<Item = &str> {
    let taken = named_media(holder).map(|(_, name, _)| name);
    let all = member(holder, "content").into_iter().flat_map(entries).map(|(name, _)| name.as_str());
    all.filter(move |name| Some(*name) != taken)
}

/// The schema of a parameter, which is that of its content where it has one.
pub(super) fn parameter_schema(parameter: &Value) -> &Value {
    media(parameter).map_or(&parameter["schema"], |(_, media)| &media["schema"])
}

/// The names of the schemas to which a schema refers, in their order, without those in members that carry the key
/// `left_out`.
pub(super) fn references<'a>(schema: &'a Value, left_out: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut pending = vec![schema];
    while let Some(schema) = pending.pop() {
        if let Some(name) = referenced(schema) {
            found.push(name);
            continue;
        }
        let mut parts: Vec<&Value> = Vec::new();
        for (key, value) in entries(schema) {
            match key.as_str() {
                "properties" => {
                    let members = entries(value).map(|(_, member)| member);
                    parts.extend(members.filter(|member| !flag(member, left_out)));
                }
                "items" | "additionalProperties" | "x-json-text" => parts.push(value),
                "oneOf" | "anyOf" => parts.extend(list(value)),
                _ => {}
            }
        }
        pending.extend(parts.into_iter().rev());
    }
    found
}

/// The names of the security schemes in the requirements.
pub(super) fn required_schemes(security: &Value) -> impl Iterator<Item = String> {
    list(security).flat_map(entries).map(|(scheme, _)| scheme.clone())
}
