//! The operations of a service, each with the parameters, body and responses that it refers to.

use super::file::SpecFile;
use super::grammar::is_method;
use super::kind::{ObjectKind, is_extension};
use super::reference::Definitions;
use super::site::Site;
use crate::source::Node;

/// One operation.
#[derive(Debug)]
pub(crate) struct ResolvedOperation<'a> {
    pub(crate) file: &'a SpecFile,
    /// The key of the path, its template.
    pub(crate) path: &'a Node,
    /// The key of the operation: `get`.
    pub(crate) method: &'a Node,
    pub(crate) node: &'a Node,
    /// The parameters of the path, then those of the operation.
    pub(crate) parameters: Vec<ResolvedParameter<'a>>,
    /// Whether every reference to a parameter leads to a parameter.
    pub(crate) has_all_parameters: bool,
    pub(crate) body: Option<&'a Node>,
    /// The key of each response, and the response.
    pub(crate) responses: Vec<(&'a Node, &'a Node)>,
}

/// One parameter of an operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ResolvedParameter<'a> {
    /// What the operation lists: the parameter, or a reference to it.
    pub(crate) listed: &'a Node,
    pub(crate) node: &'a Node,
}

impl<'a> ResolvedParameter<'a> {
    pub(crate) fn name(&self) -> &'a str {
        self.node.text_of("name").unwrap_or_default()
    }

    /// `path`, `query` or `header`.
    pub(crate) fn location(&self) -> &'a str {
        self.node.text_of("in").unwrap_or_default()
    }
}

impl<'a> ResolvedOperation<'a> {
    /// The operationId, if there is one.
    pub(crate) fn id(&self) -> Option<&'a Node> {
        self.node.get("operationId").filter(|id| id.text().is_some())
    }

    /// The operation in messages: its id, or method and path.
    pub(crate) fn label(&self) -> String {
        match self.id().and_then(Node::text) {
            Some(id) => format!("`{id}`"),
            None => {
                let method = self.method.text().unwrap_or_default().to_uppercase();
                format!("`{method} {}`", self.path.text().unwrap_or_default())
            }
        }
    }
}

/// All operations, in the order of the files and of their lines.
pub(super) fn list<'a>(sites: &[Site<'a>], definitions: &Definitions<'a>) -> Vec<ResolvedOperation<'a>> {
    let mut operations = Vec::new();
    let is_path_item = |site: &&Site<'_>| site.kind == ObjectKind::PathItem && site.reference().is_none();
    for site in sites.iter().filter(is_path_item) {
        let Some(path) = site.key else { continue };
        let shared = site.node.get("parameters").map(Node::items).unwrap_or_default();
        for (method, node) in site.node.entries() {
            if node.is_mapping() && method.text().is_some_and(is_method) {
                operations.push(read(definitions, site.file, path, method, node, shared));
            }
        }
    }
    operations
}

fn read<'a>(
    definitions: &Definitions<'a>,
    file: &'a SpecFile,
    path: &'a Node,
    method: &'a Node,
    node: &'a Node,
    shared: &'a [Node],
) -> ResolvedOperation<'a> {
    let own = node.get("parameters").map(Node::items).unwrap_or_default();
    let listed: Vec<&Node> = shared.iter().chain(own).collect();
    let parameters: Vec<ResolvedParameter<'_>> = listed
        .iter()
        .filter_map(|listed| Some(ResolvedParameter { listed, node: definitions.resolve(listed)? }))
        .collect();
    let responses = node.get("responses").map(Node::entries).unwrap_or_default();
    ResolvedOperation {
        file,
        path,
        method,
        node,
        has_all_parameters: parameters.len() == listed.len(),
        parameters,
        body: node.get("requestBody").and_then(|body| definitions.resolve(body)),
        responses: responses
            .iter()
            .filter(|(status, _)| !status.text().is_some_and(is_extension))
            .filter_map(|(status, response)| Some((status, definitions.resolve(response)?)))
            .collect(),
    }
}
