//! Every object has only keys that OpenAPI 3.0 gives it, and under them values of the right kind.

use super::words::{either, nearest, suggest};
use crate::fault::Fault;
use crate::openapi::kind::{ObjectGrammar, ObjectKind, ValueKind, is_extension};
use crate::openapi::schema_keys::SCHEMA_TYPES;
use crate::openapi::site::Site;
use crate::openapi::survey::Survey;
use crate::source::{Node, Value};

/// What messages call a value that counts something.
const COUNT: &str = "an integer that isn't negative";

/// What messages call a value that is a boolean or a schema.
const FLAG_OR_SCHEMA: &str = "`true`, `false` or a schema";

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for site in &survey.sites {
        let grammar = site.kind.grammar();
        if site.reference().is_some() {
            check_reference(site, faults);
        } else if !site.node.is_mapping() && !site.node.is_invalid() {
            faults.push(wrong_object(site.kind, site.node, grammar.name));
        } else {
            check_keys(site, &grammar, faults);
        }
    }
    for file in survey.files {
        let Some(version) = file.root.as_ref().and_then(|root| root.get("openapi")) else { continue };
        if let Some(text) = version.text().filter(|text| !text.starts_with("3.0.")) {
            let what = format!("the document is in version `{text}` of OpenAPI");
            let help = match text.starts_with("3.1") {
                true => "`cargo xtask import <service> FILE` writes a document in 3.1 down as one in 3.0.3",
                false => "write `openapi: 3.0.3`",
            };
            faults.push(version.fault("openapi-version", what, help));
        }
    }
}

/// Other tools ignore what stands beside a `$ref`, so nothing may stand there.
fn check_reference(site: &Site<'_>, faults: &mut Vec<Fault>) {
    for (key, _) in site.node.entries() {
        let name = key.text().unwrap_or_default();
        if name != "$ref" {
            let help = match name {
                "description" | "x-sensitive" | "x-not-sensitive" => {
                    format!("write `allOf: [{{$ref: …}}]` and `{name}` beside it")
                }
                _ => format!("write `{name}` in the component that the `$ref` leads to"),
            };
            faults.push(key.fault(
                "beside-reference",
                format!("`{name}` stands beside a `$ref`, which hides it"),
                help,
            ));
        }
    }
}

fn check_keys(site: &Site<'_>, grammar: &ObjectGrammar, faults: &mut Vec<Fault>) {
    for (key, value) in site.node.entries() {
        let name = key.text().unwrap_or_default();
        match grammar.rule(name) {
            Some(rule) => match rule.refusal() {
                Some(instead) => {
                    let what = format!("the generator doesn't support `{name}` in {}", grammar.name);
                    let id = if rule.is_tolerated { "unused-key" } else { "unsupported-key" };
                    faults.push(key.fault(id, what, instead));
                }
                None => check_value(name, value, rule.value, faults),
            },
            // Another check looks at the extensions.
            None if is_extension(name) => {}
            None => match grammar.others {
                Some(value_kind) => check_value(name, value, value_kind, faults),
                None => faults.push(unknown(key, name, grammar)),
            },
        }
    }
    for name in grammar.keys.iter().filter(|rule| rule.is_required).map(|rule| rule.key) {
        if !has(site.node, site.kind, name) {
            let what = format!("{} needs `{name}`", grammar.name);
            faults.push(site.node.fault("missing-key", what, format!("add `{name}: …`")));
        }
    }
}

/// Whether an object has a key, or one that is likely a misspelling of it, which is reported as an unknown key.
pub(super) fn has(node: &Node, kind: ObjectKind, wanted: &str) -> bool {
    let is_meant = |key: &str| kind.grammar().value_of(key).is_none() && nearest(key, [wanted]).is_some();
    node.entries().iter().filter_map(|(key, _)| key.text()).any(|key| key == wanted || is_meant(key))
}

