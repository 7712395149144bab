//! Gives a document what every service has: groups, names that Rust can have, and responses.

mod components;
mod groups;
mod hierarchies;
mod members;
mod names;
mod operations;
mod paths;
mod security;
mod sentences;
mod servers;
mod service;
mod shared;
mod titles;
mod unshown;

use super::notes::Notes;
use crate::openapi::kind::{ObjectKind, ValueKind};
use crate::source::{Node, Value};

pub(super) use names::Scope;

/// Repairs the document of a service.
pub(super) fn repair(service: &str, document: &mut Node, notes: &mut Notes) {
    service::repair(service, document, notes);
    servers::repair(document, notes);
    security::repair(service, document, notes);
    extensions(document, notes);
    links(document, notes);
    titles::repair(document, notes);
    members::repair(document, notes);
    unshown::repair(document, notes);
    sentences::repair(document, notes);
    hierarchies::repair(document, notes);
    shared::repair(document);
    paths::repair(document, notes);
    groups::repair(service, document);
    operations::repair(document, notes);
    let reserved = names::reserved(service, document);
    components::rename(document, &reserved, notes);
}

/// How many operations a document has.
pub(super) fn count(document: &Node) -> usize {
    let paths = document.get("paths").map(Node::entries).unwrap_or_default();
    paths
        .iter()
        .map(|(_, path)| path.entries().iter().filter(|(key, value)| is_operation(key, value)).count())
        .sum()
}

/// Whether a member of a path is an operation.
fn is_operation(key: &Node, value: &Node) -> bool {
    let rule = key.text().and_then(|key| ObjectKind::PathItem.grammar().rule(key));
    value.is_mapping() && rule.is_some_and(|rule| matches!(rule.value, ValueKind::One(ObjectKind::Operation)))
}

/// Calls the function for each operation with its path and its method.
fn each_operation(document: &mut Node, see: &mut dyn FnMut(&str, &str, &mut Node)) {
    for (path, item) in document.get_mut("paths").and_then(Node::entries_mut).into_iter().flatten() {
        for (method, operation) in item.entries_mut().into_iter().flatten() {
            if is_operation(method, operation) {
                see(path.text().unwrap_or_default(), method.text().unwrap_or_default(), operation);
            }
        }
    }
}

/// Takes out the extensions of other programs. The generator's own are kept, since the document may be one that `bundle`
/// wrote.
fn extensions(document: &mut Node, notes: &mut Notes) {
    use crate::openapi::extension::EXTENSIONS;
    let is_foreign =
        |key: &str| key.starts_with("x-") && !EXTENSIONS.iter().any(|extension| extension.key == key);
    super::edit::visit(ObjectKind::Document, document, &mut |kind, node| {
        let has_own_keys = matches!(kind, ObjectKind::SecurityRequirement);
        for (key, _) in node.entries().iter().filter(|(key, _)| key.text().is_some_and(is_foreign)) {
            if !has_own_keys {
                notes.add(key, "left out extensions of other programs", key.text().unwrap_or_default());
            }
        }
        if let Some(entries) = node.entries_mut().filter(|_| !has_own_keys) {
            entries.retain(|(key, _)| !key.text().is_some_and(is_foreign));
        }
    });
}

/// Takes out links and callbacks, of which nothing is generated: what they refer to is in other files, or left out.
fn links(document: &mut Node, notes: &mut Notes) {
    super::edit::visit(ObjectKind::Document, document, &mut |kind, node| {
        let keys: &[&str] = match kind {
            ObjectKind::Components => &["links", "callbacks"],
            ObjectKind::Operation => &["callbacks"],
            ObjectKind::Response => &["links"],
            _ => &[],
        };
        for key in keys {
            let removed = node.remove(key);
            for (name, _) in removed.as_ref().map(Node::entries).unwrap_or_default() {
                let what = format!("left out an item of `{key}`, of which nothing is generated");
                notes.add(name, what, name.text().unwrap_or_default());
            }
        }
    });
}

/// The list of a member, which is made if there is none.
fn list_of<'a>(node: &'a mut Node, key: &str) -> Option<&'a mut Vec<Node>> {
    if !node.get(key).is_some_and(Node::is_sequence) {
        let empty = node.made_from(Value::Sequence(Vec::new()));
        node.set(key, empty);
    }
    node.get_mut(key)?.items_mut()
}
