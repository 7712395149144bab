//! Compares the public items of the generated code of two versions with what the findings predict.

use std::collections::{BTreeMap, BTreeSet};

use super::findings::Finding;
use super::item::{Declared, Kind};
use super::lines::Lines;
use super::matching::Pair;
use super::public_api::entries;
use crate::names;

/// A public item of the generated code that differs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CodeChange {
    /// The file: the new one, unless the item is gone.
    pub file: String,
    /// The line of the file on which the item stands, counted from 1.
    pub line: usize,
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
    // An item that is added or removed together with another one has no finding of its own.
    for item in pairs.iter().filter_map(|pair| match (&pair.old, &pair.new) {
        (Some(item), None) | (None, Some(item)) => Some(item),
        _ => None,
    }) {
        predicted.extend(item.declared.iter().map(|declared| (item.key.service.as_str(), declared)));
    }
    let renamed = renamed_types(pairs);
    let is_predicted = |service: &str, change: &Change<'_>| {
        let whole = Declared { declaration: change.declared.declaration.clone(), part: None };
        predicted.contains(&(service, &whole))
            || predicted.contains(&(service, &change.declared))
            || with_names(&change.old, &renamed) == change.new
    };
    let mut left = Vec::new();
    for (module, changes) in changes(old, new) {
        // The names of modules have no hyphens, and the names of services may.
        let service = pairs
            .iter()
            .filter_map(|pair| pair.new.as_ref().or(pair.old.as_ref()))
            .map(|item| item.key.service.as_str())
            .find(|service| names::module(service) == module)
            .unwrap_or_default();
        left.extend(changes.into_iter().filter(|change| !is_predicted(service, change)));
    }
    shown(old, new, left)
}

/// The public items that differ between two sets of generated files.
pub(super) fn all(old: &Files, new: &Files) -> Vec<CodeChange> {
    shown(old, new, changes(old, new).into_values().flatten().collect())
}

struct Change<'a> {
    declared: Declared,
    /// The file of the new version, or that of the old one if the item is gone.
    file: &'a str,
    old: String,
    new: String,
}

/// The changes with their places.
fn shown(old: &Files, new: &Files, changes: Vec<Change<'_>>) -> Vec<CodeChange> {
    let mut lines: BTreeMap<(&str, bool), Lines> = BTreeMap::new();
    let shown = changes.into_iter().map(|Change { declared, file, old: before, new: after }| {
        let is_gone = after.is_empty();
        let files = if is_gone { old } else { new };
        let lines = lines
            .entry((file, is_gone))
            .or_insert_with(|| files.get(file).map(|text| Lines::new(text)).unwrap_or_default());
        let line = lines.of(&declared);
        let Declared { declaration, part } = declared;
        let item = part.map_or(declaration.clone(), |part| format!("{declaration}.{part}"));
        CodeChange { file: file.to_owned(), line, item, old: before, new: after }
    });
    shown.collect()
}

/// The public items of one version of a service, each with its file.
type Api<'a> = BTreeMap<Declared, (String, &'a str)>;

/// What differs in each service, by the name of its module. A type that moves between files is the same.
fn changes<'a>(old: &'a Files, new: &'a Files) -> BTreeMap<&'a str, Vec<Change<'a>>> {
    let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let mut services: BTreeMap<&str, (Api<'_>, Api<'_>)> = BTreeMap::new();
    for path in paths.into_iter().filter(|path| old.get(*path) != new.get(*path)) {
        let (before, after) = services.entry(service_of(path)).or_default();
        before.extend(api(old, path));
        after.extend(api(new, path));
    }
    services.into_iter().map(|(service, (before, after))| (service, differing(before, after))).collect()
}

fn api<'a>(files: &Files, path: &'a str) -> impl Iterator<Item = (Declared, (String, &'a str))> {
    let stem = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
    let found = files.get(path).map(|text| entries(stem, text)).unwrap_or_default();
    found.into_iter().map(move |(declared, text)| (declared, (text, path)))
}

fn differing<'a>(mut before: Api<'a>, after: Api<'a>) -> Vec<Change<'a>> {
    let mut changes = Vec::new();
    for (declared, (new, file)) in after {
        let old = before.remove(&declared).map(|(old, _)| old).unwrap_or_default();
        if old != new {
            changes.push(Change { declared, file, old, new });
        }
    }
    let gone = before.into_iter();
    changes.extend(gone.map(|(declared, (old, file))| Change { declared, file, old, new: String::new() }));
    changes.sort_by(|one, other| one.declared.cmp(&other.declared));
    changes
}

/// The folder that a generated file stands in.
fn service_of(path: &str) -> &str {
    path.rsplit('/').nth(1).unwrap_or_default()
}

/// The types that were renamed, each with its old and its new name.
fn renamed_types(pairs: &[Pair]) -> Vec<(String, String)> {
    let renamed = pairs.iter().filter_map(|pair| {
        let (from, to) = (pair.renamed_from.as_deref()?, &pair.new.as_ref()?.key);
        match to.kind {
            Kind::Schema | Kind::Headers => Some((from.to_owned(), to.name.clone())),
            Kind::Scheme => Some((names::pascal(from), names::pascal(&to.name))),
            _ => None,
        }
    });
    renamed.collect()
}

/// The text of an item, with the new names of the renamed types.
fn with_names(text: &str, renamed: &[(String, String)]) -> String {
    renamed.iter().fold(text.to_owned(), |text, (from, to)| super::matching::with_name(&text, from, to))
}
