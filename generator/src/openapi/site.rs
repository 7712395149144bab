//! One walk over the files of a service, by the tables of the grammar. It lists every object of OpenAPI, so that no
//! rule has to walk again.

use super::file::SpecFile;
use super::kind::{ObjectKind, ValueKind, is_extension};
use crate::source::Node;

/// An object of OpenAPI in one of the files.
#[derive(Debug)]
pub(crate) struct Site<'a> {
    pub(crate) file: &'a SpecFile,
    pub(crate) kind: ObjectKind,
    pub(crate) node: &'a Node,
    /// The key of the object around it under which it was found: `properties`, `items`, `schema`.
    pub(crate) via: &'static str,
    /// The key that the author chose, in a map: the name of the property.
    pub(crate) key: Option<&'a Node>,
    /// The object around it, as an index into the list of all sites.
    pub(crate) parent: Option<usize>,
    /// Whether it has a key that OpenAPI doesn't know.
    pub(super) has_unknown_key: bool,
    /// Whether there may be objects in it that the walk doesn't find, because a key is misspelt or a value has the wrong
    /// type.
    pub(super) hides_objects: bool,
}

impl<'a> Site<'a> {
    /// The text of the `$ref` that stands in the place of the object.
    pub(crate) fn reference(&self) -> Option<&'a Node> {
        self.node.get("$ref").filter(|_| self.kind.grammar().is_referable)
    }
}

/// Every object of OpenAPI, in the order of the files and, in a file, of its lines.
pub(crate) fn list(files: &[SpecFile]) -> Vec<Site<'_>> {
    let mut walk = Walk { sites: Vec::new() };
    for file in files {
        if let Some(node) = &file.root {
            walk.visit(ObjectKind::Document, node, Position { file, via: "", key: None, parent: None });
        }
    }
    walk.sites
}

struct Walk<'a> {
    sites: Vec<Site<'a>>,
}

/// Where an object was found.
#[derive(Clone, Copy)]
struct Position<'a> {
    file: &'a SpecFile,
    via: &'static str,
    key: Option<&'a Node>,
    parent: Option<usize>,
}

impl<'a> Walk<'a> {
    fn visit(&mut self, kind: ObjectKind, node: &'a Node, position: Position<'a>) {
        let Position { file, via, key, parent } = position;
        let index = self.sites.len();
        let hides_objects = !node.is_mapping();
        self.sites.push(Site { file, kind, node, via, key, parent, has_unknown_key: false, hides_objects });
        let grammar = kind.grammar();
        if grammar.is_referable && node.get("$ref").is_some() {
            return;
        }
        for (key, value) in node.entries() {
            let name = key.text().unwrap_or_default();
            let (via, key, value_kind) = match (grammar.rule(name), grammar.value_of_other(name)) {
                (Some(rule), _) => (rule.key, None, rule.value),
                (None, Some(value_kind)) => ("", Some(key), value_kind),
                (None, None) if is_extension(name) => continue,
                (None, None) => {
                    self.mark(index, true, may_hold_objects(value));
                    continue;
                }
            };
            self.mark(index, false, hides_some(value, value_kind));
            self.visit_value(value, value_kind, Position { file, via, key, parent: Some(index) });
        }
    }

    fn mark(&mut self, index: usize, has_unknown_key: bool, hides_objects: bool) {
        if let Some(site) = self.sites.get_mut(index) {
            site.has_unknown_key |= has_unknown_key;
            site.hides_objects |= hides_objects;
        }
    }

    fn visit_value(&mut self, node: &'a Node, value_kind: ValueKind, position: Position<'a>) {
        match value_kind {
            ValueKind::One(kind) => self.visit(kind, node, position),
            ValueKind::FlagOr(kind) if node.is_mapping() => self.visit(kind, node, position),
            ValueKind::List(kind) => node.items().iter().for_each(|node| self.visit(kind, node, position)),
            ValueKind::Map(kind) => {
                let entries = node.entries().iter();
                entries
                    .for_each(|(key, node)| self.visit(kind, node, Position { key: Some(key), ..position }));
            }
            _ => {}
        }
    }
}

/// Whether a value that is to hold objects can't.
fn hides_some(value: &Node, value_kind: ValueKind) -> bool {
    match value_kind {
        ValueKind::List(_) => !value.is_sequence(),
        ValueKind::Map(_) => !value.is_mapping(),
        _ => false,
    }
}

/// Whether a value under an unknown key may be, hold or refer to objects.
fn may_hold_objects(value: &Node) -> bool {
    value.is_sequence() || value.is_mapping() || value.text().is_some_and(|text| text.contains("#/"))
}
