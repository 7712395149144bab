//! The types that are made for the headers of responses. They stand among the schemas of the whole service,
//! where each has a name of its own.

use std::collections::{BTreeMap, BTreeSet};

use crate::fault::Fault;
use crate::names;
use crate::openapi::kind::ObjectKind;
use crate::openapi::operation::ResolvedOperation;
use crate::openapi::reference::Address;
use crate::openapi::survey::Survey;
use crate::source::Node;

const RENAME: &str = "give one of the two another name";

const DEFINE_ONCE: &str = "give one of the two another name, or define the response once, in common.yaml";

/// The type that is made for the headers of a response.
pub(super) struct HeaderType<'a> {
    /// The file whose module the type is in.
    pub(super) file: &'a str,
    pub(super) name: String,
    /// Whose name it is made of: `response` if that is shared, or else `operation`.
    kind: &'static str,
    /// The name of the shared response, or the ID of the operation.
    pub(super) at: &'a Node,
}

impl HeaderType<'_> {
    /// Whose headers they are, in messages.
    pub(super) fn of(&self) -> String {
        format!("the {} `{}`", self.kind, self.at.text().unwrap_or_default())
    }
}

/// The types for the headers of all responses that operations have. A shared response has one, whose name is
/// its own.
pub(super) fn list<'a>(survey: &Survey<'a>) -> Vec<HeaderType<'a>> {
    let shared = shared(survey);
    let mut seen: BTreeSet<Address<'a>> = BTreeSet::new();
    let mut found = Vec::new();
    for operation in &survey.operations {
        let responses = &operation.responses;
        for (status, _) in responses.iter().filter(|(status, response)| has_headers(status, response)) {
            let listed = operation.node.get("responses").zip(status.text());
            let listed = listed.and_then(|(responses, status)| responses.get(status));
            match listed.and_then(|listed| survey.address_of(listed)) {
                Some(address) if seen.insert(address) => {
                    found.extend(shared.get(&address).map(|key| of_shared(address, key)));
                }
                Some(_) => {}
                None => found.extend(of_operation(operation, status)),
            }
        }
    }
    found
}

/// The names of the shared responses.
fn shared<'a>(survey: &Survey<'a>) -> BTreeMap<Address<'a>, &'a Node> {
    let sites = survey.sites.iter().filter(|site| site.via == "responses");
    let is_shared = |kind: ObjectKind| kind == ObjectKind::Components;
    let sites = sites.filter(|site| survey.around(site).is_some_and(|around| is_shared(around.kind)));
    sites
        .filter_map(|site| Some(((site.file.name.as_str(), site.via, site.key?.text()?), site.key?)))
        .collect()
}

fn of_shared<'a>((file, _, name): Address<'a>, at: &'a Node) -> HeaderType<'a> {
    HeaderType { file, name: names::headers(name), kind: "response", at }
}

fn of_operation<'a>(operation: &ResolvedOperation<'a>, status: &Node) -> Option<HeaderType<'a>> {
    let at = operation.id()?;
    let id = at.text()?;
    let statuses: Vec<&str> = operation.responses.iter().filter_map(|(status, _)| status.text()).collect();
    let suffix = names::response_suffix(status.text()?, &statuses);
    let name = names::headers(&format!("{}{suffix}", names::pascal(id)));
    Some(HeaderType { file: &operation.file.name, name, kind: "operation", at })
}

/// Whether a response declares headers beside the target of a redirect.
fn has_headers(status: &Node, response: &Node) -> bool {
    let is_redirect = status.text().is_some_and(|status| status.starts_with('3'));
    let is_target = |name: &str| is_redirect && name.eq_ignore_ascii_case("location");
    let headers = response.get("headers").map(Node::entries).unwrap_or_default();
    headers.iter().any(|(name, _)| name.text().is_some_and(|name| !is_target(name)))
}

/// No such type has the name of a schema, of another such type, or of what the generated code needs.
/// `schemas` has the places of all schemas by the names of their types, those without a name of their own
/// included.
pub(super) fn check(
    types: &[HeaderType<'_>],
    schemas: &BTreeMap<String, &Node>,
    reserved: &BTreeSet<String>,
    faults: &mut Vec<Fault>,
) {
    let mut first: BTreeMap<String, &HeaderType<'_>> = BTreeMap::new();
    for made in types {
        let what = format!("the headers of {} become the type `{}`", made.of(), made.name);
        let compared = names::as_compared(&made.name);
        if reserved.contains(&made.name) {
            let what = format!("{what}, which the generated code needs for itself");
            faults.push(made.at.fault("reserved-name", what, format!("give the {} another name", made.kind)));
        } else if let Some(schema) = schemas.get(&compared) {
            let what = format!("{what}, as does the schema at {}", schema.location());
            faults.push(made.at.fault("name-collision", what, RENAME));
        } else if let Some(first) = first.get(&compared) {
            // If one ID occurs twice, another check reports it.
            let is_same_id = first.kind == "operation" && first.of() == made.of();
            if !is_same_id {
                let what = format!("{what}, as do those of {}, at {}", first.of(), first.at.location());
                let is_same_response = first.kind == "response" && first.of() == made.of();
                let help = if is_same_response { DEFINE_ONCE } else { RENAME };
                faults.push(made.at.fault("name-collision", what, help));
            }
        } else {
            first.insert(compared, made);
        }
    }
}
