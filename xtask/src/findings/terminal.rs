//! A review for people at a terminal.

use super::{Review, ReviewFinding};

/// The title, a block for each finding, and the summary at the end, where it is seen.
pub(super) fn print(review: &Review) -> String {
    let mut text = format!("{}\n\n", review.title);
    for finding in &review.findings {
        text.push_str(&block(finding));
        text.push('\n');
    }
    text.push_str(&format!("{}\n", review.summary));
    text
}

fn block(finding: &ReviewFinding) -> String {
    let message = finding.message.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text = format!("{}  {}\n    {message}\n", finding.id, finding.item);
    if !finding.facts.is_empty() {
        text.push_str(&format!("    {}\n", facts(finding)));
    }
    for place in &finding.places {
        text.push_str(&format!("    {}: {}\n", place.label, place.shown()));
    }
    for (name, entries) in &finding.lists {
        if !entries.is_empty() {
            text.push_str(&format!("    {name}: {}\n", entries.join(", ")));
        }
    }
    text
}

/// `rust: breaking, bump: major`
pub(super) fn facts(finding: &ReviewFinding) -> String {
    let facts = finding.facts.iter().map(|(name, value)| format!("{name}: {value}"));
    facts.collect::<Vec<_>>().join(", ")
}
