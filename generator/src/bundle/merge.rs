//! Makes one document of the files of a service. Every node keeps the location where it was written.

use std::collections::BTreeMap;

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
    pub(super) fn document(&self, root: &'a Node) -> Node {
        let mut members: Vec<(Node, Node)> =
            OF_THE_SERVICE.iter().filter_map(|key| root.entry(key)).cloned().collect();
        let key = |name: &str| root.made_from(Value::String(name.into()));
        members.push((key("paths"), root.made_from(Value::Mapping(self.paths()))));
        let schemas = (key("schemas"), root.made_from(Value::Mapping(self.schemas())));
        let schemes =
            root.get("components").and_then(|components| components.entry("securitySchemes")).cloned();
        let components = [schemas].into_iter().chain(schemes).collect();
        members.push((key("components"), root.made_from(Value::Mapping(components))));
        root.made_from(Value::Mapping(members))
    }

    /// The paths of all groups. Several groups can have the same path with different methods.
    fn paths(&self) -> Vec<(Node, Node)> {
        let mut paths: Vec<(Node, Node)> = Vec::new();
        let mut indexes: BTreeMap<&str, usize> = BTreeMap::new();
        let groups = self.survey.files.iter().filter(|file| file.role == FileRole::Group);
        let items = groups.filter_map(|file| file.root.as_ref()?.get("paths")).flat_map(Node::entries);
        for (path, item) in items {
            let item = self.path_item(item);
            let index = *indexes.entry(path.text().unwrap_or_default()).or_insert(paths.len());
            match paths.get_mut(index).map(|(_, known)| &mut known.value) {
                Some(Value::Mapping(members)) => members.extend(item.entries().iter().cloned()),
                _ => paths.push((path.clone(), item)),
            }
        }
        paths
    }

    /// The operations of a path, each with all of its parameters, and with the servers of the path if it has none.
    fn path_item(&self, item: &'a Node) -> Node {
        let shared = item.get("parameters").map(Node::items).unwrap_or_default();
        let shared: Vec<Node> =
            shared.iter().map(|parameter| self.whole(parameter, ObjectKind::Parameter)).collect();
        let servers = item.entry("servers");
        let operations = item.entries().iter().filter(|(key, _)| key.text().is_some_and(is_method));
        let members = operations.map(|(key, operation)| {
            let mut operation = self.whole(operation, ObjectKind::Operation);
            if !shared.is_empty() {
                add_parameters(&mut operation, &shared);
            }
            if let Some(servers) = servers.filter(|_| operation.get("servers").is_none())
                && let Value::Mapping(members) = &mut operation.value
            {
                members.push(servers.clone());
            }
            (key.clone(), operation)
        });
        let members = members.collect();
        item.made_from(Value::Mapping(members))
    }

    fn schemas(&self) -> Vec<(Node, Node)> {
        let of_all_files =
            self.survey.files.iter().filter_map(|file| file.root.as_ref()?.get("components")?.get("schemas"));
        of_all_files
            .flat_map(Node::entries)
            .map(|(name, schema)| (name.clone(), self.whole(schema, ObjectKind::Schema)))
            .collect()
    }

    /// The object without references, except those to schemas. In the place of each reference stands the object that it
    /// leads to.
    fn whole(&self, node: &'a Node, kind: ObjectKind) -> Node {
        let joined = self.survey.joined(node).filter(|_| self.all_of == AllOf::Joined);
        let node = joined.map_or(node, |joined| &joined.node);
        if let Some((_, _, name)) = address(node).filter(|_| kind == ObjectKind::Schema) {
            return reference(node, name);
        }
        let is_shown = [ObjectKind::Response, ObjectKind::Parameter].contains(&kind);
        let component = Some(node).filter(|_| is_shown).and_then(|node| self.survey.address_of(node));
        let component = component.map(|(file, _, name)| {
            let text = |text: String| node.made_from(Value::String(text.into()));
            (text(COMPONENT.to_owned()), text(format!("{}#{name}", stem(file))))
        });
        let is_referable = kind != ObjectKind::Schema && kind.grammar().is_referable;
        let node = if is_referable { self.survey.resolve(node).unwrap_or(node) } else { node };
        let grammar = kind.grammar();
        let members = node.entries().iter().filter_map(|(key, value)| {
            let name = key.text().unwrap_or_default();
            let rule = grammar.rule(name);
            if kind == ObjectKind::Discriminator {
                return Some((key.clone(), without_files(value)));
            }
            if rule.is_some_and(|rule| is_unused(kind, rule)) {
                return None;
            }
            let value_kind = rule.map(|rule| rule.value).or_else(|| grammar.value_of_other(name));
            let value = value_kind.map_or_else(|| value.clone(), |kind| self.whole_value(value, kind));
            Some((key.clone(), value))
        });
        if node.is_mapping() {
            node.with(Value::Mapping(members.chain(component).collect()))
        } else {
            node.clone()
        }
    }

    fn whole_value(&self, value: &'a Node, value_kind: ValueKind) -> Node {
        value.with(match (value_kind, &value.value) {
            (ValueKind::One(kind) | ValueKind::FlagOr(kind), Value::Mapping(_)) => {
                return self.whole(value, kind);
            }
            (ValueKind::List(kind), Value::Sequence(items)) => {
                Value::Sequence(items.iter().map(|item| self.whole(item, kind)).collect())
            }
            (ValueKind::Map(kind), Value::Mapping(entries)) => {
                let entries = entries.iter().map(|(key, item)| (key.clone(), self.whole(item, kind)));
                Value::Mapping(entries.collect())
            }
            (_, value) => value.clone(),
        })
    }
}

/// Whether the key is that of links or callbacks, of which nothing is generated. Nothing else tells what they refer to, so
/// the references in them could lead nowhere.
fn is_unused(kind: ObjectKind, rule: &KeyRule) -> bool {
    kind != ObjectKind::Schema && rule.is_tolerated
}

/// The texts of a mapping of a discriminator, each leading to a schema within the one document.
fn without_files(mapping: &Node) -> Node {
    let within = |target: &Node| match target.text().and_then(|text| text.split_once('#')) {
        Some((_, place)) => target.with(Value::String(format!("#{place}").into())),
        None => target.clone(),
    };
    match &mapping.value {
        Value::Mapping(entries) => {
            let entries = entries.iter().map(|(text, target)| (text.clone(), within(target)));
            mapping.with(Value::Mapping(entries.collect()))
        }
        _ => mapping.clone(),
    }
}

/// Puts the parameters of the path before those of the operation.
fn add_parameters(operation: &mut Node, shared: &[Node]) {
    let at = operation.made_from(Value::Null);
    let Value::Mapping(members) = &mut operation.value else { return };
    let own = members.iter_mut().find(|(key, _)| key.text() == Some("parameters"));
    if let Some((_, Node { value: Value::Sequence(own), .. })) = own {
        own.splice(0..0, shared.iter().cloned());
    } else {
        let key = at.made_text("parameters");
        members.push((key, at.made_from(Value::Sequence(shared.to_vec()))));
    }
}

/// The reference to a schema as it is within the one document.
fn reference(node: &Node, name: &str) -> Node {
    let entries = node.entries().iter().map(|(key, value)| {
        let is_reference = key.text() == Some("$ref");
        let target = || value.with(Value::String(format!("#/components/schemas/{name}").into()));
        (key.clone(), if is_reference { target() } else { value.clone() })
    });
    node.with(Value::Mapping(entries.collect()))
}
