//! What the `$ref`s of a service lead to.

use std::collections::HashMap;

use super::file::{SpecFile, file_name};
use super::kind::ObjectKind;
use super::schema::DEEPEST;
use crate::source::Node;

/// Where a component is defined: the name of the file, the section of `components`, and the component's name.
pub(crate) type Address<'a> = (&'a str, &'a str, &'a str);

/// The components of a service.
#[derive(Debug, Default)]
pub(crate) struct Definitions<'a> {
    by_address: HashMap<Address<'a>, &'a Node>,
    /// The addresses in their order.
    addresses: Vec<Address<'a>>,
}

impl<'a> Definitions<'a> {
    /// Finds all components in the files of a service.
    pub(crate) fn new(files: &'a [SpecFile]) -> Self {
        let mut by_address = HashMap::new();
        for file in files {
            let components = file.root.as_ref().and_then(|root| root.get("components"));
            for (section, definitions) in components.map(Node::entries).unwrap_or_default() {
                for (name, node) in definitions.entries() {
                    if let (Some(section), Some(name)) = (section.text(), name.text()) {
                        by_address.insert((file.name.as_str(), section, name), node);
                    }
                }
            }
        }
        let mut addresses: Vec<Address<'a>> = by_address.keys().copied().collect();
        addresses.sort_unstable();
        Self { by_address, addresses }
    }

    /// All components of a section, over all files: file, name, definition.
    pub(crate) fn section(&self, section: &str) -> impl Iterator<Item = (&'a str, &'a str, &'a Node)> {
        let of_section = self.addresses.iter().filter(move |(_, of, _)| *of == section);
        of_section.filter_map(|address| Some((address.0, address.2, self.get(*address)?)))
    }

    /// The component at an address.
    pub(crate) fn get(&self, address: Address<'_>) -> Option<&'a Node> {
        self.by_address.get(&address).copied()
    }

    /// The component that a reference leads to in the end; `None` for an object that is written out.
    pub(crate) fn address_of(&self, node: &'a Node) -> Option<Address<'a>> {
        let (mut node, mut found) = (node, None);
        for _ in 0..=DEEPEST {
            let Some(next) = address(node) else { break };
            found = Some(next);
            node = self.get(next)?;
        }
        found
    }

    /// The object itself, or the object that it refers to, directly or through other references; `None` if that isn't
    /// defined.
    pub(crate) fn resolve(&self, node: &'a Node) -> Option<&'a Node> {
        let mut node = node;
        // Longer chains have a check of their own, and so have cycles.
        for _ in 0..=DEEPEST {
            match address(node) {
                None if node.get("$ref").is_some() || !node.is_mapping() => return None,
                None => return Some(node),
                Some(address) => node = self.get(address)?,
            }
        }
        None
    }
}

/// Where the `$ref` of an object points to, if it has one in a form that the generator supports.
pub(crate) fn address(node: &Node) -> Option<Address<'_>> {
    address_of(node.get("$ref")?)
}

/// Where a `$ref` points to. Without a file's name it points into the file that it is written in.
pub(crate) fn address_of(reference: &Node) -> Option<Address<'_>> {
    let (file, pointer) = reference.text()?.split_once('#')?;
    let file = if file.is_empty() { file_name(reference.file()) } else { file };
    let (section, name) = pointer.strip_prefix("/components/")?.split_once('/')?;
    if name.is_empty() || name.contains(['/', '~', '%']) { None } else { Some((file, section, name)) }
}

/// The kinds of objects that can be defined under `components`, each with its section.
const SECTIONS: &[(ObjectKind, &str)] = &[
    (ObjectKind::Schema, "schemas"),
    (ObjectKind::Response, "responses"),
    (ObjectKind::Parameter, "parameters"),
    (ObjectKind::RequestBody, "requestBodies"),
    (ObjectKind::Header, "headers"),
    (ObjectKind::Example, "examples"),
    (ObjectKind::SecurityScheme, "securitySchemes"),
];

/// The sections of `components` that are supported.
pub(crate) fn sections() -> impl Iterator<Item = &'static str> {
    SECTIONS.iter().map(|(_, section)| *section)
}

/// The section of `components` in which a kind of object is defined.
pub(crate) fn section_of(kind: ObjectKind) -> Option<&'static str> {
    SECTIONS.iter().find(|(known, _)| *known == kind).map(|(_, section)| *section)
}
