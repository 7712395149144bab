//! One walk over all files of a service, by the table of shapes. The checks then look at what it found, and
//! none of them has to walk again.

use std::collections::BTreeMap;

use super::operation::{self, Operation};
use super::shape::{Form, Kind};
use crate::source::Node;

/// One file of a service.
#[derive(Debug)]
pub(crate) struct File {
    /// As the caller named it: `spec/descope/oauth.yaml`.
    pub(crate) path: String,
    /// `oauth.yaml`.
    pub(crate) name: String,
    pub(crate) role: Role,
    /// `None` if it isn't YAML.
    pub(crate) root: Option<Node>,
}

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// `openapi.yaml`: what holds for the whole service.
    Service,
    /// `common.yaml`: what several groups share.
    Common,
    /// The operations of a group.
    Group,
}

impl File {
    /// `oauth`.
    pub(crate) fn stem(&self) -> &str {
        self.name.strip_suffix(".yaml").unwrap_or(&self.name)
    }
}

/// An object of OpenAPI in one of the files.
#[derive(Debug)]
pub(crate) struct Site<'a> {
    pub(crate) file: &'a File,
    pub(crate) kind: Kind,
    pub(crate) node: &'a Node,
    /// The key of the object around it under which it was found: `properties`, `items`, `schema`.
    pub(crate) via: &'static str,
    /// The key that the author chose, in a map: the name of the property.
    pub(crate) key: Option<&'a Node>,
    /// The object around it, as an index into [`Survey::sites`].
    pub(crate) parent: Option<usize>,
}

impl Site<'_> {
    /// The text of the `$ref` in its place.
    pub(crate) fn reference(&self) -> Option<&Node> {
        self.node.get("$ref").filter(|_| self.kind.shape().is_referable)
    }
}

/// All that was found in the files of a service.
#[derive(Debug)]
pub(crate) struct Survey<'a> {
    pub(crate) service: &'a str,
    pub(crate) files: &'a [File],
    /// Every object of OpenAPI, in the order of the files and, in a file, of its lines.
    pub(crate) sites: Vec<Site<'a>>,
    pub(crate) operations: Vec<Operation<'a>>,
    definitions: BTreeMap<Address<'a>, &'a Node>,
}

/// File name, section of `components`, name.
pub(crate) type Address<'a> = (&'a str, &'a str, &'a str);

impl<'a> Survey<'a> {
    pub(crate) fn new(service: &'a str, files: &'a [File]) -> Self {
        let mut survey =
            Self { service, files, sites: Vec::new(), operations: Vec::new(), definitions: BTreeMap::new() };
        for file in files {
            if let Some(root) = &file.root {
                survey.define(file, root);
                survey.visit(Site {
                    file,
                    kind: Kind::Document,
                    node: root,
                    via: "",
                    key: None,
                    parent: None,
                });
            }
        }
        survey.operations = operation::list(&survey);
        survey
    }

    fn define(&mut self, file: &'a File, root: &'a Node) {
        for (section, definitions) in root.get("components").map(Node::entries).unwrap_or_default() {
            for (name, node) in definitions.entries() {
                if let (Some(section), Some(name)) = (section.text(), name.text()) {
                    self.definitions.insert((&file.name, section, name), node);
                }
            }
        }
    }

    fn visit(&mut self, site: Site<'a>) {
        let (file, node, shape) = (site.file, site.node, site.kind.shape());
        let is_reference = site.reference().is_some();
        let parent = Some(self.sites.len());
        self.sites.push(site);
        if is_reference {
            return;
        }
        for (key, value) in node.entries() {
            let name = key.text().unwrap_or_default();
            let listed = shape.members.iter().find(|(known, ..)| *known == name);
            match (listed, shape.others) {
                (Some((via, form, _)), _) => self.visit_value(file, value, via, None, *form, parent),
                (None, Some(form)) if !name.starts_with("x-") => {
                    self.visit_value(file, value, "", Some(key), form, parent);
                }
                _ => {}
            }
        }
    }

    fn visit_value(
        &mut self,
        file: &'a File,
        node: &'a Node,
        via: &'static str,
        key: Option<&'a Node>,
        form: Form,
        parent: Option<usize>,
    ) {
        match form {
            Form::One(kind) => self.visit(Site { file, kind, node, via, key, parent }),
            Form::FlagOr(kind) if node.is_mapping() => {
                self.visit(Site { file, kind, node, via, key, parent })
            }
            Form::List(kind) => {
                for node in node.items() {
                    self.visit(Site { file, kind, node, via, key, parent });
                }
            }
            Form::Map(kind) => {
                for (key, node) in node.entries() {
                    self.visit(Site { file, kind, node, via, key: Some(key), parent });
                }
            }
            _ => {}
        }
    }

    /// All objects of a kind that are written out, not referred to.
    pub(crate) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Site<'a>> {
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
        self.definitions
            .iter()
            .filter(move |((_, of, _), _)| *of == section)
            .map(|((file, _, name), node)| (*file, *name, *node))
    }

    /// What is defined at an address.
    pub(crate) fn definition(&self, address: Address<'_>) -> Option<&'a Node> {
        self.definitions.get(&address).copied()
    }

    pub(crate) fn file(&self, name: &str) -> Option<&'a File> {
        self.files.iter().find(|file| file.name == name)
    }

    /// The object itself, or what it refers to in the end; nothing where that isn't defined.
    pub(crate) fn resolve(&self, node: &'a Node) -> Option<&'a Node> {
        let mut node = node;
        // Longer chains are cycles, which have a check of their own.
        for _ in 0..32 {
            match address(node) {
                None if node.get("$ref").is_some() => return None,
                None => return Some(node),
                Some(address) => node = self.definition(address)?,
            }
        }
        None
    }
}

/// Where the `$ref` of an object points, if it has one in a form that we know.
pub(crate) fn address(node: &Node) -> Option<Address<'_>> {
    let target = node.text_of("$ref")?;
    let (file, pointer) = target.split_once('#')?;
    let file = if file.is_empty() { file_name(node.file()) } else { file };
    let (section, name) = pointer.strip_prefix("/components/")?.split_once('/')?;
    if name.is_empty() || name.contains(['/', '~', '%']) { None } else { Some((file, section, name)) }
}

/// The last part of a path.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
