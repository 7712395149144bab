//! Every object has only keys that OpenAPI 3.0 gives it, and under them values of the right kind.

use super::words::{either, nearest, suggest};
use crate::fault::Fault;
use crate::openapi::kind::{ObjectGrammar, ObjectKind, ValueKind, is_extension};
use crate::openapi::site::Site;
use crate::openapi::survey::Survey;
use crate::source::{Node, Value};

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for site in &survey.sites {
        let grammar = site.kind.grammar();
        if site.reference().is_some() {
            check_reference(site, faults);
        } else if !site.node.is_mapping() && !site.node.is_invalid() {
            faults.push(wrong_type(site.node, grammar.name, "a mapping"));
        } else {
            check_keys(site, &grammar, faults);
        }
    }
    for file in survey.files {
        let Some(version) = file.root.as_ref().and_then(|root| root.get("openapi")) else { continue };
        if let Some(text) = version.text().filter(|text| !text.starts_with("3.0.")) {
            let what = format!("the document is in version `{text}` of OpenAPI");
            faults.push(version.fault("openapi-version", what, "write `openapi: 3.0.3`"));
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
                    faults.push(key.fault("unsupported-key", what, instead));
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
    let otherwise = format!("{} can have {}", grammar.name, either(&known));
    key.fault(
        "unknown-key",
        format!("OpenAPI 3.0 has no `{name}` in {}", grammar.name),
        suggest(name, known.iter().copied(), &otherwise),
    )
}

/// Reports a value of the wrong kind. Objects are sites of their own, so this leaves them out.
fn check_value(key: &str, value: &Node, value_kind: ValueKind, faults: &mut Vec<Fault>) {
    let subject = format!("`{key}`");
    let wrong = |node: &Node, expected: &str| wrong_type(node, &subject, expected);
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
            if !words.contains(&text.as_str()) {
                let help = match (key, text.as_str()) {
                    ("in", "body") => "describe the body by `requestBody`".to_owned(),
                    _ => suggest(text, words.iter().copied(), &format!("write {}", either(words))),
                };
                faults.push(value.fault("unknown-word", format!("`{key}` can't be `{text}`"), help));
            }
        }
        (ValueKind::Texts, Value::Sequence(items)) => {
            let others = items.iter().filter(|item| item.text().is_none() && !item.is_invalid());
            faults.extend(others.map(|item| wrong_type(item, &format!("each item of {subject}"), "text")));
        }
        (ValueKind::Texts, Value::Bool(_)) if key == "required" => {
            let what = "`required` of a schema must be the list of its required members";
            let help = "delete it, and list the member in `required` of the object around it";
            faults.push(value.fault("wrong-type", what, help));
        }
        (ValueKind::Text | ValueKind::Word(_), _) => faults.push(wrong(value, "text")),
        (ValueKind::Flag, _) => faults.push(wrong(value, "`true` or `false`")),
        (ValueKind::Number, _) => faults.push(wrong(value, "a number")),
        (ValueKind::Count, _) => faults.push(wrong(value, "an integer that isn't negative")),
        (ValueKind::FlagOr(_), _) => faults.push(wrong(value, "`true`, `false` or a schema")),
        (ValueKind::Values | ValueKind::Texts | ValueKind::List(_), _) => faults.push(wrong(value, "a list")),
        (ValueKind::Map(_), _) => faults.push(wrong(value, "a mapping")),
    }
}

fn wrong_type(node: &Node, subject: &str, expected: &str) -> Fault {
    let help = match (expected, &node.value) {
        ("text", Value::Bool(_) | Value::Integer(_) | Value::Float(_)) => "put it in quotes",
        ("`true` or `false`", Value::String(text)) if ["true", "false"].contains(&text.as_str()) => {
            "remove the quotes"
        }
        ("text", _) => "write the text after the colon",
        ("a list", _) => "write each item on a line of its own, after `- `",
        ("a mapping", _) => "write `key: value` lines, indented",
        _ => "correct the value",
    };
    node.fault("wrong-type", format!("{subject} must be {expected}, and this is {}", node.kind()), help)
}
