//! The findings in the form that all tasks print theirs in.

use generator::compare::{Bump, CodeChange, Finding, Place as SpecPlace, Rust, Wire};

use super::Compared;
use super::approvals::Approvals;
use crate::findings::{self, Findings, Place, Severity};
use crate::regen::counted;

/// All that was found: what breaks callers first, then the rest, the code that nothing explains, and old approvals.
/// What the generator changed is only counted, unless `lists_generator` asks for all of it: that can be thousands of items.
pub(super) fn findings(
    compared: &Compared,
    approvals: &Approvals,
    stale: &[String],
    lists_generator: bool,
) -> Findings {
    let comparison = &compared.comparison;
    let mut findings: Vec<findings::Finding> =
        comparison.unexplained.iter().map(|change| of_code("unexplained", Severity::Grave, change)).collect();
    findings.extend(comparison.findings.iter().map(|finding| of_api(finding, approvals.has(finding))));
    let generator = compared.generator.iter().filter(|_| lists_generator);
    findings.extend(generator.map(|change| of_code("generator-changed", Severity::Plain, change)));
    findings.extend(stale.iter().map(|id| findings::Finding {
        rule: "stale-approval".to_owned(),
        severity: Severity::Notable,
        item: id.clone(),
        message: "an approved change isn't found any more; take it out of the file of approvals".to_owned(),
        ..findings::Finding::default()
    }));
    Findings { title: compared.title.clone(), summary: summary(compared), findings }
}

fn summary(compared: &Compared) -> String {
    let findings = &compared.comparison.findings;
    let mut text = match findings.is_empty() {
        true => "The API is the same.".to_owned(),
        false => counts(findings),
    };
    if !compared.generator.is_empty() {
        let items = counted(compared.generator.len(), "public item");
        text.push_str(&format!(
            " The generator changed {items} of the code that was checked in; `--format json` lists them."
        ));
    }
    if compared.old_faults > 0 {
        let faults = counted(compared.old_faults, "fault");
        text.push_str(&format!(" The old version has {faults} by the rules of this generator."));
    }
    text
}

/// How many changes there are of each kind, and what they ask for.
fn counts(findings: &[Finding]) -> String {
    let on_wire = match findings.iter().filter(|finding| finding.row.wire != Wire::Same).count() {
        0 => "None shows".to_owned(),
        1 => "1 shows".to_owned(),
        several => format!("{several} show"),
    };
    format!(
        "{}: {}. {on_wire} on the wire. The least bump of the version is {}.",
        counted(findings.len(), "change"),
        by_verdict(findings),
        findings.iter().map(Finding::bump).max().unwrap_or(Bump::Patch).name()
    )
}

/// How many changes there are of each verdict for callers. Few versions deprecate anything.
fn by_verdict(findings: &[Finding]) -> String {
    let verdicts = [
        (Rust::Breaking, "breaking"),
        (Rust::Additive, "additive"),
        (Rust::Deprecated, "deprecated"),
        (Rust::Documentation, "in documentation"),
        (Rust::Unchanged, "unseen by callers"),
    ];
    let counted = verdicts.iter().filter_map(|(rust, name)| {
        let count = findings.iter().filter(|finding| finding.row.rust == *rust).count();
        (count > 0 || *rust != Rust::Deprecated).then(|| format!("{count} {name}"))
    });
    counted.collect::<Vec<_>>().join(", ")
}

fn of_api(finding: &Finding, is_approved: bool) -> findings::Finding {
    let row = finding.row;
    let severity = match (row.rust, row.wire) {
        (Rust::Breaking, _) if !is_approved => Severity::Grave,
        (Rust::Breaking, _) => Severity::Notable,
        (Rust::Deprecated, _) => Severity::Notable,
        (_, Wire::Same) => Severity::Plain,
        _ => Severity::Notable,
    };
    let detail = if finding.detail.is_empty() { String::new() } else { format!(": {}", finding.detail) };
    let approved = if is_approved { ", approved" } else { "" };
    let place = |label, place: &Option<SpecPlace>| {
        place.as_ref().map(|place| Place {
            label,
            file: place.file.clone(),
            line: Some(place.line),
            column: None,
        })
    };
    findings::Finding {
        rule: row.id.to_owned(),
        severity,
        item: format!("{} {}", finding.service, finding.name),
        message: format!("{}{detail}", row.meaning),
        facts: vec![
            ("callers", format!("{}{approved}", row.rust.name())),
            ("wire", row.wire.name().to_owned()),
            ("bump", finding.bump().name().to_owned()),
        ],
        places: [place("before", &finding.old), place("after", &finding.new)].into_iter().flatten().collect(),
        lists: vec![
            ("added", finding.added.clone()),
            ("changed", finding.changed.clone()),
            ("removed", finding.removed.clone()),
        ],
        excerpt: None,
    }
}

fn of_code(rule: &str, severity: Severity, change: &CodeChange) -> findings::Finding {
    let CodeChange { file, line, item, old, new } = change;
    let message = match (old.is_empty(), new.is_empty()) {
        (true, _) => format!("new: `{new}`"),
        (_, true) => format!("gone: `{old}`"),
        _ => format!("`{old}` became `{new}`"),
    };
    findings::Finding {
        rule: rule.to_owned(),
        severity,
        item: item.clone(),
        message,
        places: vec![Place { label: "in", file: file.clone(), line: Some(*line), column: None }],
        ..findings::Finding::default()
    }
}
