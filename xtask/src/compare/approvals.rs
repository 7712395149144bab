//! The findings that somebody has approved, each with a reason.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use generator::compare::{Finding, ROWS};
use serde_yaml::Value;

use crate::fault::Faults;

/// The file of approvals of the repository. There needn't be one.
const DEFAULT: &str = "generated-client/approvals.yaml";

/// What is approved.
#[derive(Debug)]
pub(super) struct Approvals {
    /// The file that it is written in, as messages name it.
    pub(super) file: String,
    approved: Vec<Approval>,
}

#[derive(Debug)]
struct Approval {
    /// `member-removed`
    finding: String,
    /// `descope LoginOptions.stepup`
    item: String,
}

impl Approvals {
    /// Whether a finding is approved.
    pub(super) fn has(&self, finding: &Finding) -> bool {
        self.approved.iter().any(|approval| approval.id() == finding.id())
    }

    /// The approvals of what isn't found any more.
    pub(super) fn stale(&self, findings: &[Finding]) -> Vec<String> {
        let found: BTreeSet<String> = findings.iter().map(Finding::id).collect();
        self.approved.iter().map(Approval::id).filter(|id| !found.contains(id)).collect()
    }
}

impl Approval {
    fn id(&self) -> String {
        format!("{} {}", self.finding, self.item)
    }
}

/// Reads a file of approvals, or that of the repository if none is given.
pub(super) fn read(root: &Path, given: Option<&Path>) -> Result<Approvals, Faults> {
    let (path, file) = match given {
        Some(path) => (path.to_owned(), path.display().to_string()),
        None => (root.join(DEFAULT), DEFAULT.to_owned()),
    };
    match fs::read_to_string(path) {
        Ok(text) => parse(&text, &file).map(|approved| Approvals { file, approved }),
        Err(cause) if given.is_none() && cause.kind() == ErrorKind::NotFound => {
            Ok(Approvals { file, approved: Vec::new() })
        }
        Err(cause) => Err(Faults::io("read", file, &cause)),
    }
}

fn parse(text: &str, file: &str) -> Result<Vec<Approval>, Faults> {
    let fault = |what: &str| Faults::new(format_args!("{file}: {what}"));
    let list = match serde_yaml::from_str(text) {
        Ok(Value::Sequence(list)) => list,
        Ok(Value::Null) => Vec::new(),
        Ok(_) => {
            return Err(fault("it must be a list of approvals, each with `finding`, `item` and `reason`"));
        }
        Err(error) => return Err(fault(&error.to_string())),
    };
    let mut faults = Faults::default();
    let mut approved = Vec::new();
    for (index, entry) in list.iter().enumerate() {
        match approval(entry) {
            Ok(approval) => approved.push(approval),
            Err(what) => faults.add(fault(&format!("approval {} {what}", index + 1))),
        }
    }
    faults.or(approved)
}

fn approval(entry: &Value) -> Result<Approval, String> {
    let text = |key: &str| match entry.get(key).and_then(Value::as_str).map(str::trim) {
        Some(text) if !text.is_empty() => Ok(text.to_owned()),
        _ => Err(format!("has no `{key}`; write a text")),
    };
    text("reason")?;
    let approval = Approval { finding: text("finding")?, item: text("item")? };
    if ROWS.iter().any(|row| row.id == approval.finding) {
        return Ok(approval);
    }
    Err(format!("is of `{}`, which is no finding; generator/REVIEW.md lists all of them", approval.finding))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_approval_says_what_and_why() {
        let written = "- finding: member-removed\n  item: descope A.b\n  reason: Nobody used it.\n";
        let approvals = Approvals { file: String::new(), approved: parse(written, "a.yaml").unwrap() };
        assert_eq!(approvals.stale(&[]), ["member-removed descope A.b"]);
        assert!(parse("", "a.yaml").unwrap().is_empty());
    }

    #[test]
    fn all_faults_of_a_file_are_told() {
        let message = |text: &str| parse(text, "a.yaml").unwrap_err().to_string();
        assert_eq!(
            message("- finding: type\n  item: b\n- 1\n- {finding: typ, item: b, reason: c}\n"),
            "error: a.yaml: approval 1 has no `reason`; write a text\n\
             error: a.yaml: approval 2 has no `reason`; write a text\n\
             error: a.yaml: approval 3 is of `typ`, which is no finding; generator/REVIEW.md lists all of them\n"
        );
        assert_eq!(
            message("finding: a\n"),
            "error: a.yaml: it must be a list of approvals, each with `finding`, `item` and `reason`\n"
        );
        assert!(message("- [").starts_with("error: a.yaml: "), "{}", message("- ["));
    }
}
