//! The operations of a document, in the order in which they are printed.

use std::collections::BTreeMap;

use serde_json::Value;

use super::json::{at, entries, text};
use crate::bundle::Bundle;

/// An operation as it stands in the document.
#[derive(Debug, Clone, Copy)]
pub(super) struct PathOperation<'a> {
    /// The path that it stands under.
    pub(super) path: &'a str,
    /// In lower case, as it stands in the document.
    pub(super) method: &'a str,
    /// The stem of its group, which is its tag.
    pub(super) group: &'a str,
    /// The operation itself.
    pub(super) source: &'a Value,
}

/// All operations: in the order of the groups, and in that of the document within a group.
pub(super) fn operations<'a>(bundle: &Bundle<'_, '_>, document: &'a Value) -> Vec<PathOperation<'a>> {
    let groups: BTreeMap<&str, usize> =
        bundle.groups.iter().enumerate().map(|(index, group)| (group.stem.as_str(), index)).collect();
    let mut found: Vec<PathOperation> =
        entries(&document["paths"]).flat_map(|(path, item)| of(path, item)).collect();
    found.sort_by_key(|operation| groups.get(operation.group));
    found
}

/// The operations of a path. Nothing else beneath a path has an ID.
fn of<'a>(path: &'a str, item: &'a Value) -> impl Iterator<Item = PathOperation<'a>> {
    entries(item).filter(|(_, source)| !text(source, "operationId").is_empty()).map(
        move |(method, source)| {
            let group = at(source, "/tags/0").as_str().unwrap_or_default();
            PathOperation { path, method, group, source }
        },
    )
}
