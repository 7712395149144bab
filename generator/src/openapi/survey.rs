//! The objects, components and operations in the files of a service.

use std::collections::BTreeSet;

use super::extension::IMPORTED;
use super::file::SpecFile;
use super::join::{Joined, JoinedSchema};
use super::kind::ObjectKind;
use super::nesting::Nesting;
use super::operation::{self, ResolvedOperation};
use super::reference::{Address, Definitions};
use super::service::Service;
use super::site::{self, Site};
use crate::fault::Fault;
use crate::source::Node;

/// All that was found in the files of a service.
#[derive(Debug)]
pub(crate) struct Survey<'a> {
    pub(crate) service: &'a str,
    pub(crate) files: &'a [SpecFile],
    /// Every object of OpenAPI, in the order of the files and, in a file, of its lines.
    pub(crate) sites: Vec<Site<'a>>,
    /// In the same order.
    pub(crate) operations: Vec<ResolvedOperation<'a>>,
    definitions: Definitions<'a>,
    pub(crate) nesting: &'a Nesting,
    joined: &'a Joined,
    /// The files that have an object with an unknown key, each with the kind of the object.
    misspelt: BTreeSet<(&'a str, ObjectKind)>,
    /// Whether the files may hold objects that the survey doesn't find.
    hides_objects: bool,
    /// Whether a reference leads nowhere.
    has_broken_reference: bool,
}

impl<'a> Survey<'a> {
    pub(crate) fn new(name: &'a str, service: &'a Service) -> Self {
        let Service { files, nesting, joined } = service;
        let sites = site::list(files);
        let definitions = Definitions::new(files);
        let operations = operation::list(&sites, &definitions);
        let misspelt = sites.iter().filter(|site| site.has_unknown_key);
        let misspelt = misspelt.map(|site| (site.file.name.as_str(), site.kind)).collect();
        let hides_objects =
            files.iter().any(|file| file.root.is_none()) || sites.iter().any(|site| site.hides_objects);
        let is_broken =
            |site: &Site<'a>| site.reference().is_some() && definitions.resolve(site.node).is_none();
        let has_broken_reference = sites.iter().any(is_broken);
        Self {
            service: name,
            files,
            sites,
            operations,
            definitions,
            nesting,
            joined,
            misspelt,
            hides_objects,
            has_broken_reference,
        }
    }

    /// Whether a file has an object of this kind with an unknown key. Another check reports the key; what seems to be
    /// missing may stand under it.
    pub(crate) fn is_misspelt(&self, file: &str, kind: ObjectKind) -> bool {
        self.misspelt.iter().any(|known| *known == (file, kind))
    }

    /// Whether a section of the components of a file may stand under a key that is misspelt.
    pub(crate) fn has_misspelt_section(&self, file: &str, section: &str) -> bool {
        let root = self.file(file).and_then(|file| file.root.as_ref());
        let components = root.and_then(|root| root.get("components"));
        match components {
            None => self.is_misspelt(file, ObjectKind::Document),
            Some(components) => {
                components.get(section).is_none() && self.is_misspelt(file, ObjectKind::Components)
            }
        }
    }

    /// Whether an operation or component of any file, or a reference to one, may stand under a key that is misspelt, in a
    /// value of the wrong type, or in a file that can't be read.
    pub(crate) fn is_incomplete(&self) -> bool {
        const STRUCTURE: &[ObjectKind] =
            &[ObjectKind::Document, ObjectKind::Components, ObjectKind::PathItem, ObjectKind::Operation];
        self.hides_objects || self.misspelt.iter().any(|(_, kind)| STRUCTURE.contains(kind))
    }

    /// Whether everything is known that is defined and referred to: what seems to be missing or unused is so.
    pub(crate) fn is_whole(&self) -> bool {
        !self.is_incomplete() && !self.has_broken_reference
    }

    /// All objects of a kind that are written out, not referred to.
    pub(crate) fn of_kind(&self, kind: ObjectKind) -> impl Iterator<Item = &Site<'a>> {
        self.sites
            .iter()
            .filter(move |site| site.kind == kind && site.reference().is_none() && site.node.is_mapping())
    }

    /// The object around another.
    pub(crate) fn around(&self, site: &Site<'a>) -> Option<&Site<'a>> {
        self.sites.get(site.parent?)
    }

    /// All components of a section, over all files: file, name, definition.
    pub(crate) fn defined(&self, section: &str) -> impl Iterator<Item = (&'a str, &'a str, &'a Node)> {
        self.definitions.section(section)
    }

    /// The component at an address.
    pub(crate) fn definition(&self, address: Address<'_>) -> Option<&'a Node> {
        self.definitions.get(address)
    }

    /// What stands for a schema with an `allOf`; `None` for other schemas.
    pub(crate) fn joined(&self, schema: &Node) -> Option<&'a JoinedSchema> {
        self.joined.get(schema)
    }

    /// The faults of each `allOf` that can't be joined.
    pub(crate) fn faults_of_joining(&self) -> &'a [Fault] {
        &self.joined.faults
    }

    /// Whether the service is imported, and not yet curated.
    pub(crate) fn is_imported(&self) -> bool {
        let root = self.file("openapi.yaml").and_then(|file| file.root.as_ref());
        root.is_some_and(|root| root.is_true(IMPORTED))
    }

    /// The file with this name, such as `oauth.yaml`.
    pub(crate) fn file(&self, name: &str) -> Option<&'a SpecFile> {
        self.files.iter().find(|file| file.name == name)
    }

    /// The component that a reference leads to in the end; `None` for an object that is written out.
    pub(crate) fn address_of(&self, node: &'a Node) -> Option<Address<'a>> {
        self.definitions.address_of(node)
    }

    /// The object itself, or the object that it refers to, directly or through other references; `None` if that isn't
    /// defined.
    pub(crate) fn resolve(&self, node: &'a Node) -> Option<&'a Node> {
        self.definitions.resolve(node)
    }
}
