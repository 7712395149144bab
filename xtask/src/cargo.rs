//! Runs cargo and other programs.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::fault::Faults;

/// The package that users depend on.
pub(crate) const CLIENT: &str = "generated-client";

/// The cargo that runs this program, or the one on the path.
pub(crate) fn command() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")))
}

/// Runs a command to its end; if it fails, the fault holds everything that it wrote to standard error.
pub(crate) fn run(command: &mut Command) -> Result<Output, Faults> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|cause| Faults::io("run", &name, &cause))?;
    if output.status.success() {
        return Ok(output);
    }
    let printed = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(Faults::verbatim(printed).and(format!("error: `{name}` failed: {}", output.status)))
}

/// The names of the client's features, sorted, in the workspace in this folder.
pub(crate) fn features(folder: &Path) -> Result<Vec<String>, Faults> {
    let mut metadata = command();
    metadata.args(["metadata", "--no-deps", "--format-version", "1"]).current_dir(folder);
    let output = run(&mut metadata)?;
    let metadata: Value = serde_json::from_slice(&output.stdout)
        .map_err(|error| Faults::new(format_args!("cargo metadata printed no JSON: {error}")))?;
    let names = features_in(&metadata);
    if names.is_empty() { Err(Faults::new(format_args!("{CLIENT} has no features"))) } else { Ok(names) }
}

fn features_in(metadata: &Value) -> Vec<String> {
    let packages = metadata.get("packages").and_then(Value::as_array).into_iter().flatten();
    let client = packages.filter(|package| package.get("name").is_some_and(|name| name == CLIENT));
    let features = client.filter_map(|package| package.get("features")?.as_object()).flatten();
    let mut names: Vec<String> = features.map(|(name, _)| name.clone()).collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_features_are_those_of_the_client() {
        let metadata = json!({"packages": [
            {"name": "xtask", "features": {"other": []}},
            {"name": CLIENT, "features": {"nhost": ["_nhost"], "default": []}},
        ]});
        assert_eq!(features_in(&metadata), ["default", "nhost"]);
        assert!(features_in(&json!({})).is_empty());
    }

    #[test]
    fn a_failure_shows_what_the_program_wrote() {
        let fault = run(command().arg("no-such-command")).unwrap_err().to_string();
        assert!(fault.contains("no-such-command"), "{fault}");
        assert!(fault.contains("` failed: exit status: 101"), "{fault}");
    }
}
