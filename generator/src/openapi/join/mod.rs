//! Joins each `allOf` into the schema that one could write in its place. What can't be joined is a fault.
//!
//! An `allOf` of one schema is that schema, or a reference to it. One of several has the members of all, and of each limit
//! the narrowest. `part` reads what is joined, and `whole` goes through its keywords; `combine`,
//! `bounds` and `agree` hold the rules.

mod agree;
mod bounds;
mod combine;
mod part;
mod place;
mod whole;

use std::collections::{BTreeMap, BTreeSet};
use std::ptr;
use std::rc::Rc;

use super::kind::ObjectKind;
use super::nesting::{DEEPEST, Nesting};
use super::reference::{Definitions, address};
use super::schema::map_subschemas;
use super::site::Site;
use crate::fault::Fault;
use crate::source::{Node, Value};

use part::{Entry, Part};
use place::Place;

/// The schema that an `allOf` amounts to.
#[derive(Clone, Debug)]
pub(crate) struct JoinedSchema {
    /// A schema without `allOf` at any depth. It is a reference if nothing is added to the schema that is referred to;
    /// what stood beside the `allOf` stands beside the reference then.
    pub(crate) node: Node,
    /// Whether all that was joined is defined. If not, some members aren't known.
    pub(crate) is_whole: bool,
}

/// The joined schemas of a service, and what can't be joined.
#[derive(Debug, Default)]
pub(crate) struct Joined {
    schemas: BTreeMap<*const Node, Rc<JoinedSchema>>,
    pub(crate) faults: Vec<Fault>,
}

impl Joined {
    /// Joins each `allOf` in the files of a service.
    pub(super) fn of(sites: &[Site<'_>], definitions: Definitions<'_>, nesting: &Nesting) -> Self {
        let mut joiner = Joiner { definitions, nesting, joined: Joined::default(), open: BTreeSet::new() };
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
    /// The schemas whose parts are being joined. One that is met again is part of a cycle, which another check reports.
    open: BTreeSet<*const Node>,
}

impl Joiner<'_> {
    /// What stands for a schema with an `allOf`; `None` for one that contains itself, which another check reports.
    fn join(&mut self, schema: &Node) -> Option<Rc<JoinedSchema>> {
        let key = ptr::from_ref(schema);
        if let Some(known) = self.joined.schemas.get(&key) {
            return Some(Rc::clone(known));
        }
        if !self.open.insert(key) {
            return None;
        }
        let joined = Rc::new(self.join_items(schema));
        self.open.remove(&key);
        self.joined.schemas.insert(key, Rc::clone(&joined));
        Some(joined)
    }

    fn join_items(&mut self, schema: &Node) -> JoinedSchema {
        let all_of = schema.get("allOf").unwrap_or(schema);
        let beside = schema.entries().iter().filter(|(key, _)| key.text() != Some("allOf")).cloned();
        // What limits values can't stand beside an `allOf`, which another check reports. Here it is one more part.
        let (limits, beside): (Vec<Entry>, Vec<Entry>) = beside.partition(|(key, _)| part::is_limiting(key));
        let mut parts: Vec<Option<Part>> = all_of.items().iter().map(|item| self.part(item)).collect();
        let is_whole = parts.iter().all(|part| part.as_ref().is_some_and(|part| part.is_whole));
        if !limits.is_empty() {
            parts.push(self.part(&schema.with(Value::Mapping(limits))));
        }
        let parts = parts.into_iter().flatten().collect();
        JoinedSchema { node: self.join_parts(&beside, parts, &Place::new(schema, all_of)), is_whole }
    }

    /// The schema without `allOf` at any depth; `None` if that isn't known.
    fn plain(&mut self, schema: &Node) -> Option<Rc<JoinedSchema>> {
        if is_all_of(schema) { self.join(schema) } else { Some(Rc::new(self.inside(schema))) }
    }

    /// A schema without `allOf` of its own, with all schemas inside it made plain.
    fn inside(&mut self, schema: &Node) -> JoinedSchema {
        let mut is_whole = true;
        let node = map_subschemas(schema, &mut |inner| match self.plain(inner) {
            Some(plain) => plain.node.clone(),
            None => {
                is_whole = false;
                inner.made_from(Value::Mapping(Vec::new()))
            }
        });
        JoinedSchema { node, is_whole }
    }

    /// A schema that is to be joined with others; `None` if it isn't known.
    fn part(&mut self, schema: &Node) -> Option<Part> {
        let plain = self.plain(schema)?;
        if plain.node.get("$ref").is_none() {
            return Some(Part::written(&plain));
        }
        let target = self.target(&plain.node, 0)?;
        Some(Part::reference(&plain.node, &target))
    }

    /// The plain schema that a reference leads to, directly or through `steps` other references.
    fn target(&mut self, reference: &Node, steps: usize) -> Option<Rc<JoinedSchema>> {
        // Longer chains are cycles, which another check reports.
        if steps > DEEPEST {
            return None;
        }
        let definition = self.definitions.get(address(reference)?)?;
        if self.nesting.is_too_deep(definition) {
            return None;
        }
        let plain = self.plain(definition)?;
        if plain.node.get("$ref").is_none() {
            return Some(plain);
        }
        let target = self.target(&plain.node, steps + 1)?;
        Some(Rc::new(Part::reference(&plain.node, &target).into_schema(&plain.node)))
    }
}
