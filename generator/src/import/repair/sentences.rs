//! Descriptions are sentences and summaries are headings: the first end with a full stop, the second without.

use serde_json::json;

use super::super::edit::visit;
use super::super::notes::Notes;
use crate::check::ends_like_a_sentence;
use crate::openapi::kind::ObjectKind;
use crate::source::Node;

pub(super) fn repair(document: &mut Node, notes: &mut Notes) {
    visit(ObjectKind::Document, document, &mut |kind, node| {
        if kind != ObjectKind::ExternalDocs {
            end(node, notes);
        }
        if kind == ObjectKind::Operation {
            without_end(node, notes);
        }
    });
}

fn end(node: &mut Node, notes: &mut Notes) {
    let Some(description) = node.get("description") else { return };
    let text = description.text().unwrap_or_default().trim_end();
    let last = text.chars().next_back().unwrap_or('.');
    // After a URL, the full stop would be a part of it.
    let is_url = text.split_whitespace().next_back().is_some_and(|word| word.contains("://"));
    let can_end = last.is_alphanumeric() || [')', ']', '`', '"', '\'', '%'].contains(&last);
    if can_end && !is_url && !ends_like_a_sentence(text) {
        notes.add(description, "ended a text with a full stop", "");
        let ended = format!("{text}.");
        node.set_json("description", &json!(ended));
    }
}

fn without_end(operation: &mut Node, notes: &mut Notes) {
    let Some(summary) = operation.get("summary") else { return };
    let text = summary.text().unwrap_or_default().trim_end();
    let Some(heading) = text.strip_suffix('.').filter(|heading| !heading.ends_with('.')) else { return };
    notes.add(summary, "took the full stop from the end of a summary", "");
    let heading = heading.to_owned();
    operation.set_json("summary", &json!(heading));
}
