//! Each keyword of a schema says something about its type, and no two contradict each other. A keyword without effect
//! would be ignored silently.

use super::keys::has;
use super::words::either;
use crate::fault::Fault;
use crate::openapi::kind::ObjectKind;
use crate::openapi::schema::{BOUNDS, COMPOSITIONS, KEYWORDS};
use crate::openapi::schema_keys::SCHEMA_TYPES;
use crate::openapi::site::Site;
use crate::openapi::survey::Survey;
use crate::source::{Node, Value};

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for site in survey.of_kind(ObjectKind::Schema) {
        check_keywords(site, faults);
        check_items(site.node, faults);
        check_bounds(site.node, faults);
        faults.extend(check_format(site.node));
        faults.extend(check_closed(site.node));
        check_direction(site, faults);
    }
}

/// What can stand beside the forms of a choice.
const BESIDE_FORMS: &[&str] = &["oneOf", "anyOf", "properties", "required", "additionalProperties"];

/// Reports keywords that say nothing about the type beside them.
fn check_keywords(site: &Site<'_>, faults: &mut Vec<Fault>) {
    let schema = site.node;
    let kind = schema.text_of("type");
    let joined = COMPOSITIONS.iter().copied().find(|key| schema.get(key).is_some());
    let is_of_objects = joined.is_some_and(|joined| joined != "allOf");
    // Another check reports a `required` that isn't a list.
    let entries =
        schema.entries().iter().filter(|(key, value)| key.text() != Some("required") || value.is_sequence());
    for (key, _) in entries {
        let name = key.text().unwrap_or_default();
        let Some((_, types)) = KEYWORDS.iter().find(|(known, _)| *known == name) else { continue };
        match (kind, joined) {
            // A form can ask for members of the object around it.
            (None, None) if name == "required" && ["oneOf", "anyOf"].contains(&site.via) => {}
            // Forms can stand beside the members that all of them have.
            (None | Some("object"), _) if is_of_objects && BESIDE_FORMS.contains(&name) => {}
            (_, Some(joined)) if joined != name => {
                let what = format!("`{name}` stands beside `{joined}`");
                let help = format!("move it into an item of `{joined}`");
                faults.push(key.fault("misplaced-keyword", what, help));
            }
            (Some(_), Some(joined)) => {
                let what = format!("`{joined}` stands beside `type`");
                faults.push(key.fault("misplaced-keyword", what, "delete `type`"));
            }
            (Some(kind), None) if !types.contains(&kind) && SCHEMA_TYPES.contains(&kind) => {
                let what = format!("`{name}` says nothing about a schema of type `{kind}`");
                let help = format!("delete it, or write `type: {}`", types.join("` or `type: "));
                faults.push(key.fault("misplaced-keyword", what, help));
            }
            (None, None) if !has(schema, ObjectKind::Schema, "type") => {
                let what = format!("`{name}` stands in a schema without a type");
                faults.push(key.fault(
                    "missing-type",
                    what,
                    format!("add `type: {}`", types.join("` or `type: ")),
                ));
            }
            _ => {}
        }
    }
}

/// `readOnly` and `writeOnly` say something about a member, and no member is both.
fn check_direction(site: &Site<'_>, faults: &mut Vec<Fault>) {
    let keys = ["readOnly", "writeOnly"].into_iter().filter(|key| site.node.is_true(key));
    let mut keys = keys.filter_map(|name| site.node.entry(name).map(|(key, _)| (name, key)));
    let Some((name, key)) = keys.next() else { return };
    if site.via != "properties" {
        let what = format!("`{name}` says nothing about a schema that isn't a member of an object");
        let help = "write it beside the member's type, or beside `allOf: [{$ref: …}]`";
        faults.push(key.fault("misplaced-keyword", what, help));
    }
    if let Some((_, other)) = keys.next() {
        let what = "`readOnly` and `writeOnly` contradict each other: neither requests nor responses have the member";
        faults.push(other.fault("contradiction", what, "delete one of them"));
    }
}

fn check_items(schema: &Node, faults: &mut Vec<Fault>) {
    if schema.text_of("type") == Some("array") && schema.get("items").is_none() {
        let what = "the list doesn't say what its items are";
        faults.push(schema.fault("missing-items", what, "add `items: …`"));
    }
}

fn check_bounds(schema: &Node, faults: &mut Vec<Fault>) {
    let number = |key: &str| schema.get(key).and_then(Node::number);
    for (low, high) in BOUNDS {
        if let (Some(least), Some(most), Some(at)) = (number(low), number(high), schema.get(high))
            && least > most
        {
            let what = format!("`{high}` is less than `{low}`, so no value fits");
            faults.push(at.fault("bounds", what, "exchange the two, or correct one"));
        }
    }
    for (flag, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        // Another check reports a flag that is a number.
        let flagged = schema.entry(flag).filter(|(_, flag)| matches!(flag.value, Value::Bool(_)));
        if let Some((key, _)) = flagged.filter(|_| schema.get(bound).is_none()) {
            faults.push(key.fault(
                "bounds",
                format!("`{flag}` needs `{bound}`"),
                format!("add `{bound}: …`"),
            ));
        }
    }
    if schema.text_of("type") == Some("integer") {
        let bounds = ["minimum", "maximum"].into_iter().filter_map(|key| schema.get(key));
        for bound in bounds.filter(|bound| matches!(bound.value, Value::Float(_))) {
            let what = "the bound of an integer must be an integer of 64 bits itself";
            faults.push(bound.fault("bounds", what, "round it, or delete a bound that all integers have"));
        }
    }
}

/// The formats of numbers, each of which is a type in Rust.
const WIDTHS: &[(&str, &[&str])] = &[("integer", &["int32", "int64"]), ("number", &["float", "double"])];

fn check_format(schema: &Node) -> Option<Fault> {
    let (kind, widths) = WIDTHS.iter().find(|(kind, _)| schema.text_of("type") == Some(kind))?;
    let format =
        schema.get("format").filter(|format| format.text().is_some_and(|text| !widths.contains(&text)))?;
    let text = format.text().unwrap_or_default();
    let what = format!("`{kind}` has no format `{text}`");
    let help = format!("write {}, or limit the number by `minimum` and `maximum`", either(widths));
    Some(format.fault("number-format", what, help))
}

/// An object has the members that it lists, so there is nothing to forbid.
fn check_closed(schema: &Node) -> Option<Fault> {
    let (key, _) = schema
        .entry("additionalProperties")
        .filter(|(_, value)| matches!(value.value, Value::Bool(false)))?;
    let help = "delete the line: a request never has members that aren't listed, and those of a response are ignored";
    Some(key.fault("closed-object", "`additionalProperties: false` changes nothing", help))
}
