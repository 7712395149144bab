//! The values that aliases repeat, in files that somebody else wrote.

use std::collections::BTreeMap;

use super::node::{Node, Value};

/// The most values that the aliases of a file can repeat. Aliases within aliases multiply.
const MOST_REPEATED: usize = 1_000_000;

/// The values with anchors, and how many values aliases have repeated.
#[derive(Default)]
pub(super) struct Anchors {
    values: BTreeMap<usize, (Node, usize)>,
    repeated: usize,
}

impl Anchors {
    /// Keeps a value that has an anchor.
    pub(super) fn keep(&mut self, anchor: usize, node: &Node) {
        self.values.insert(anchor, (node.clone(), node.size()));
    }

    /// The value with this anchor; `None` if there is none, or if too much was repeated.
    pub(super) fn repeat(&mut self, anchor: usize) -> Option<Value> {
        let (node, size) = self.values.get(&anchor)?;
        self.repeated = self.repeated.saturating_add(*size);
        (self.repeated <= MOST_REPEATED).then(|| node.value.clone())
    }

    /// Whether the aliases repeated too much.
    pub(super) fn are_exhausted(&self) -> bool {
        self.repeated > MOST_REPEATED
    }
}

/// What is wrong with an alias that repeats nothing, and what mends it.
pub(super) fn refusal(anchors: Option<&Anchors>) -> (&'static str, &'static str) {
    match anchors {
        Some(anchors) if anchors.are_exhausted() => (
            "the aliases (`*name`) of this file repeat more than a million values",
            "write a `$ref` in place of aliases that hold aliases",
        ),
        _ => (
            "the alias (`*name`) repeats a value from elsewhere",
            "write a `$ref` instead, or write the value out",
        ),
    }
}
