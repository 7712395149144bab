//! The texts that a maintainer reads about documents that are wrong. `cases/err/<mistake>/` holds a service with one
//! mistake, and `message.txt` beside it the exact text.
//!
//! Each folder is a test of its own; nothing else names it. `UPDATE_CASES=1 cargo test -p generator --test bad_input`
//! accepts the texts as they are now.

mod folders;
mod generated;
mod harness;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use folders::{Files, bytes};
use generated::{diff, is_update};

fn main() -> ExitCode {
    harness::run("err", check)
}

fn check(folder: &Path) {
    let found = match generator::generate(&bytes(&folder.join("spec"), "spec/")) {
        Ok(_) => "no fault was found\n".to_owned(),
        Err(faults) => format!("{faults}\n"),
    };
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
         if that is meant, `UPDATE_CASES=1 cargo test -p generator --test bad_input` accepts it\n"
    );
}
