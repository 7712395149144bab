//! A text names only operations, schemas and members that exist. What it names stands in backticks.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::words::{nearest, suggest};
use crate::fault::Fault;
use crate::names;
use crate::openapi::file::FileRole;
use crate::openapi::kind::ObjectKind;
use crate::openapi::survey::Survey;
use crate::source::Node;

/// How many words that aren't known are compared with all names. Texts that people write have a few such words.
const MOST_SEARCHED: usize = 500;

/// The keys whose values are texts.
const TEXTS: &[&str] = &["summary", "description", "x-retry-reason", "x-not-sensitive"];

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    if !survey.is_whole() {
        return;
    }
    let known = Known::of(survey);
    let mut searched = HashMap::new();
    for site in survey.sites.iter().filter(|site| site.reference().is_none()) {
        let texts = TEXTS.iter().filter_map(|key| site.node.get(key));
        let phrases = site.node.get("x-enum-descriptions").map(Node::entries).unwrap_or_default();
        for node in texts.chain(phrases.iter().map(|(_, phrase)| phrase)) {
            for word in node.text().map(code).unwrap_or_default() {
                faults.extend(known.check(word, node, &mut searched));
            }
        }
    }
}

/// What stands in backticks in a text. A block of code isn't looked at.
fn code(text: &str) -> Vec<&str> {
    if !text.contains('`') {
        return Vec::new();
    }
    let outside_blocks = text.split("```").step_by(2);
    outside_blocks.flat_map(|part| part.split('`').skip(1).step_by(2)).collect()
}

/// The names of a service.
struct Known<'a> {
    operations: BTreeSet<&'a str>,
    schemas: HashSet<&'a str>,
    /// How the ids of operations begin, by group.
    prefixes: Vec<String>,
    /// All other names: those of members, parameters, values, credentials.
    others: HashSet<&'a str>,
}

impl<'a> Known<'a> {
    fn of(survey: &Survey<'a>) -> Self {
        let operations = survey.operations.iter().filter_map(|operation| operation.id()?.text());
        let has_all_ids = survey.operations.iter().all(|operation| operation.id().is_some());
        let groups = survey.files.iter().filter(|file| file.role == FileRole::Group);
        let mut others: HashSet<&str> = HashSet::new();
        for site in &survey.sites {
            others.extend(site.key.and_then(Node::text));
            others.extend(
                site.node.get("enum").map(Node::items).unwrap_or_default().iter().filter_map(Node::text),
            );
            if site.kind == ObjectKind::Parameter {
                others.extend(site.node.text_of("name"));
            }
        }
        Self {
            operations: operations.collect(),
            schemas: survey.defined("schemas").map(|(_, name, _)| name).collect(),
            // An operation whose id is missing could be the one that is meant.
            prefixes: groups
                .filter(|_| has_all_ids)
                .map(|group| names::operation_prefix(group.stem()))
                .collect(),
            others,
        }
    }

    /// The fault of a word that looks like a name of the service and isn't one. A word looks like an operation if it begins
    /// like the operations of a group. Schemas and members have names like many other things, such as the parts of a
    /// redirect or a type in Rust, so a word looks like one of them only if it resembles a known name. `searched` has the
    /// words that were compared with all names, each with the name that it resembles.
    fn check<'t>(
        &self,
        word: &'t str,
        at: &Node,
        searched: &mut HashMap<&'t str, Option<&'a str>>,
    ) -> Option<Fault> {
        if self.operations.contains(word) || self.schemas.contains(word) || self.others.contains(word) {
            return None;
        }
        if is_snake(word) && self.prefixes.iter().any(|prefix| word.starts_with(prefix.as_str())) {
            let help =
                suggest(word, self.operations.iter().copied(), "name an operation, or say it in other words");
            return Some(at.fault("unknown-name", format!("there is no operation `{word}`"), help));
        }
        let (kind, known) = match word.chars().next() {
            _ if !is_joined(word) => return None,
            Some(first) if first.is_ascii_uppercase() => ("schema", &self.schemas),
            _ => ("member", &self.others),
        };
        if searched.len() == MOST_SEARCHED && !searched.contains_key(word) {
            return None;
        }
        let search = || nearest(word, known.iter().copied().filter(|known| is_joined(known)));
        let meant = (*searched.entry(word).or_insert_with(search))?;
        let help = format!("did you mean `{meant}`?");
        Some(at.fault("unknown-name", format!("there is no {kind} `{word}`"), help))
    }
}

/// Whether a word is one in snake case.
fn is_snake(word: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    word.split('_').all(|part| !part.is_empty() && part.bytes().all(is_letter))
}

/// Whether a word is several that are joined by capitals: `loginId` or `LoginOptions`.
fn is_joined(word: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric();
    let humps = word.bytes().skip(1).filter(u8::is_ascii_uppercase).count();
    word.bytes().all(is_letter) && humps > 0 && humps * 3 < word.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_stands_in_backticks_outside_of_blocks() {
        assert_eq!(code("`a` b `c`.\n\n```json\n`d`\n```\n`e`"), ["a", "c", "e"]);
        assert_eq!(code("no code"), [""; 0]);
    }

    #[test]
    fn names_of_several_words_are_told_from_others() {
        for word in ["loginId", "LoginOptions", "oauthV2Key"] {
            assert!(is_joined(word), "{word}");
        }
        for word in ["login", "Login", "JWT", "error_description", "a.bC", "PKCE"] {
            assert!(!is_joined(word), "{word}");
        }
    }
}
