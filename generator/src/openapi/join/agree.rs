//! What parts have to agree about beyond the values of one keyword.

use std::collections::BTreeSet;

use super::builder::SchemaBuilder;
use super::part::{Entry, Part};
use super::place::Place;
use crate::fault::Fault;
use crate::openapi::reference::{Address, address_of};
use crate::source::Node;

/// The keywords that are `false` where they aren't written.
pub(super) const FLAGS: &[&str] = &["nullable", "readOnly", "writeOnly", "x-open-enum"];

/// Reports the members that one part has and an earlier one, or a later one, refuses.
pub(super) fn check_closed(whole: &SchemaBuilder, part: &Part, place: &Place, faults: &mut Vec<Fault>) {
    let help = "list the member there too, or delete `additionalProperties`";
    let is_closing = |additional: &&Node| !additional.is_flag(true);
    let known = &whole.members.list;
    let added = part.get("properties").map(Node::entries).unwrap_or_default();
    let lacking = |of: &[Entry], names: &[Entry]| {
        let names: BTreeSet<&str> = names.iter().filter_map(|(key, _)| key.text()).collect();
        of.iter().find(|(key, _)| key.text().is_some_and(|text| !names.contains(text))).cloned()
    };
    let says = |additional: &Node| {
        if additional.is_flag(false) { "refuses" } else { "is also about" }
    };
    if let Some(first) = whole.get("additionalProperties").filter(is_closing)
        && let Some((key, _)) = lacking(added, known)
    {
        let (name, at) = (key.text().unwrap_or_default(), first.location());
        let what = format!("`additionalProperties` at {at} {} `{name}`; {}", says(first), place.joining());
        faults.push(key.fault("contradiction", what, help));
    }
    if let Some(second) = part.get("additionalProperties").filter(is_closing)
        && let Some((key, _)) = lacking(known, added)
    {
        let (name, at) = (key.text().unwrap_or_default(), key.location());
        let what = format!(
            "`additionalProperties` {} `{name}`, which is a member at {at}; {}",
            says(second),
            place.joining()
        );
        faults.push(second.fault("contradiction", what, help));
    }
}

/// Reports a part that contains the `allOf` that it is a part of, unless the `allOf` is nothing but that part.
pub(super) fn check_circle(parts: &[Part], place: &Place) -> Option<Fault> {
    let circular = parts.iter().find(|part| part.is_circular)?;
    let what = format!("the schema contains the `allOf` at {}, of which it is an item", place.all_of);
    let help = "write the joined schema under `components.schemas`, and refer to it where it is contained";
    Some(circular.node.fault("reference-cycle", what, help))
}

/// Reports two types with names that would have to become one without a name.
pub(super) fn check_named(parts: &[Part], place: &Place) -> Option<Fault> {
    let [first, second] = parts else { return None };
    let is_same = first.target.is_some() && target_of(first) == target_of(second);
    let has_type = first.has_type() || second.has_type();
    let are_both_limiting = first.is_limiting() && second.is_limiting();
    (has_type && are_both_limiting && !is_same).then(|| {
        let at = first.node.location();
        let what = format!(
            "the types{} here and at {at} would become one without a name; {}",
            place.subject,
            place.joining()
        );
        let help =
            "write a schema with an `allOf` of the two under `components.schemas`, and refer to it at both";
        second.node.fault("joined-keyword", what, help)
    })
}

fn target_of(part: &Part) -> Option<Address<'_>> {
    part.target.as_ref().and_then(|(_, target)| address_of(target))
}

/// Whether a choice is joined with another schema that limits values. The members of its forms are members of the whole.
pub(super) fn joins_choice(parts: &[Part]) -> bool {
    let is_choice = |part: &&Part| part.get("oneOf").is_some() || part.get("anyOf").is_some();
    let limiting = || parts.iter().filter(|part| part.is_limiting());
    limiting().count() > 1 && limiting().any(|part| is_choice(&part))
}

/// Reports parts that don't agree about a flag. What stands beside the `allOf` decides.
pub(super) fn check_flags(beside: &[Entry], parts: &[Part], place: &Place, faults: &mut Vec<Fault>) {
    for flag in FLAGS.iter().filter(|flag| !beside.iter().any(|(key, _)| key.text() == Some(**flag))) {
        // Only an enum can be open.
        let decides = |part: &&Part| match *flag {
            "x-open-enum" => part.get("enum").is_some(),
            _ => part.is_limiting() || part.get(flag).is_some(),
        };
        let mut speaking = parts.iter().filter(decides);
        let Some(first) = speaking.next() else { continue };
        let is_true = |part: &Part| part.get(flag).is_some_and(|value| value.is_flag(true));
        let Some(second) = speaking.find(|part| is_true(part) != is_true(first)) else { continue };
        let place_of = |part: &Part| part.get(flag).unwrap_or(&part.node).clone();
        let what = format!(
            "`{flag}`{} is `{}` here and `{}` at {}; {}",
            place.subject,
            is_true(second),
            is_true(first),
            place_of(first).location(),
            place.joining()
        );
        let help = match *flag {
            "x-open-enum" => "write `x-open-enum: true` at both, or at none".to_owned(),
            flag => format!("write the same at both, or write `{flag}` beside the `allOf`"),
        };
        faults.push(place_of(second).fault("contradiction", what, help));
    }
}

/// Reports parts of which one is marked as secret and another one as not secret.
pub(super) fn check_marks(parts: &[Part], place: &Place, faults: &mut Vec<Fault>) {
    let marks = parts.iter().flat_map(|part| &part.texts);
    let mut marks = marks
        .filter(|(key, _)| key.text().is_some_and(|text| ["x-sensitive", "x-not-sensitive"].contains(&text)));
    let Some((first, _)) = marks.next() else { return };
    if let Some((second, _)) = marks.find(|(key, _)| key.text() != first.text()) {
        let what = format!(
            "`{}`{} stands here and `{}` at {}; {}",
            second.text().unwrap_or_default(),
            place.subject,
            first.text().unwrap_or_default(),
            first.location(),
            place.joining()
        );
        faults.push(second.fault("contradiction", what, "delete one of them"));
    }
}
