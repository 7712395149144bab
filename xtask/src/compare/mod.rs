//! The tasks `diff` and `changelog`: what two versions of the spec make different for callers of the client.
//!
//! - `stop`: why two versions can't be compared
//! - `versions`: the files of a version, from git or from a folder
//! - `approvals`: the findings that somebody has approved
//! - `print`: the findings in the form that all tasks print theirs in
//! - `changelog`: the list of changes in the client's changelog

mod approvals;
mod changelog;
mod print;
mod stop;
mod versions;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use generator::compare::{self, CodeChange, Comparison, Finding, Rust, Version};
use generator::fault::Faults as SpecFaults;

use crate::fault::Faults;
use crate::findings::Format;
use crate::regen::{Report, counted};
use stop::{Refused, Stop};
use versions::Source;

/// Which versions to compare, and how to say what was found.
#[derive(Args, Debug)]
pub(crate) struct Comparing {
    /// The old version: a revision of git, or a folder with a `spec` in it; the merge base with the default branch if left
    /// out.
    pub(crate) old: Option<String>,
    /// The new version; the working tree if left out.
    pub(crate) new: Option<String>,
    /// How the findings are printed.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    /// Fail if there is a finding of this kind that isn't approved.
    #[arg(long, value_enum)]
    pub(crate) deny: Option<Denied>,
    /// The file of approvals, in YAML: a list of `finding`, `item` and `reason`; `generated-client/approvals.yaml` of the
    /// repository if left out.
    #[arg(long, value_name = "FILE")]
    pub(crate) approvals: Option<PathBuf>,
}

/// What fails the task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Denied {
    /// Findings that break callers.
    Breaking,
}

/// What was found between two versions.
pub(crate) struct Compared {
    pub(crate) title: String,
    pub(crate) comparison: Comparison,
    /// What the generator changed: the code of the old version as it was checked in, beside what is made of it now.
    pub(crate) generator: Vec<CodeChange>,
    /// The same for the new version.
    pub(crate) stale: Vec<CodeChange>,
    /// The folders of the generated files.
    pub(crate) folders: Vec<String>,
    /// How many faults today's rules find in the old version.
    old_faults: usize,
}

/// Compares two versions, and prints what was found, or why they can't be compared.
pub(crate) fn diff(root: &Path, comparing: &Comparing) -> Result<Report, Faults> {
    found(root, comparing).or_else(|stop| stop.report(comparing.format))
}

fn found(root: &Path, comparing: &Comparing) -> Result<Report, Stop> {
    let approvals = approvals::read(root, comparing.approvals.as_deref())?;
    let compared = compare_versions(root, comparing.old.as_deref(), comparing.new.as_deref())?;
    let is_denied = |finding: &Finding| {
        comparing.deny == Some(Denied::Breaking)
            && finding.row.rust == Rust::Breaking
            && !approvals.has(finding)
    };
    let denied = compared.comparison.findings.iter().filter(|finding| is_denied(finding)).count();
    let stale = approvals.stale(&compared.comparison.findings);
    let found = print::findings(&compared, &approvals, &stale, comparing.format == Format::Json);
    let mut complaint = String::new();
    if denied > 0 {
        complaint.push_str(&format!(
            "{} not approved; to approve one, add it to {} with its reason\n",
            counted(denied, "breaking change"),
            approvals.file
        ));
    }
    complaint.push_str(&unexplained(&compared.comparison));
    Ok(Report { text: comparing.format.print(&found), complaint })
}

/// What is said of code that changed without a finding; empty if there is none.
fn unexplained(comparison: &Comparison) -> String {
    match comparison.unexplained.len() {
        0 => String::new(),
        count => format!(
            "{} of the generated code unexplained, which can't be approved: `generator::compare` doesn't read what \
             changed there\n",
            counted(count, "change")
        ),
    }
}

/// Writes what changed since a version into the client's changelog.
pub(crate) fn write_changelog(root: &Path, old: Option<&str>) -> Result<Report, Faults> {
    let compared = compare_versions(root, old, None)?;
    let text = changelog::write(root, &compared.comparison.findings)?;
    Ok(Report { text, complaint: unexplained(&compared.comparison) })
}

/// Compares two versions.
pub(crate) fn compare_versions(root: &Path, old: Option<&str>, new: Option<&str>) -> Result<Compared, Stop> {
    let [old, new] = sources(root, old, new)?;
    let title = format!("Changes of the API from {} to {}", old.label, new.label);
    let [before, after] = both(old.spec(), new.spec())?;
    let (before, after) = compare::read_both(before, after);
    let [before, after] = loaded([(&old, before), (&new, after)])?;
    let generator = compare::generator_changes(&old.generated(&before.files)?, &before);
    let stale = compare::generator_changes(&new.generated(&after.files)?, &after);
    let folders = folders_of(&before, &after);
    let old_faults = before.faults.len();
    Ok(Compared { title, comparison: compare::compare(before, after), generator, stale, folders, old_faults })
}

fn folders_of(before: &Version, after: &Version) -> Vec<String> {
    let paths = before.files.keys().chain(after.files.keys());
    let folders: BTreeSet<&str> = paths.filter_map(|path| Some(path.rsplit_once('/')?.0)).collect();
    folders.into_iter().map(str::to_owned).collect()
}

/// The folders that hold all files of two versions. The files of a revision are written into a folder below `to`.
pub(crate) fn folders(
    root: &Path,
    old: Option<&str>,
    new: Option<&str>,
    to: &Path,
) -> Result<[PathBuf; 2], Faults> {
    let [old, new] = sources(root, old, new)?;
    Ok([old.folder(&to.join("old"))?, new.folder(&to.join("new"))?])
}

fn sources(root: &Path, old: Option<&str>, new: Option<&str>) -> Result<[Source; 2], Faults> {
    let old = match old {
        Some(old) => Source::named(root, old)?,
        None => Source::merge_base(root)?,
    };
    let new = match new {
        Some(new) => Source::named(root, new)?,
        None => Source::working_tree(root),
    };
    Ok([old, new])
}

/// What was made of both versions, or the faults of both.
fn both<T>(before: Result<T, Faults>, after: Result<T, Faults>) -> Result<[T; 2], Faults> {
    match (before, after) {
        (Ok(before), Ok(after)) => Ok([before, after]),
        (Err(faults), Ok(_)) | (Ok(_), Err(faults)) => Err(faults),
        (Err(mut faults), Err(others)) => {
            faults.add(others);
            Err(faults)
        }
    }
}

/// Both versions, or those that can't be read because of their faults.
fn loaded(sides: [(&Source, Result<Version, SpecFaults>); 2]) -> Result<[Version; 2], Stop> {
    let refused = |source: &Source, faults| Refused { label: source.label.clone(), faults };
    match sides {
        [(_, Ok(before)), (_, Ok(after))] => Ok([before, after]),
        [(old, Err(faults)), (_, Ok(_))] => Err(Stop::Versions(vec![refused(old, faults)])),
        [(_, Ok(_)), (new, Err(faults))] => Err(Stop::Versions(vec![refused(new, faults)])),
        [(old, Err(faults)), (new, Err(others))] => {
            Err(Stop::Versions(vec![refused(old, faults), refused(new, others)]))
        }
    }
}
