//! A schema with a `discriminator` that others have in their `allOf` stands for a value of any of them, so it becomes a
//! choice. Its own members move to a schema beside it, which is the last form of the choice: a value is read as that form
//! when the member that tells the forms apart has an unknown text.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json, json};

use super::super::edit::visit;
use super::super::notes::Notes;
use super::components::type_name;
use super::names::Scope;
use crate::openapi::kind::ObjectKind;
use crate::source::Node;

const SCHEMAS: &str = "#/components/schemas/";

pub(super) fn repair(document: &mut Node, notes: &mut Notes) {
    let hierarchies = Hierarchies::of(document);
    let Some(schemas) = schemas_mut(document) else { return };
    for (name, base) in &hierarchies.bases {
        let Some(schema) = schemas.get_mut(name) else { continue };
        notes.add(schema, "made a choice of a schema and those that have it in their `allOf`", name);
        let choice = schema.made_from_json(&base.choice(&hierarchies));
        let mut own = std::mem::replace(schema, choice);
        own.remove("discriminator");
        schemas.set(&base.own, own);
    }
    let subtypes = hierarchies.bases.values().flat_map(|base| &base.subtypes);
    for (name, _) in subtypes {
        schemas.get_mut(name).into_iter().for_each(|schema| hierarchies.extend_own(schema));
    }
    visit(ObjectKind::Document, document, &mut |kind, node| {
        if kind == ObjectKind::Schema {
            if adds_members(node) {
                hierarchies.extend_own(node);
            }
            name_renamed_forms(node);
        }
    });
}

fn schemas_mut(document: &mut Node) -> Option<&mut Node> {
    document.get_mut("components")?.get_mut("schemas")
}

/// The schemas that become choices, by their names.
struct Hierarchies {
    bases: BTreeMap<String, Base>,
}

struct Base {
    /// The name of the new schema that holds the members of the old one.
    own: String,
    description: Option<Json>,
    member: String,
    /// The schemas that have this one in their `allOf`, each with the texts that stand for it.
    subtypes: Vec<(String, Vec<String>)>,
}

impl Hierarchies {
    fn of(document: &Node) -> Self {
        let schemas = document.get("components").and_then(|components| components.get("schemas"));
        let entries = schemas.map(Node::entries).unwrap_or_default();
        let named: Vec<(&str, &Node)> =
            entries.iter().filter_map(|(name, schema)| Some((name.text()?, schema))).collect();
        let mut taken = Scope::with(named.iter().map(|(name, _)| (*name).to_owned()).collect());
        let parents = parents(&named);
        let mut bases = BTreeMap::new();
        for (name, schema) in &named {
            let Some(discriminator) = schema.get("discriminator").filter(|_| !is_choice(schema)) else {
                continue;
            };
            let Some(member) = discriminator.text_of("propertyName") else { continue };
            let mapped = mapped(discriminator);
            let is_below = |below: &str| below != *name && descends(below, name, &parents, &mapped);
            let subtypes = named.iter().filter(|(below, _)| is_below(below));
            let subtypes: Vec<(String, Vec<String>)> =
                subtypes.map(|(below, _)| ((*below).to_owned(), texts(below, &mapped))).collect();
            if !subtypes.is_empty() {
                let own = taken.take(&format!("{name}Base"), "");
                let description = schema.get("description").map(Node::to_json);
                bases.insert(
                    (*name).to_owned(),
                    Base { own, description, member: member.to_owned(), subtypes },
                );
            }
        }
        Self { bases }
    }

    /// The name of the schema that holds only the own members of the named schema.
    fn own<'a>(&'a self, name: &'a str) -> &'a str {
        self.bases.get(name).map_or(name, |base| &base.own)
    }

    /// Makes a schema whose `allOf` names a choice name the schema with the own members of that choice instead.
    fn extend_own(&self, schema: &mut Node) {
        for part in schema.get_mut("allOf").and_then(Node::items_mut).into_iter().flatten() {
            let own = referenced(part).and_then(|name| self.bases.get(name)).map(|base| base.own.clone());
            if let Some(own) = own {
                part.set_json("$ref", &json!(format!("{SCHEMAS}{own}")));
            }
        }
    }
}

