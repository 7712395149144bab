//! Gives a name to every structure that has none.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

use super::headers::{HEADERS, HeaderObject};
use super::structure::{Object, SCHEMAS, is_structure, of_the_place};
use crate::openapi::schema::json_subschemas_mut;

/// Gives names to structures that have none.
pub(super) struct Namer<'a> {
    pub(super) components: Object,
    pub(super) homes: &'a mut BTreeMap<String, String>,
    /// The names that were made, by the file and the structure. If several structures of one file are the same, all have the
    /// name of the first.
    pub(super) made: HashMap<(String, Value), String>,
}

/// Whether neither a schema nor any part of it is a structure, so that no name for it has to be made.
fn is_plain(schema: &mut Value) -> bool {
    !is_structure(schema) && json_subschemas_mut(schema).is_empty()
}

impl Namer<'_> {
    /// Names every structure below `schema`, which is called `name` itself.
    pub(super) fn name_parts(&mut self, schema: &mut Value, name: &str, home: &str) {
        for inner in json_subschemas_mut(schema) {
            if is_plain(inner.schema) {
                continue;
            }
            if let Some(suffix) = inner.suffix() {
                self.name_place(inner.schema, &format!("{name}{suffix}"), home);
            }
        }
    }

    /// Makes a component of the headers of a response, to which the response then refers. Operations that share the
    /// response share it.
    pub(super) fn add_headers(&mut self, object: HeaderObject<'_>) {
        let HeaderObject { response, name, home, schema } = object;
        let name = self.component(schema, &name, &home);
        response[HEADERS] = json!({"$ref": format!("{SCHEMAS}{name}")});
    }

    /// Makes a component of the schema if it is a structure, and leaves a reference in its place.
    pub(super) fn name_place(&mut self, schema: &mut Value, name: &str, home: &str) {
        self.name_parts(schema, name, home);
        if !is_structure(schema) {
            return;
        }
        let mut place = schema.as_object().map(of_the_place).unwrap_or_default();
        let structure = std::mem::take(schema);
        let name = self.component(structure, name, home);
        place.insert("$ref".to_owned(), json!(format!("{SCHEMAS}{name}")));
        *schema = Value::Object(place);
    }

    /// The name of the component that is this structure. A structure that is new becomes a component with the
    /// wanted name; where another schema has that name, a number follows. The checks refuse such a name, so
    /// that no name depends on other schemas.
    fn component(&mut self, structure: Value, wanted: &str, home: &str) -> String {
        let same = (home.to_owned(), structure);
        if let Some(name) = self.made.get(&same) {
            return name.clone();
        }
        let numbered = (2..).map(|number| format!("{wanted}{number}"));
        let mut candidates = std::iter::once(wanted.to_owned()).chain(numbered);
        let name = candidates.find(|name| !self.homes.contains_key(name)).unwrap_or_default();
        self.homes.insert(name.clone(), home.to_owned());
        self.components.insert(name.clone(), same.1.clone());
        self.made.insert(same, name.clone());
        name
    }
}
