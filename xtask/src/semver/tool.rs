//! Runs cargo-semver-checks.

use std::path::Path;

use super::outcome::{self, Outcome};
use crate::cargo;
use crate::fault::Faults;

/// The exit code of the tool if it ran to its end, and a lint failed.
const A_LINT_FAILED: i32 = 100;

/// Fails unless the tool is installed, and says how to get it.
pub(super) fn find() -> Result<(), Faults> {
    let mut command = cargo::command();
    match command.args(["semver-checks", "--version"]).output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(_) => Err(Faults::new(
            "cargo-semver-checks isn't installed; get it by `cargo install cargo-semver-checks --locked`",
        )),
        Err(cause) => Err(Faults::io("run", "cargo", &cause)),
    }
}

/// Lets the tool compare the client in two folders, with these features or with all.
///
/// It takes the new version for a patch, so that all its lints are looked at.
pub(super) fn run(old: &Path, new: &Path, features: &[String], target: &Path) -> Result<Outcome, Faults> {
    let mut command = cargo::command();
    command.args(["semver-checks", "--color", "never", "--release-type", "patch"]);
    command.arg("--manifest-path").arg(new.join(cargo::CLIENT).join("Cargo.toml"));
    command.arg("--baseline-root").arg(old);
    match features {
        [] => command.arg("--all-features"),
        _ => command.args(["--only-explicit-features", "--features", &features.join(",")]),
    };
    let output = command.env("CARGO_TARGET_DIR", target).output();
    let output = output.map_err(|cause| Faults::io("run", "cargo", &cause))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let is_verdict = output.status.success() || output.status.code() == Some(A_LINT_FAILED);
    let stderr = text(&output.stderr);
    outcome::read(&text(&output.stdout), &stderr).filter(|_| is_verdict).ok_or_else(|| {
        Faults::verbatim(stderr).and(format!("error: cargo-semver-checks gave no verdict: {}", output.status))
    })
}
