//! Makes one schema of several: keyword by keyword, with what `combine` says of each.

use std::collections::{BTreeMap, BTreeSet};

use super::agree;
use super::bounds;
use super::combine::{Combined, combine};
use super::part::{Entry, Part};
use super::{Joiner, Place};
use crate::openapi::reference::{Address, address_of};
use crate::source::{Node, Value};

/// The keywords of a schema, in the order in which they were met.
#[derive(Default)]
pub(super) struct Whole {
    entries: Vec<Entry>,
    indexes: BTreeMap<String, usize>,
}

impl Whole {
    pub(super) fn get(&self, keyword: &str) -> Option<&Node> {
        self.indexes.get(keyword).and_then(|index| self.entries.get(*index)).map(|(_, value)| value)
    }

    pub(super) fn set(&mut self, key: &Node, value: Node) {
        let keyword = key.text().unwrap_or_default();
        let known = self.indexes.get(keyword).and_then(|index| self.entries.get_mut(*index));
        if let Some((_, known)) = known {
            *known = value;
        } else {
            self.indexes.insert(keyword.to_owned(), self.entries.len());
            self.entries.push((key.clone(), value));
        }
    }

    /// Adds what isn't there yet.
    fn add_missing(&mut self, entries: &[Entry]) {
        for (key, value) in entries {
            if self.get(key.text().unwrap_or_default()).is_none() {
                self.set(key, value.clone());
            }
        }
    }
}

impl Joiner<'_> {
    /// Joins the parts into one schema. `beside` is what stands beside the `allOf`, which wins over what the parts say of
    /// themselves.
    pub(super) fn join_parts(&mut self, beside: &[Entry], parts: Vec<Part>, place: &Place) -> Node {
        let faults = &mut self.joined.faults;
        agree::check_flags(beside, &parts, place, faults);
        agree::check_marks(&parts, place, faults);
        let mut whole = Whole::default();
        whole.add_missing(beside);
        parts.iter().for_each(|part| whole.add_missing(&part.texts));
        let parts = distinct(parts);
        let mut limiting = parts.iter().filter(|part| part.is_limiting());
        if let (Some(Part { target: Some((key, target)), .. }), None) = (limiting.next(), limiting.next()) {
            whole.set(key, target.clone());
            return place.node.made_from(Value::Mapping(whole.entries));
        }
        if let Some(fault) = agree::check_choice(&parts, place) {
            self.joined.faults.push(fault);
            return place.node.made_from(Value::Mapping(whole.entries));
        }
        for part in &parts {
            if !self.add(&mut whole, part, place) {
                break;
            }
        }
        place.node.made_from(Value::Mapping(whole.entries))
    }

    /// Adds the keywords of a part. It returns false if the types differ, because nothing else can fit then.
    fn add(&mut self, whole: &mut Whole, part: &Part, place: &Place) -> bool {
        let faults = &mut self.joined.faults;
        agree::check_closed(whole, part, place, faults);
        bounds::add(whole, part, place, faults);
        for (key, value) in &part.keywords {
            let keyword = key.text().unwrap_or_default();
            let Some(first) = whole.get(keyword).cloned() else {
                whole.set(key, value.clone());
                continue;
            };
            match combine(keyword, &first, value) {
                Combined::First => {}
                Combined::Value(value) => whole.set(key, value),
                Combined::Schemas => {
                    let joined = self.join_two(&first, value, &place.inside(inside(keyword), &first));
                    whole.set(key, joined);
                }
                Combined::Members => {
                    let members = self.join_members(&first, value, place);
                    whole.set(key, members);
                }
                Combined::Refused(refusal) => {
                    self.joined.faults.push(place.refuse(keyword, &first, value, refusal));
                    if keyword == "type" {
                        return false;
                    }
                }
            }
        }
        true
    }

    fn join_two(&mut self, first: &Node, second: &Node, place: &Place) -> Node {
        let parts: Vec<Part> = [first, second].into_iter().filter_map(|schema| self.part(schema)).collect();
        self.join_parts(&[], parts, place)
    }

    /// Joins two maps of members. A member that both have is joined itself.
    fn join_members(&mut self, first: &Node, second: &Node, place: &Place) -> Node {
        let mut members = Whole::default();
        members.add_missing(first.entries());
        for (key, member) in second.entries() {
            let name = key.text().unwrap_or_default();
            let joined = match members.get(name).cloned() {
                Some(known) => self.join_two(&known, member, &place.inside(&format!("`{name}`"), &known)),
                None => member.clone(),
            };
            members.set(key, joined);
        }
        first.made_from(Value::Mapping(members.entries))
    }
}

/// What messages call the schema under a keyword.
fn inside(keyword: &str) -> &'static str {
    match keyword {
        "items" => "the items",
        "x-json-text" => "the JSON text",
        _ => "the other members",
    }
}

/// The parts without those that refer to the same schema as an earlier one.
fn distinct(parts: Vec<Part>) -> Vec<Part> {
    let mut targets: BTreeSet<Address<'_>> = BTreeSet::new();
    let mut is_new = Vec::new();
    for part in &parts {
        let target = part.target.as_ref().and_then(|(_, target)| address_of(target));
        is_new.push(target.is_none_or(|target| targets.insert(target)));
    }
    parts.into_iter().zip(is_new).filter_map(|(part, is_new)| is_new.then_some(part)).collect()
}