impl Base {
    fn choice(&self, all: &Hierarchies) -> Json {
        let reference = |name: &str| format!("{SCHEMAS}{name}");
        let forms = self.subtypes.iter().map(|(name, _)| all.own(name)).chain([self.own.as_str()]);
        let forms: Vec<Json> = forms.map(|name| json!({"$ref": reference(name)})).collect();
        let mapping = self.subtypes.iter().flat_map(|(name, texts)| {
            texts.iter().map(|text| (text.clone(), json!(reference(all.own(name)))))
        });
        let mapping: Map<String, Json> = mapping.collect();
        let mut choice = Map::new();
        choice.extend(self.description.clone().map(|text| ("description".to_owned(), text)));
        choice.insert("oneOf".to_owned(), Json::Array(forms));
        let discriminator = json!({"propertyName": self.member, "mapping": mapping});
        choice.insert("discriminator".to_owned(), discriminator);
        Json::Object(choice)
    }
}

/// The schemas that each schema has in its `allOf`, and whether it adds members to them.
fn parents<'a>(named: &[(&'a str, &'a Node)]) -> BTreeMap<&'a str, (Vec<&'a str>, bool)> {
    let of = |schema: &'a Node| {
        let parts = schema.get("allOf").map(Node::items).unwrap_or_default();
        (parts.iter().filter_map(referenced).collect(), adds_members(schema))
    };
    named.iter().map(|(name, schema)| (*name, of(schema))).collect()
}

/// Whether a schema extends another, directly or through others. A schema that adds nothing is only another name for what
/// it refers to, unless the discriminator maps a text to it.
fn descends(
    name: &str,
    base: &str,
    parents: &BTreeMap<&str, (Vec<&str>, bool)>,
    mapped: &[(String, String)],
) -> bool {
    let extends = |name: &str| {
        let is_mapped = mapped.iter().any(|(_, target)| target == name);
        parents.get(name).filter(|(_, adds)| *adds || is_mapped)
    };
    let mut seen = BTreeSet::new();
    let mut open = vec![name];
    while let Some(next) = open.pop() {
        let Some((above, _)) = extends(next) else { continue };
        for parent in above {
            if *parent == base {
                return true;
            }
            if seen.insert(*parent) {
                open.push(*parent);
            }
        }
    }
    false
}

/// Whether a schema has members beside those of the schemas that it refers to, or joins several of these.
fn adds_members(schema: &Node) -> bool {
    let parts = schema.get("allOf").map(Node::items).unwrap_or_default();
    let has_members = |schema: &Node| schema.get("properties").is_some();
    has_members(schema)
        || parts.iter().any(has_members)
        || parts.iter().filter(|part| referenced(part).is_some()).count() > 1
}

/// The pairs of a text and the name of the schema that it stands for.
fn mapped(discriminator: &Node) -> Vec<(String, String)> {
    let entries = discriminator.get("mapping").map(Node::entries).unwrap_or_default();
    let pair = |(text, target): &(Node, Node)| {
        let target = target.text()?.rsplit('/').next()?;
        Some((text.text()?.to_owned(), target.to_owned()))
    };
    entries.iter().filter_map(pair).collect()
}

/// The texts that lead to a schema: those of the mapping, or else its name.
fn texts(name: &str, mapped: &[(String, String)]) -> Vec<String> {
    let of_mapping = mapped.iter().filter(|(_, target)| target == name);
    let texts: Vec<String> = of_mapping.map(|(text, _)| text.clone()).collect();
    if texts.is_empty() { vec![name.to_owned()] } else { texts }
}

/// By default the name of a form is the text that stands for it. Forms that get other names later keep these texts in the
/// mapping.
fn name_renamed_forms(schema: &mut Node) {
    if !is_choice(schema) {
        return;
    }
    let Some(mapped) = schema.get("discriminator").map(mapped) else { return };
    let forms = ["oneOf", "anyOf"].into_iter().filter_map(|key| schema.get(key)).flat_map(Node::items);
    let names = forms.filter_map(referenced).filter(|name| type_name(name) != **name);
    let unmapped = names.filter(|name| mapped.iter().all(|(_, target)| target != name));
    let unmapped: Vec<String> = unmapped.map(str::to_owned).collect();
    let Some(discriminator) = schema.get_mut("discriminator").filter(|_| !unmapped.is_empty()) else {
        return;
    };
    discriminator.set_if_absent("mapping", &json!({}));
    let Some(mapping) = discriminator.get_mut("mapping") else { return };
    for name in unmapped {
        mapping.set_if_absent(&name, &json!(format!("{SCHEMAS}{name}")));
    }
}

fn is_choice(schema: &Node) -> bool {
    schema.get("oneOf").is_some() || schema.get("anyOf").is_some()
}

/// The name of the component that a reference leads to.
fn referenced(schema: &Node) -> Option<&str> {
    schema.text_of("$ref")?.strip_prefix(SCHEMAS)
}
