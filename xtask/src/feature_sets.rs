//! The task `features`: compiles the client with every feature by itself, with none, with the default and with all.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::cargo::{self, CLIENT};
use crate::fault::Faults;
use crate::regen::Report;

/// Needs the headers of OpenSSL on Linux, which a Rust toolchain doesn't bring.
const NATIVE_TLS: &str = "native-tls";

/// A set of features, with the arguments of cargo that select it.
#[derive(Debug, PartialEq)]
struct FeatureSet {
    name: String,
    arguments: Vec<String>,
}

/// Checks every set; the first warning of any of them fails the task.
pub(crate) fn check(root: &Path) -> Result<Report, Faults> {
    let features = features(root)?;
    let without_native_tls = cfg!(target_os = "linux") && !has_openssl();
    let left_out = if without_native_tls { Some(NATIVE_TLS) } else { None };
    let sets = sets(&features, left_out);
    let mut failed = Faults::default();
    for set in &sets {
        failed.add(compile(root, set)?);
    }
    let mut text = format!("{} sets of features compile without a warning\n", sets.len());
    if without_native_tls {
        text.push_str("left out: native-tls, because pkg-config finds no OpenSSL\n");
    }
    failed.or(Report::of(text))
}

/// The features that users of the client choose from, sorted.
fn features(root: &Path) -> Result<Vec<String>, Faults> {
    let all = cargo::features(root)?;
    Ok(all.into_iter().filter(|name| !name.starts_with('_') && name != "default").collect())
}

fn sets(features: &[String], left_out: Option<&str>) -> Vec<FeatureSet> {
    let usable: Vec<&str> =
        features.iter().map(String::as_str).filter(|name| Some(*name) != left_out).collect();
    let set = |name: &str, arguments: &[&str]| FeatureSet {
        name: name.to_owned(),
        arguments: arguments.iter().map(|argument| (*argument).to_owned()).collect(),
    };
    let mut sets = vec![set("none", &["--no-default-features"]), set("default", &[])];
    sets.extend(usable.iter().map(|name| set(name, &["--no-default-features", "--features", name])));
    sets.push(set("all", &["--features", &usable.join(",")]));
    sets
}

/// Whatever a quiet check prints is a warning or an error. Clippy would take half as long again, and what it finds hardly
/// depends on the features.
fn compile(root: &Path, set: &FeatureSet) -> Result<Faults, Faults> {
    let output = cargo::command()
        .args(["check", "--quiet", "--locked", "--package", CLIENT])
        .args(&set.arguments)
        .current_dir(root)
        .output()
        .map_err(|cause| Faults::io("run", "cargo", &cause))?;
    if output.status.success() && output.stderr.is_empty() {
        return Ok(Faults::default());
    }
    let printed = String::from_utf8_lossy(&output.stderr);
    Ok(Faults::new(format_args!(
        "{CLIENT} doesn't compile cleanly with the features: {}\n{printed}",
        set.name
    )))
}

fn has_openssl() -> bool {
    let found = Command::new("pkg-config").args(["--exists", "openssl"]).stderr(Stdio::null()).status();
    found.is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_stands_alone_once() {
        let features = ["a", "b", NATIVE_TLS].map(str::to_owned);
        let named = |left_out| sets(&features, left_out).into_iter().map(|set| set.name).collect::<Vec<_>>();
        assert_eq!(named(None), ["none", "default", "a", "b", NATIVE_TLS, "all"]);
        assert_eq!(named(Some(NATIVE_TLS)), ["none", "default", "a", "b", "all"]);
    }

    #[test]
    fn what_is_left_out_is_in_no_set() {
        let features = ["a", NATIVE_TLS].map(str::to_owned);
        let all = sets(&features, Some(NATIVE_TLS)).pop().map(|set| set.arguments);
        assert_eq!(all, Some(vec!["--features".to_owned(), "a".to_owned()]));
    }
}
