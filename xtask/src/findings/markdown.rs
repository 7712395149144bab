//! A review as a comment on a pull request.

use super::{Gravity, Review, ReviewFinding};

/// The summary first, then the grave findings, and the others in a part that can be unfolded.
pub(super) fn print(review: &Review) -> String {
    let mut text = format!("### {}\n\n{}\n", review.title, review.summary);
    let (grave, others): (Vec<&ReviewFinding>, Vec<&ReviewFinding>) =
        review.findings.iter().partition(|finding| finding.gravity == Gravity::Grave);
    if !grave.is_empty() {
        text.push_str(&format!("\n{}", table(&grave)));
    }
    if !others.is_empty() {
        let plural = if others.len() == 1 { "" } else { "s" };
        let beside = if grave.is_empty() { "" } else { "other " };
        text.push_str(&format!(
            "\n<details>\n<summary>{} {beside}finding{plural}</summary>\n\n{}\n</details>\n",
            others.len(),
            table(&others)
        ));
    }
    text
}

fn table(findings: &[&ReviewFinding]) -> String {
    let facts = findings.first().map(|finding| finding.facts.as_slice()).unwrap_or_default();
    let names: String = facts.iter().map(|(name, _)| format!(" {name} |")).collect();
    let rule: String = facts.iter().map(|_| " --- |").collect();
    let mut text = format!("| finding | what |{names} where |\n| --- | --- |{rule} --- |\n");
    for finding in findings {
        text.push_str(&row(finding));
    }
    text
}

fn row(finding: &ReviewFinding) -> String {
    let facts: String = finding.facts.iter().map(|(_, value)| format!(" {} |", cell(value))).collect();
    let place = finding.places.last().map(|place| format!("`{}`", place.shown())).unwrap_or_default();
    format!("| `{}` | {}: {} |{facts} {place} |\n", finding.id, cell(&finding.item), cell(&finding.message))
}

/// A text as a cell of a table: on one line, and without what would end the cell.
fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}
