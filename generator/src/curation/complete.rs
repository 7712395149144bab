//! Fills in what an imported service leaves open, so that every later stage sees a curated one: nothing is sent twice that
//! might change something, nothing that looks secret is printed, and a server can add values to its enums.

use std::collections::BTreeMap;

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
    for site in survey.of_kind(ObjectKind::Tag).filter(|site| is_open(site.file)) {
        if site.node.get("description").is_none() {
            let name = site.node.text_of("name").unwrap_or_default();
            add(&mut additions, site.node, "description", json!(format!("The operations of `{name}`.")));
        }
    }
    for site in survey.of_kind(ObjectKind::SecurityScheme).filter(|site| is_open(site.file)) {
        if site.reference().is_none() && site.node.get("description").is_none() {
            add(&mut additions, site.node, "description", json!(of_scheme(site.node)));
        }
    }
    let enums = survey.of_kind(ObjectKind::Schema).filter(|site| is_open(site.file));
    for site in enums.filter(|site| site.node.get("enum").is_some()) {
        if site.node.get("x-open-enum").is_none() {
            add(&mut additions, site.node, "x-open-enum", json!(true));
            let names = names_of_unknown(site.node);
            names.into_iter().for_each(|names| add(&mut additions, site.node, "x-enum-names", names));
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

/// The names of the values of an open enum that would have the name of its variant `Unknown`.
pub(crate) fn names_of_unknown(schema: &Node) -> Option<Json> {
    let values = schema.get("enum").map(Node::items).unwrap_or_default().iter();
    let unknown = values.filter_map(Node::text).filter(|value| names::pascal(value) == "Unknown");
    let named: serde_json::Map<String, Json> =
        unknown.map(|value| (value.to_owned(), json!("UnknownValue"))).collect();
    (!named.is_empty() && schema.get("x-enum-names").is_none()).then_some(Json::Object(named))
}

/// What a credential is, for people who have nothing but its name.
fn of_scheme(scheme: &Node) -> String {
    let word = |key: &str| scheme.text_of(key).unwrap_or_default();
    match (word("type"), word("scheme"), word("in")) {
        ("http", "basic", _) => "The user name and the password.".to_owned(),
        ("apiKey", _, "header") => format!("The value of the header `{}`.", word("name")),
        ("apiKey", _, "cookie") => format!("The value of the cookie `{}`.", word("name")),
        ("apiKey", ..) => format!("The value of the query parameter `{}`.", word("name")),
        _ => "The token that is sent as a bearer token.".to_owned(),
    }
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
        let words = names::words_of(id.strip_prefix(&prefix).unwrap_or(id)).join(" ");
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
