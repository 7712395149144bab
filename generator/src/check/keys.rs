//! Every object has the keys that OpenAPI 3.0 gives it, and values of the right form under them.

use super::shape::{Form, Kind, Need, Shape};
use super::survey::{Site, Survey};
use super::words::{either, nearest, suggest};
use crate::fault::Fault;
use crate::source::{Node, Value};

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for site in &survey.sites {
        let shape = site.kind.shape();
        if site.reference().is_some() {
            check_reference(site, faults);
        } else if !site.node.is_mapping() {
            faults.push(wrong_type(site.node, shape.name, "a mapping"));
        } else {
            check_members(site, &shape, faults);
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

/// Viewers ignore what stands beside a `$ref`, so nothing may stand there.
fn check_reference(site: &Site<'_>, faults: &mut Vec<Fault>) {
    for (key, _) in site.node.entries() {
        let name = key.text().unwrap_or_default();
        if name != "$ref" {
            let help = match name {
                "description" | "x-sensitive" | "x-not-sensitive" => {
                    format!("write `allOf: [{{$ref: …}}]` and `{name}` beside it")
                }
                _ => format!("write `{name}` where the `$ref` leads to"),
            };
            faults.push(key.fault(
                "beside-reference",
                format!("`{name}` stands beside a `$ref`, which hides it"),
                help,
            ));
        }
    }
}

fn check_members(site: &Site<'_>, shape: &Shape, faults: &mut Vec<Fault>) {
    for (key, value) in site.node.entries() {
        let name = key.text().unwrap_or_default();
        match shape.members.iter().find(|(known, ..)| *known == name) {
            Some((_, _, Need::Refused(instead))) => {
                let what = format!("nothing can be generated from `{name}` of {}", shape.name);
                faults.push(key.fault("unsupported-key", what, *instead));
            }
            Some((_, form, _)) => check_form(name, value, *form, faults),
            // Extensions have a check of their own.
            None if name.starts_with("x-") => {}
            None => match shape.others {
                Some(form) => check_form(name, value, form, faults),
                None => faults.push(unknown(key, name, shape)),
            },
        }
    }
    for (name, _, need) in shape.members {
        if matches!(need, Need::Required) && !has(site.node, site.kind, name) {
            let what = format!("{} needs `{name}`", shape.name);
            faults.push(site.node.fault("missing-key", what, format!("add `{name}: …`")));
        }
    }
}

/// Whether an object has a key, be it misspelt: that is a fault of its own.
pub(super) fn has(node: &Node, kind: Kind, wanted: &str) -> bool {
    let is_meant = |key: &str| kind.shape().form_of(key).is_none() && nearest(key, [wanted]).is_some();
    node.entries().iter().filter_map(|(key, _)| key.text()).any(|key| key == wanted || is_meant(key))
}

fn unknown(key: &Node, name: &str, shape: &Shape) -> Fault {
    let known: Vec<&str> = shape
        .members
        .iter()
        .filter(|(key, _, need)| !matches!(need, Need::Refused(_)) && !key.starts_with("x-"))
        .map(|(key, ..)| *key)
        .collect();
    let otherwise = format!("{} can have {}", shape.name, either(&known));
    key.fault(
        "unknown-key",
        format!("OpenAPI 3.0 knows no `{name}` in {}", shape.name),
        suggest(name, known.iter().copied(), &otherwise),
    )
}

/// Whether a value has the form that its key asks for. Objects are sites of their own and not looked at here.
fn check_form(key: &str, value: &Node, form: Form, faults: &mut Vec<Fault>) {
    let subject = format!("`{key}`");
    let wrong = |node: &Node, expected: &str| wrong_type(node, &subject, expected);
    match (form, &value.value) {
        (Form::Text, Value::String(_))
        | (Form::Flag, Value::Bool(_))
        | (Form::Number, Value::Integer(_) | Value::Float(_))
        | (Form::Count, Value::Integer(0..))
        | (Form::FlagOr(_), Value::Bool(_) | Value::Mapping(_))
        | (Form::Values | Form::List(_), Value::Sequence(_))
        | (Form::Map(_), Value::Mapping(_))
        | (Form::Anything | Form::One(_), _) => {}
        (Form::Word(words), Value::String(text)) => {
            if !words.contains(&text.as_str()) {
                let help = suggest(text, words.iter().copied(), &format!("write {}", either(words)));
                faults.push(value.fault("unknown-word", format!("`{key}` can't be `{text}`"), help));
            }
        }
        (Form::Texts, Value::Sequence(items)) => {
            let others = items.iter().filter(|item| item.text().is_none());
            faults.extend(others.map(|item| wrong_type(item, &format!("each item of {subject}"), "text")));
        }
        (Form::Text | Form::Word(_), _) => faults.push(wrong(value, "text")),
        (Form::Flag, _) => faults.push(wrong(value, "`true` or `false`")),
        (Form::Number, _) => faults.push(wrong(value, "a number")),
        (Form::Count, _) => faults.push(wrong(value, "an integer from 0")),
        (Form::FlagOr(_), _) => faults.push(wrong(value, "`true`, `false` or a schema")),
        (Form::Values | Form::Texts | Form::List(_), _) => faults.push(wrong(value, "a list")),
        (Form::Map(_), _) => faults.push(wrong(value, "a mapping")),
    }
}

fn wrong_type(node: &Node, subject: &str, expected: &str) -> Fault {
    let help = match (expected, &node.value) {
        ("text", Value::Bool(_) | Value::Integer(_) | Value::Float(_)) => "put it in quotes",
        ("text", _) => "write the text behind the colon",
        ("a list", _) => "write each item on a line of its own behind `- `",
        ("a mapping", _) => "write `key: value` lines, indented",
        _ => "correct the value",
    };
    node.fault("wrong-type", format!("{subject} must be {expected}, and this is {}", node.kind()), help)
}
