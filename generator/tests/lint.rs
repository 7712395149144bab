//! What `cargo xtask lint` says about documents without faults. `cases/lint/<rule>/` holds a service, and `message.txt`
//! beside it the exact text.
//!
//! Each folder is a test of its own; nothing else names it. `UPDATE_SNAPSHOTS=1 cargo test -p generator --test lint` accepts
//! the texts as they are now.

mod folders;
mod generated;
mod harness;

use std::path::Path;
use std::process::ExitCode;

use folders::bytes;

fn main() -> ExitCode {
    harness::run("lint", check)
}

fn check(folder: &Path) {
    let found = match generator::lint(&bytes(&folder.join("spec"), "spec/"), None) {
        Ok(findings) if findings.is_empty() => "nothing was found\n".to_owned(),
        Ok(findings) => format!("{findings}\n"),
        Err(faults) => panic!("the documents have faults:\n{faults}"),
    };
    generated::check_message(folder, "lint", found);
}
