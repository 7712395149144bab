//! Makes one document of the files of a service.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::target::{Entry, Target};
use crate::openapi::file::{FileRole, stem};
use crate::openapi::grammar::is_method;
use crate::openapi::kind::{KeyRule, ObjectKind, ValueKind};
use crate::openapi::reference::address;
use crate::openapi::survey::Survey;
use crate::source::{Node, Value};

/// The key that says where a response or parameter is defined, if the spec refers to it: `common#BadRequest`. No file has
/// this key, since the checks refuse extensions that they don't know.
pub(crate) const COMPONENT: &str = "x-component";

/// The keys of a document that are taken from `openapi.yaml` alone.
const OF_THE_SERVICE: &[&str] = &[
    "openapi",
    "info",
    "servers",
    "security",
    "tags",
    "externalDocs",
    "x-hand-written",
    "x-client-settings",
];

/// What becomes of each `allOf`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AllOf {
    /// It stays as it was written.
    Written,
    /// It becomes the schema that it amounts to.
    Joined,
}

/// Writes the document of a service that has passed every check.
pub(super) struct Merging<'s, 'a> {
    pub(super) survey: &'s Survey<'a>,
    pub(super) all_of: AllOf,
}

impl<'a> Merging<'_, 'a> {
    /// `root` is the root of the service's `openapi.yaml`.
    pub(super) fn document<T: Target>(&self, root: &'a Node) -> T {
        let key = |name: &str| Cow::Owned(root.made_text(name));
        let made = |entries| T::mapping(root, entries);
        let of_the_service = OF_THE_SERVICE.iter().filter_map(|key| root.entry(key));
        let mut members: Vec<Entry<'_, T>> =
            of_the_service.map(|(key, value)| (Cow::Borrowed(key), T::copy(value))).collect();
        members.push((key("paths"), made(self.paths())));
        let schemas = (key("schemas"), made(self.schemas()));
        let schemes = root.get("components").and_then(|components| components.entry("securitySchemes"));
        let schemes = schemes.map(|(key, schemes)| (Cow::Borrowed(key), T::copy(schemes)));
        let components = [schemas].into_iter().chain(schemes).collect();
        members.push((key("components"), made(components)));
        made(members)
    }

    /// The paths of all groups. Several groups can have the same path with different methods.
    fn paths<T: Target>(&self) -> Vec<Entry<'a, T>> {
        let mut paths: Vec<(&Node, &Node, Vec<Entry<'_, T>>)> = Vec::new();
        let mut indexes: BTreeMap<&str, usize> = BTreeMap::new();
        let groups = self.survey.files.iter().filter(|file| file.role == FileRole::Group);
        let items = groups.filter_map(|file| file.root.as_ref()?.get("paths")).flat_map(Node::entries);
        for (path, item) in items {
            let operations = self.operations(item);
            let index = *indexes.entry(path.text().unwrap_or_default()).or_insert(paths.len());
            match paths.get_mut(index) {
                Some((_, _, known)) => known.extend(operations),
                None => paths.push((path, item, operations)),
            }
        }
        let paths = paths.into_iter();
        paths.map(|(path, item, operations)| (Cow::Borrowed(path), T::mapping(item, operations))).collect()
    }

    /// The operations of a path, each with all of its parameters, and with the servers of the path if it has none.
    fn operations<T: Target>(&self, item: &'a Node) -> Vec<Entry<'a, T>> {
        let operations = item.entries().iter().filter(|(key, _)| key.text().is_some_and(is_method));
        operations.map(|(key, operation)| (Cow::Borrowed(key), self.operation(item, operation))).collect()
    }

    /// The parameters of the path come before those of the operation.
    fn operation<T: Target>(&self, item: &'a Node, operation: &'a Node) -> T {
        let mut members: Vec<Entry<'_, T>> = self.members(operation, ObjectKind::Operation).collect();
        let listed = |holder: &'a Node| holder.get("parameters").map(Node::items).unwrap_or_default();
        let shared = listed(item);
        if !shared.is_empty() {
            let all = shared.iter().chain(listed(operation));
            let all = all.map(|parameter| self.whole(parameter, ObjectKind::Parameter)).collect();
            let all = T::list(operation, all);
            match members.iter_mut().find(|(key, _)| key.text() == Some("parameters")) {
                Some((_, own)) => *own = all,
                None => members.push((Cow::Owned(operation.made_text("parameters")), all)),
            }
        }
        if let Some((key, servers)) = item.entry("servers").filter(|_| operation.get("servers").is_none()) {
            members.push((Cow::Borrowed(key), T::copy(servers)));
        }
        T::mapping(operation, members)
    }

    fn schemas<T: Target>(&self) -> Vec<Entry<'a, T>> {
        let of_all_files =
            self.survey.files.iter().filter_map(|file| file.root.as_ref()?.get("components")?.get("schemas"));
        of_all_files
            .flat_map(Node::entries)
            .map(|(name, schema)| (Cow::Borrowed(name), self.whole(schema, ObjectKind::Schema)))
            .collect()
    }

    /// The object without references, except those to schemas. In the place of each reference stands the object that it
    /// leads to.
    fn whole<T: Target>(&self, node: &'a Node, kind: ObjectKind) -> T {
        let joined = self.survey.joined(node).filter(|_| self.all_of == AllOf::Joined);
        let node = joined.map_or(node, |joined| &joined.node);
        if let Some((_, _, name)) = address(node).filter(|_| kind == ObjectKind::Schema) {
            return reference(node, name);
        }
        let is_shown = [ObjectKind::Response, ObjectKind::Parameter].contains(&kind);
        let component = Some(node).filter(|_| is_shown).and_then(|node| self.survey.address_of(node));
        let component = component.map(|(file, _, name)| {
            (Cow::Owned(node.made_text(COMPONENT)), T::text(node, &format!("{}#{name}", stem(file))))
        });
        let is_referable = kind != ObjectKind::Schema && kind.grammar().is_referable;
        let node = if is_referable { self.survey.resolve(node).unwrap_or(node) } else { node };
        match node.is_mapping() {
            true => T::mapping(node, self.members(node, kind).chain(component)),
            false => T::copy(node),
        }
    }

    /// The members of an object that is no reference.
    fn members<T: Target>(&self, node: &'a Node, kind: ObjectKind) -> impl Iterator<Item = Entry<'a, T>> {
        let grammar = kind.grammar();
        node.entries().iter().filter_map(move |(key, value)| {
            let name = key.text().unwrap_or_default();
            let rule = grammar.rule(name);
            if rule.is_some_and(|rule| is_unused(kind, rule)) {
                return None;
            }
            let value_kind = rule.map(|rule| rule.value).or_else(|| grammar.value_of_other(name));
            let value = match value_kind {
                _ if kind == ObjectKind::Discriminator => without_files(value),
                Some(value_kind) => self.whole_value(value, value_kind),
                None => T::copy(value),
            };
            Some((Cow::Borrowed(key), value))
        })
    }

    fn whole_value<T: Target>(&self, value: &'a Node, value_kind: ValueKind) -> T {
        match (value_kind, &value.value) {
            (ValueKind::One(kind) | ValueKind::FlagOr(kind), Value::Mapping(_)) => self.whole(value, kind),
            (ValueKind::List(kind), Value::Sequence(items)) => {
                T::list(value, items.iter().map(|item| self.whole(item, kind)).collect())
            }
            (ValueKind::Map(kind), Value::Mapping(entries)) => {
                let entries = entries.iter();
                T::mapping(value, entries.map(|(key, item)| (Cow::Borrowed(key), self.whole(item, kind))))
            }
            _ => T::copy(value),
        }
    }
}

/// Whether the key is that of links or callbacks, of which nothing is generated. Nothing else tells what they refer to, so
/// the references in them could lead nowhere.
fn is_unused(kind: ObjectKind, rule: &KeyRule) -> bool {
    kind != ObjectKind::Schema && rule.is_tolerated
}

/// The texts of a mapping of a discriminator, each leading to a schema within the one document.
fn without_files<T: Target>(mapping: &Node) -> T {
    let within = |target: &Node| match target.text().and_then(|text| text.split_once('#')) {
        Some((_, place)) => T::text(target, &format!("#{place}")),
        None => T::copy(target),
    };
    match &mapping.value {
        Value::Mapping(entries) => {
            let entries = entries.iter().map(|(text, target)| (Cow::Borrowed(text), within(target)));
            T::mapping(mapping, entries)
        }
        _ => T::copy(mapping),
    }
}

/// The reference to a schema as it is within the one document.
fn reference<T: Target>(node: &Node, name: &str) -> T {
    let entries = node.entries().iter().map(|(key, value)| {
        let value = match key.text() {
            Some("$ref") => T::text(value, &format!("#/components/schemas/{name}")),
            _ => T::copy(value),
        };
        (Cow::Borrowed(key), value)
    });
    T::mapping(node, entries)
}
