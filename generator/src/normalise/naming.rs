//! Gives a name to every structure that has none.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

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
            if let Some(suffix) = suffix(inner.keyword, inner.key) {
                self.name_place(inner.schema, &format!("{name}{suffix}"), home);
            }
        }
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
