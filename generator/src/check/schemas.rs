//! Each schema has a form that can become a Rust type.

use std::collections::{BTreeMap, BTreeSet};

use super::words::suggest;
use crate::fault::Fault;
use crate::names;
use crate::openapi::kind::ObjectKind;
use crate::openapi::schema::COMPOSITIONS;
use crate::openapi::site::Site;
use crate::openapi::survey::Survey;
use crate::openapi::types::{Property, SchemaType, forms_of, required_of};
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
        check_choice(survey, site.node, faults);
    }
}

fn check_name<'a>(
    site: &Site<'a>,
    first: &mut BTreeMap<String, (&'a str, &'a Node)>,
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
    let compared = names::as_compared(name);
    let Some((file, first)) = first.get(&compared) else {
        first.insert(compared, (&site.file.name, key));
        return;
    };
    if first.text() != Some(name) {
        let what = format!(
            "Rust takes `{name}` for the name of the schema at {}, which has other characters of Unicode",
            first.location()
        );
        let help = "write both with the same characters if they are one schema, or give one another name";
        faults.push(key.fault("duplicate-schema", what, help));
        return;
    }
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
    if required_of(site.node).is_empty() {
        return;
    }
    // An item of an `allOf` can require a member of another item.
    let whole = survey.around(site).filter(|_| site.via == "allOf").map_or(site.node, |around| around.node);
    // A form of a choice can require a member of the object around it.
    let around = survey.around(site).filter(|_| ["oneOf", "anyOf"].contains(&site.via));
    let members = [Some(whole), around.map(|around| around.node)].into_iter().flatten();
    let known: BTreeSet<&str> =
        members.flat_map(|of| survey.properties_of(of)).map(|member| member.name()).collect();
    let has_all_parts = survey.has_all_parts(whole);
    let mut listed = BTreeSet::new();
    for item in required_of(site.node) {
        let Some(name) = item.text() else { continue };
        if !listed.insert(name) {
            faults.push(item.fault("required-member", format!("`{name}` is listed twice"), "delete one"));
        } else if has_all_parts && !known.contains(name) {
            let help = suggest(name, known.iter().copied(), "add it to `properties`, or delete it here");
            faults.push(item.fault("required-member", format!("the object has no member `{name}`"), help));
        }
    }
}

/// Objects and enums have a name of their own, except an object that is a whole body.
fn check_place(survey: &Survey<'_>, site: &Site<'_>, faults: &mut Vec<Fault>) {
    let help = "give it a name under `components.schemas`, and write a `$ref` here";
    // The items of an `allOf` become one schema, so the `allOf` decides.
    let mut whole = site;
    while let Some(around) = survey.around(whole).filter(|_| whole.via == "allOf") {
        whole = around;
    }
    if let Some((key, _)) = site.node.entry("enum").filter(|_| whole.via != "schemas") {
        faults.push(key.fault("inline-enum", "an enum must have a name", help));
    } else if let (Some(joined), Some((key, _))) = (survey.joined(site.node), site.node.entry("allOf"))
        && joined.node.get("enum").is_some()
        && whole.via != "schemas"
    {
        let what = "this `allOf` makes a new enum of one with a name, and an enum must have a name";
        faults.push(key.fault("inline-enum", what, help));
    }
    let holder = survey.around(whole).map(|holder| holder.kind);
    let is_allowed =
        whole.via == "schemas" || matches!(holder, Some(ObjectKind::MediaType | ObjectKind::Parameter));
    if let Some((key, _)) = site.node.entry("properties").filter(|_| !is_allowed) {
        let what = "an object with members inside another schema must have a name";
        faults.push(key.fault("inline-object", what, help));
    }
}

/// A form of a choice that is an object with a name.
struct ObjectForm<'a> {
    listed: BTreeSet<&'a str>,
    required: BTreeSet<&'a str>,
    /// Those of the required members that can't be null.
    with_value: BTreeSet<&'a str>,
}

impl<'a> ObjectForm<'a> {
    fn of(survey: &Survey<'a>, schema: &'a Node) -> Option<Self> {
        let is_object = schema.get("$ref").is_some() && survey.type_of(schema) == SchemaType::Object;
        let members = survey.properties_of(schema);
        let is_required = |member: &&Property<'a>| member.is_required;
        let needs_value = |member: &&Property<'a>| {
            !survey.is_nullable(member.node) && survey.type_of(member.node) != SchemaType::Any
        };
        let required = || members.iter().filter(is_required);
        is_object.then(|| Self {
            listed: members.iter().map(Property::name).collect(),
            required: required().map(Property::name).collect(),
            with_value: required().filter(needs_value).map(Property::name).collect(),
        })
    }

    /// Whether each value of this form is one of the other form as well.
    fn is_within(&self, other: &Self) -> bool {
        self.listed.is_subset(&other.listed)
            && other.required.is_subset(&self.required)
            && other.with_value.is_subset(&self.with_value)
    }
}

/// No form of a choice has only values that would be read as an earlier form, unless a member has other texts in each form.
fn check_choice<'a>(survey: &Survey<'a>, schema: &'a Node, faults: &mut Vec<Fault>) {
    let mut earlier: Vec<ObjectForm<'a>> = Vec::new();
    if schema.get("discriminator").is_some() || schema.get("properties").is_some() {
        return;
    }
    for part in forms_of(schema) {
        let Some(form) = ObjectForm::of(survey, part) else { continue };
        if earlier.len() < MOST_COMPARED && earlier.iter().any(|other| form.is_within(other)) {
            let what = "no value is read as this item of the choice: each fits an earlier one";
            let help =
                "put it before that, or let the earlier one require a member that this one doesn't require";
            faults.push(part.fault("choice-type", what, help));
        }
        earlier.push(form);
    }
}

/// How many forms are compared with each other.
const MOST_COMPARED: usize = 200;

/// `allOf`, `oneOf` and `anyOf` have items, and a choice has at least two.
fn check_empty(schema: &Node, faults: &mut Vec<Fault>) {
    for key in ["oneOf", "anyOf"] {
        if let Some([only]) = schema.get(key).map(Node::items) {
            let what = format!("`{key}` has one item, which leaves no choice");
            let help = format!("write the schema without `{key}`, or add the others");
            faults.push(only.fault("empty-choice", what, help));
        }
    }
    for key in COMPOSITIONS {
        let parts = schema.get(key).filter(|parts| parts.is_sequence() && parts.items().is_empty());
        if let Some(parts) = parts {
            let help = "list the schemas, or delete the line";
            faults.push(parts.fault("empty-choice", format!("`{key}` is empty"), help));
        }
    }
}
