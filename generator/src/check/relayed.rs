//! A schema with `x-relayed` can hold values that nobody knows yet, and a schema with `x-stored` is part of a response.

use std::collections::BTreeSet;

use crate::fault::Fault;
use crate::openapi::kind::ObjectKind;
use crate::openapi::schema::subschemas;
use crate::openapi::survey::Survey;
use crate::source::Node;

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    let in_responses = addresses(&contained(survey, responses(survey)));
    let is_in_response = |schema: &Node| in_responses.contains(&std::ptr::from_ref(schema));
    let schemas = || survey.of_kind(ObjectKind::Schema).map(|site| site.node);
    let relayed = contained(survey, schemas().filter(|schema| schema.is_true("x-relayed")).collect());
    // Another check reports the enums of responses.
    let closed = relayed.into_iter().filter(|schema| is_closed(schema) && !is_in_response(schema));
    faults.extend(closed.filter_map(closed_enum));
    for stored in schemas().filter(|schema| !is_in_response(schema)) {
        if let Some((key, _)) = stored.entry("x-stored") {
            let what = "`x-stored` has no effect on a schema that no response contains";
            let help = "delete the line, or write `x-relayed: true` if it comes from a browser";
            faults.push(key.fault("misplaced-extension", what, help));
        }
    }
}

fn is_closed(schema: &Node) -> bool {
    schema.get("enum").is_some() && schema.get("x-open-enum").is_none()
}

fn closed_enum(schema: &Node) -> Option<Fault> {
    let (key, _) = schema.entry("enum")?;
    let help = "add `x-open-enum: true`, so that a value that isn't listed is handed on";
    Some(key.fault("closed-enum", "a schema with `x-relayed` contains this enum, which isn't open", help))
}

fn addresses(schemas: &[&Node]) -> BTreeSet<*const Node> {
    schemas.iter().map(|schema| std::ptr::from_ref(*schema)).collect()
}

/// The schemas of the bodies of all responses.
fn responses<'a>(survey: &Survey<'a>) -> Vec<&'a Node> {
    let responses = survey.operations.iter().flat_map(|operation| &operation.responses);
    let contents =
        responses.flat_map(|(_, response)| response.get("content").map(Node::entries).unwrap_or_default());
    contents.filter_map(|(_, media)| media.get("schema")).collect()
}

/// The schemas, and all that they contain.
fn contained<'a>(survey: &Survey<'a>, mut open: Vec<&'a Node>) -> Vec<&'a Node> {
    let mut seen: BTreeSet<*const Node> = BTreeSet::new();
    let mut found = Vec::new();
    while let Some(next) = open.pop() {
        if let Some(schema) = survey.resolve(next).filter(|schema| seen.insert(std::ptr::from_ref(*schema))) {
            found.push(schema);
            open.extend(subschemas(schema).into_iter().map(|inner| inner.schema));
        }
    }
    found
}
