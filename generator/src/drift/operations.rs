//! Compares the operations of a service with those of a document.

use std::collections::{BTreeMap, BTreeSet};

use super::schemas::Comparison;
use super::{Difference, OperationKey, difference, keys};
use crate::openapi::operation::{ResolvedOperation, ResolvedParameter};
use crate::openapi::survey::Survey;
use crate::source::Node;

/// The operations that no document has.
pub(super) fn only_in_spec(ours: &Survey<'_>, documented: &BTreeSet<OperationKey>) -> Vec<Difference> {
    let missing = keys(ours).into_iter().filter(|(key, _)| !documented.contains(key));
    let told = missing.map(|(key, operation)| {
        let what = format!("no document has the operation {}, which the spec has", operation.label());
        let place = operation.id().and_then(Node::text).unwrap_or(&key.1);
        difference("operation-only-in-spec", place, operation.method, what)
    });
    told.collect()
}

/// The differences between the operations that both have, and the operations that only the document has. Of the
/// latter, those are passed over that are in `others`, which belong to other services, or whose path isn't ours.
pub(super) fn compare<'o, 't>(
    ours: &Survey<'o>,
    theirs: &Survey<'t>,
    others: &BTreeSet<OperationKey>,
    is_ours: impl Fn(&str) -> bool,
) -> Vec<Difference> {
    let mut comparison = Comparison::new(ours, theirs);
    let (known, documented) = (keys(ours), keys(theirs));
    for (key, operation) in &known {
        if let Some(other) = documented.get(key) {
            compare_one(&mut comparison, operation, other);
        }
    }
    for (key, operation) in documented {
        let path = operation.path.text().unwrap_or_default();
        if !known.contains_key(&key) && !others.contains(&key) && is_ours(path) {
            let place = format!("{} {path}", key.0);
            let what = format!("the spec has no operation `{place}`, which the document has");
            comparison.add(difference("operation-only-in-document", place, operation.method, what));
        }
    }
    comparison.into_found()
}

fn compare_one<'o, 't>(
    comparison: &mut Comparison<'_, 'o, 't>,
    ours: &ResolvedOperation<'o>,
    theirs: &ResolvedOperation<'t>,
) {
    let place = ours.id().and_then(Node::text).unwrap_or_default();
    let is_deprecated = |operation: &ResolvedOperation<'_>| operation.node.is_true("deprecated");
    comparison.flag(
        "deprecated",
        place,
        is_deprecated(ours).then_some(ours.method),
        is_deprecated(theirs).then_some(theirs.method),
    );
    compare_parameters(comparison, place, ours, theirs);
    let (body, other) = (ours.body, theirs.body);
    compare_contents(comparison, place, "request", body, other);
    let statuses = |operation: &ResolvedOperation<'_>| -> BTreeSet<String> {
        operation.responses.iter().filter_map(|(status, _)| Some(status.text()?.to_owned())).collect()
    };
    for status in &statuses(ours) | &statuses(theirs) {
        let (our_key, our_response) = response(ours, &status);
        let (their_key, their_response) = response(theirs, &status);
        comparison.either("status", &format!("{place} {status}"), our_key, their_key);
        if our_response.is_some() && their_response.is_some() {
            let part =
                if status.starts_with('2') { "response".to_owned() } else { format!("response {status}") };
            compare_contents(comparison, place, &part, our_response, their_response);
        }
    }
}

fn response<'a>(operation: &ResolvedOperation<'a>, status: &str) -> (Option<&'a Node>, Option<&'a Node>) {
    let found = operation.responses.iter().find(|(key, _)| key.text() == Some(status));
    (found.map(|(key, _)| *key), found.map(|(_, response)| *response))
}

/// Compares the parameters, except those of the path: their place in it identifies them, and their names aren't sent.
fn compare_parameters<'o, 't>(
    comparison: &mut Comparison<'_, 'o, 't>,
    place: &str,
    ours: &ResolvedOperation<'o>,
    theirs: &ResolvedOperation<'t>,
) {
    let (known, documented) = (parameters(ours), parameters(theirs));
    let names: BTreeSet<&String> = known.keys().chain(documented.keys()).collect();
    for name in names {
        let place = format!("{place} {name}");
        let (one, other) = (known.get(name), documented.get(name));
        comparison.either("parameter", &place, one.map(|one| one.node), other.map(|other| other.node));
        let (Some(one), Some(other)) = (one, other) else { continue };
        let required = |parameter: &ResolvedParameter<'_>| parameter.node.is_true("required");
        comparison.flag(
            "required",
            &place,
            required(one).then_some(one.node),
            required(other).then_some(other.node),
        );
        if let (Some(one), Some(other)) = (one.node.get("schema"), other.node.get("schema")) {
            comparison.schemas(&place, one, other);
        }
    }
}

/// The parameters by place and name: `query.locale`. Names of headers have no case.
fn parameters<'a>(operation: &ResolvedOperation<'a>) -> BTreeMap<String, ResolvedParameter<'a>> {
    let outside_path = operation.parameters.iter().filter(|parameter| parameter.location() != "path");
    let name = |parameter: &ResolvedParameter<'_>| match parameter.location() {
        "header" => parameter.name().to_lowercase(),
        _ => parameter.name().to_owned(),
    };
    outside_path
        .map(|parameter| (format!("{}.{}", parameter.location(), name(parameter)), *parameter))
        .collect()
}

/// Compares what bodies contain, for each media type.
fn compare_contents<'o, 't>(
    comparison: &mut Comparison<'_, 'o, 't>,
    place: &str,
    part: &str,
    ours: Option<&'o Node>,
    theirs: Option<&'t Node>,
) {
    let (known, documented) = (contents(ours), contents(theirs));
    let types: BTreeSet<&str> = known.keys().chain(documented.keys()).copied().collect();
    for media_type in types {
        let (one, other) = (known.get(media_type), documented.get(media_type));
        let key = |entry: Option<&(_, _)>| entry.map(|(key, _)| *key);
        comparison.either("body", &format!("{place} {part} {media_type}"), key(one), key(other));
        let (Some((_, one)), Some((_, other))) = (one, other) else { continue };
        if let (Some(one), Some(other)) = (one.get("schema"), other.get("schema")) {
            comparison.schemas(&format!("{place} {part}"), one, other);
        }
    }
}

fn contents(body: Option<&Node>) -> BTreeMap<&str, (&Node, &Node)> {
    let entries = body.and_then(|body| body.get("content")).map(Node::entries).unwrap_or_default();
    entries.iter().filter_map(|(key, media)| Some((key.text()?, (key, media)))).collect()
}
