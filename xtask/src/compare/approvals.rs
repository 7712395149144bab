//! The findings that somebody has approved, each with a reason.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use generator::compare::Finding;
use serde_yaml::Value;

use crate::fault::Faults;

/// What is approved.
#[derive(Debug, Default)]
pub(super) struct Approvals(Vec<Approval>);

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
        self.0.iter().any(|approval| approval.id() == finding.id())
    }

    /// The approvals of what isn't found any more.
    pub(super) fn stale(&self, findings: &[Finding]) -> Vec<String> {
        let found: BTreeSet<String> = findings.iter().map(Finding::id).collect();
        self.0.iter().map(Approval::id).filter(|id| !found.contains(id)).collect()
    }
}

impl Approval {
    fn id(&self) -> String {
        format!("{} {}", self.finding, self.item)
    }
}

/// Reads a file of approvals. There needn't be one.
pub(super) fn read(root: &Path, path: &str) -> Result<Approvals, Faults> {
    let text = match fs::read_to_string(root.join(path)) {
        Ok(text) => text,
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(Approvals::default()),
        Err(cause) => return Err(Faults::io("read", path, &cause)),
    };
    parse(&text).map_err(|what| Faults::new(format_args!("{path}: {what}")))
}

fn parse(text: &str) -> Result<Approvals, String> {
    let list = match serde_yaml::from_str(text) {
        Ok(Value::Sequence(list)) => list,
        Ok(Value::Null) => return Ok(Approvals::default()),
        Ok(_) => {
            return Err("it must be a list of approvals, each with `finding`, `item` and `reason`".to_owned());
        }
        Err(error) => return Err(error.to_string()),
    };
    let approvals = list.iter().enumerate().map(|(index, entry)| {
        let text = |key: &str| match entry.get(key).and_then(Value::as_str).map(str::trim) {
            Some(text) if !text.is_empty() => Ok(text.to_owned()),
            _ => Err(format!("approval {} has no `{key}`; write a text", index + 1)),
        };
        text("reason")?;
        Ok(Approval { finding: text("finding")?, item: text("item")? })
    });
    approvals.collect::<Result<_, String>>().map(Approvals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_approval_says_what_and_why() {
        let approvals =
            parse("- finding: member-removed\n  item: descope A.b\n  reason: Nobody used it.\n").unwrap();
        assert_eq!(approvals.stale(&[]), ["member-removed descope A.b"]);
        assert!(parse("").unwrap().0.is_empty());
        let message = |text: &str| parse(text).unwrap_err();
        assert_eq!(message("- finding: a\n  item: b\n"), "approval 1 has no `reason`; write a text");
        assert_eq!(
            message("finding: a\n"),
            "it must be a list of approvals, each with `finding`, `item` and `reason`"
        );
    }
}
