//! Every operation has all that the client and its documentation need.

use std::collections::{BTreeMap, BTreeSet};

use super::keys::has;
use super::words::is_lower_case;
use crate::fault::Fault;
use crate::names;
use crate::openapi::file::{FileRole, SpecFile};
use crate::openapi::kind::ObjectKind;
use crate::openapi::operation::ResolvedOperation;
use crate::openapi::survey::Survey;
use crate::source::Node;

/// The keys that an operation must have, each with the rule and the help.
const MUST_SAY: &[(&str, &str, &str)] = &[
    ("operationId", "missing-operation-id", "add `operationId: <group>_<name>`, in snake case"),
    ("summary", "missing-summary", "add `summary: …`, one line without a full stop"),
    ("description", "missing-description", "add `description: …`, in your own words"),
    ("externalDocs", "missing-external-docs", "add `externalDocs: {url: …}`, the documentation page"),
    (
        "security",
        "missing-security",
        "add `security: [{<scheme>: []}]`, or `security: []` if no credential is needed",
    ),
    ("x-retry", "missing-retry", "add `x-retry: safe`, `idempotent` or `never`"),
];

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    let mut ids: BTreeMap<&str, &Node> = BTreeMap::new();
    let renamed = survey.files.iter().filter(|file| is_renamed(survey, file));
    let renamed: BTreeSet<&str> = renamed.map(|file| file.name.as_str()).collect();
    for operation in survey.operations.iter().filter(|operation| operation.file.role == FileRole::Group) {
        for (key, rule, help) in MUST_SAY {
            let is_blank = |node: &Node| node.text().is_some_and(|text| text.trim().is_empty());
            if !has(operation.node, ObjectKind::Operation, key)
                || operation.node.get(key).is_some_and(is_blank)
            {
                let what = format!("{} has no `{key}`", operation.label());
                faults.push(operation.method.fault(rule, what, *help));
            }
        }
        let is_renamed = renamed.contains(operation.file.name.as_str());
        check_id(operation, is_renamed, &mut ids, faults);
        if !is_renamed {
            check_tags(operation, faults);
        }
        check_links(operation, faults);
        check_trace(operation, faults);
    }
}

/// Whether the file of a group seems to have another name than before: all of its operations have one tag, of which there
/// is no file. Then the name of the file is the fault, which another check reports.
fn is_renamed(survey: &Survey<'_>, file: &SpecFile) -> bool {
    let of_file = survey.operations.iter().filter(|operation| operation.file.name == file.name);
    let tags: BTreeSet<Option<&str>> = of_file
        .map(|operation| operation.node.get("tags").and_then(|tags| tags.items().first()?.text()))
        .collect();
    match tags.first() {
        Some(Some(tag)) if tags.len() == 1 => survey.file(&format!("{tag}.yaml")).is_none(),
        _ => false,
    }
}

fn check_id<'a>(
    operation: &ResolvedOperation<'a>,
    is_renamed: bool,
    ids: &mut BTreeMap<&'a str, &'a Node>,
    faults: &mut Vec<Fault>,
) {
    let Some(node) = operation.id() else { return };
    let id = node.text().unwrap_or_default();
    if let Some(first) = ids.get(id) {
        let what = format!("the operationId `{id}` is already at {}", first.location());
        faults.push(node.fault("duplicate-operation-id", what, "give one of the two another name"));
    } else {
        ids.insert(id, node);
    }
    let prefix = names::operation_prefix(operation.file.stem());
    if !is_lower_case(id, '_') {
        // Another check reports a group whose name can't begin an operationId.
        if id.starts_with(&prefix) && !is_lower_case(operation.file.stem(), '-') {
            return;
        }
        let help = match names::snake(id) {
            snake if is_lower_case(&snake, '_') => format!("write `{snake}`"),
            _ => "write words of the letters a to z and digits, joined by `_`".to_owned(),
        };
        faults.push(node.fault(
            "operation-id-case",
            format!("the operationId `{id}` isn't in snake case"),
            help,
        ));
    } else if !is_renamed && id.strip_prefix(&prefix).is_none_or(str::is_empty) {
        let what = format!("the operationId `{id}` doesn't begin with its group");
        faults.push(node.fault("operation-id-prefix", what, format!("write `{prefix}<name>`")));
    }
}

fn check_tags(operation: &ResolvedOperation<'_>, faults: &mut Vec<Fault>) {
    let stem = operation.file.stem();
    let help = format!("write `tags: [{stem}]`");
    let Some(tags) = operation.node.get("tags") else {
        if has(operation.node, ObjectKind::Operation, "tags") {
            return;
        }
        faults.push(operation.method.fault(
            "operation-tag",
            format!("{} has no tag", operation.label()),
            help,
        ));
        return;
    };
    if tags.is_sequence()
        && (tags.items().len() != 1 || tags.items().iter().any(|tag| tag.text() != Some(stem)))
    {
        let at = tags.items().iter().find(|tag| tag.text() != Some(stem)).unwrap_or(tags);
        faults.push(at.fault(
            "operation-tag",
            format!("the one tag of {} must be `{stem}`", operation.label()),
            help,
        ));
    }
}

fn check_links(operation: &ResolvedOperation<'_>, faults: &mut Vec<Fault>) {
    let url = operation.node.get("externalDocs").and_then(|docs| docs.get("url"));
    if let Some(url) = url.filter(|url| url.text().is_some_and(|text| !text.starts_with("https://"))) {
        faults.push(url.fault(
            "link",
            "this isn't a link to a documentation page",
            "write an address that starts with `https://`",
        ));
    }
}

/// A TRACE request has no body and no credential: HTTP forbids both, since the server sends the request back.
fn check_trace(operation: &ResolvedOperation<'_>, faults: &mut Vec<Fault>) {
    if operation.method.text() != Some("trace") {
        return;
    }
    if let Some((key, _)) = operation.node.entry("requestBody") {
        faults.push(key.fault("trace", "a TRACE request has no body", "delete it, or use another method"));
    }
    let security = operation.node.entry("security");
    if let Some((key, _)) = security.filter(|(_, security)| !security.items().is_empty()) {
        faults.push(key.fault("trace", "a TRACE request carries no credential", "write `security: []`"));
    }
}
