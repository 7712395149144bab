//! No two names of one scope become the same name in Rust, and none is the name of a method that every call has.

use std::collections::{BTreeMap, BTreeSet};

use crate::fault::Fault;
use crate::names;
use crate::openapi::kind::ObjectKind;
use crate::openapi::operation::ResolvedOperation;
use crate::openapi::survey::Survey;
use crate::source::Node;

const KEEP_ONE: &str = "keep the one that the server documents, and delete the other";

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    check_members(survey, faults);
    check_variants(survey, faults);
    check_arguments(survey, faults);
}

/// The Rust names that are taken in a scope, each with the name of the API that it was made from.
#[derive(Default)]
pub(super) struct Scope<'a> {
    taken: BTreeMap<String, &'a Node>,
}

impl<'a> Scope<'a> {
    /// Takes a Rust name, or reports what it was taken by. If one name of the API occurs twice, another check reports
    /// it.
    pub(super) fn take(&mut self, rust: String, node: &'a Node, help: &str) -> Option<Fault> {
        let Some(first) = self.taken.get(&rust) else {
            self.taken.insert(rust, node);
            return None;
        };
        let (text, first_text) = (node.text()?, first.text()?);
        if text == first_text {
            return None;
        }
        let what =
            format!("`{text}` and `{first_text}`, at {}, both become `{rust}` in Rust", first.location());
        Some(node.fault("name-collision", what, help))
    }
}

fn check_members(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for site in survey.of_kind(ObjectKind::Schema) {
        let mut scope = Scope::default();
        for member in survey.properties_of(site.node) {
            let (in_responses, in_requests) = (names::snake(member.name()), names::argument(member.name()));
            if in_responses != in_requests {
                faults.extend(scope.take(in_requests, member.key, KEEP_ONE));
            }
            faults.extend(scope.take(in_responses, member.key, KEEP_ONE));
        }
    }
}

fn check_variants(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for site in survey.of_kind(ObjectKind::Schema) {
        let mut scope = Scope::default();
        let is_open = site.node.is_true("x-open-enum");
        for value in site.node.get("enum").map(Node::items).unwrap_or_default() {
            let Some(text) = value.text() else { continue };
            let variant = names::pascal(text);
            if is_open && variant == "Unknown" {
                let what = format!(
                    "`{text}` becomes `Unknown`, which an open enum has for values that it doesn't know"
                );
                faults.push(value.fault(
                    "reserved-name",
                    what,
                    "delete it: a value that isn't listed is kept as text",
                ));
            }
            faults.extend(scope.take(variant, value, KEEP_ONE));
        }
    }
}

/// The parameters of an operation and the members of its body become arguments and setters of the same call.
fn check_arguments(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for operation in &survey.operations {
        let mut scope: BTreeMap<String, String> = BTreeMap::new();
        for (name, place) in arguments(survey, operation) {
            let text = name.text().unwrap_or_default();
            let rust = names::argument(text);
            if let Some(first) = scope.get(&rust) {
                let what =
                    format!("{} takes `{rust}` twice: {first}, and {place} `{text}`", operation.label());
                faults.push(name.fault("name-collision", what, KEEP_ONE));
            } else {
                scope.insert(rust, format!("{place} `{text}`"));
            }
        }
    }
}

/// Everything that a caller of the operation can set, by name, and where it is sent. A parameter that is declared twice
/// is listed once.
fn arguments<'a>(survey: &Survey<'a>, operation: &ResolvedOperation<'a>) -> Vec<(&'a Node, &'a str)> {
    let mut found: Vec<(&Node, &str)> = Vec::new();
    let mut listed = BTreeSet::new();
    for parameter in &operation.parameters {
        let is_new = listed.insert((parameter.name(), parameter.location()));
        if let Some(name) = parameter.node.get("name").filter(|name| name.text().is_some() && is_new) {
            found.push((name, parameter.location()));
        }
    }
    let mut members: BTreeMap<&str, &Node> = BTreeMap::new();
    let media = operation.body.and_then(|body| body.get("content")).map(Node::entries).unwrap_or_default();
    for schema in media.iter().filter_map(|(_, media)| media.get("schema")) {
        for member in survey.properties_of(schema) {
            if members.insert(member.name(), member.key).is_none() {
                found.push((member.key, "the body's"));
            }
        }
    }
    found
}
