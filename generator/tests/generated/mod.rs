//! Generates in memory, and compares what was generated.

#![allow(dead_code, reason = "each test program uses a part of it")]

use std::collections::BTreeSet;
use std::env;

use similar::TextDiff;

use crate::folders::Files;

/// The generated files of these documents, by their paths in the repository.
pub(crate) fn generate(inputs: &Files) -> Files {
    let output = generator::generate(inputs).unwrap_or_else(|faults| panic!("{faults}"));
    output.files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

/// Whether the run accepts what it finds.
pub(crate) fn is_update() -> bool {
    env::var_os("UPDATE_CASES").is_some_and(|value| value == "1")
}

/// What differs, as unified diffs; empty if nothing does.
pub(crate) fn diff(old: &Files, new: &Files) -> String {
    let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let changed = paths.into_iter().filter(|path| old.get(*path) != new.get(*path));
    changed
        .map(|path| {
            let (old, new) = (text(old, path), text(new, path));
            TextDiff::from_lines(old, new).unified_diff().header(path, path).to_string()
        })
        .collect()
}

/// The text of a file, or nothing if there is no such file.
fn text<'a>(files: &'a Files, path: &str) -> &'a str {
    files.get(path).map(String::as_str).unwrap_or_default()
}
