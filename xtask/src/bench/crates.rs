//! Two crates around what was generated, in a workspace of their own, so that both get the same dependencies.

use std::collections::BTreeMap;
use std::path::Path;

use generator::names;

use super::case::Case;
use super::generate::{FEATURES, SERVICES};
use super::{Side, scratch};
use crate::fault::Faults;
use crate::{block, features, tree};

/// progenitor's output with all that it may refer to. The features of reqwest are those of our own default, and what
/// the generated code calls.
const PLAIN: &str = r#"[package]
name = "plain"
version = "0.1.0"
edition = "2021"
publish = false

[dependencies]
bytes = "1"
chrono = { version = "0.4", default-features = false, features = ["serde"] }
futures-core = "0.3"
progenitor-client = "=0.15.1"
regress = "0.12"
reqwest = { version = "0.13", default-features = false, features = ["json", "query", "rustls", "stream"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
uuid = { version = "1", features = ["serde"] }
"#;

/// Writes the workspace of a case whose sides have been generated.
pub(super) fn write(root: &Path, case: &Case) -> Result<(), Faults> {
    let manifest = workspace(&tree::read_text(root, "Cargo.toml")?);
    scratch::write(&case.folder.join("Cargo.toml"), &manifest)?;
    // Cargo adds the packages that only the plain client needs, so the file is kept, and later runs work without a network.
    scratch::copy_newer(&root.join("Cargo.lock"), &case.folder.join("Cargo.lock"))?;
    write_ours(root, case)?;
    let plain = case.package(Side::Plain);
    scratch::write(&plain.join("Cargo.toml"), PLAIN)?;
    scratch::copy(&case.generated(Side::Plain), &plain)
}

/// A copy of the client with its generated files replaced.
fn write_ours(root: &Path, case: &Case) -> Result<(), Faults> {
    let client = case.package(Side::Ours);
    let generated = case.generated(Side::Ours);
    scratch::copy(&root.join(tree::SOURCES), &client.join("src"))?;
    for (service, _) in &case.documents {
        // A group of the repository that isn't in the case must not stay.
        scratch::remove(&client.join("src").join(names::module(service)))?;
    }
    scratch::copy(&generated.join(tree::SOURCES), &client.join("src"))?;
    let library = block::SERVICES
        .splice(&tree::read_text(root, block::SERVICES.file)?, &scratch::read(&generated.join(SERVICES))?)?;
    scratch::write(&client.join("src/lib.rs"), &library)?;
    let text = scratch::read(&generated.join(FEATURES))?;
    let mut wanted: BTreeMap<String, Vec<String>> = serde_json::from_str(&text)
        .map_err(|error| Faults::new(format_args!("{}: {error}", generated.join(FEATURES).display())))?;
    for service in &case.absent {
        // The default features name each service.
        wanted.entry(service.clone()).or_default();
    }
    let manifest = features::splice(&tree::read_text(root, features::MANIFEST)?, &wanted)?;
    scratch::write(&client.join("Cargo.toml"), &without_tests(&manifest))
}

/// The manifest without examples, which aren't copied, and without the dependencies of tests: some are members of our
/// workspace, which aren't copied either.
fn without_tests(manifest: &str) -> String {
    let mut is_of_tests = false;
    let kept = manifest.split_inclusive('\n').filter(|line| {
        if line.starts_with('[') {
            is_of_tests = matches!(line.trim(), "[dev-dependencies]" | "[[example]]");
        }
        !is_of_tests
    });
    kept.collect()
}

/// The manifest of our workspace with other members.
fn workspace(manifest: &str) -> String {
    let mut text = String::new();
    let mut is_in_list = false;
    for line in manifest.lines() {
        let is_list = line.starts_with("members") || line.starts_with("default-members");
        if !is_in_list && !is_list {
            text.push_str(line);
            text.push('\n');
        }
        if line.trim() == "[workspace]" {
            text.push_str("members = [\"ours\", \"plain\"]\n");
        }
        is_in_list = (is_in_list || is_list) && !line.contains(']');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_and_the_dependencies_of_tests_are_left_out() {
        let manifest = "[[example]]\nname = \"e\"\n\n[dependencies]\na = \"1\"\n\n[dev-dependencies]\n# Why.\nb = \"1\"\n\n[lints]\nworkspace = true\n";
        let kept = "[dependencies]\na = \"1\"\n\n[lints]\nworkspace = true\n";
        assert_eq!(without_tests(manifest), kept);
    }

    #[test]
    fn only_the_members_change() {
        let manifest = "[workspace]\nmembers = [\n    \"a\",\n]\ndefault-members = [\"a\"]\nresolver = \"3\"\n\n\
                        [workspace.package]\nedition = \"2024\"\n";
        assert_eq!(
            workspace(manifest),
            "[workspace]\nmembers = [\"ours\", \"plain\"]\nresolver = \"3\"\n\n\
             [workspace.package]\nedition = \"2024\"\n"
        );
    }
}
