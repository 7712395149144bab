//! Rules about what the texts say of values.

use std::collections::BTreeSet;

use super::findings::Findings;
use crate::names::words_of;
use crate::openapi::kind::ObjectKind;
use crate::openapi::site::Site;
use crate::openapi::survey::Survey;
use crate::openapi::types::SchemaType;
use crate::source::Node;

/// How many values a text lists at least if it is meant to list all.
const LISTED: usize = 2;

/// Words in the names of times and durations.
const TIMES: &[&str] = &[
    "time",
    "timeout",
    "date",
    "created",
    "updated",
    "modified",
    "expiration",
    "expires",
    "expiry",
    "expire",
    "duration",
    "ttl",
    "lifetime",
    "age",
    "interval",
    "delay",
    "period",
];

/// Words that name a unit of time, or how a time is written.
const UNITS: &[&str] =
    &["second", "minute", "hour", "day", "week", "month", "year", "millisecond", "epoch", "unit"];

/// The member or parameter that a site describes, with its schema.
fn described<'a>(site: &Site<'a>) -> Option<(&'a str, &'a Node)> {
    match site.kind {
        ObjectKind::Parameter => Some((site.node.text_of("name")?, site.node.get("schema")?)),
        ObjectKind::Schema if site.via == "properties" => Some((site.key?.text()?, site.node)),
        _ => None,
    }
}

/// A text whose description lists its values has an enum.
pub(super) fn listed_values(survey: &Survey<'_>, findings: &mut Findings<'_, '_>) {
    let keys = survey.sites.iter().filter_map(|site| site.key.and_then(Node::text));
    let parameters = survey.of_kind(ObjectKind::Parameter).filter_map(|site| site.node.text_of("name"));
    let operations = survey.operations.iter().filter_map(|operation| operation.id()?.text());
    let known: BTreeSet<&str> = keys.chain(parameters).chain(operations).collect();
    for site in survey.sites.iter().filter(|site| site.reference().is_none()) {
        let Some((name, schema)) = described(site) else { continue };
        let Some(description) = site.node.get("description") else { continue };
        if survey.type_of(schema) != SchemaType::Text || has_values(survey, schema) {
            continue;
        }
        let listed = listed(description.text().unwrap_or_default());
        if listed.len() >= LISTED && !listed.iter().any(|value| known.contains(value)) {
            let what = format!(
                "the text lists the values of `{name}`, and its schema doesn't: {}",
                listed.join(", ")
            );
            let help = "refer to a schema with an `enum`, which is open if there can be more values";
            findings.add(site.node, description.fault("listed-values", what, help));
        }
    }
}

/// Whether the schema itself says which texts fit.
fn has_values<'a>(survey: &Survey<'a>, schema: &'a Node) -> bool {
    let keys = ["enum", "pattern", "format", "x-json-text"];
    survey.unwrap(schema).is_none_or(|schema| keys.iter().any(|key| schema.get(key).is_some()))
}

/// The words in backticks of the first list in a text that is joined by commas, `or` and `and`.
fn listed(text: &str) -> Vec<&str> {
    let mut parts = text.split('`');
    let mut list = Vec::new();
    let mut is_example = parts.next().is_some_and(gives_examples);
    while let (Some(value), Some(joint)) = (parts.next(), parts.next()) {
        list.push(value);
        if !matches!(joint.trim(), "," | "or" | ", or" | "and" | ", and" | "/") {
            if !is_example && list.len() >= LISTED && list.iter().all(|value| is_value(value)) {
                return list;
            }
            list.clear();
            is_example = gives_examples(joint);
        }
    }
    Vec::new()
}

/// Whether the values that follow are only some of all.
fn gives_examples(before: &str) -> bool {
    ["such as", "like", "for example", "for instance", "e.g."]
        .iter()
        .any(|words| before.trim_end_matches([' ', ',']).ends_with(words))
}

fn is_value(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|letter| letter.is_alphanumeric() || "-_".contains(letter))
}

/// A time or duration that is an integer has a unit.
pub(super) fn units(survey: &Survey<'_>, findings: &mut Findings<'_, '_>) {
    for site in survey.sites.iter().filter(|site| site.reference().is_none()) {
        let Some((name, schema)) = described(site) else { continue };
        let Some(description) = site.node.get("description") else { continue };
        if survey.type_of(schema) != SchemaType::Integer
            || !words_of(name).iter().any(|word| TIMES.contains(&word.as_str()))
        {
            continue;
        }
        let text = description.text().unwrap_or_default().to_lowercase();
        if !UNITS.iter().any(|unit| text.contains(unit)) {
            let what = format!("the text doesn't say in which unit `{name}` is");
            let help = "name the unit: seconds, milliseconds, or seconds since the epoch";
            findings.add(site.node, description.fault("missing-unit", what, help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_values_with_joints_between_them() {
        assert_eq!(listed("Where: `a`, `b-c`, or `d_e`."), ["a", "b-c", "d_e"]);
        assert_eq!(listed("See `a`. It is `b` or `c`, never more."), ["b", "c"]);
        for text in ["", "`a`", "A tag such as `a` or `b`.", "`a` is like `b`.", "`a b` or `c`", "`a` or"] {
            assert_eq!(listed(text), [""; 0], "{text}");
        }
    }
}
