//! Splits the document into `openapi.yaml`, a file for each group, and `common.yaml` with what several groups use.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::edit::visit;
use crate::openapi::extension::IMPORTED;
use crate::openapi::kind::ObjectKind;
use crate::openapi::reference::sections;
use crate::source::Node;

const SERVICE: &str = "openapi.yaml";
const COMMON: &str = "common.yaml";
const SCHEMES: &str = "securitySchemes";

/// The files of a service by their names.
pub(super) type Files = BTreeMap<String, Node>;

/// The section and the name of a component.
type Component = (String, String);

pub(super) fn split(document: &Node) -> Files {
    let mut files = Files::from([(SERVICE.to_owned(), service_file(document))]);
    let groups = groups(document);
    let components = components(document);
    let homes = homes(&groups, &components);
    for (group, paths) in groups {
        let file = format!("{group}.yaml");
        let mut root = frame(document, &format!("{}: {group}", title(document)));
        root.set("paths", paths);
        files.insert(file, root);
    }
    for (component, node) in &components {
        let Some(home) = homes.get(component) else { continue };
        let root = files
            .entry(home.clone())
            .or_insert_with(|| frame(document, &format!("{}: what several groups share", title(document))));
        put(root, component, node);
    }
    for (name, root) in files.iter_mut().filter(|(name, _)| *name != SERVICE) {
        refer(name, root, &homes);
        refer_to_schemes(root);
    }
    files
}

fn title(document: &Node) -> &str {
    document.get("info").and_then(|info| info.text_of("title")).unwrap_or_default()
}

/// A file without operations.
fn frame(document: &Node, title: &str) -> Node {
    let version = document.get("info").and_then(|info| info.text_of("version")).unwrap_or_default();
    let info = json!({"title": title, "version": version});
    document.made_from_json(&json!({"openapi": "3.0.3", "info": info, "paths": {}}))
}

fn service_file(document: &Node) -> Node {
    let mut root = document.made_from_json(&json!({"openapi": "3.0.3"}));
    let mut copy = |key: &str| {
        if let Some(node) = document.get(key) {
            root.set(key, node.clone());
        }
    };
    copy("info");
    copy("externalDocs");
    copy("servers");
    copy("security");
    copy("tags");
    root.set_json(IMPORTED, &json!(true));
    if let Some(schemes) = document.get("components").and_then(|components| components.get(SCHEMES)) {
        root.set_json("components", &json!({}));
        if let Some(components) = root.get_mut("components") {
            components.set(SCHEMES, schemes.clone());
        }
    }
    root.set_json("paths", &json!({}));
    root
}

/// The paths of each group. A path whose operations belong to several groups stands in the file of each.
fn groups(document: &Node) -> Vec<(String, Node)> {
    let mut groups: Vec<(String, Node)> = Vec::new();
    let mut index: BTreeMap<String, usize> = BTreeMap::new();
    for (path, item) in document.get("paths").map(Node::entries).unwrap_or_default() {
        let group_of = |operation: &Node| Some(operation.get("tags")?.items().first()?.text()?.to_owned());
        let of_path: BTreeSet<String> =
            item.entries().iter().filter_map(|(_, operation)| group_of(operation)).collect();
        for group in of_path {
            let mut own = item.clone();
            if let Some(entries) = own.entries_mut() {
                entries.retain(|(_, operation)| group_of(operation).is_none_or(|of| of == group));
            }
            let position = *index.entry(group.clone()).or_insert_with(|| {
                groups.push((group, document.made_from_json(&json!({}))));
                groups.len() - 1
            });
            if let Some((_, paths)) = groups.get_mut(position) {
                paths.set(path.text().unwrap_or_default(), own);
            }
        }
    }
    groups
}

fn components(document: &Node) -> Vec<(Component, Node)> {
    let mut found = Vec::new();
    for section in sections().filter(|section| *section != SCHEMES) {
        let of_section = document.get("components").and_then(|components| components.get(section));
        for (name, node) in of_section.map(Node::entries).unwrap_or_default() {
            found.push(((section.to_owned(), name.text().unwrap_or_default().to_owned()), node.clone()));
        }
    }
    found
}

/// The file of each component: that of the only group that uses it, or `common.yaml`. One that nothing uses has none.
fn homes(groups: &[(String, Node)], components: &[(Component, Node)]) -> BTreeMap<Component, String> {
    let inside: BTreeMap<&Component, Vec<Component>> =
        components.iter().map(|(component, node)| (component, references(node))).collect();
    let mut homes: BTreeMap<Component, String> = BTreeMap::new();
    for (group, paths) in groups {
        let mut seen = BTreeSet::new();
        let mut open = references(paths);
        while let Some(component) = open.pop() {
            let Some(inner) = inside.get(&component).filter(|_| seen.insert(component.clone())) else {
                continue;
            };
            open.extend(inner.iter().cloned());
            let home = homes.entry(component).or_insert_with(|| format!("{group}.yaml"));
            if *home != format!("{group}.yaml") {
                COMMON.clone_into(home);
            }
        }
    }
    homes
}

/// The components that a part of the document refers to. Examples may hold what looks like a reference; it does no harm.
fn references(node: &Node) -> Vec<Component> {
    let mut found = Vec::new();
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        found.extend(node.text_of("$ref").and_then(component));
        let mapping = node.get("discriminator").and_then(|discriminator| discriminator.get("mapping"));
        let targets = mapping.map(Node::entries).unwrap_or_default().iter();
        found.extend(targets.filter_map(|(_, target)| component(target.text()?)));
        open.extend(node.items());
        open.extend(node.entries().iter().map(|(_, value)| value));
    }
    found
}

fn component(reference: &str) -> Option<Component> {
    let (section, name) = reference.strip_prefix("#/components/")?.split_once('/')?;
    Some((section.to_owned(), name.to_owned()))
}

fn put(root: &mut Node, (section, name): &Component, node: &Node) {
    root.set_if_absent("components", &json!({}));
    let Some(components) = root.get_mut("components") else { return };
    components.set_if_absent(section, &json!({}));
    if let Some(section) = components.get_mut(section) {
        section.set(name, node.clone());
    }
}

/// Names the file in each reference to another file.
fn refer(file: &str, root: &mut Node, homes: &BTreeMap<Component, String>) {
    let target = |reference: &str| {
        let home = homes.get(&component(reference)?).filter(|home| *home != file)?;
        Some(format!("{home}{reference}"))
    };
    visit(ObjectKind::Document, root, &mut |_, node| {
        if let Some(moved) = node.text_of("$ref").and_then(target) {
            node.set_json("$ref", &json!(moved));
        }
        let mapping =
            node.get_mut("discriminator").and_then(|discriminator| discriminator.get_mut("mapping"));
        for (_, value) in mapping.and_then(Node::entries_mut).into_iter().flatten() {
            if let Some(moved) = value.text().and_then(target) {
                *value = value.made_text(&moved);
            }
        }
    });
}

/// A file refers to the security schemes that its operations name.
fn refer_to_schemes(root: &mut Node) {
    let mut named = BTreeSet::new();
    visit(ObjectKind::Document, root, &mut |kind, node| {
        if kind == ObjectKind::SecurityRequirement {
            named.extend(node.entries().iter().filter_map(|(name, _)| name.text().map(str::to_owned)));
        }
    });
    for name in named {
        let reference = json!({"$ref": format!("{SERVICE}#/components/{SCHEMES}/{name}")});
        let reference = root.made_from_json(&reference);
        put(root, &(SCHEMES.to_owned(), name), &reference);
    }
}
