//! Each schema has a form that can become a Rust type.

use std::collections::BTreeMap;

use super::words::suggest;
use crate::fault::Fault;
use crate::names;
use crate::openapi::kind::ObjectKind;
use crate::openapi::schema::COMPOSITIONS;
use crate::openapi::site::Site;
use crate::openapi::survey::Survey;
use crate::openapi::types::{SchemaType, required_of};
use crate::source::Node;

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    let mut first = BTreeMap::new();
    for site in survey.sites.iter().filter(|site| site.via == "schemas") {
        check_name(site, &mut first, faults);
    }
    for site in survey.of_kind(ObjectKind::Schema) {
        check_required(survey, site, faults);
        check_place(survey, site, faults);
        check_empty(site.node, faults);
        check_joined(survey, site.node, faults);
        check_choice(survey, site.node, faults);
    }
}

fn check_name<'a>(
    site: &Site<'a>,
    first: &mut BTreeMap<&'a str, (&'a str, &'a Node)>,
    faults: &mut Vec<Fault>,
) {
    let Some((key, name)) = site.key.and_then(|key| Some((key, key.text()?))) else { return };
    if names::pascal(name) != name {
        let what = format!("the schema name `{name}` isn't in Pascal case");
        faults.push(key.fault(
            "schema-name",
            what,
            format!("write `{}`, here and in each `$ref`", names::pascal(name)),
        ));
    } else if !name.starts_with(char::is_uppercase) {
        // A script without capital letters has no Pascal case, by which types are told from other names.
        let what = format!("the schema name `{name}` doesn't begin with a capital letter");
        faults.push(key.fault("schema-name", what, "give the schema another name, in Pascal case"));
    }
    let Some((file, first)) = first.get(name).filter(|(file, _)| *file != site.file.name) else {
        first.insert(name, (&site.file.name, key));
        return;
    };
    let what = format!("the service already has a schema `{name}`, at {}", first.location());
    let help = match *file {
        "common.yaml" => {
            format!("refer to `common.yaml#/components/schemas/{name}`, or give this one another name")
        }
        _ => "give one of the two another name, or move it to common.yaml".to_owned(),
    };
    faults.push(key.fault("duplicate-schema", what, help));
}

/// `required` lists only members of the object, each once.
fn check_required(survey: &Survey<'_>, site: &Site<'_>, faults: &mut Vec<Fault>) {
    // An item of an `allOf` can require a member of another item.
    let whole = survey.around(site).filter(|_| site.via == "allOf").map_or(site.node, |around| around.node);
    let known = survey.properties_of(whole);
    let has_all_parts = survey.has_all_parts(whole);
    let listed = required_of(site.node);
    for (index, item) in listed.iter().enumerate() {
        let Some(name) = item.text() else { continue };
        if listed.iter().take(index).any(|earlier| earlier.text() == Some(name)) {
            faults.push(item.fault("required-member", format!("`{name}` is listed twice"), "delete one"));
        } else if has_all_parts && !known.iter().any(|member| member.name() == name) {
            let help = suggest(
                name,
                known.iter().map(|member| member.name()),
                "add it to `properties`, or delete it here",
            );
            faults.push(item.fault("required-member", format!("the object has no member `{name}`"), help));
        }
    }
}

/// Objects and enums have a name of their own, except an object that is a whole body.
fn check_place(survey: &Survey<'_>, site: &Site<'_>, faults: &mut Vec<Fault>) {
    let help = "give it a name under `components.schemas`, and write a `$ref` here";
    if let Some((key, _)) = site.node.entry("enum").filter(|_| site.via != "schemas") {
        faults.push(key.fault("inline-enum", "an enum must have a name", help));
    }
    // The items of an `allOf` become one object, so the `allOf` decides.
    let mut whole = site;
    while let Some(around) = survey.around(whole).filter(|_| whole.via == "allOf") {
        whole = around;
    }
    let holder = survey.around(whole).map(|holder| holder.kind);
    let is_allowed =
        whole.via == "schemas" || matches!(holder, Some(ObjectKind::MediaType | ObjectKind::Parameter));
    if let Some((key, _)) = site.node.entry("properties").filter(|_| !is_allowed) {
        let what = "an object with members inside another schema must have a name";
        faults.push(key.fault("inline-object", what, help));
    }
}

/// Whether every value of one object has all members that the other requires, so that it would be read as the other.
fn is_taken_for<'a>(survey: &Survey<'a>, one: &'a Node, other: &'a Node) -> bool {
    let required = |schema| survey.properties_of(schema).into_iter().filter(|member| member.is_required);
    required(other).all(|needed| required(one).any(|member| member.name() == needed.name()))
}

/// `allOf` joins only objects.
fn check_joined<'a>(survey: &Survey<'a>, schema: &'a Node, faults: &mut Vec<Fault>) {
    let joined = schema.get("allOf").map(Node::items).unwrap_or_default();
    for part in joined.iter().filter(|_| joined.len() > 1) {
        if !matches!(survey.type_of(part), SchemaType::Object | SchemaType::Broken) {
            let help = "write a schema of `type: object`, or a reference to one";
            faults.push(part.fault("joined-type", "`allOf` can join only objects", help));
        }
    }
}

/// The alternatives of a choice are named schemas or plain types that can be told apart.
fn check_choice<'a>(survey: &Survey<'a>, schema: &'a Node, faults: &mut Vec<Fault>) {
    let choices = schema.get("oneOf").map(Node::items).unwrap_or_default();
    for (index, part) in choices.iter().enumerate() {
        let of_type = survey.type_of(part);
        if of_type == SchemaType::Broken {
            continue;
        }
        if part.get("$ref").is_none() && !of_type.is_plain() {
            let what = "an item of `oneOf` must be a reference, text, a number or a boolean";
            let help = "give it a name under `components.schemas`, and write a `$ref` here";
            faults.push(part.fault("choice-type", what, help));
            continue;
        }
        // Values of different types can be told apart, and objects by their required members.
        let mut before = choices.iter().take(index).filter(|item| survey.type_of(item) == of_type);
        if before.any(|item| of_type != SchemaType::Object || is_taken_for(survey, part, item)) {
            let what =
                "two items of `oneOf` can't be told apart: each value of this one would be read as the other";
            let help = if of_type == SchemaType::Object {
                "let the earlier one require a member that this one doesn't require"
            } else {
                "merge them into one schema"
            };
            faults.push(part.fault("choice-type", what, help));
        }
    }
}

/// `allOf` and `oneOf` have items.
fn check_empty(schema: &Node, faults: &mut Vec<Fault>) {
    for key in COMPOSITIONS {
        let parts = schema.get(key).filter(|parts| parts.is_sequence() && parts.items().is_empty());
        if let Some(parts) = parts {
            let help = "list the schemas, or delete the line";
            faults.push(parts.fault("empty-choice", format!("`{key}` is empty"), help));
        }
    }
}
