//! Generating, process to process: each side is a run of the release build of this program, which reads documents
//! from a folder and writes code to another.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use generator::names;
use serde_json::Value;

use super::case::Case;
use super::measure::{self, Usage};
use super::{Side, plain as progenitor, say, scratch};
use crate::cargo;
use crate::fault::Faults;
use crate::regen::Report;
use crate::tree;

/// What our side writes beside its code: the generated blocks of the manifest and of `lib.rs`.
pub(super) const FEATURES: &str = "features.json";
pub(super) const SERVICES: &str = "services.rs";

/// The release build of this program, and how it is to run.
#[derive(Debug)]
pub(super) struct Program {
    path: PathBuf,
    /// Whether rustfmt formats what progenitor gives.
    rustfmt: bool,
}

impl Program {
    /// Builds it.
    pub(super) fn build(root: &Path, rustfmt: bool) -> Result<Self, Faults> {
        say("release build of xtask");
        let mut build = cargo::command();
        build.args([
            "build",
            "--release",
            "--package",
            "xtask",
            "--message-format",
            "json-render-diagnostics",
        ]);
        let output = cargo::run(build.current_dir(root))?;
        let printed = String::from_utf8_lossy(&output.stdout);
        let messages = printed.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let mut paths =
            messages.filter_map(|message| Some(PathBuf::from(message.get("executable")?.as_str()?)));
        let path = paths.next_back().ok_or_else(|| Faults::new("cargo names no executable of xtask"))?;
        Ok(Self { path, rustfmt })
    }

    /// Where the program is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Runs a side once.
    pub(super) fn run(&self, case: &Case, side: Side) -> Result<Usage, Faults> {
        scratch::remove(&case.generated(side))?;
        let mut arguments: Vec<OsString> = vec!["bench".into(), side.name().into()];
        arguments.extend([case.input(side).into(), case.generated(side).into()]);
        if self.rustfmt && side == Side::Plain {
            arguments.push("--rustfmt".into());
        }
        measure::process(&self.path, arguments, &case.folder)
    }
}

/// Our side's process.
pub(super) fn ours(input: &Path, output: &Path) -> Result<Report, Faults> {
    let generated =
        generator::generate(&tree::spec(input)?).map_err(|faults| Faults::verbatim(faults.to_string()))?;
    for (path, text) in generated.files.iter() {
        scratch::write(&output.join(path), text)?;
    }
    scratch::write(&output.join(FEATURES), &serde_json::json!(generated.features).to_string())?;
    scratch::write(&output.join(SERVICES), &generated.services)?;
    Ok(Report::default())
}

/// The other side's process: a crate with one file a service.
pub(super) fn plain(input: &Path, output: &Path, rustfmt: bool) -> Result<Report, Faults> {
    let mut modules = String::new();
    for document in scratch::files(input)? {
        let service = names::module(&document.file_stem().unwrap_or_default().to_string_lossy());
        let code = progenitor::generate(&scratch::read(&document)?)?;
        let path = output.join(format!("src/{service}.rs"));
        if rustfmt {
            scratch::write(&path, &code.to_string())?;
            cargo::run(Command::new("rustfmt").args(["--edition", "2021"]).arg(&path))?;
        } else {
            scratch::write(&path, &progenitor::print(code)?)?;
        }
        modules.push_str(&format!("pub mod {service};\n"));
    }
    scratch::write(&output.join("src/lib.rs"), &modules)?;
    Ok(Report::default())
}
