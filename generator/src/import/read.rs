//! Reads the documents of an import, and finds the files that they refer to.

use super::notes::Notes;
use crate::fault::Faults;
use crate::published::{self, Published};
use crate::source::Node;

/// The documents as trees, in the order in which they were given. What of them can't be read is left out,
/// with a note.
pub(super) fn read(documents: &[(String, Vec<u8>)], notes: &mut Notes) -> Result<Vec<Node>, Faults> {
    let mut trees = Vec::new();
    let mut faults = Vec::new();
    for (file, bytes) in documents {
        match published::read(file, bytes) {
            Ok(Published { tree, repairs }) => {
                trees.push(tree);
                repairs.iter().for_each(|repair| notes.of_fault(repair.what, &repair.fault));
            }
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() { Ok(trees) } else { Err(Faults::new(faults)) }
}

/// The files that a document refers to, as their paths are beside its own.
#[must_use]
pub fn referred_files(file: &str, bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut found: Vec<String> = Vec::new();
    for rest in text.split("$ref").skip(1) {
        let rest = rest.trim_start_matches(['"', '\'', ' ', ':']);
        let end = rest.find(['"', '\'', ' ', ',', '}', '\n', '\r', '#']).unwrap_or(rest.len());
        let (target, _) = rest.split_at(end);
        if !target.is_empty() && !target.contains("://") {
            let path = super::gather::joined(file, target);
            if !found.contains(&path) {
                found.push(path);
            }
        }
    }
    found
}
