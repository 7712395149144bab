//! Makes one document of the files of a service. Every node keeps the location where it was written.

use crate::openapi::file::{FileRole, stem};
use crate::openapi::grammar::is_method;
use crate::openapi::kind::{ObjectKind, ValueKind};
use crate::openapi::reference::address;
use crate::openapi::survey::Survey;
use crate::source::{Node, Value};

/// The member of a response that stands for a reference: `common#BadRequest`. No file can have it, since the checks
/// refuse extensions that they don't know.
pub(crate) const COMPONENT: &str = "x-component";

/// The keys of a document that are taken from `openapi.yaml` alone.
const OF_THE_SERVICE: &[&str] =
    &["openapi", "info", "servers", "security", "tags", "externalDocs", "x-hand-written"];

/// The document of a service that has passed every check. `root` is the root of its `openapi.yaml`.
pub(super) fn merge<'a>(survey: &Survey<'a>, root: &'a Node) -> Node {
    let mut members: Vec<(Node, Node)> =
        OF_THE_SERVICE.iter().filter_map(|key| root.entry(key)).cloned().collect();
    let key = |name: &str| root.made_from(Value::String(name.to_owned()));
    members.push((key("paths"), root.made_from(Value::Mapping(paths(survey)))));
    let schemas = (key("schemas"), root.made_from(Value::Mapping(schemas(survey))));
    let schemes = root.get("components").and_then(|components| components.entry("securitySchemes")).cloned();
    let components = [schemas].into_iter().chain(schemes).collect();
    members.push((key("components"), root.made_from(Value::Mapping(components))));
    root.made_from(Value::Mapping(members))
}

/// The paths of all groups. Several groups can have the same path with different methods.
fn paths(survey: &Survey<'_>) -> Vec<(Node, Node)> {
    let mut paths: Vec<(Node, Node)> = Vec::new();
    for root in
        survey.files.iter().filter(|file| file.role == FileRole::Group).filter_map(|file| file.root.as_ref())
    {
        for (path, item) in root.get("paths").map(Node::entries).unwrap_or_default() {
            let item = path_item(survey, item);
            let known = paths.iter_mut().find(|(known, _)| known.text() == path.text());
            match known.map(|(_, known)| &mut known.value) {
                Some(Value::Mapping(members)) => members.extend(item.entries().iter().cloned()),
                _ => paths.push((path.clone(), item)),
            }
        }
    }
    paths
}

/// The operations of a path, each with all of its parameters.
fn path_item<'a>(survey: &Survey<'a>, item: &'a Node) -> Node {
    let shared: Vec<Node> = match item.get("parameters") {
        Some(list) => {
            list.items().iter().map(|parameter| whole(survey, parameter, ObjectKind::Parameter)).collect()
        }
        None => Vec::new(),
    };
    let operations = item.entries().iter().filter(|(key, _)| key.text().is_some_and(is_method));
    let members = operations.map(|(key, operation)| {
        let mut operation = whole(survey, operation, ObjectKind::Operation);
        if !shared.is_empty() {
            add_parameters(&mut operation, &shared);
        }
        (key.clone(), operation)
    });
    let members = members.collect();
    item.made_from(Value::Mapping(members))
}

/// Puts the parameters of the path before those of the operation.
fn add_parameters(operation: &mut Node, shared: &[Node]) {
    let at = operation.clone();
    let Value::Mapping(members) = &mut operation.value else { return };
    let own = members.iter_mut().find(|(key, _)| key.text() == Some("parameters"));
    if let Some((_, Node { value: Value::Sequence(own), .. })) = own {
        own.splice(0..0, shared.iter().cloned());
    } else {
        let key = at.made_from(Value::String("parameters".to_owned()));
        members.push((key, at.made_from(Value::Sequence(shared.to_vec()))));
    }
}

fn schemas(survey: &Survey<'_>) -> Vec<(Node, Node)> {
    let of_all_files =
        survey.files.iter().filter_map(|file| file.root.as_ref()?.get("components")?.get("schemas"));
    of_all_files
        .flat_map(Node::entries)
        .map(|(name, schema)| (name.clone(), whole(survey, schema, ObjectKind::Schema)))
        .collect()
}

/// The object without references, except those to schemas: what they lead to is written out in their place.
fn whole<'a>(survey: &Survey<'a>, node: &'a Node, kind: ObjectKind) -> Node {
    if let Some((_, _, name)) = address(node).filter(|_| kind == ObjectKind::Schema) {
        return reference(node, name);
    }
    let component = address(node).filter(|_| [ObjectKind::Response, ObjectKind::Parameter].contains(&kind));
    let component = component.map(|(file, _, name)| {
        let text = |text: String| node.made_from(Value::String(text));
        (text(COMPONENT.to_owned()), text(format!("{}#{name}", stem(file))))
    });
    let node = if kind.grammar().is_referable { survey.resolve(node).unwrap_or(node) } else { node };
    let members = node.entries().iter().map(|(key, value)| {
        let value_kind = kind.grammar().value_of(key.text().unwrap_or_default());
        (key.clone(), value_kind.map_or_else(|| value.clone(), |kind| whole_value(survey, value, kind)))
    });
    let members = members.chain(component);
    let mut result = node.clone();
    if node.is_mapping() {
        result.value = Value::Mapping(members.collect());
    }
    result
}

fn whole_value<'a>(survey: &Survey<'a>, value: &'a Node, value_kind: ValueKind) -> Node {
    let mut result = value.clone();
    match (value_kind, &value.value) {
        (ValueKind::One(kind) | ValueKind::FlagOr(kind), Value::Mapping(_)) => {
            return whole(survey, value, kind);
        }
        (ValueKind::List(kind), Value::Sequence(items)) => {
            result.value = Value::Sequence(items.iter().map(|item| whole(survey, item, kind)).collect());
        }
        (ValueKind::Map(kind), Value::Mapping(entries)) => {
            let entries = entries.iter().map(|(key, item)| (key.clone(), whole(survey, item, kind)));
            result.value = Value::Mapping(entries.collect());
        }
        _ => {}
    }
    result
}

/// The reference to a schema as it is within the one document.
fn reference(node: &Node, name: &str) -> Node {
    let mut result = node.clone();
    if let Value::Mapping(entries) = &mut result.value {
        for (_, target) in entries.iter_mut() {
            target.value = Value::String(format!("#/components/schemas/{name}"));
        }
    }
    result
}
