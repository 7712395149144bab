//! Joins each `allOf` into the schema that one could write in its place. What can't be joined is a fault.
//!
//! An `allOf` of one schema is that schema, or a reference to it. One of several has the members of all, and of each limit
//! the narrowest. `part` reads what is joined, `parts` goes through its keywords, and `builder` gathers them; `combine`,
//! `bounds` and `agree` hold the rules.

mod agree;
mod bounds;
mod builder;
mod combine;
mod part;
mod parts;
mod place;

use std::collections::BTreeMap;
use std::ptr;
use std::rc::Rc;

use super::kind::ObjectKind;
use super::nesting::Nesting;
use super::reference::{Definitions, address};
use super::schema::{DEEPEST, map_subschemas};
use super::site::Site;
use crate::fault::Fault;
use crate::source::{Node, Value};

pub(crate) use part::JoinedSchema;

use part::{Entry, Part};
use place::Place;

/// The joined schemas of a service, and what can't be joined.
#[derive(Debug, Default)]
pub(crate) struct Joined {
    schemas: BTreeMap<*const Node, Rc<JoinedSchema>>,
    /// The schemas among these that no file holds. They are kept, so that no other node gets their address.
    made: Vec<Rc<Node>>,
    pub(crate) faults: Vec<Fault>,
}

impl Joined {
    /// Joins each `allOf` in the files of a service.
    pub(super) fn of(sites: &[Site<'_>], definitions: Definitions<'_>, nesting: &Nesting) -> Self {
        let (joined, open) = (Joined::default(), BTreeMap::new());
        let mut joiner = Joiner { definitions, nesting, joined, open, level: 0, depth: 0 };
        for site in sites {
            if site.kind == ObjectKind::Schema && site.reference().is_none() && is_all_of(site.node) {
                joiner.join(site.node);
            }
        }
        joiner.joined
    }

    /// What stands for a schema of the files that has an `allOf`.
    pub(super) fn get(&self, schema: &Node) -> Option<&JoinedSchema> {
        self.schemas.get(&ptr::from_ref(schema)).map(Rc::as_ref)
    }
}

fn is_all_of(schema: &Node) -> bool {
    schema.get("allOf").is_some_and(|parts| !parts.items().is_empty())
}

struct Joiner<'a> {
    definitions: Definitions<'a>,
    nesting: &'a Nesting,
    joined: Joined,
    /// The schemas whose parts are being joined, each with its level.
    open: BTreeMap<*const Node, usize>,
    /// How many schemas the recursion has entered, other than through an `allOf`.
    level: usize,
    /// How many schemas are being joined inside each other.
    depth: usize,
}

impl Joiner<'_> {
    /// What stands for a schema with an `allOf`.
    fn join(&mut self, schema: &Node) -> Rc<JoinedSchema> {
        let key = ptr::from_ref(schema);
        if let Some(known) = self.joined.schemas.get(&key) {
            return Rc::clone(known);
        }
        if let Some(level) = self.open.get(&key) {
            // A member can have the type that it is in. A cycle of `allOf`s alone is reported by another check.
            let is_circular = self.level > *level;
            let node = schema.made_from(Value::Mapping(Vec::new()));
            return Rc::new(JoinedSchema { node, is_whole: is_circular, is_circular });
        }
        self.open.insert(key, self.level);
        let joined = Rc::new(self.join_items(schema));
        self.open.remove(&key);
        self.joined.schemas.insert(key, Rc::clone(&joined));
        joined
    }

    fn join_items(&mut self, schema: &Node) -> JoinedSchema {
        let all_of = schema.get("allOf").unwrap_or(schema);
        let beside = schema.entries().iter().filter(|(key, _)| key.text() != Some("allOf")).cloned();
        // What limits values can't stand beside an `allOf`, which another check reports. Here it is one more part.
        let (limits, beside): (Vec<Entry>, Vec<Entry>) = beside.partition(|(key, _)| part::is_limiting(key));
        let mut parts: Vec<Option<Part>> = all_of.items().iter().map(|item| self.part(item)).collect();
        let is_whole = parts.iter().all(|part| part.as_ref().is_some_and(|part| part.is_whole));
        if !limits.is_empty() {
            let limits = Rc::new(schema.with(Value::Mapping(limits)));
            self.joined.made.push(Rc::clone(&limits));
            parts.push(self.part(&limits));
        }
        let parts = parts.into_iter().flatten().collect();
        let node = self.join_parts(&beside, parts, &Place::new(schema, all_of));
        JoinedSchema { node, is_whole, is_circular: false }
    }

    /// The schema without `allOf` at any depth.
    fn plain(&mut self, schema: &Node) -> Rc<JoinedSchema> {
        if is_all_of(schema) {
            return self.join(schema);
        }
        self.level += 1;
        let (mut is_whole, mut is_circular) = (true, false);
        let node = map_subschemas(schema, &mut |inner| {
            let plain = self.plain(inner);
            is_whole &= plain.is_whole;
            is_circular |= plain.is_circular;
            plain.node.clone()
        });
        self.level -= 1;
        Rc::new(JoinedSchema { node, is_whole, is_circular })
    }

    /// A schema that is to be joined with others; `None` if it isn't known.
    fn part(&mut self, schema: &Node) -> Option<Part> {
        let plain = self.plain(schema);
        if plain.node.get("$ref").is_none() {
            return Some(Part::written(&plain));
        }
        let target = self.target(&plain.node, 0)?;
        Some(Part::reference(&plain.node, &target))
    }

    /// The plain schema that a reference leads to, directly or through `steps` other references.
    fn target(&mut self, reference: &Node, steps: usize) -> Option<Rc<JoinedSchema>> {
        let definition = self.definitions.get(address(reference)?)?;
        // Longer chains are cycles, which another check reports.
        if steps > DEEPEST || self.nesting.is_too_deep(definition) {
            return None;
        }
        let plain = self.plain(definition);
        if plain.node.get("$ref").is_none() {
            return Some(plain);
        }
        let target = self.target(&plain.node, steps + 1)?;
        Some(Rc::new(Part::reference(&plain.node, &target).into_schema(&plain.node)))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::openapi::service::read_services;
    use crate::openapi::survey::Survey;

    #[test]
    fn what_stands_beside_an_all_of_is_not_taken_for_that_of_another() {
        let kind = |index: usize| if index.is_multiple_of(2) { "string" } else { "integer" };
        let schemas = (0..50).map(|index| {
            let member = format!("{{allOf: [{{type: {}}}, {{description: x}}]}}", kind(index));
            format!("    S{index:02}: {{allOf: [{{type: object}}], properties: {{m: {member}}}}}\n")
        });
        let text = format!("openapi: 3.0.3\ncomponents:\n  schemas:\n{}", schemas.collect::<String>());
        let inputs = BTreeMap::from([("spec/shop/common.yaml".to_owned(), text.into_bytes())]);
        let services = read_services(&inputs, &mut Vec::new());
        let survey = Survey::new("shop", services.values().next().unwrap());
        for (index, (_, _, schema)) in survey.defined("schemas").enumerate() {
            let joined = &survey.joined(schema).unwrap().node;
            let kinds = joined.get("properties").and_then(|members| members.get("m")?.text_of("type"));
            assert_eq!(kinds, Some(kind(index)), "S{index}");
        }
    }
}
