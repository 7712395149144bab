//! Makes one schema of several: keyword by keyword, with what `combine` says of each.

use std::collections::BTreeSet;

use super::Joiner;
use super::agree;
use super::bounds;
use super::builder::SchemaBuilder;
use super::combine::{Combined, combine};
use super::part::{Entry, Part};
use super::place::Place;
use crate::openapi::reference::{Address, address_of};
use crate::openapi::schema::DEEPEST;
use crate::source::{Node, Value};

impl Joiner<'_> {
    /// Joins the parts into one schema. `beside` is what stands beside the `allOf`, which wins over what the parts say of
    /// themselves.
    pub(super) fn join_parts(&mut self, beside: &[Entry], parts: Vec<Part>, place: &Place) -> Node {
        let faults = &mut self.joined.faults;
        agree::check_flags(beside, &parts, place, faults);
        agree::check_marks(&parts, place, faults);
        let mut whole = SchemaBuilder::default();
        whole.add_missing(beside);
        parts.iter().for_each(|part| whole.add_missing(&part.texts));
        let parts = distinct(parts);
        let mut limiting = parts.iter().filter(|part| part.is_limiting());
        if let (Some(Part { target: Some((key, target)), .. }), None) = (limiting.next(), limiting.next()) {
            whole.set(key, target.clone());
            return whole.into_node(&place.node);
        }
        if let Some(fault) = agree::check_circle(&parts, place) {
            self.joined.faults.push(fault);
            return whole.into_node(&place.node);
        }
        for part in &parts {
            if !self.add(&mut whole, part, place) {
                break;
            }
        }
        let is_object = whole.get("type").is_none_or(|kind| kind.text() == Some("object"));
        if is_object && agree::joins_choice(&parts) && whole.get("properties").is_none() {
            let text = place.node.made_text("properties");
            whole.set(&text, place.node.made_from(Value::Mapping(Vec::new())));
        }
        whole.into_node(&place.node)
    }

    /// Adds the keywords of a part. It returns false if the types differ, because nothing else can fit then.
    fn add(&mut self, whole: &mut SchemaBuilder, part: &Part, place: &Place) -> bool {
        let faults = &mut self.joined.faults;
        agree::check_closed(whole, part, place, faults);
        bounds::add(whole, part, place, faults);
        for (key, value) in &part.keywords {
            let keyword = key.text().unwrap_or_default();
            match keyword {
                "properties" => {
                    self.add_members(whole, key, value, place);
                    continue;
                }
                "required" => {
                    whole.add_required(key, value);
                    continue;
                }
                _ => {}
            }
            let Some(first) = whole.get(keyword).cloned() else {
                whole.set(key, value.clone());
                continue;
            };
            match combine(keyword, &first, value) {
                Combined::First => {}
                Combined::Value(value) => whole.set(key, value),
                // A keyword that says nothing about the type has a check of its own.
                Combined::Schemas if !is_about(whole, keyword) => {}
                Combined::Schemas => {
                    let joined = self.join_two(&first, value, &place.inside(inside(keyword), &first));
                    whole.set(key, joined);
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

    /// Adds the members of a part. A member that is there already is joined itself.
    fn add_members(&mut self, whole: &mut SchemaBuilder, key: &Node, members: &Node, place: &Place) {
        if whole.get("properties").is_none() {
            whole.set(key, members.with(Value::Mapping(Vec::new())));
        }
        for (key, member) in members.entries() {
            let name = key.text().unwrap_or_default();
            let joined = match whole.members.get(name) {
                Some(known) => self.join_two(known, member, &place.inside(&format!("`{name}`"), known)),
                None => member.clone(),
            };
            whole.members.set(key, joined);
        }
    }

    fn join_two(&mut self, first: &Node, second: &Node, place: &Place) -> Node {
        // Lists and maps that are deeper contain themselves, which another check reports.
        if self.depth > DEEPEST {
            return first.clone();
        }
        self.depth += 1;
        let parts: Vec<Part> = [first, second].into_iter().filter_map(|schema| self.part(schema)).collect();
        let fault = agree::check_named(&parts, place);
        let joined = if fault.is_some() { first.clone() } else { self.join_parts(&[], parts, place) };
        self.joined.faults.extend(fault);
        self.depth -= 1;
        joined
    }
}

/// Whether a keyword that holds a schema says something about the type of the whole. A type has only one such keyword.
fn is_about(whole: &SchemaBuilder, keyword: &str) -> bool {
    let holder = match whole.get("type").and_then(Node::text) {
        Some("array") => "items",
        Some("object") => "additionalProperties",
        Some("string") => "x-json-text",
        _ => return false,
    };
    holder == keyword
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
