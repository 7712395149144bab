//! Compiles what was generated from many mutants, as modules of one crate around the runtime of the client.

use std::collections::BTreeSet;
use std::path::Path;

use super::code::Code;
use crate::bench::scratch;
use crate::cargo;
use crate::fault::Faults;

/// How many lines of generated code are in one crate.
const LINES: usize = 60_000;

/// A mutant by its seed.
type Mutant = (u64, Code);

/// The seeds of those that don't compile, each with the errors.
pub(super) fn all(root: &Path, folder: &Path, mutants: &[Mutant]) -> Result<Vec<(u64, String)>, Faults> {
    let mut refused = Vec::new();
    let mut rest = mutants;
    while !rest.is_empty() {
        let mut lines = 0;
        let is_full = |(_, code): &Mutant| {
            lines += code.lines();
            lines > LINES
        };
        let (chunk, others) = rest.split_at(rest.iter().position(is_full).unwrap_or(rest.len()).max(1));
        rest = others;
        super::say(&format!("compiling {}, {} are left", chunk.len(), rest.len()));
        refused.extend(chunk_of(root, folder, chunk.iter().collect())?);
    }
    Ok(refused)
}

/// Compiles some of them in one crate.
fn chunk_of(root: &Path, folder: &Path, mutants: Vec<&Mutant>) -> Result<Vec<(u64, String)>, Faults> {
    let package = folder.join("crate");
    scratch::remove(&package)?;
    write(root, &package, &mutants)?;
    let mut check = cargo::command();
    check.args(["check", "--quiet"]).current_dir(&package);
    check.env("CARGO_TARGET_DIR", folder.join("build")).env("CARGO_INCREMENTAL", "0");
    let output = check.output().map_err(|cause| Faults::io("run", "cargo", &cause))?;
    if output.status.success() {
        return Ok(Vec::new());
    }
    let printed = String::from_utf8_lossy(&output.stderr).into_owned();
    if let [(seed, _)] = mutants.as_slice() {
        return Ok(vec![(*seed, printed)]);
    }
    let mut refused: Vec<(u64, String)> =
        mutants.iter().filter_map(|(seed, _)| errors_of(&printed, *seed)).collect();
    if refused.is_empty() {
        // The errors name no module, so each half is compiled by itself.
        let mut one = mutants;
        let other = one.split_off(one.len() / 2);
        refused.extend(chunk_of(root, folder, one)?);
        refused.extend(chunk_of(root, folder, other)?);
    } else {
        // The compiler stops before it looks at everything, so the others are compiled once more.
        let is_refused = |seed: &u64| refused.iter().any(|(known, _)| known == seed);
        let others: Vec<&Mutant> = mutants.into_iter().filter(|(seed, _)| !is_refused(seed)).collect();
        refused.extend(chunk_of(root, folder, others)?);
    }
    Ok(refused)
}

fn module(seed: u64) -> String {
    format!("mutant_{seed}")
}

/// The errors that name the module of a mutant: as their place, or as that of the macro call that they come from.
fn errors_of(printed: &str, seed: u64) -> Option<(u64, String)> {
    let folder = format!("{}/", module(seed));
    let messages = printed.split("\n\n").filter(|message| message.trim_start().starts_with("error"));
    let errors: Vec<&str> = messages.filter(|message| message.contains(&folder)).collect();
    (!errors.is_empty()).then(|| (seed, errors.join("\n\n")))
}

fn write(root: &Path, package: &Path, mutants: &[&Mutant]) -> Result<(), Faults> {
    let runtime = root.join("generated-client/src/runtime/mod.rs");
    let mut lib = format!(
        "#![allow(warnings)]\n#[path = {runtime:?}]\npub mod runtime;\n\
         pub use runtime::{{JsonText, Nullable, Secret}};\n\
         pub(crate) const KNOWN_WORDS: &[&[&str]] = &[];\n"
    );
    let mut features = BTreeSet::new();
    for (seed, code) in mutants {
        let folder = package.join("src").join(module(*seed));
        for (path, text) in &code.files {
            scratch::write(&folder.join(path), text)?;
        }
        let services = code.services().into_iter().map(|service| format!("pub mod {service};\n"));
        scratch::write(&folder.join("mod.rs"), &services.collect::<String>())?;
        lib.push_str(&format!("pub mod {};\n", module(*seed)));
        features.extend(code.features.iter().map(String::as_str));
    }
    scratch::write(&package.join("src/lib.rs"), &lib)?;
    scratch::write(&package.join("Cargo.toml"), &manifest(root, &features)?)?;
    scratch::write(&package.join("Cargo.lock"), &scratch::read(&root.join("Cargo.lock"))?)
}

/// The manifest, with the dependencies of the package that compiles the cases.
fn manifest(root: &Path, features: &BTreeSet<&str>) -> Result<String, Faults> {
    let path = root.join("generator/tests/compiled/Cargo.toml");
    let text = scratch::read(&path)?;
    let start = text.find("[dependencies]");
    let section = start.and_then(|start| text.get(start..)).unwrap_or_default();
    let end = section.find("\n[").unwrap_or(section.len());
    let dependencies = section.get(..end).unwrap_or_default();
    let names: Vec<String> = features.iter().map(|name| format!("{name:?}")).collect();
    let groups: String = features.iter().map(|name| format!("{name:?} = []\n")).collect();
    Ok(format!(
        "[package]\nname = \"mutants\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [features]\ndefault = [\"both-directions\", \"multipart\", \"operations\", \"patterns\", {}]\n\
         both-directions = []\nmultipart = []\noperations = []\npatterns = [\"dep:regress\"]\ntracing = [\"dep:tracing\"]\n{groups}\n\
         {dependencies}",
        names.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_those_of_the_mutant_that_they_name() {
        let printed = "error[E0425]: cannot find `a`\n --> src/mutant_1/b.rs:1:1\n  |\n1 | a\n\n\
                       warning: unused\n --> src/mutant_2/b.rs:1:1\n\n\
                       error: no rules expected `b`\n --> runtime/mod.rs:1:1\n  |\n  ::: src/mutant_12/b.rs:3:1\n\n";
        assert_eq!(errors_of(printed, 2), None);
        assert!(errors_of(printed, 1).unwrap().1.starts_with("error[E0425]"));
        assert!(errors_of(printed, 12).unwrap().1.starts_with("error: no rules expected"));
    }
}
