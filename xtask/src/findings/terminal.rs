//! Findings for people at a terminal.

use super::{Finding, Findings, one_line};

/// The title, a block for each finding, and the summary at the end, where it is seen.
pub(super) fn print(findings: &Findings) -> String {
    let mut text = String::new();
    if !findings.title.is_empty() {
        text.push_str(&format!("{}\n\n", findings.title));
    }
    for finding in &findings.findings {
        text.push_str(&block(finding));
        text.push('\n');
    }
    if !findings.summary.is_empty() {
        text.push_str(&format!("{}\n", findings.summary));
    }
    text
}

fn block(finding: &Finding) -> String {
    if let Some(excerpt) = &finding.excerpt {
        return format!("{excerpt}\n");
    }
    let mut text = format!("{}  {}\n    {}\n", finding.rule, finding.item, one_line(&finding.message));
    let facts = facts(finding);
    if !facts.is_empty() {
        text.push_str(&format!("    {facts}\n"));
    }
    for place in &finding.places {
        let label = if place.label.is_empty() { "at" } else { place.label };
        text.push_str(&format!("    {label}: {}\n", place.shown()));
    }
    for (name, entries) in &finding.lists {
        if !entries.is_empty() {
            text.push_str(&format!("    {name}: {}\n", entries.join(", ")));
        }
    }
    text
}

/// `rust: breaking, bump: major`
pub(super) fn facts(finding: &Finding) -> String {
    let facts = finding.facts.iter().filter(|(_, value)| !value.is_empty());
    facts.map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join(", ")
}
