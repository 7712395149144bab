//! Reads `differences.yaml` of a service: where its spec differs from the vendor's document, and why.

use std::collections::BTreeMap;

use crate::check::words::suggest;
use crate::fault::Fault;
use crate::input::InputFile;
use crate::openapi::service::DIFFERENCES;
use crate::rules::DRIFTS;
use crate::source::{self, Node};

/// What `differences.yaml` says.
#[derive(Default)]
pub(super) struct Differences {
    /// The beginnings of the paths that belong to the service. If there are none, all paths belong to it that no other
    /// service names.
    pub(super) paths: Vec<String>,
    /// The tables by name, in their order.
    pub(super) tables: Vec<(String, Vec<Row>)>,
}

/// A row of a table.
pub(super) struct Row {
    /// The texts of its columns, by the columns' keys.
    pub(super) cells: BTreeMap<&'static str, String>,
    /// The kind and the pattern of each accepted difference, with the node of the pattern.
    pub(super) accepts: Vec<(String, Node)>,
}

/// The columns of the tables: the key of each, and its heading.
pub(super) const COLUMNS: &[(&str, &str)] = &[
    ("where", "where"),
    ("document", "vendor's document says"),
    ("wire", "the wire says"),
    ("spec", "what the spec does and why"),
];

/// The path of the file of a service.
pub(super) fn path(service: &str) -> String {
    format!("spec/{service}/{DIFFERENCES}")
}

/// What the file of a service says; nothing if there is no such file.
pub(super) fn read(
    inputs: &BTreeMap<String, impl InputFile>,
    service: &str,
    faults: &mut Vec<Fault>,
) -> Differences {
    let path = path(service);
    let Some(Ok(bytes)) = inputs.get(&path).map(InputFile::bytes) else { return Differences::default() };
    let (root, found) = source::read(&path, bytes);
    faults.extend(found);
    let Some(root) = root else { return Differences::default() };
    for (key, value) in root.entries() {
        match key.text() {
            Some("paths") => {}
            Some("tables") if value.is_mapping() => {}
            Some("tables") => {
                faults.push(wrong(value, "`tables` must be a mapping from names to lists of rows"))
            }
            _ => faults.push(wrong(key, "the file has `paths` and `tables` only")),
        }
    }
    let paths = root.get("paths").map(Node::items).unwrap_or_default();
    let tables = root.get("tables").map(Node::entries).unwrap_or_default();
    Differences {
        paths: paths.iter().filter_map(Node::text).map(str::to_owned).collect(),
        tables: tables
            .iter()
            .map(|(name, rows)| {
                let rows = rows.items().iter().map(|node| row(node, faults)).collect();
                (name.text().unwrap_or_default().to_owned(), rows)
            })
            .collect(),
    }
}

fn row(node: &Node, faults: &mut Vec<Fault>) -> Row {
    let mut row = Row { cells: BTreeMap::new(), accepts: Vec::new() };
    for (key, value) in node.entries() {
        let column = COLUMNS.iter().find(|(column, _)| key.text() == Some(column));
        match (column, value.text()) {
            (Some((column, _)), Some(text)) => _ = row.cells.insert(column, text.trim().to_owned()),
            (Some(_), None) => faults.push(wrong(value, "a column must be text")),
            (None, _) if key.text() == Some("accepts") => row.accepts = accepts(value, faults),
            (None, _) => {
                faults.push(wrong(key, "a row has `where`, `document`, `wire`, `spec` and `accepts` only"))
            }
        }
    }
    for column in ["where", "spec"] {
        if !row.cells.contains_key(column) {
            faults.push(wrong(node, format!("the row has no `{column}`")));
        }
    }
    row
}

fn accepts(node: &Node, faults: &mut Vec<Fault>) -> Vec<(String, Node)> {
    let mut found = Vec::new();
    for (kind, patterns) in node.entries() {
        let text = kind.text().unwrap_or_default();
        if DRIFTS.iter().all(|rule| rule.id != text) {
            let known = DRIFTS.iter().map(|rule| rule.id);
            let help = suggest(text, known, "generator/DRIFT.md lists the kinds");
            faults.push(kind.fault("differences", format!("there is no kind of difference `{text}`"), help));
        }
        if !patterns.is_sequence() {
            faults.push(wrong(patterns, "what is accepted must be a list of places"));
        }
        let texts = patterns.items().iter().filter(|pattern| pattern.text().is_some());
        found.extend(texts.map(|pattern| (text.to_owned(), pattern.clone())));
    }
    found
}

fn wrong(node: &Node, what: impl Into<Box<str>>) -> Fault {
    node.fault("differences", what, "write it as spec/README.md says")
}
