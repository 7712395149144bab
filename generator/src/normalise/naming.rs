//! Gives a name to every structure that has none.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::all_of::merge_all_of;
use super::headers::HeaderObject;
use super::structure::{Object, SCHEMAS, is_structure, of_the_place};
use crate::names;
use crate::openapi::schema::{SubschemaKey, json_subschemas_mut};

/// What the name of a structure inside another gets after the name of that one.
fn suffix(keyword: &str, key: SubschemaKey<'_>) -> Option<String> {
    match (keyword, key) {
        (_, SubschemaKey::Name(member)) => Some(names::pascal(member)),
        ("items", _) => Some("Item".to_owned()),
        ("additionalProperties", _) => Some("Value".to_owned()),
        ("x-json-text", _) => Some("Text".to_owned()),
        ("oneOf", SubschemaKey::Index(index)) => Some((index + 1).to_string()),
        _ => None,
    }
}

/// Gives names to structures that have none.
pub(super) struct Namer<'a> {
    pub(super) components: Object,
    pub(super) homes: &'a mut BTreeMap<String, String>,
    /// The names that were made, in their order. If several structures of one file are the same, all have the name of the
    /// first.
    pub(super) made: Vec<String>,
    /// The made names that another schema had already.
    pub(super) clashes: Vec<String>,
}

impl Namer<'_> {
    /// Names every structure below `schema`, which is called `name` itself.
    pub(super) fn name_parts(&mut self, schema: &mut Value, name: &str, home: &str) {
        for inner in json_subschemas_mut(schema) {
            if let Some(suffix) = suffix(inner.keyword, inner.key) {
                self.name_place(inner.schema, &format!("{name}{suffix}"), home);
            }
        }
    }

    /// Adds the headers of a response as a component. Operations that share the response share it.
    pub(super) fn add_headers(&mut self, object: HeaderObject, originals: &Object) {
        let HeaderObject { name, home, mut schema } = object;
        merge_all_of(&mut schema, originals, 0);
        if self.components.get(&name) == Some(&schema) {
            return;
        }
        if self.homes.insert(name.clone(), home).is_some() {
            self.clashes.push(name.clone());
        }
        self.components.insert(name, schema);
    }

    /// Makes a component of the schema if it is a structure, and leaves a reference in its place.
    pub(super) fn name_place(&mut self, schema: &mut Value, name: &str, home: &str) {
        self.name_parts(schema, name, home);
        if !is_structure(schema) {
            return;
        }
        let mut place = schema.as_object().map(of_the_place).unwrap_or_default();
        let twin = self.made.iter().find(|made| {
            self.components.get(*made) == Some(schema) && self.homes.get(*made).is_some_and(|of| of == home)
        });
        let shared = twin.cloned();
        let name = shared.as_deref().unwrap_or(name);
        place.insert("$ref".to_owned(), json!(format!("{SCHEMAS}{name}")));
        let structure = std::mem::replace(schema, Value::Object(place));
        if shared.is_some() {
            return;
        }
        if self.homes.insert(name.to_owned(), home.to_owned()).is_some() {
            self.clashes.push(name.to_owned());
        }
        self.made.push(name.to_owned());
        self.components.insert(name.to_owned(), structure);
    }
}
