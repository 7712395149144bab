//! Rules about what the other operations of a group have.

use std::collections::BTreeMap;

use super::findings::Findings;
use crate::openapi::operation::ResolvedOperation;
use crate::openapi::survey::Survey;
use crate::source::Node;

/// How many operations a group has at least if some can be compared with the others.
const SMALLEST: usize = 4;

/// An error response that nearly all operations of a group have is there in all.
pub(super) fn error_responses(survey: &Survey<'_>, findings: &mut Findings<'_, '_>) {
    for group in groups(survey) {
        let mut statuses: BTreeMap<&str, usize> = BTreeMap::new();
        let all = group.iter().flat_map(|operation| errors(operation));
        all.for_each(|status| *statuses.entry(status).or_default() += 1);
        for (status, count) in statuses.into_iter().filter(|(_, count)| is_usual(*count, group.len())) {
            for operation in group.iter().filter(|operation| !errors(operation).any(|known| known == status))
            {
                let what = format!(
                    "{} has no response `{status}`, as {count} of the {} operations of the group have",
                    operation.label(),
                    group.len()
                );
                let help = "add it, or say in `x-lint-allow` why the server doesn't send it";
                let responses = operation.node.get("responses").unwrap_or(operation.node);
                findings.add(operation.node, responses.fault("missing-error-response", what, help));
            }
        }
    }
}

/// If nearly all operations of a group say since which version of the server they exist, all do.
pub(super) fn versions(survey: &Survey<'_>, findings: &mut Findings<'_, '_>) {
    for group in groups(survey) {
        let has_version = |operation: &ResolvedOperation<'_>| operation.node.get("x-since").is_some();
        let count = group.iter().filter(|operation| has_version(operation)).count();
        if !is_usual(count, group.len()) {
            continue;
        }
        for operation in group.iter().filter(|operation| !has_version(operation)) {
            let what = format!("{} has no `x-since`, as the operations beside it have", operation.label());
            let help = "add the first version of the server that has the operation";
            findings.add(operation.node, operation.method.fault("missing-since", what, help));
        }
    }
}

/// The operations of each group that is large enough.
fn groups<'s, 'a>(survey: &'s Survey<'a>) -> impl Iterator<Item = &'s [ResolvedOperation<'a>]> {
    let same_file =
        |one: &ResolvedOperation<'_>, other: &ResolvedOperation<'_>| one.file.name == other.file.name;
    survey.operations.chunk_by(same_file).filter(|group| group.len() >= SMALLEST)
}

/// Whether so many of the operations of a group have something that the others should have it, too: all but one, or at
/// least nine of ten.
fn is_usual(count: usize, of: usize) -> bool {
    count < of && (count + 1 == of || count * 10 >= of * 9)
}

/// The statuses of errors that an operation declares.
fn errors<'a>(operation: &ResolvedOperation<'a>) -> impl Iterator<Item = &'a str> {
    let statuses: Vec<&Node> = operation.responses.iter().map(|(status, _)| *status).collect();
    let is_error = |status: &&str| *status == "default" || status.starts_with(['4', '5']);
    statuses.into_iter().filter_map(Node::text).filter(is_error)
}
