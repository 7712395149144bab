//! The task `semver`: compares the verdicts of `cargo xtask diff` with those of cargo-semver-checks, which reads the code of
//! both versions as rustdoc sees it.
//!
//! - `tool`: runs cargo-semver-checks; `outcome`: what it printed, as data
//! - `agreement`: where both agree; `reasons`: why they don't, as data

mod agreement;
mod outcome;
mod reasons;
mod tool;

use std::fmt::Write;
use std::path::Path;

use clap::Args;

use crate::compare;
use crate::fault::Faults;
use crate::regen::{Report, counted};
use agreement::{Agreement, Difference, Ours};

/// Where the files of revisions are put, and what the tool compiles.
const FOLDER: &str = "target/semver";

/// Which versions to compare.
#[derive(Args, Debug)]
pub(crate) struct Comparing {
    /// The old version: a revision of git, or the folder of a repository; the merge base with the default branch if left out.
    old: Option<String>,
    /// The new version; the working tree if left out.
    new: Option<String>,
    /// The features of the client that both versions have, such as `descope-otp,rustls`; all if left out.
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    features: Vec<String>,
}

/// Lets both compare two versions, and prints where they differ.
pub(crate) fn run(root: &Path, comparing: &Comparing) -> Result<Report, Faults> {
    tool::find()?;
    let Comparing { old, new, features } = comparing;
    let compared = compare::compare_versions(root, old.as_deref(), new.as_deref())?;
    if new.is_none() && !compared.stale.is_empty() {
        return Err(Faults::new(
            "the generated code of the working tree isn't what its spec gives; run `cargo xtask regen` first",
        ));
    }
    let folder = root.join(FOLDER);
    let [before, after] = compare::folders(root, old.as_deref(), new.as_deref(), &folder)?;
    let outcome = tool::run(&before, &after, features, &folder.join("compiled"))?;
    let ours = Ours {
        findings: &compared.comparison.findings,
        generator: [&compared.generator, &compared.stale],
        folders: &compared.folders,
    };
    let agreement = Agreement::of(&ours, &outcome);
    Ok(Report {
        text: format!("{}\n\n{}", compared.title, print(&agreement)),
        complaint: complaint(&agreement),
    })
}

fn complaint(agreement: &Agreement) -> String {
    match agreement.unexplained() {
        0 => String::new(),
        count => format!(
            "{} without a reason; find out which side is right, and add the reason to xtask/src/semver/reasons.rs\n",
            counted(count, "difference")
        ),
    }
}

fn print(agreement: &Agreement) -> String {
    let Agreement { ours, theirs, both, only_ours, only_theirs } = agreement;
    let mut text = format!(
        "least bump of the version: {} by `cargo xtask diff`, {} by cargo-semver-checks\n",
        ours.name(),
        theirs.name()
    );
    if let Some(reason) = agreement.minor() {
        _ = writeln!(text, "    {reason}");
    }
    _ = writeln!(text, "{} that both tell", counted(both.len(), "breaking change"));
    text.extend(both.iter().map(|id| format!("    {id}\n")));
    _ = writeln!(text, "{} that only `cargo xtask diff` tells", counted(only_ours.len(), "breaking change"));
    text.extend(only_ours.iter().map(difference));
    _ = writeln!(text, "{} that only cargo-semver-checks tells", counted(only_theirs.len(), "change"));
    text.extend(only_theirs.iter().map(difference));
    text
}

fn difference(difference: &Difference) -> String {
    let Difference { what, reason } = difference;
    format!("    {what}\n        {}\n", reason.unwrap_or("No reason is known."))
}
