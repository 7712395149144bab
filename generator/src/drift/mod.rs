//! Compares the spec of a service with the vendor's document. What the two don't have in common is a finding, unless
//! `differences.yaml` in the folder of the service accepts it with a reason. The vendor's document isn't curated, so it is
//! read leniently: what the generator doesn't know is passed over.

mod accepted;
mod glob;
mod operations;
mod rows;
mod schemas;
mod tables;

use std::collections::{BTreeMap, BTreeSet};

use crate::fault::{Fault, Faults};
use crate::input::InputFile;
use crate::openapi::operation::ResolvedOperation;
use crate::openapi::path;
use crate::openapi::service::Service;
use crate::openapi::survey::Survey;
use crate::published;
use crate::source::Node;

use accepted::Accepted;
use rows::Differences;
pub(crate) use tables::tables;

/// Something that only one of the two sides has.
struct Difference {
    /// The id of the kind, such as `member-only-in-spec`.
    kind: &'static str,
    /// What it is about, in the words of the spec: `User.createdTime`, or `POST /v1/auth/otp`.
    place: String,
    /// The finding, if nothing accepts it.
    fault: Fault,
}

/// What identifies an operation: the method, and what all ways to write its path have in common.
type OperationKey = (String, String);

/// All findings about these services. A service takes part if `only` names it, or else if most of its operations are
/// in the documents.
pub(crate) fn drift(
    inputs: &BTreeMap<String, impl InputFile>,
    surveys: &[Survey<'_>],
    documents: &BTreeMap<String, Vec<u8>>,
    only: Option<&str>,
) -> Result<Faults, Faults> {
    let mut faults = Vec::new();
    let documents: Vec<(&str, Service)> =
        documents.iter().filter_map(|(path, bytes)| read(path, bytes, &mut faults)).collect();
    if !faults.is_empty() {
        return Err(Faults::new(faults));
    }
    let documents: Vec<Survey<'_>> =
        documents.iter().map(|(path, service)| Survey::new(path, service)).collect();
    let documented: BTreeSet<OperationKey> =
        documents.iter().flat_map(|document| keys(document).into_keys()).collect();
    let mut found = Vec::new();
    let rows: Vec<Differences> =
        surveys.iter().map(|survey| rows::read(inputs, survey.service, &mut faults)).collect();
    let claimed: Vec<String> = rows.iter().flat_map(|rows| rows.paths.clone()).collect();
    for (survey, rows) in surveys.iter().zip(rows) {
        let takes_part = match only {
            Some(only) => only == survey.service,
            None => is_in(survey, &documented),
        };
        if takes_part {
            let accepted = Accepted::new(rows, claimed.clone());
            let others = surveys.iter().filter(|other| other.service != survey.service);
            let others: BTreeSet<OperationKey> = others.flat_map(|other| keys(other).into_keys()).collect();
            found.extend(of_service(survey, &documents, &documented, &others, accepted));
        }
    }
    if faults.is_empty() { Ok(Faults::new(found)) } else { Err(Faults::new(faults)) }
}

/// A vendor's document. What is at fault in it is passed over, unless nothing of it can be read.
fn read<'a>(path: &'a str, bytes: &[u8], faults: &mut Vec<Fault>) -> Option<(&'a str, Service)> {
    match published::read(path, bytes) {
        Ok(document) => Some((path, Service::of_document(path, document.tree))),
        Err(found) => {
            faults.extend(found);
            None
        }
    }
}

/// Whether most operations of a service are among those of the documents.
fn is_in(survey: &Survey<'_>, documented: &BTreeSet<OperationKey>) -> bool {
    let ours = keys(survey);
    let common = ours.keys().filter(|key| documented.contains(key)).count();
    common > 0 && common * 2 >= ours.len()
}

fn of_service(
    survey: &Survey<'_>,
    documents: &[Survey<'_>],
    documented: &BTreeSet<OperationKey>,
    others: &BTreeSet<OperationKey>,
    mut accepted: Accepted,
) -> Vec<Fault> {
    let mut found = Vec::new();
    let mut differences = operations::only_in_spec(survey, documented);
    for document in documents {
        differences.extend(operations::compare(survey, document, others, |path| accepted.is_ours(path)));
    }
    for difference in differences {
        if !accepted.accepts(difference.kind, &difference.place) {
            found.push(difference.fault);
        }
    }
    found.extend(accepted.stale());
    found
}

/// The operations of a document.
fn keys<'s, 'a>(survey: &'s Survey<'a>) -> BTreeMap<OperationKey, &'s ResolvedOperation<'a>> {
    survey.operations.iter().map(|operation| (key(operation), operation)).collect()
}

fn key(operation: &ResolvedOperation<'_>) -> OperationKey {
    let method = operation.method.text().unwrap_or_default().to_uppercase();
    (method, path::compared(operation.path.text().unwrap_or_default()))
}

/// A finding at a node of one of the two sides.
fn difference(kind: &'static str, place: impl Into<String>, node: &Node, what: String) -> Difference {
    let place = place.into();
    let help = format!(
        "follow it in the spec, or accept it with a reason in `differences.yaml`: `{kind}: ['{place}']`"
    );
    let fault = node.fault(kind, what, help);
    Difference { kind, place, fault }
}
