//! The code that is generated from documents that are right. `cases/ok/<what-it-shows>/spec` holds the smallest service
//! that shows it, and `out` beside it the code. The package `generator-cases` compiles that code.
//!
//! Each folder is a test of its own; nothing else names it. `UPDATE_SNAPSHOTS=1 cargo test -p generator --test ok` accepts
//! the code as it is now.

mod folders;
mod generated;
mod harness;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use folders::{Files, read};
use generated::{diff, generate, is_update};

/// Where generated code goes in the repository, and what is left out of the paths in `out`.
const SAMPLE: &str = "generated-client/src/sample/";

fn main() -> ExitCode {
    harness::run("ok", check)
}

fn check(folder: &Path) {
    let out = folder.join("out");
    let found: Files = generate(&read(&folder.join("spec"), "spec/"))
        .into_iter()
        .map(|(path, text)| (path.strip_prefix(SAMPLE).unwrap_or(&path).to_owned(), text))
        .collect();
    if is_update() {
        accept(&out, &found);
    }
    let diff = diff(&read(&out, ""), &found);
    assert!(
        diff.is_empty(),
        "{} gives other code than before:\n\n{diff}\n\
         if that is meant, `UPDATE_SNAPSHOTS=1 cargo test -p generator --test ok` accepts it\n",
        folder.display()
    );
}

/// Puts the files in place of those that are there.
fn accept(out: &Path, files: &Files) {
    if out.exists() {
        fs::remove_dir_all(out).unwrap();
    }
    fs::create_dir_all(out).unwrap();
    for (path, text) in files {
        fs::write(out.join(path), text).unwrap();
    }
}
