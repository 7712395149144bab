//! Generates in memory, and compares what was generated.

#![allow(dead_code, reason = "each test program uses a part of it")]

use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};

use similar::TextDiff;

use crate::folders::Files;

/// The generated files of these documents, by their paths in the repository.
pub(crate) fn generate(inputs: &Files) -> Files {
    let output = generator::generate(inputs).unwrap_or_else(|faults| panic!("{faults}"));
    output.files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

/// Whether the run accepts what it finds.
pub(crate) fn is_update() -> bool {
    env::var_os("UPDATE_SNAPSHOTS").is_some_and(|value| value == "1")
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

/// Compares what was found with `message.txt` in the folder of a case, or accepts it.
pub(crate) fn check_message(folder: &Path, test: &str, found: String) {
    let path = folder.join("message.txt");
    if is_update() {
        fs::write(&path, &found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let message = |text: String| Files::from([(path.display().to_string(), text)]);
    let diff = diff(&message(expected), &message(found));
    assert!(
        diff.is_empty(),
        "the message is another than before:\n\n{diff}\n\
         if that is meant, `UPDATE_SNAPSHOTS=1 cargo test -p generator --test {test}` accepts it\n"
    );
}
