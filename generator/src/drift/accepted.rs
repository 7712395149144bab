//! The differences that are accepted with a reason.

use std::collections::BTreeMap;

use super::glob;
use super::rows::Differences;
use crate::fault::Fault;
use crate::openapi::path;
use crate::source::Node;

/// The accepted differences of a service.
pub(super) struct Accepted {
    paths: Vec<String>,
    /// The beginnings of the paths that belong to some service.
    claimed: Vec<String>,
    /// The patterns of each kind.
    patterns: BTreeMap<String, Vec<Pattern>>,
}

struct Pattern {
    node: Node,
    is_used: bool,
}

impl Accepted {
    pub(super) fn new(differences: Differences, claimed: Vec<String>) -> Self {
        let mut patterns: BTreeMap<String, Vec<Pattern>> = BTreeMap::new();
        for row in differences.tables.into_iter().flat_map(|(_, rows)| rows) {
            for (kind, node) in row.accepts {
                patterns.entry(kind).or_default().push(Pattern { node, is_used: false });
            }
        }
        let normal = |paths: Vec<String>| paths.iter().map(|path| path::normal(path)).collect();
        Self { paths: normal(differences.paths), claimed: normal(claimed), patterns }
    }

    /// Whether an operation with this path belongs to the service. A service that names no paths has all paths that no
    /// other service names.
    pub(super) fn is_ours(&self, path: &str) -> bool {
        let path = path::normal(path);
        let is_in = |prefixes: &[String]| prefixes.iter().any(|prefix| path.starts_with(prefix));
        if self.paths.is_empty() { !is_in(&self.claimed) } else { is_in(&self.paths) }
    }

    /// Whether a difference is accepted. Every pattern that fits it counts as used.
    pub(super) fn accepts(&mut self, kind: &str, place: &str) -> bool {
        let mut is_accepted = false;
        for pattern in self.patterns.get_mut(kind).into_iter().flatten() {
            if pattern.node.text().is_some_and(|pattern| glob::fits(pattern, place)) {
                pattern.is_used = true;
                is_accepted = true;
            }
        }
        is_accepted
    }

    /// The findings about accepted differences that don't exist.
    pub(super) fn stale(&self) -> impl Iterator<Item = Fault> {
        let unused = |pattern: &&Pattern| !pattern.is_used;
        let of_kind = move |(kind, patterns): (&String, &'_ Vec<Pattern>)| -> Vec<Fault> {
            patterns
                .iter()
                .filter(unused)
                .map(|pattern| {
                    let place = pattern.node.text().unwrap_or_default();
                    let what = format!("no document has the accepted difference `{kind}: {place}`");
                    pattern.node.fault(
                        "stale-difference",
                        what,
                        "delete the line, or compare with all documents",
                    )
                })
                .collect()
        };
        self.patterns.iter().flat_map(of_kind)
    }
}
