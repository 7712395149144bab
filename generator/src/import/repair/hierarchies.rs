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
    if let Some(schemas) = schemas_mut(document) {
        hierarchies.make_choices(schemas, notes);
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
        let children = children(&named);
        let mut bases = BTreeMap::new();
        for (name, schema) in &named {
            let Some(discriminator) = schema.get("discriminator").filter(|_| !is_choice(schema)) else {
                continue;
            };
            let Some(member) = discriminator.text_of("propertyName") else { continue };
            let texts = texts_by_target(discriminator);
            let below = below(name, &children, &texts);
            let subtypes: Vec<(String, Vec<String>)> =
                below.into_values().map(|name| (name.to_owned(), texts_of(name, &texts))).collect();
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

    /// Puts the choices in the places of their schemas, whose own members move to new schemas behind the others.
    fn make_choices(&self, schemas: &mut Node, notes: &mut Notes) {
        let subtypes = self.bases.values().flat_map(|base| &base.subtypes);
        let subtypes: BTreeSet<&str> = subtypes.map(|(name, _)| name.as_str()).collect();
        let mut moved = BTreeMap::new();
        for (key, schema) in schemas.entries_mut().into_iter().flatten() {
            let Some(name) = key.text() else { continue };
            if let Some(base) = self.bases.get(name) {
                notes.add(schema, "made a choice of a schema and those that have it in their `allOf`", name);
                let choice = schema.made_from_json(&base.choice(self));
                let mut own = std::mem::replace(schema, choice);
                own.remove("discriminator");
                moved.insert(name.to_owned(), (key.made_text(&base.own), own));
            } else if subtypes.contains(name) {
                self.extend_own(schema);
            }
        }
        for (name, (_, own)) in &mut moved {
            if subtypes.contains(name.as_str()) {
                self.extend_own(own);
            }
        }
        if let Some(entries) = schemas.entries_mut() {
            entries.extend(moved.into_values());
        }
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

/// A schema that has others in its `allOf`.
#[derive(Clone, Copy)]
struct Child<'a> {
    /// Its place among all schemas.
    index: usize,
    name: &'a str,
    /// Whether it adds members to them.
    adds: bool,
}

/// The schemas that have each schema in their `allOf`.
fn children<'a>(named: &[(&'a str, &'a Node)]) -> BTreeMap<&'a str, Vec<Child<'a>>> {
    let mut children: BTreeMap<&str, Vec<Child<'_>>> = BTreeMap::new();
    for (index, (name, schema)) in named.iter().enumerate() {
        let parts = schema.get("allOf").map(Node::items).unwrap_or_default();
        let child = Child { index, name, adds: adds_members(schema) };
        parts
            .iter()
            .filter_map(referenced)
            .for_each(|parent| children.entry(parent).or_default().push(child));
    }
    children
}

/// The schemas that extend another, directly or through others, by their places. A schema that adds nothing is only
/// another name for what it refers to, unless the discriminator maps a text to it.
fn below<'a>(
    base: &'a str,
    children: &BTreeMap<&'a str, Vec<Child<'a>>>,
    texts: &BTreeMap<String, Vec<String>>,
) -> BTreeMap<usize, &'a str> {
    let mut found = BTreeMap::new();
    let mut open = vec![base];
    while let Some(next) = open.pop() {
        for child in children.get(next).into_iter().flatten() {
            let extends = child.adds || texts.contains_key(child.name);
            if extends && child.name != base && found.insert(child.index, child.name).is_none() {
                open.push(child.name);
            }
        }
    }
    found
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

/// The texts of the mapping, by the name of the schema that they stand for.
fn texts_by_target(discriminator: &Node) -> BTreeMap<String, Vec<String>> {
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (text, target) in mapped(discriminator) {
        texts.entry(target).or_default().push(text);
    }
    texts
}

/// The texts that lead to a schema: those of the mapping, or else its name.
fn texts_of(name: &str, texts: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    texts.get(name).cloned().unwrap_or_else(|| vec![name.to_owned()])
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
    let targets: BTreeSet<&str> = mapped.iter().map(|(_, target)| target.as_str()).collect();
    let mapping = schema.get("discriminator").and_then(|discriminator| discriminator.get("mapping"));
    let texts = mapping.map(Node::entries).unwrap_or_default().iter().filter_map(|(text, _)| text.text());
    let mut texts: BTreeSet<&str> = texts.collect();
    let unmapped = names.filter(|name| !targets.contains(name) && texts.insert(name));
    let unmapped: Vec<String> = unmapped.map(str::to_owned).collect();
    let Some(discriminator) = schema.get_mut("discriminator").filter(|_| !unmapped.is_empty()) else {
        return;
    };
    discriminator.set_if_absent("mapping", &json!({}));
    let Some(mapping) = discriminator.get_mut("mapping") else { return };
    let entry = |name: String| {
        let target = mapping.made_from_json(&json!(format!("{SCHEMAS}{name}")));
        (mapping.made_text(&name), target)
    };
    let added: Vec<(Node, Node)> = unmapped.into_iter().map(entry).collect();
    if let Some(entries) = mapping.entries_mut() {
        entries.extend(added);
    }
}

fn is_choice(schema: &Node) -> bool {
    schema.get("oneOf").is_some() || schema.get("anyOf").is_some()
}

/// The name of the component that a reference leads to.
fn referenced(schema: &Node) -> Option<&str> {
    schema.text_of("$ref")?.strip_prefix(SCHEMAS)
}
