//! The texts that a maintainer reads about documents that are wrong. `cases/err/<mistake>/` holds a service with one
//! mistake, and `message.snap` beside it the exact text.
//!
//! Each folder is a test of its own; nothing else names it. `INSTA_UPDATE=always cargo test -p generator --test bad_input`
//! accepts the texts as they are now.

mod folders;
mod harness;

use std::path::Path;
use std::process::ExitCode;

use folders::read;

fn main() -> ExitCode {
    harness::run("err", check)
}

fn check(folder: &Path) {
    let message = match generator::generate(&read(&folder.join("spec"), "spec/")) {
        Ok(_) => "no fault was found".to_owned(),
        Err(faults) => faults.to_string(),
    };
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("message", message));
}
