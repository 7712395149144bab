//! Rules about texts.

use std::collections::{BTreeMap, BTreeSet};

use super::findings::Findings;
use crate::check::ends_like_a_sentence;
use crate::names::words_of;
use crate::openapi::kind::ObjectKind;
use crate::openapi::site::Site;
use crate::openapi::survey::Survey;
use crate::source::Node;

/// The keys whose values are sentences.
const SENTENCES: &[&str] = &["description", "x-retry-reason", "x-not-sensitive"];

/// Words that say nothing beside a name.
const FILLERS: &[&str] =
    &["a", "an", "the", "this", "that", "its", "their", "of", "is", "it", "for", "value"];

/// A sentence ends with a full stop, and a summary has none.
pub(super) fn sentences(survey: &Survey<'_>, findings: &mut Findings<'_, '_>) {
    // The text of a link is no sentence.
    let is_sentence = |site: &&Site<'_>| site.reference().is_none() && site.kind != ObjectKind::ExternalDocs;
    for site in survey.sites.iter().filter(is_sentence) {
        let phrases = site.node.get("x-enum-descriptions").map(Node::entries).unwrap_or_default();
        let texts = SENTENCES.iter().filter_map(|key| site.node.get(key));
        for text in texts.chain(phrases.iter().map(|(_, phrase)| phrase)) {
            if text.text().is_some_and(|text| !ends_like_a_sentence(text)) {
                let what = "the text ends without a full stop";
                findings.add(site.node, text.fault("full-stop", what, "end the sentence with a full stop"));
            }
        }
        let summary = site.node.get("summary").filter(|_| site.kind == ObjectKind::Operation);
        if let Some(summary) =
            summary.filter(|summary| summary.text().is_some_and(|text| text.ends_with('.')))
        {
            let what = "the summary ends with a full stop";
            findings.add(
                site.node,
                summary.fault("full-stop", what, "delete the full stop: a summary is a heading"),
            );
        }
    }
}

/// The description of a member or parameter says more than its name. Of an object's only member there may be no more to say.
pub(super) fn repeated_names(survey: &Survey<'_>, findings: &mut Findings<'_, '_>) {
    for site in survey.sites.iter().filter(|site| site.reference().is_none()) {
        let name = match site.kind {
            ObjectKind::Parameter => site.node.text_of("name"),
            ObjectKind::Schema if site.via == "properties" && has_others(survey, site) => {
                site.key.and_then(Node::text)
            }
            _ => None,
        };
        let (Some(name), Some(description)) = (name, site.node.get("description")) else { continue };
        if description.text().is_some_and(|text| repeats(text, name)) {
            let what = format!("the text says no more than the name `{name}`");
            let help = "say what it is for, in which format it is, and where the caller gets it";
            findings.add(site.node, description.fault("repeated-name", what, help));
        }
    }
}

/// Whether the object that a member belongs to has other members.
fn has_others(survey: &Survey<'_>, member: &Site<'_>) -> bool {
    let members = survey.around(member).and_then(|object| object.node.get("properties"));
    members.is_some_and(|members| members.entries().len() > 1)
}

/// Whether all words of a text are those of a name.
fn repeats(text: &str, name: &str) -> bool {
    let known: BTreeSet<String> = words_of(name).iter().map(|word| singular(word)).collect();
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words
        .flat_map(words_of)
        .map(|word| singular(&word))
        .all(|word| known.contains(&word) || FILLERS.contains(&word.as_str()))
}

fn singular(word: &str) -> String {
    word.strip_suffix('s').filter(|rest| rest.len() > 2).unwrap_or(word).to_owned()
}

/// Two members of one object have different descriptions.
pub(super) fn same_texts(survey: &Survey<'_>, findings: &mut Findings<'_, '_>) {
    for site in survey.of_kind(ObjectKind::Schema) {
        let mut known: BTreeMap<&str, &str> = BTreeMap::new();
        for (key, member) in site.node.get("properties").map(Node::entries).unwrap_or_default() {
            let Some(description) = member.get("description") else { continue };
            let (Some(name), Some(text)) = (key.text(), description.text()) else { continue };
            match known.get(text) {
                Some(first) => {
                    let what = format!("`{name}` is described in the same words as `{first}`");
                    let help = "say how the two differ";
                    findings.add(member, description.fault("same-text", what, help));
                }
                None => _ = known.insert(text, name),
            }
        }
    }
}

/// Two operations have different summaries.
pub(super) fn summaries(survey: &Survey<'_>, findings: &mut Findings<'_, '_>) {
    let mut known: BTreeMap<&str, String> = BTreeMap::new();
    for operation in &survey.operations {
        let Some(summary) = operation.node.get("summary") else { continue };
        let Some(text) = summary.text() else { continue };
        match known.get(text) {
            Some(first) => {
                let what = format!("{} has the same summary as {first}", operation.label());
                findings.add(operation.node, summary.fault("same-summary", what, "say how the two differ"));
            }
            None => _ = known.insert(text, operation.label()),
        }
    }
}
