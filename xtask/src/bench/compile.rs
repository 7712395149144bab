//! Compiling: rustc on one crate whose dependencies are built.

use super::case::Case;
use super::measure::{self, Usage};
use super::{Side, scratch};
use crate::cargo::{self, CLIENT};
use crate::fault::Faults;

/// The features that our side is compiled with: those asked for, or else all.
pub(super) fn features(case: &Case, asked: Option<&[String]>) -> Result<Vec<String>, Faults> {
    if let Some(asked) = asked {
        return Ok(asked.to_vec());
    }
    let all = cargo::features(&case.folder)?;
    Ok(all.into_iter().filter(|name| is_of(case, name)).collect())
}

/// Features that have no counterpart in the plain client, so that the two sides could not be compared.
const BEYOND_CALLS: [&str; 9] =
    ["axum", "chrono", "cookies", "jiff", "sessions", "stream", "test-util", "time", "tower"];

/// The settings of Cargo's dev profile, whatever the machine is set to, but without incremental compilation.
const SETTINGS: [(&str, &str); 3] =
    [("CARGO_INCREMENTAL", "0"), ("CARGO_PROFILE_DEV_DEBUG", "full"), ("CARGO_PROFILE_DEV_OPT_LEVEL", "0")];

/// Whether the feature belongs to the case. `native-tls` doesn't: it only switches on a feature of reqwest, and needs
/// a library of the system.
fn is_of(case: &Case, feature: &str) -> bool {
    let is_absent = |service: &String| {
        let rest = feature.trim_start_matches('_').strip_prefix(service.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    !matches!(feature, "default" | "native-tls")
        && !BEYOND_CALLS.contains(&feature)
        && !case.absent.iter().any(is_absent)
}

/// Builds the dependencies of a side's crate, by compiling it while it is empty.
pub(super) fn dependencies(case: &Case, side: Side, features: &[String]) -> Result<(), Faults> {
    let root = case.package(side).join("src/lib.rs");
    let text = scratch::read(&root)?;
    scratch::write(&root, "")?;
    once(case, side, features).map_err(|fault| {
        fault.and(
            "note: dependencies come from the registry, so the first run of this benchmark needs a network",
        )
    })?;
    scratch::write(&root, &text)
}

/// Compiles the crate of a side once, and measures rustc.
pub(super) fn once(case: &Case, side: Side, features: &[String]) -> Result<Usage, Faults> {
    let package = match side {
        Side::Ours => CLIENT,
        Side::Plain => "plain",
    };
    scratch::touch(&case.package(side).join("src/lib.rs"))?;
    let mut build = cargo::command();
    build.args(["build", "--lib", "--package", package]);
    if side == Side::Ours {
        build.args(["--no-default-features", "--features", &features.join(",")]);
    }
    build.current_dir(&case.folder).env("CARGO_TARGET_DIR", &case.target).envs(SETTINGS);
    measure::rustc(&mut build, &package.replace('-', "_"), &case.folder)
        .map_err(|fault| fault.and(format!("error: cannot compile {package} of {}", case.title)))
}
