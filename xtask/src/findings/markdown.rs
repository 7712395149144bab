//! Findings as a comment on a pull request.

use super::{Finding, Findings, Severity, one_line};

/// The summary first, then the grave findings, and the others in a part that can be unfolded.
pub(super) fn print(findings: &Findings) -> String {
    let (grave, others): (Vec<&Finding>, Vec<&Finding>) =
        findings.findings.iter().partition(|finding| finding.severity == Severity::Grave);
    let mut parts = Vec::new();
    if !findings.title.is_empty() {
        parts.push(format!("### {}\n", findings.title));
    }
    if !findings.summary.is_empty() {
        parts.push(format!("{}\n", findings.summary));
    }
    if !grave.is_empty() {
        parts.push(table(&grave));
    }
    if !others.is_empty() {
        let plural = if others.len() == 1 { "" } else { "s" };
        let beside = if grave.is_empty() { "" } else { "other " };
        parts.push(format!(
            "<details>\n<summary>{} {beside}finding{plural}</summary>\n\n{}\n</details>\n",
            others.len(),
            table(&others)
        ));
    }
    parts.join("\n")
}

/// A row for each finding, and a column for each fact that one of them has.
fn table(findings: &[&Finding]) -> String {
    let mut columns: Vec<&str> = Vec::new();
    for (name, _) in findings.iter().flat_map(|finding| &finding.facts) {
        if !columns.contains(name) {
            columns.push(name);
        }
    }
    let names: String = columns.iter().map(|name| format!(" {name} |")).collect();
    let rule: String = columns.iter().map(|_| " --- |").collect();
    let rows: String = findings.iter().map(|finding| row(finding, &columns)).collect();
    format!("| finding | what |{names} where |\n| --- | --- |{rule} --- |\n{rows}")
}

fn row(finding: &Finding, columns: &[&str]) -> String {
    let fact = |column: &str| {
        let fact = finding.facts.iter().find(|(name, _)| *name == column);
        fact.map(|(_, value)| format!(" {} |", cell(value))).unwrap_or_else(|| "  |".to_owned())
    };
    let facts: String = columns.iter().map(|column| fact(column)).collect();
    let place = finding.places.last().map(|place| format!("`{}`", place.shown())).unwrap_or_default();
    format!("| `{}` | {} |{facts} {place} |\n", finding.rule, cell(&finding.what()))
}

/// A text as a cell of a table: on one line, and without what would end the cell.
fn cell(text: &str) -> String {
    one_line(text).replace('|', "\\|")
}
