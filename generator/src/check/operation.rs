//! The operations of a service, with what they refer to at hand.

use super::shape::{Kind, METHODS};
use super::survey::{File, Survey};
use crate::source::Node;

/// One operation.
#[derive(Debug)]
pub(crate) struct Operation<'a> {
    pub(crate) file: &'a File,
    /// The key of the path, its template.
    pub(crate) path: &'a Node,
    /// The key of the operation: `get`.
    pub(crate) method: &'a Node,
    pub(crate) node: &'a Node,
    /// The parameters of the path, then those of the operation.
    pub(crate) parameters: Vec<Parameter<'a>>,
    /// Whether every reference to a parameter leads to one.
    pub(crate) has_all_parameters: bool,
    pub(crate) body: Option<&'a Node>,
    /// The key of each response, and the response.
    pub(crate) responses: Vec<(&'a Node, &'a Node)>,
}

/// One parameter of an operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameter<'a> {
    /// Where the operation lists it: itself, or a reference to it.
    pub(crate) listed: &'a Node,
    pub(crate) node: &'a Node,
}

impl<'a> Parameter<'a> {
    pub(crate) fn name(&self) -> &'a str {
        self.node.text_of("name").unwrap_or_default()
    }

    /// `path`, `query` or `header`.
    pub(crate) fn place(&self) -> &'a str {
        self.node.text_of("in").unwrap_or_default()
    }
}

impl<'a> Operation<'a> {
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
pub(super) fn list<'a>(survey: &Survey<'a>) -> Vec<Operation<'a>> {
    let mut operations = Vec::new();
    for site in survey.of_kind(Kind::PathItem) {
        let Some(path) = site.key else { continue };
        let shared = site.node.get("parameters").map(Node::items).unwrap_or_default();
        for (method, node) in site.node.entries() {
            if node.is_mapping() && method.text().is_some_and(|method| METHODS.contains(&method)) {
                operations.push(read(survey, site.file, path, method, node, shared));
            }
        }
    }
    operations
}

fn read<'a>(
    survey: &Survey<'a>,
    file: &'a File,
    path: &'a Node,
    method: &'a Node,
    node: &'a Node,
    shared: &'a [Node],
) -> Operation<'a> {
    let own = node.get("parameters").map(Node::items).unwrap_or_default();
    let listed: Vec<&Node> = shared.iter().chain(own).collect();
    let parameters: Vec<Parameter<'_>> = listed
        .iter()
        .filter_map(|listed| Some(Parameter { listed, node: survey.resolve(listed)? }))
        .collect();
    let responses = node.get("responses").map(Node::entries).unwrap_or_default();
    Operation {
        file,
        path,
        method,
        node,
        has_all_parameters: parameters.len() == listed.len(),
        parameters,
        body: node.get("requestBody").and_then(|body| survey.resolve(body)),
        responses: responses
            .iter()
            .filter(|(status, _)| !status.text().unwrap_or_default().starts_with("x-"))
            .filter_map(|(status, response)| Some((status, survey.resolve(response)?)))
            .collect(),
    }
}
