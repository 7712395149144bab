//! Each schema has a form that can become a Rust type.

use std::collections::{BTreeMap, BTreeSet};

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
    if required_of(site.node).is_empty() {
        return;
    }
    // An item of an `allOf` can require a member of another item.
    let whole = survey.around(site).filter(|_| site.via == "allOf").map_or(site.node, |around| around.node);
    let known: BTreeSet<&str> = survey.properties_of(whole).into_iter().map(|member| member.name()).collect();
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

/// The alternatives of a choice that were looked at.
#[derive(Default)]
struct Alternatives<'a> {
    plain: Vec<SchemaType>,
    /// The required members of each object, by the first of them in the alphabet.
    objects: BTreeMap<&'a str, Vec<BTreeSet<&'a str>>>,
    takes_any_object: bool,
}

impl<'a> Alternatives<'a> {
    /// Adds an alternative. It returns false if every value of it would be read as an earlier one: objects are told apart
    /// by their required members, and other values by their type.
    fn add(&mut self, survey: &Survey<'a>, of_type: SchemaType, schema: &'a Node) -> bool {
        if of_type != SchemaType::Object {
            let is_new = !self.plain.contains(&of_type);
            self.plain.push(of_type);
            return is_new;
        }
        let members = survey.properties_of(schema).into_iter();
        let required: BTreeSet<&str> =
            members.filter(|member| member.is_required).map(|member| member.name()).collect();
        let earlier = required.iter().filter_map(|name| self.objects.get(name)).flatten();
        let is_new = !self.takes_any_object && !earlier.into_iter().any(|other| other.is_subset(&required));
        match required.first() {
            Some(&first) => self.objects.entry(first).or_default().push(required),
            None => self.takes_any_object = true,
        }
        is_new
    }
}

/// The alternatives of a choice are named schemas or plain types that can be told apart.
fn check_choice<'a>(survey: &Survey<'a>, schema: &'a Node, faults: &mut Vec<Fault>) {
    let choices = schema.get("oneOf").map(Node::items).unwrap_or_default();
    let mut alternatives = Alternatives::default();
    for part in choices {
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
        if !alternatives.add(survey, of_type, part) {
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

/// `allOf` and `oneOf` have items, and a choice has at least two.
fn check_empty(schema: &Node, faults: &mut Vec<Fault>) {
    if let Some([only]) = schema.get("oneOf").map(Node::items) {
        let what = "`oneOf` has one item, which leaves no choice";
        faults.push(only.fault("empty-choice", what, "write the schema without `oneOf`, or add the others"));
    }
    for key in COMPOSITIONS {
        let parts = schema.get(key).filter(|parts| parts.is_sequence() && parts.items().is_empty());
        if let Some(parts) = parts {
            let help = "list the schemas, or delete the line";
            faults.push(parts.fault("empty-choice", format!("`{key}` is empty"), help));
        }
    }
}
