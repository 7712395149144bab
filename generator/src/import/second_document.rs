//! Documents beside the first one, which no operation would be taken from.

use std::collections::BTreeSet;

use super::read::referred_files;
use crate::fault::Fault;
use crate::source::Node;

/// The fault of a document whose paths nothing would read: it isn't the main one, and no other one refers to it.
pub(super) fn fault(documents: &[(String, Vec<u8>)], trees: &[Node]) -> Option<Fault> {
    let has_paths = |tree: &&Node| tree.get("paths").is_some_and(|paths| !paths.entries().is_empty());
    let mut with_paths = trees.iter().filter(has_paths);
    let main = with_paths.next()?;
    let others = documents.iter().flat_map(|(file, bytes)| {
        let referred = referred_files(file, bytes).into_iter();
        referred.filter(move |referred| referred != file)
    });
    let referred: BTreeSet<String> = others.collect();
    let second = with_paths.find(|tree| !referred.contains(tree.file()))?;
    let what =
        format!("`{}` has paths, too, and a service is made of the paths of one document", main.file());
    let help = "import it as a service of its own, or put the paths of both into one document";
    Some(second.get("paths")?.fault("second-document", what, help))
}
