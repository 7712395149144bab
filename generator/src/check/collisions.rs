//! No two names of one scope become the same name in Rust, and none is the name of a method that every call has.

use std::collections::BTreeMap;

use crate::fault::Fault;
use crate::names;
use crate::openapi::kind::ObjectKind;
use crate::openapi::operation::ResolvedOperation;
use crate::openapi::survey::Survey;
use crate::source::Node;

const KEEP_ONE: &str = "keep the one that the server documents, and delete the other";

const NAME_ONE: &str = "give one of the two another name in `x-enum-names`";

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
        self.take_by("name-collision", rust, node, help)
    }

    /// The same, for names with a rule of their own.
    fn take_by(&mut self, rule: &'static str, rust: String, node: &'a Node, help: &str) -> Option<Fault> {
        let rust = names::as_compared(&rust);
        let Some(first) = self.taken.get(&rust) else {
            self.taken.insert(rust, node);
            return None;
        };
        let (text, first_text) = (node.scalar()?, first.scalar()?);
        if text == first_text {
            return None;
        }
        let what =
            format!("`{text}` and `{first_text}`, at {}, both become `{rust}` in Rust", first.location());
        Some(node.fault(rule, what, help))
    }
}

fn check_members(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for site in survey.of_kind(ObjectKind::Schema) {
        let mut scope = Scope::default();
        for member in survey.properties_of(site.node) {
            let in_responses = names::snake(member.name());
            let in_requests = names::argument_of(&in_responses);
            if in_responses != in_requests {
                faults.extend(scope.take_by("member-collision", in_requests, member.key, KEEP_ONE));
            }
            faults.extend(scope.take_by("member-collision", in_responses, member.key, KEEP_ONE));
        }
    }
}

fn check_variants(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for site in survey.of_kind(ObjectKind::Schema) {
        let Some(values) = site.node.get("enum") else { continue };
        let mut scope = Scope::default();
        let is_open = site.node.is_true("x-open-enum");
        let given = site.node.get("x-enum-names").map(Node::entries).unwrap_or_default();
        let given: BTreeMap<&str, &Node> =
            given.iter().filter_map(|(value, name)| Some((value.text()?, name))).collect();
        for value in values.items() {
            let Some(text) = value.scalar() else { continue };
            let given = given.get(&*text).copied();
            let variant = names::variant(&value.to_json(), given.and_then(Node::text));
            if is_open && variant == "Unknown" {
                let what = format!(
                    "`{text}` becomes `Unknown`, which an open enum has for values that it doesn't know"
                );
                let help = match given {
                    Some(_) => "give it another name",
                    None => {
                        "delete it, because a value that isn't listed is kept as it is, or give it a name in `x-enum-names`"
                    }
                };
                faults.push(given.unwrap_or(value).fault("value-collision", what, help));
            }
            faults.extend(scope.take_by("value-collision", variant, value, NAME_ONE));
        }
    }
}

/// The parameters of an operation and the members of its body become arguments and setters of the same call. The names of
/// some parameters get their places, but two names of one place have to differ.
fn check_arguments(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for operation in &survey.operations {
        let members = members_of_body(survey, operation);
        let members = members.iter().filter_map(|key| key.text());
        let mut of_call: BTreeMap<String, String> =
            members.map(|member| (names::argument(member), format!("the body's `{member}`"))).collect();
        let given: Vec<(&str, &str)> =
            operation.parameters.iter().map(|parameter| (parameter.location(), parameter.name())).collect();
        let mut of_place: BTreeMap<(&str, String), String> = BTreeMap::new();
        for ((place, wire), names) in names::parameters::named(of_call.keys().cloned(), &given) {
            let what = format!("{place} `{wire}`");
            let rust = names::argument(wire);
            let in_place = of_place.insert((place, rust.clone()), what.clone());
            // A name with a number is one that wasn't free without it.
            let with_place = names::parameters::with_place(&rust, place);
            let in_call =
                of_call.get(&with_place).filter(|_| ![&rust, &with_place].contains(&&names.rust)).cloned();
            of_call.insert(names.rust.clone(), what.clone());
            let listed = operation.parameters.iter().find(|of| (of.location(), of.name()) == (place, wire));
            let name = listed.and_then(|parameter| parameter.node.get("name"));
            if let (Some(first), Some(name)) = (in_place.or(in_call), name) {
                let what = format!("{} takes `{with_place}` twice: {first}, and {what}", operation.label());
                faults.push(name.fault("parameter-collision", what, KEEP_ONE));
            }
        }
    }
}

/// The keys of the members of the operation's body.
fn members_of_body<'a>(survey: &Survey<'a>, operation: &ResolvedOperation<'a>) -> Vec<&'a Node> {
    let mut members: BTreeMap<&str, &Node> = BTreeMap::new();
    let media = operation.body.and_then(|body| body.get("content")).map(Node::entries).unwrap_or_default();
    for schema in media.iter().filter_map(|(_, media)| media.get("schema")) {
        let sent = survey.properties_of(schema).into_iter();
        for member in sent.filter(|member| !member.node.is_true("readOnly")) {
            members.entry(member.name()).or_insert(member.key);
        }
    }
    members.into_values().collect()
}
