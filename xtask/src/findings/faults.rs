//! The faults of the generator as findings.

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
