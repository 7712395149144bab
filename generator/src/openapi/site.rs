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
            let kind = ObjectKind::Document;
            walk.visit(Site { file, kind, node, via: "", key: None, parent: None });
        }
    }
    walk.sites
}

struct Walk<'a> {
    sites: Vec<Site<'a>>,
}

impl<'a> Walk<'a> {
    fn visit(&mut self, site: Site<'a>) {
        let (file, node, grammar) = (site.file, site.node, site.kind.grammar());
        let is_reference = site.reference().is_some();
        let parent = Some(self.sites.len());
        self.sites.push(site);
        if is_reference {
            return;
        }
        for (key, value) in node.entries() {
            let name = key.text().unwrap_or_default();
            let found = match (grammar.rule(name), grammar.others) {
                (Some(rule), _) => Some((rule.key, None, rule.value)),
                (None, Some(value_kind)) if !is_extension(name) => Some(("", Some(key), value_kind)),
                _ => None,
            };
            if let Some((via, key, value_kind)) = found {
                self.visit_value(file, value, via, key, value_kind, parent);
            }
        }
    }

    fn visit_value(
        &mut self,
        file: &'a SpecFile,
        node: &'a Node,
        via: &'static str,
        key: Option<&'a Node>,
        value_kind: ValueKind,
        parent: Option<usize>,
    ) {
        match value_kind {
            ValueKind::One(kind) => self.visit(Site { file, kind, node, via, key, parent }),
            ValueKind::FlagOr(kind) if node.is_mapping() => {
                self.visit(Site { file, kind, node, via, key, parent });
            }
            ValueKind::List(kind) => {
                for node in node.items() {
                    self.visit(Site { file, kind, node, via, key, parent });
                }
            }
            ValueKind::Map(kind) => {
                for (key, node) in node.entries() {
                    self.visit(Site { file, kind, node, via, key: Some(key), parent });
                }
            }
            _ => {}
        }
    }
}
