//! Compares the public items of the generated code of two versions with what the findings predict.

use std::collections::{BTreeMap, BTreeSet};

use super::findings::Finding;
use super::item::{Declared, Kind};
use super::matching::Pair;
use super::public_api::{Entries, entries};

/// A public item of the generated code that differs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CodeChange {
    /// The file.
    pub file: String,
    /// The declaration, and the part of it.
    pub item: String,
    /// What it said; empty if it is new.
    pub old: String,
    /// What it says; empty if it is gone.
    pub new: String,
}

/// The generated files of one version, by their paths.
pub type Files = BTreeMap<String, String>;

/// The public items that differ although no finding predicts it.
pub(super) fn unexplained(old: &Files, new: &Files, pairs: &[Pair], found: &[Finding]) -> Vec<CodeChange> {
    let mut predicted: BTreeSet<(&str, &Declared)> = BTreeSet::new();
    for finding in found {
        predicted.extend(finding.declared.iter().map(|declared| (finding.service.as_str(), declared)));
    }
    // What comes or goes with something else has no finding of its own.
    for item in pairs.iter().filter_map(|pair| match (&pair.old, &pair.new) {
        (Some(item), None) | (None, Some(item)) => Some(item),
        _ => None,
    }) {
        predicted.extend(item.declared.iter().map(|declared| (item.key.service.as_str(), declared)));
    }
    let renamed: Vec<(&str, &str)> = renamed_types(pairs);
    let is_predicted = |service: &str, change: &Change| {
        let whole = Declared { declaration: change.declared.declaration.clone(), part: None };
        predicted.contains(&(service, &whole))
            || predicted.contains(&(service, &change.declared))
            || with_names(&change.old, &renamed) == change.new
    };
    let mut left = Vec::new();
    for (file, changes) in changes(old, new) {
        // The names of modules have no hyphens, and the names of services may.
        let module = service_of(&file).to_owned();
        let service = pairs
            .iter()
            .filter_map(|pair| pair.new.as_ref().or(pair.old.as_ref()))
            .map(|item| item.key.service.as_str())
            .find(|service| crate::names::module(service) == module)
            .unwrap_or_default();
        let unpredicted = changes.into_iter().filter(|change| !is_predicted(service, change));
        left.extend(unpredicted.map(|change| shown(&file, change)));
    }
    left
}

/// The public items that differ between two sets of generated files.
pub(super) fn all(old: &Files, new: &Files) -> Vec<CodeChange> {
    let changes = changes(old, new);
    changes.into_iter().flat_map(|(file, found)| found.into_iter().map(move |it| shown(&file, it))).collect()
}

struct Change {
    declared: Declared,
    old: String,
    new: String,
}

fn shown(file: &str, change: Change) -> CodeChange {
    let Change { declared: Declared { declaration, part }, old, new } = change;
    let item = part.map_or(declaration.clone(), |part| format!("{declaration}.{part}"));
    CodeChange { file: file.to_owned(), item, old, new }
}

/// What differs in each service, by a file of it. A type that moves between files is the same.
fn changes(old: &Files, new: &Files) -> Vec<(String, Vec<Change>)> {
    let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let mut services: BTreeMap<&str, (Entries, Entries, &str)> = BTreeMap::new();
    for path in paths.into_iter().filter(|path| old.get(*path) != new.get(*path)) {
        let stem = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
        let read = |files: &Files| files.get(path).map(|text| entries(stem, text)).unwrap_or_default();
        let (before, after, _) =
            services.entry(service_of(path)).or_insert((Entries::new(), Entries::new(), path));
        before.extend(read(old));
        after.extend(read(new));
    }
    let differing = services.into_values().map(|(before, after, path)| {
        let keys: BTreeSet<Declared> = before.keys().chain(after.keys()).cloned().collect();
        let text = |of: &Entries, key: &Declared| of.get(key).cloned().unwrap_or_default();
        let changes = keys.into_iter().map(|key| Change {
            old: text(&before, &key),
            new: text(&after, &key),
            declared: key,
        });
        (path.to_owned(), changes.filter(|change| change.old != change.new).collect())
    });
    differing.collect()
}

/// The folder that a generated file stands in.
fn service_of(path: &str) -> &str {
    path.rsplit('/').nth(1).unwrap_or_default()
}

fn renamed_types(pairs: &[Pair]) -> Vec<(&str, &str)> {
    let renamed = pairs.iter().filter_map(|pair| {
        let from = pair.renamed_from.as_deref()?;
        let to = pair.new.as_ref().filter(|item| item.key.kind == Kind::Schema)?;
        Some((from, to.key.name.as_str()))
    });
    renamed.collect()
}

/// The text of an item, in which types have other names.
fn with_names(text: &str, renamed: &[(&str, &str)]) -> String {
    renamed.iter().fold(text.to_owned(), |text, (from, to)| super::matching::with_name(&text, from, to))
}
