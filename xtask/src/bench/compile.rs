//! Compiling: rustc on one crate whose dependencies are built.

use std::process::Command;

use serde_json::Value;

use super::case::Case;
use super::generate::cargo;
use super::measure::{self, Usage};
use super::{Both, Side, scratch};
use crate::fault::Faults;

const CLIENT: &str = "generated-client";

/// The features that our side is compiled with: those asked for, or all that have to do with the case. The second
/// TLS library is left out, since it is nothing but a feature of reqwest and needs one of the system's libraries.
pub(super) fn features(case: &Case, asked: &Option<Vec<String>>) -> Result<Vec<String>, Faults> {
    if let Some(asked) = asked {
        return Ok(asked.clone());
    }
    let mut metadata = cargo();
    metadata.args(["metadata", "--no-deps", "--format-version", "1"]);
    let output = measure::run(metadata.current_dir(&case.folder))?;
    let metadata: Value = serde_json::from_slice(&output.stdout)
        .map_err(|error| Faults::new(format_args!("cargo metadata: {error}")))?;
    let packages = metadata["packages"].as_array();
    let client = packages.into_iter().flatten().find(|package| package["name"] == CLIENT);
    let all = client.and_then(|client| client["features"].as_object()).into_iter().flatten();
    let all: Vec<(String, bool)> =
        all.map(|(name, enables)| (name.clone(), enables.as_array().is_some_and(Vec::is_empty))).collect();
    Ok(all.into_iter().filter(|(name, _)| is_of(case, name)).map(|(name, _)| name).collect())
}

fn is_of(case: &Case, feature: &str) -> bool {
    _ = case;
    !matches!(feature, "default" | "native-tls")
}

/// Compiles the crate of a side once. Where its dependencies aren't built yet, they are built as well.
pub(super) fn once(case: &Case, side: Side, features: &[String]) -> Result<Usage, Faults> {
    let package = match side {
        Side::Ours => CLIENT,
        Side::Plain => "plain",
    };
    scratch::touch(&case.package(side).join("src/lib.rs"))?;
    let mut build = cargo();
    build.args(["build", "--lib", "--package", package]);
    if side == Side::Ours {
        build.args(["--no-default-features", "--features", &features.join(",")]);
    }
    alone(&mut build, case);
    measure::rustc(&mut build, &package.replace('-', "_"), &case.folder).map_err(|fault| {
        fault.and(format!(
            "note: {package} of {} does not compile. If it is a dependency that cannot be had: they come from the \
             registry, so the first run needs a network",
            case.title
        ))
    })
}

/// Everything that would make one build differ from the next.
fn alone(build: &mut Command, case: &Case) {
    build.current_dir(&case.folder);
    build.env("CARGO_TARGET_DIR", &case.target).env("CARGO_INCREMENTAL", "0");
    _ = Both::<()>::default();
}
