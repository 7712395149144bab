//! What `cargo xtask drift` says about a service and a vendor's document. `cases/drift/<kind>/` holds both, and
//! `message.txt` beside them the exact text.
//!
//! Each folder is a test of its own; nothing else names it. `UPDATE_SNAPSHOTS=1 cargo test -p generator --test drift` accepts
//! the texts as they are now.

mod folders;
mod generated;
mod harness;

use std::path::Path;
use std::process::ExitCode;

use folders::bytes;

fn main() -> ExitCode {
    harness::run("drift", check)
}

fn check(folder: &Path) {
    let (spec, documents) = (bytes(&folder.join("spec"), "spec/"), bytes(&folder.join("vendor"), "vendor/"));
    let found = match generator::drift(&spec, &documents, None) {
        Ok(findings) if findings.is_empty() => "nothing was found\n".to_owned(),
        Ok(findings) => format!("{findings}\n"),
        Err(faults) => panic!("the documents have faults:\n{faults}"),
    };
    generated::check_message(folder, "drift", found);
}
