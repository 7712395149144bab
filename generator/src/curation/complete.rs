//! Fills in what an imported service leaves open, so that every later stage sees a curated one: nothing is sent twice that
//! might change something, nothing that looks secret is printed, and a server can add values to its enums.

use std::collections::BTreeMap;

use heck::ToSnakeCase;
use serde_json::{Value as Json, json};

use super::example::{self, Side};
use super::is_open;
use crate::check::unmarked_secrets;
use crate::names;
use crate::openapi::file::SpecFile;
use crate::openapi::kind::ObjectKind;
use crate::openapi::operation::ResolvedOperation;
use crate::openapi::service::Service;
use crate::openapi::survey::Survey;
use crate::source::{Node, Value};

/// The keys that objects get, by the place of the object in memory.
type Additions = BTreeMap<*const Node, Vec<(&'static str, Json)>>;

/// An imported service with all that it leaves open; `None` for a service that is curated.
pub(crate) fn completed(survey: &Survey<'_>) -> Option<Service> {
    if !survey.is_imported() {
        return None;
    }
    let mut additions = Additions::new();
    for operation in survey.operations.iter().filter(|operation| is_open(operation.file)) {
        add_to_operation(operation, &mut additions);
        add_examples(survey, operation, &mut additions);
    }
    for site in unmarked_secrets(survey).filter(|site| is_open(site.file)) {
        add(&mut additions, site.node, "x-sensitive", json!(true));
    }
    let enums = survey.of_kind(ObjectKind::Schema).filter(|site| is_open(site.file));
    for site in enums.filter(|site| site.node.get("enum").is_some()) {
        if site.node.get("x-open-enum").is_none() {
            add(&mut additions, site.node, "x-open-enum", json!(true));
        }
    }
    let files = survey.files.iter().map(|file| SpecFile {
        path: file.path.clone(),
        name: file.name.clone(),
        role: file.role,
        root: file.root.as_ref().map(|root| with(root, &additions)),
    });
    Some(Service::new(files.collect()))
}

fn add(additions: &mut Additions, node: &Node, key: &'static str, value: Json) {
    additions.entry(std::ptr::from_ref(node)).or_default().push((key, value));
}

fn add_to_operation(operation: &ResolvedOperation<'_>, additions: &mut Additions) {
    if operation.node.get("x-retry").is_none() {
        let method = operation.method.text().unwrap_or_default();
        let class = if ["get", "head"].contains(&method) { "safe" } else { "never" };
        add(additions, operation.node, "x-retry", json!(class));
    }
    if operation.node.get("summary").is_none() {
        let id = operation.id().and_then(Node::text).unwrap_or_default();
        let prefix = names::operation_prefix(operation.file.stem());
        let words = id.strip_prefix(&prefix).unwrap_or(id).to_snake_case().replace('_', " ");
        let mut letters = words.chars();
        let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
        add(additions, operation.node, "summary", json!(format!("{first}{}", letters.as_str())));
    }
}

/// Adds the examples of the body, and of the responses that are no errors.
fn add_examples<'a>(survey: &Survey<'a>, operation: &ResolvedOperation<'a>, additions: &mut Additions) {
    let is_success = |status: &Node| status.text().is_some_and(|status| status.starts_with(['2', '3']));
    let successes = operation.responses.iter().filter(|(status, _)| is_success(status));
    let holders = successes.map(|(_, response)| (Side::Response, *response));
    for (side, holder) in operation.body.map(|body| (Side::Request, body)).into_iter().chain(holders) {
        for (_, media) in holder.get("content").map(Node::entries).unwrap_or_default() {
            let has_example = ["example", "examples"].iter().any(|key| media.get(key).is_some());
            let schema = media.get("schema").filter(|_| !has_example);
            let is_known = additions.contains_key(&std::ptr::from_ref(media));
            if let Some(made) =
                schema.filter(|_| !is_known).and_then(|schema| example::of(survey, schema, side))
            {
                add(additions, media, "example", made);
            }
        }
    }
}

/// The tree with the additions.
fn with(node: &Node, additions: &Additions) -> Node {
    let value = match &node.value {
        Value::Mapping(entries) => {
            Value::Mapping(entries.iter().map(|(key, value)| (key.clone(), with(value, additions))).collect())
        }
        Value::Sequence(items) => Value::Sequence(items.iter().map(|item| with(item, additions)).collect()),
        other => other.clone(),
    };
    let whole = node.with(value);
    let Some(added) = additions.get(&std::ptr::from_ref(node)) else { return whole };
    let mut entries = match whole.get("$ref") {
        // Nothing can stand beside a reference.
        Some(_) => {
            let parts = Value::Sequence(vec![whole.clone()]);
            vec![(whole.made_text("allOf"), whole.made_from(parts))]
        }
        None => whole.entries().to_vec(),
    };
    let made = |(key, value): &(&str, Json)| (whole.made_text(key), whole.made_from_json(value));
    entries.extend(added.iter().map(made));
    whole.with(Value::Mapping(entries))
}
