//! Gives a name to every structure that has none.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

use super::headers::HeaderObject;
use super::structure::{Object, SCHEMAS, is_structure, of_the_place};
use crate::openapi::schema::json_subschemas_mut;

/// Gives names to structures that have none.
pub(super) struct Namer<'a> {
    pub(super) components: Object,
    pub(super) homes: &'a mut BTreeMap<String, String>,
    /// The names that were made, by the file and the structure. If several structures of one file are the same, all have the
    /// name of the first.
    pub(super) made: HashMap<(String, Value), String>,
    /// The made names that another schema had already.
    pub(super) clashes: Vec<String>,
}

impl Namer<'_> {
    /// Names every structure below `schema`, which is called `name` itself.
    pub(super) fn name_parts(&mut self, schema: &mut Value, name: &str, home: &str) {
        for inner in json_subschemas_mut(schema) {
            if let Some(suffix) = inner.suffix() {
                self.name_place(inner.schema, &format!("{name}{suffix}"), home);
            }
        }
    }

    /// Adds the headers of a response as a component. Operations that share the response share it.
    pub(super) fn add_headers(&mut self, object: HeaderObject) {
        let HeaderObject { name, home, schema } = object;
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
        let structure = std::mem::take(schema);
        let same = (home.to_owned(), structure);
        let twin = self.made.get(&same).cloned();
        let is_new = twin.is_none();
        let name = twin.unwrap_or_else(|| name.to_owned());
        place.insert("$ref".to_owned(), json!(format!("{SCHEMAS}{name}")));
        *schema = Value::Object(place);
        if !is_new {
            return;
        }
        if self.homes.insert(name.clone(), home.to_owned()).is_some() {
            self.clashes.push(name.clone());
        }
        self.components.insert(name.clone(), same.1.clone());
        self.made.insert(same, name);
    }
}
