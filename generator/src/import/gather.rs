//! Makes one document of several files: what a reference leads to, in another file or anywhere in this one, becomes a
//! component.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::edit::visit;
use super::notes::Notes;
use super::repair::Scope;
use crate::openapi::kind::ObjectKind;
use crate::openapi::reference::section_of;
use crate::source::{Node, Value};

/// How often a reference is followed that leads to a reference.
const DEEPEST: usize = 64;

/// The document with the paths, or else the first one, with what it refers to in the others.
pub(super) fn gather(documents: Vec<Node>, notes: &mut Notes) -> Option<Node> {
    let has_paths = |document: &&Node| document.get("paths").is_some_and(|paths| !paths.entries().is_empty());
    let main = documents.iter().find(has_paths).or(documents.first())?.clone();
    let mut gathering = Gathering {
        main: main.file().to_owned(),
        files: documents.iter().map(|document| (document.file().to_owned(), document.clone())).collect(),
        names: BTreeMap::new(),
        own: BTreeMap::new(),
        taken: BTreeMap::new(),
        added: Vec::new(),
        indices: RefCell::default(),
        notes,
    };
    for (section, components) in main.get("components").map(Node::entries).unwrap_or_default() {
        let section = section.text().unwrap_or_default();
        let names = components.entries().iter().filter_map(|(name, _)| name.text());
        let names: BTreeSet<String> = names.map(str::to_owned).collect();
        gathering.own.insert(section.to_owned(), names.clone());
        gathering.taken.insert(section.to_owned(), Scope::with(names));
    }
    let mut whole = main;
    gathering.follow(ObjectKind::Document, &mut whole, 0);
    let mut done = 0;
    while let Some((_, _, kind, node)) = gathering.added.get(done).cloned() {
        let mut node = node;
        gathering.follow(kind, &mut node, 0);
        if let Some(added) = gathering.added.get_mut(done) {
            added.3 = node;
        }
        done += 1;
    }
    add(&mut whole, gathering.added);
    Some(whole)
}

/// Adds the components that were made, whose names are free.
fn add(document: &mut Node, added: Vec<Added>) {
    for (section, name, _, node) in added {
        document.set_if_absent("components", &json!({}));
        let Some(components) = document.get_mut("components") else { continue };
        components.set_if_absent(section, &json!({}));
        let Some(section) = components.get_mut(section) else { continue };
        let key = section.made_text(&name);
        if let Some(entries) = section.entries_mut() {
            entries.push((key, node));
        }
    }
}

