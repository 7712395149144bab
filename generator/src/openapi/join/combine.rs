//! Combines the values of one keyword in two schemas, so that the result accepts what both schemas accept.

use std::collections::BTreeSet;

use super::agree::FLAGS;
use super::bounds;
use super::part::Entry;
use super::place::Conflict;
use crate::openapi::kind::{Effect, ObjectKind};
use crate::source::{Node, Value};

/// What two values of a keyword are together.
pub(super) enum Combined {
    /// The first value, which says what both say.
    First,
    /// This value.
    Value(Node),
    /// The values are schemas, which are to be joined.
    Schemas,
    /// No one value says the same.
    Refused(Conflict),
}

/// What two values of the keyword are together.
pub(super) fn combine(keyword: &str, first: &Node, second: &Node) -> Combined {
    match keyword {
        _ if is_same(first, second) => Combined::First,
        "type" => narrower(first, second, &[("integer", "number")]),
        "format" => narrower(first, second, &[("int32", "int64")]),
        "enum" => intersection(first, second),
        "items" => Combined::Schemas,
        "oneOf" | "anyOf" => {
            let forms = first.items().iter().chain(second.items()).cloned();
            Combined::Value(first.made_from(Value::Sequence(forms.collect())))
        }
        "discriminator" => Combined::First,
        "additionalProperties" => additional(first, second),
        "x-enum-descriptions" => union_of_entries(first, second),
        "default" | "x-enum-names" if first.to_json() == second.to_json() => Combined::First,
        "x-json-text" => Combined::Schemas,
        "pattern" => Combined::Refused(Conflict::Untold),
        // A check reports that the generator doesn't support it.
        keyword if is_refused(keyword) => Combined::First,
        // These have rules of their own.
        keyword if FLAGS.contains(&keyword) || bounds::is_bound(keyword) => Combined::First,
        _ => Combined::Refused(Conflict::Contradiction),
    }
}

/// Whether the generator refuses the keyword.
fn is_refused(keyword: &str) -> bool {
    let mut rules = ObjectKind::Schema.grammar().keys.iter();
    rules.any(|rule| rule.key == keyword && matches!(rule.effect, Effect::Refused(_)))
}

fn is_same(first: &Node, second: &Node) -> bool {
    match (&first.value, &second.value) {
        (Value::Mapping(_), _) | (Value::Sequence(_), _) => false,
        _ => first.to_json() == second.to_json(),
    }
}

/// The narrower one of two words; each pair has the narrower word first.
fn narrower(first: &Node, second: &Node, pairs: &[(&str, &str)]) -> Combined {
    let words = first.text().zip(second.text());
    match words {
        Some(words) if pairs.contains(&words) => Combined::First,
        Some((first, other)) if pairs.contains(&(other, first)) => Combined::Value(second.clone()),
        _ => Combined::Refused(Conflict::Contradiction),
    }
}

fn intersection(first: &Node, second: &Node) -> Combined {
    let allowed: BTreeSet<String> = second.items().iter().map(|value| value.to_json().to_string()).collect();
    let is_allowed = |value: &&Node| allowed.contains(&value.to_json().to_string());
    let kept: Vec<Node> = first.items().iter().filter(is_allowed).cloned().collect();
    if kept.is_empty() {
        return Combined::Refused(Conflict::Contradiction);
    }
    Combined::Value(first.made_from(Value::Sequence(kept)))
}

fn union_of_entries(first: &Node, second: &Node) -> Combined {
    let known: BTreeSet<&str> = first.entries().iter().filter_map(|(key, _)| key.text()).collect();
    let is_new = |(key, _): &&Entry| key.text().is_none_or(|text| !known.contains(text));
    let added = second.entries().iter().filter(is_new);
    Combined::Value(first.made_from(Value::Mapping(first.entries().iter().chain(added).cloned().collect())))
}

fn additional(first: &Node, second: &Node) -> Combined {
    match (first.is_mapping(), second.is_mapping()) {
        (true, true) => Combined::Schemas,
        _ if first.is_flag(false) || second.is_flag(true) => Combined::First,
        _ => Combined::Value(second.clone()),
    }
}
