//! The task `lint`: what a reviewer of the spec would ask for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use generator::fault::{Fault, Faults as Found};

use crate::fault::Faults;
use crate::findings::Format;
use crate::regen::{Report, counted};
use crate::tree;

/// Reports the findings of a group of a service, of a service, or of all.
pub(crate) fn run(
    root: &Path,
    service: Option<&str>,
    group: Option<&str>,
    format: Format,
) -> Result<Report, Faults> {
    let spec = tree::spec(root)?;
    if let Some(service) = service {
        known(service, spec.keys())?;
    }
    let findings = match generator::lint(&spec, service) {
        Ok(findings) => findings,
        Err(faults) => {
            let complaint = "mend the faults first\n".to_owned();
            return Ok(Report { text: format.print(&(&faults).into()), complaint });
        }
    };
    match service.zip(group) {
        Some((service, group)) => {
            let file = format!("spec/{service}/{group}.yaml");
            if !spec.contains_key(&file) {
                return Err(Faults::new(format_args!("there is no file {file}")));
            }
            Ok(report(&of_file(&findings, &file), format))
        }
        None => Ok(report(&findings, format)),
    }
}

/// The findings in a file.
fn of_file(findings: &Found, file: &str) -> Found {
    let is_there = |finding: &&Fault| finding.location.as_ref().is_some_and(|location| location.file == file);
    Found::new(findings.iter().filter(is_there).cloned())
}

/// The findings in a format; any of them fails the task.
pub(crate) fn report(findings: &Found, format: Format) -> Report {
    if findings.is_empty() {
        let text = if format == Format::Text { "no findings\n" } else { "" };
        return Report::of(text.to_owned());
    }
    let mut by_rule: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings {
        *by_rule.entry(finding.rule).or_default() += 1;
    }
    let by_rule: Vec<String> = by_rule.iter().map(|(rule, count)| format!("{count} {rule}")).collect();
    let complaint = format!("{}: {}\n", counted(findings.len(), "finding"), by_rule.join(", "));
    Report { text: format.print(&findings.into()), complaint }
}

/// Fails unless there is a service of this name.
pub(crate) fn known<'a>(service: &str, paths: impl Iterator<Item = &'a String>) -> Result<(), Faults> {
    let folder = |path: &'a String| path.strip_prefix("spec/")?.split_once('/').map(|(service, _)| service);
    let services: BTreeSet<&str> = paths.filter_map(folder).collect();
    if services.contains(service) {
        return Ok(());
    }
    let names: Vec<String> = services.iter().map(|name| format!("`{name}`")).collect();
    Err(Faults::new(format_args!(
        "there is no service `{service}` in spec/; there is {}",
        names.join(" and ")
    )))
}
