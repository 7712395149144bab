//! The arguments that `x-exactly-one-of` and `x-at-least-one-of` list can be left out of a request, and the example of the
//! request has one of them.

use std::collections::BTreeSet;

use super::paging::members_of_body;
use super::words::suggest;
use crate::fault::Fault;
use crate::openapi::operation::ResolvedOperation;
use crate::openapi::survey::Survey;
use crate::openapi::types::Property;
use crate::source::Node;

const EXACTLY: &str = "x-exactly-one-of";
const AT_LEAST: &str = "x-at-least-one-of";

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for operation in &survey.operations {
        let listed = |key| operation.node.get(key).filter(|names| names.items().len() > 1);
        if let (Some(_), Some(both)) = (listed(EXACTLY), listed(AT_LEAST)) {
            let what = format!("an operation has `{EXACTLY}` or `{AT_LEAST}`");
            faults.push(wrong(both, what, "keep one of them"));
        }
        for key in [EXACTLY, AT_LEAST] {
            if let Some(names) = listed(key) {
                check_names(survey, operation, names, faults);
                check_examples(operation, names, key == EXACTLY, faults);
            }
        }
    }
}

fn wrong(node: &Node, what: impl Into<Box<str>>, help: impl Into<Box<str>>) -> Fault {
    node.fault("one-of", what, help)
}

/// Each name is that of an argument that isn't required, and is listed once.
fn check_names(
    survey: &Survey<'_>,
    operation: &ResolvedOperation<'_>,
    names: &Node,
    faults: &mut Vec<Fault>,
) {
    let members = members_of_body(survey, operation);
    let arguments: Vec<(&str, bool)> = arguments(operation, members.as_deref().unwrap_or_default());
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for name in names.items() {
        let Some(text) = name.text().filter(|text| !text.is_empty()) else { continue };
        match arguments.iter().find(|(known, _)| *known == text) {
            Some((_, true)) => {
                let what = format!("`{text}` is required, so every request has it");
                faults.push(wrong(name, what, "take it out of the list, or make it optional"));
            }
            Some(_) if !seen.insert(text) => {
                faults.push(wrong(name, format!("`{text}` is listed twice"), "delete one"));
            }
            None if members.is_some() && operation.has_all_parameters => {
                let help =
                    "list query parameters, or members of a body in JSON that can't be left out as a whole";
                let help = suggest(text, arguments.iter().map(|(known, _)| *known), help);
                faults.push(wrong(name, format!("the request has no `{text}`"), help));
            }
            _ => {}
        }
    }
}

/// The names of the query parameters and of the members of the body, each with whether it is required.
fn arguments<'a>(operation: &ResolvedOperation<'a>, members: &[Property<'a>]) -> Vec<(&'a str, bool)> {
    let in_query = operation.parameters.iter().filter(|parameter| parameter.location() == "query");
    let parameters = in_query.map(|parameter| (parameter.name(), parameter.node.is_true("required")));
    let members = members.iter().filter(|_| json_body(operation).is_some());
    let members = members.map(|member| (member.name(), member.is_required));
    // A member and a parameter can have one name; the member is meant.
    members.chain(parameters).collect()
}

/// The media type of a body in JSON.
fn json_body<'a>(operation: &ResolvedOperation<'a>) -> Option<&'a Node> {
    let (media_type, media) = operation.body?.get("content")?.entries().first()?;
    media_type.text().is_some_and(|name| name.ends_with("json")).then_some(media)
}

/// The client doesn't refuse the example of the body. Where a query parameter is listed, too, the body alone doesn't show
/// which arguments the request has.
fn check_examples(operation: &ResolvedOperation<'_>, names: &Node, is_exact: bool, faults: &mut Vec<Fault>) {
    let listed: Vec<&str> = names.items().iter().filter_map(Node::text).collect();
    let in_query = |name: &&str| operation.parameters.iter().any(|parameter| parameter.name() == *name);
    let Some(media) = json_body(operation).filter(|_| !listed.iter().any(in_query)) else {
        return;
    };
    let several = media.get("examples").map(Node::entries).unwrap_or_default();
    let several = several.iter().filter_map(|(_, example)| example.get("value"));
    for example in media.get("example").into_iter().chain(several).filter(|example| example.is_mapping()) {
        let count = listed.iter().filter(|name| example.get(name).is_some()).count();
        if count == 0 || (is_exact && count > 1) {
            let wanted = if is_exact { "exactly" } else { "at least" };
            let what = format!("the example has {count} of what the request needs {wanted} one of");
            faults.push(wrong(example, what, "show a request that the service takes"));
        }
    }
}
