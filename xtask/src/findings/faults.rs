//! Faults as findings: those of the generator, and those that keep a task from going on.

use generator::fault::{Fault, Faults};

use super::{Finding, Findings, Place};

impl From<&Faults> for Findings {
    fn from(faults: &Faults) -> Self {
        Self {
            title: String::new(),
            summary: faults.summary(),
            findings: faults.iter().map(Finding::from).collect(),
        }
    }
}

impl From<&Fault> for Finding {
    fn from(fault: &Fault) -> Self {
        let place = fault.location.as_ref().map(|location| Place {
            label: "",
            file: location.file.clone(),
            line: Some(location.line),
            column: Some(location.column),
        });
        Self {
            rule: fault.rule.to_owned(),
            message: fault.what.to_string(),
            facts: vec![("help", fault.help.to_string())],
            places: place.into_iter().collect(),
            excerpt: Some(fault.to_string()),
            ..Self::default()
        }
    }
}

/// The beginning of a message about a fault that isn't in the spec.
const ERROR: &str = "error: ";

/// The faults that keep a task from going on, and the lines that close them.
pub(crate) fn of_workspace(faults: &crate::fault::Faults) -> (Findings, String) {
    let (errors, closing): (Vec<&str>, Vec<&str>) =
        faults.messages().partition(|message| message.starts_with(ERROR));
    let findings = errors.into_iter().map(workspace).collect();
    let closing: String = closing.into_iter().map(|line| format!("{line}\n")).collect();
    (Findings { findings, ..Findings::default() }, closing)
}

fn workspace(message: &str) -> Finding {
    let message = message.strip_prefix(ERROR).unwrap_or(message).to_owned();
    Finding {
        rule: "workspace".to_owned(),
        message,
        facts: vec![("help", String::new())],
        ..Finding::default()
    }
}