fn unknown(key: &Node, name: &str, grammar: &ObjectGrammar) -> Fault {
    let known: Vec<&str> = grammar
        .keys
        .iter()
        .filter(|rule| rule.refusal().is_none() && !is_extension(rule.key))
        .map(|rule| rule.key)
        .collect();
    let help = match OF_OTHER_VERSIONS.iter().find(|(other, _)| *other == name) {
        Some((_, instead)) => (*instead).to_owned(),
        None => {
            let otherwise = format!("{} can have {}", grammar.name, either(&known));
            let reference = grammar.is_referable.then_some("$ref");
            suggest(name, known.iter().copied().chain(reference), &otherwise)
        }
    };
    key.fault("unknown-key", format!("OpenAPI 3.0 has no `{name}` in {}", grammar.name), help)
}

/// Keys of other versions of OpenAPI and of JSON Schema, each with what OpenAPI 3.0 has in its place.
const OF_OTHER_VERSIONS: &[(&str, &str)] = &[
    ("swagger", "write `openapi: 3.0.3`, and the rest of the document in that version"),
    ("definitions", "write `components: {schemas: …}`"),
    ("$defs", "write `components: {schemas: …}` at the top of the document"),
    ("const", "write an `enum` of one value"),
    ("patternProperties", "write `additionalProperties: …`, which says what all values are"),
    ("prefixItems", "write `items: …`, which says what all items are"),
    ("examples", "write `example: …`"),
];

/// Words that other languages and formats have for types, each with what OpenAPI calls it.
const OTHER_TYPES: &[(&str, &str)] = &[
    ("bool", "boolean"),
    ("int", "integer"),
    ("long", "integer"),
    ("float", "number"),
    ("double", "number"),
    ("decimal", "number"),
    ("str", "string"),
    ("text", "string"),
    ("list", "array"),
    ("map", "object"),
    ("dict", "object"),
];

/// Words that are formats of text, which are often taken for types.
const FORMATS: &[&str] = &["binary", "byte", "date", "date-time", "email", "uri", "url", "uuid"];

/// What to write in place of a word that isn't one of these.
fn instead_of(key: &str, text: &str, words: &[&str]) -> String {
    let other = OTHER_TYPES.iter().find(|(other, _)| *other == text);
    match (key, other) {
        ("in", _) if text == "body" => "describe the body by `requestBody`".to_owned(),
        ("in", _) if text == "formData" => {
            "write a `requestBody` with `content: {application/x-www-form-urlencoded: …}`".to_owned()
        }
        ("type", Some((_, word))) => format!("write `{word}`"),
        ("type", None) if FORMATS.contains(&text) => format!("write `type: string` and `format: {text}`"),
        _ => suggest(text, words.iter().copied(), &format!("write {}", either(words))),
    }
}

