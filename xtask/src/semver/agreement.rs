//! Where both verdicts agree, and the reason for each difference.

use generator::compare::{Bump, CodeChange, Finding, Rust};

use super::outcome::{Failure, Outcome, folded};
use super::reasons::{BY_HAND, GENERATOR, HARMLESS, MINOR, UNSEEN, find};

/// What `cargo xtask diff` found.
pub(super) struct Ours<'a> {
    pub(super) findings: &'a [Finding],
    /// For each version, the code that the generator makes differently now than when the version was checked in.
    pub(super) generator: [&'a [CodeChange]; 2],
    /// The folders of the generated files.
    pub(super) folders: &'a [String],
}

/// Both verdicts side by side.
#[derive(Debug, PartialEq)]
pub(super) struct Agreement {
    pub(super) ours: Bump,
    pub(super) theirs: Bump,
    /// The breaking changes that both report.
    pub(super) both: Vec<String>,
    /// The breaking changes that only `cargo xtask diff` reports.
    pub(super) only_ours: Vec<Difference>,
    /// The failed lints that only cargo-semver-checks reports.
    pub(super) only_theirs: Vec<Difference>,
}

/// Something that only one side reports.
#[derive(Debug, PartialEq)]
pub(super) struct Difference {
    pub(super) what: String,
    pub(super) reason: Option<&'static str>,
}

impl Agreement {
    /// Compares both verdicts.
    pub(super) fn of(ours: &Ours<'_>, theirs: &Outcome) -> Self {
        let breaking: Vec<&Finding> =
            ours.findings.iter().filter(|finding| finding.row.rust == Rust::Breaking).collect();
        let is_told = |finding: &&Finding| theirs.failures.iter().any(|failure| is_of(failure, finding));
        let (both, only_ours): (Vec<&Finding>, Vec<&Finding>) = breaking.iter().copied().partition(is_told);
        let only_theirs =
            theirs.failures.iter().filter(|failure| !breaking.iter().any(|finding| is_of(failure, finding)));
        Self {
            ours: ours.findings.iter().map(Finding::bump).max().unwrap_or(Bump::Patch),
            theirs: theirs.bump,
            both: both.into_iter().map(Finding::id).collect(),
            only_ours: only_ours
                .into_iter()
                .map(|finding| Difference { what: finding.id(), reason: find(UNSEEN, finding.row.id) })
                .collect(),
            only_theirs: only_theirs
                .map(|failure| Difference {
                    what: format!("{}  {}", failure.lint, failure.place),
                    reason: ours.reason(failure),
                })
                .collect(),
        }
    }

    /// Why one side asks for a minor version only.
    pub(super) fn minor(&self) -> Option<&'static str> {
        ((self.ours, self.theirs) == (Bump::Minor, Bump::Patch)).then_some(MINOR)
    }

    /// How many differences have no reason.
    pub(super) fn unexplained(&self) -> usize {
        self.only_ours.iter().chain(&self.only_theirs).filter(|it| it.reason.is_none()).count()
    }
}

impl Ours<'_> {
    /// Why no finding breaks callers where a lint failed.
    fn reason(&self, failure: &Failure) -> Option<&'static str> {
        if let Some(reason) = find(HARMLESS, &failure.lint) {
            return Some(reason);
        }
        if !self.folders.iter().any(|folder| failure.is_in(folder)) {
            return Some(BY_HAND);
        }
        let words = failure.words();
        let is_changed =
            |change: &CodeChange| change.item.split('.').all(|part| words.contains(&folded(part)));
        self.generator.into_iter().flatten().any(is_changed).then_some(GENERATOR)
    }
}

/// Whether a lint failed at the item that a finding is about, or at a part of the type that it is about.
fn is_of(failure: &Failure, finding: &Finding) -> bool {
    let words = failure.words();
    let mut paths = finding.removed.iter().chain(&finding.changed).chain(&finding.added);
    paths.any(|path| {
        let mut segments = path.rsplit("::");
        let (Some(name), Some(parent)) = (segments.next(), segments.next()) else { return false };
        let has = |segment: &str| words.contains(&folded(segment));
        let is_type = name.starts_with(char::is_uppercase);
        let is_constructor = failure.lint == "method_parameter_count_changed";
        let is_named = if is_type { has(name) } else { has(parent) && (has(name) || is_constructor) };
        is_named && path.split("::").nth(1).is_some_and(|service| failure.is_in(service))
    })
}
