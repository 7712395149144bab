//! The texts that a maintainer reads about documents that are wrong. `cases/err/<mistake>/` holds a service with one
//! mistake, and `message.txt` beside it the exact text.
//!
//! Each folder is a test of its own; nothing else names it. `UPDATE_SNAPSHOTS=1 cargo test -p generator --test bad_input`
//! accepts the texts as they are now.

mod folders;
mod generated;
mod harness;

use std::path::Path;
use std::process::ExitCode;

use folders::bytes;

fn main() -> ExitCode {
    harness::run("err", check)
}

fn check(folder: &Path) {
    let found = match generator::generate(&bytes(&folder.join("spec"), "spec/")) {
        Ok(_) => "no fault was found\n".to_owned(),
        Err(faults) => format!("{faults}\n"),
    };
    generated::check_message(folder, "bad_input", found);
}