/// Reports a value of the wrong kind. Objects are sites of their own, so this leaves them out.
fn check_value(key: &str, value: &Node, value_kind: ValueKind, faults: &mut Vec<Fault>) {
    let subject = || format!("`{key}`");
    let wrong = |node: &Node, expected: &str| wrong_type(node, &subject(), expected);
    match (value_kind, &value.value) {
        (ValueKind::Text, Value::String(_))
        | (ValueKind::Flag, Value::Bool(_))
        | (ValueKind::Number, Value::Integer(_) | Value::Float(_))
        | (ValueKind::Count, Value::Integer(0..))
        | (ValueKind::FlagOr(_), Value::Bool(_) | Value::Mapping(_))
        | (ValueKind::Values | ValueKind::List(_), Value::Sequence(_))
        | (ValueKind::Map(_), Value::Mapping(_))
        | (ValueKind::Anything | ValueKind::One(_), _)
        | (_, Value::Invalid) => {}
        (ValueKind::Word(words), Value::String(text)) => {
            if !words.contains(&&**text) {
                let help = instead_of(key, text, words);
                faults.push(value.fault("unknown-word", format!("`{key}` can't be `{text}`"), help));
            }
        }
        (ValueKind::Texts, Value::Sequence(items)) => {
            let others = items.iter().filter(|item| item.text().is_none() && !item.is_invalid());
            faults
                .extend(others.map(|item| wrong_type(item, &format!("each item of {}", subject()), "text")));
        }
        (ValueKind::Texts, Value::Null) if key != "required" && key != "tags" => {
            let what = format!("{} must be a list, and this is nothing", subject());
            faults.push(value.fault("wrong-type", what, "write `[]` after the colon"));
        }
        (ValueKind::Texts, Value::Bool(_)) if key == "required" => {
            let what = "`required` of a schema must be the list of its required members";
            let help = "delete it, and list the member in `required` of the object around it";
            faults.push(value.fault("wrong-type", what, help));
        }
        (ValueKind::Text | ValueKind::Word(_), _) => faults.push(wrong(value, "text")),
        (ValueKind::Flag, _) => faults.push(wrong(value, "`true` or `false`")),
        (ValueKind::Number, _) => faults.push(wrong(value, "a number")),
        (ValueKind::Count, _) => faults.push(wrong(value, COUNT)),
        (ValueKind::FlagOr(_), _) => faults.push(wrong(value, FLAG_OR_SCHEMA)),
        (ValueKind::Values | ValueKind::Texts | ValueKind::List(_), _) => faults.push(wrong(value, "a list")),
        (ValueKind::Map(_), _) => faults.push(wrong(value, "a mapping")),
    }
}

fn wrong_type(node: &Node, subject: &str, expected: &str) -> Fault {
    let is_number = |text: &str| text.parse::<f64>().is_ok_and(f64::is_finite);
    let help = match (subject, expected, &node.value) {
        ("`openapi`", _, _) => "write `openapi: 3.0.3`",
        ("`type`", _, Value::Sequence(_)) => {
            "write one type; `nullable: true` beside it says that null fits, too"
        }
        ("`exclusiveMinimum`", _, Value::Integer(_) | Value::Float(_)) => {
            "write the number as `minimum`, and `exclusiveMinimum: true` beside it"
        }
        ("`exclusiveMaximum`", _, Value::Integer(_) | Value::Float(_)) => {
            "write the number as `maximum`, and `exclusiveMaximum: true` beside it"
        }
        (_, "text", Value::Bool(_) | Value::Integer(_) | Value::Float(_)) => "put it in quotes",
        (_, "`true` or `false`", Value::String(text)) if ["true", "false"].contains(&&**text) => {
            "remove the quotes"
        }
        (_, "a number" | COUNT, Value::String(text)) if is_number(text) => "remove the quotes",
        (_, COUNT, _) => "write a number such as `1`",
        (_, FLAG_OR_SCHEMA, _) => "write `true`, or the schema of the values, such as `{type: string}`",
        (_, "text", _) => "write the text after the colon",
        (_, "a list", _) => "write each item on a line of its own, after `- `",
        (_, "a mapping", _) => "write `key: value` lines, indented",
        _ => "correct the value",
    };
    let found = match node.value {
        Value::Integer(number) => format!("`{number}`"),
        Value::Float(number) => format!("`{number:?}`"),
        _ => node.kind().to_owned(),
    };
    node.fault("wrong-type", format!("{subject} must be {expected}, and this is {found}"), help)
}

/// Reports a value that stands in the place of an object.
fn wrong_object(kind: ObjectKind, node: &Node, name: &str) -> Fault {
    let help = match (kind, node.text()) {
        (ObjectKind::SecurityRequirement, Some(scheme)) => format!("write `{scheme}: []`"),
        (ObjectKind::Schema, Some(text)) if SCHEMA_TYPES.contains(&text) => {
            format!("write `{{type: {text}}}`")
        }
        _ => return wrong_type(node, name, "a mapping"),
    };
    let what = format!("{name} must be a mapping, and this is {}", node.kind());
    node.fault("wrong-type", what, help)
}