/// A component that was made: its section, its name, its kind and what it is.
type Added = (&'static str, String, ObjectKind, Node);

struct Gathering<'n> {
    main: String,
    files: BTreeMap<String, Node>,
    /// The name of the component for each place that was referred to.
    names: BTreeMap<(&'static str, String, String), String>,
    /// The components of the main document, by section.
    own: BTreeMap<String, BTreeSet<String>>,
    /// The names of components that are taken, by section.
    taken: BTreeMap<String, Scope>,
    added: Vec<Added>,
    /// Where the members of large mappings stand that references lead through, by the address of the mapping in
    /// `files`.
    indices: RefCell<BTreeMap<*const Node, BTreeMap<String, usize>>>,
    notes: &'n mut Notes,
}

impl Gathering<'_> {
    /// Follows every reference in the object.
    fn follow(&mut self, kind: ObjectKind, node: &mut Node, depth: usize) {
        inline_maps(self, node, depth);
        visit(kind, node, &mut |kind, node| {
            for _ in 0..DEEPEST {
                let Some(reference) =
                    node.get("$ref").filter(|reference| reference.text().is_some()).cloned()
                else {
                    return inline_maps(self, node, depth);
                };
                match section_of(kind) {
                    Some(section) => return self.name(kind, section, node, &reference),
                    None => self.inline(node, &reference),
                }
            }
        });
    }

    /// Writes out what a reference leads to.
    fn inline(&mut self, node: &mut Node, reference: &Node) {
        match self.target(reference) {
            Some(target) => {
                let siblings: Vec<(Node, Node)> =
                    node.entries().iter().filter(|(key, _)| key.text() != Some("$ref")).cloned().collect();
                *node = target;
                siblings.into_iter().for_each(|(key, value)| node.set(key.text().unwrap_or_default(), value));
            }
            None => {
                self.notes.add(reference, format!("left out {}", self.no_target(reference)), text(reference));
                node.remove("$ref");
            }
        }
    }

    /// Makes the reference one to a component.
    fn name(&mut self, kind: ObjectKind, section: &'static str, node: &mut Node, reference: &Node) {
        let (file, pointer) = self.address(reference);
        let own = pointer
            .strip_prefix("/components/")
            .and_then(|rest| rest.strip_prefix(section)?.strip_prefix('/'));
        let own = own.filter(|name| file == self.main && !name.contains('/')).map(unescaped);
        let is_there = |name: &String| self.own.get(section).is_some_and(|names| names.contains(name));
        if let Some(name) = own.filter(is_there) {
            node.set_json("$ref", &json!(format!("#/components/{section}/{}", escaped(&name))));
            return;
        }
        let address = (section, file.clone(), pointer.clone());
        if !self.names.contains_key(&address) {
            let Some(target) = self.target(reference) else {
                return self.dangling(kind, node, reference);
            };
            let last = pointer.rsplit('/').find(|part| !part.is_empty()).map(unescaped);
            let wanted = last.unwrap_or_else(|| stem(&file));
            let name = self.taken.entry(section.to_owned()).or_default().take(&wanted, "");
            self.names.insert(address.clone(), name.clone());
            self.added.push((section, name, kind, target));
        }
        let name = self.names.get(&address).cloned().unwrap_or_default();
        node.set_json("$ref", &json!(format!("#/components/{section}/{}", escaped(&name))));
    }

    /// Replaces a reference that leads nowhere: a schema becomes any JSON, and nothing is left of another object.
    fn dangling(&mut self, kind: ObjectKind, node: &mut Node, reference: &Node) {
        let reference_to_nothing = self.no_target(reference);
        let what = match kind {
            ObjectKind::Schema => format!("took {reference_to_nothing} for any JSON"),
            _ => format!("left out {reference_to_nothing}"),
        };
        self.notes.add(reference, what, text(reference));
        let left = if kind == ObjectKind::Response {
            json!({"description": "It isn't described."})
        } else {
            json!({})
        };
        *node = node.made_from_json(&left);
    }

    /// How notes call a reference that leads nowhere.
    fn no_target(&self, reference: &Node) -> &'static str {
        let (file, _) = self.address(reference);
        if text(reference).contains("://") {
            "a `$ref` to a URL, from which nothing is read,"
        } else if self.files.contains_key(&file) {
            "a `$ref` that leads to nothing"
        } else {
            "a `$ref` to a file that wasn't read (name files outside the folder of the document, too)"
        }
    }

    /// A copy of what a reference leads to.
    fn target(&self, reference: &Node) -> Option<Node> {
        self.find(reference).cloned()
    }

    fn find(&self, reference: &Node) -> Option<&Node> {
        let (file, pointer) = self.address(reference);
        let mut node = self.files.get(&file)?;
        for part in pointer.split('/').filter(|part| !part.is_empty()) {
            node = match &node.value {
                Value::Sequence(items) => items.get(part.parse::<usize>().ok()?)?,
                _ => self.member(node, &unescaped(part)).or_else(|| self.member(node, part))?,
            };
        }
        Some(node)
    }

    /// The member of a mapping. A document can refer to each member of a large one, so these are looked up in an
    /// index.
    fn member<'a>(&self, mapping: &'a Node, key: &str) -> Option<&'a Node> {
        const LARGE: usize = 16;
        let entries = mapping.entries();
        if entries.len() < LARGE {
            return mapping.get(key);
        }
        let mut indices = self.indices.borrow_mut();
        let index = indices.entry(std::ptr::from_ref(mapping)).or_insert_with(|| {
            let numbered = entries.iter().enumerate().rev();
            numbered.filter_map(|(at, (key, _))| Some((key.text()?.to_owned(), at))).collect()
        });
        entries.get(*index.get(key)?).map(|(_, value)| value)
    }

    /// The file and the pointer in it.
    fn address(&self, reference: &Node) -> (String, String) {
        let whole = text(reference);
        let (file, pointer) = whole.split_once('#').unwrap_or((&whole, ""));
        (
            if file.is_empty() { reference.file().to_owned() } else { joined(reference.file(), file) },
            pointer.to_owned(),
        )
    }
}

/// Some documents have a reference in the place of a whole map, such as `paths`.
fn inline_maps(gathering: &mut Gathering<'_>, node: &mut Node, depth: usize) {
    for (key, value) in node.entries_mut().into_iter().flatten() {
        if !MAPS.contains(&key.text().unwrap_or_default()) {
            continue;
        }
        let only = value.entries().first().filter(|_| value.entries().len() == 1);
        let is_file = |target: &Node| target.text().is_some_and(|text| !text.starts_with('#'));
        let reference = only.filter(|(key, target)| key.text() == Some("$ref") && is_file(target));
        let Some((_, reference)) = reference.cloned().filter(|_| depth < DEEPEST) else { continue };
        if gathering.find(&reference).is_some() {
            gathering.inline(value, &reference);
        }
    }
}

/// The keys of maps.
const MAPS: &[&str] = &[
    "components",
    "examples",
    "headers",
    "parameters",
    "paths",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "securitySchemes",
];

fn text(reference: &Node) -> String {
    reference.text().unwrap_or_default().to_owned()
}

/// The path of a file that another file refers to.
pub(super) fn joined(from: &str, to: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| !["", ".", ".."].contains(last)) => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn stem(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.split('.').next().unwrap_or(name).to_owned()
}

/// A part of a pointer as a name.
fn unescaped(part: &str) -> String {
    let part = part.replace("~1", "/").replace("~0", "~");
    let mut bytes = Vec::new();
    let mut rest = part.as_bytes();
    while let [first, after @ ..] = rest {
        let code =
            after.get(..2).and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        match code.filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
