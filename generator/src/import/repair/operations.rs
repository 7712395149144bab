//! The parameters and responses of each operation.

use std::collections::BTreeSet;

use serde_json::json;

use super::super::edit::visit;
use super::super::notes::Notes;
use super::{each_operation, list_of};
use crate::openapi::kind::{ObjectKind, is_extension};
use crate::openapi::path::parameters_of;
use crate::source::{Node, Value};

pub(super) fn repair(document: &mut Node, notes: &mut Notes) {
    visit(ObjectKind::Document, document, &mut |kind, node| match kind {
        ObjectKind::Parameter if node.text_of("in") == Some("path") && !node.is_true("required") => {
            notes.add(node, "made path parameters required", node.text_of("name").unwrap_or_default());
            node.set_json("required", &json!(true));
        }
        ObjectKind::Response if node.get("$ref").is_none() => describe(node),
        _ => {}
    });
    let shared = document.get("components").and_then(|components| components.get("parameters")).cloned();
    let paths = document.get_mut("paths").and_then(Node::entries_mut);
    for (path, item) in paths.into_iter().flatten() {
        let wanted = parameters_of(path.text().unwrap_or_default());
        let wanted: BTreeSet<String> = wanted.into_iter().map(str::to_owned).collect();
        let mut declared = BTreeSet::new();
        keep_known(item, &wanted, shared.as_ref(), &mut declared, notes);
        for (key, operation) in item.entries_mut().into_iter().flatten() {
            if super::is_operation(key, operation) {
                let mut declared = declared.clone();
                keep_known(operation, &wanted, shared.as_ref(), &mut declared, notes);
                declare(operation, &wanted, &declared, notes);
            }
        }
    }
    each_operation(document, &mut |_, _, operation| {
        drop_empty_body(operation, notes);
        respond(operation, notes);
    });
}

/// Takes out a body that may be left out and has no members. Some programs write one for each operation.
fn drop_empty_body(operation: &mut Node, notes: &mut Notes) {
    let Some(body) = operation.get("requestBody").filter(|body| !body.is_true("required")) else { return };
    let media = body.get("content").map(Node::entries).unwrap_or_default();
    let is_empty = |(_, media): &(Node, Node)| media.get("schema").is_some_and(is_empty_object);
    if media.iter().all(is_empty) && !media.is_empty() {
        notes.add(body, "left out a body without members, which may be left out", "");
        operation.remove("requestBody");
    }
}

fn is_empty_object(schema: &Node) -> bool {
    let known = ["type", "properties", "additionalProperties", "description"];
    schema.text_of("type") == Some("object")
        && schema
            .get("properties")
            .is_some_and(|members| members.is_mapping() && members.entries().is_empty())
        && schema.get("additionalProperties").is_none_or(|others| others.is_flag(false))
        && schema.entries().iter().all(|(key, _)| key.text().is_some_and(|key| known.contains(&key)))
}

/// Gives a response without a description one.
fn describe(response: &mut Node) {
    if response.text_of("description").is_none_or(|text| text.trim().is_empty()) && response.is_mapping() {
        response.set_json("description", &json!("It isn't described."));
    }
}

fn respond(operation: &mut Node, notes: &mut Notes) {
    let responses = operation.get("responses");
    let has_some = responses.is_some_and(|responses| {
        responses
            .entries()
            .iter()
            .any(|(status, _)| status.text().is_some_and(|status| !is_extension(status)))
    });
    if !has_some {
        let id = operation.text_of("operationId").unwrap_or_default();
        notes.add(operation, "gave a response without a body to an operation that has none", id);
        operation.set_json("responses", &json!({"200": {"description": "It isn't described."}}));
    }
    // YAML and people write ranges in both cases.
    for (status, _) in operation.get_mut("responses").and_then(Node::entries_mut).into_iter().flatten() {
        if let Value::String(text) = &mut status.value
            && text.len() == 3
            && text.ends_with("xx")
        {
            *text = text.to_uppercase().into();
        }
    }
}

/// Leaves out the parameters of the path that the path doesn't have, and those that are listed twice.
fn keep_known(
    holder: &mut Node,
    wanted: &BTreeSet<String>,
    shared: Option<&Node>,
    declared: &mut BTreeSet<String>,
    notes: &mut Notes,
) {
    let mut seen = BTreeSet::new();
    let Some(list) = holder.get_mut("parameters").and_then(Node::items_mut) else { return };
    list.retain(|listed| {
        let name = listed.text_of("$ref").and_then(|reference| reference.rsplit('/').next());
        let parameter = name.and_then(|name| shared?.get(name)).unwrap_or(listed);
        let (Some(place), Some(name)) = (parameter.text_of("in"), parameter.text_of("name")) else {
            return true;
        };
        if !seen.insert((place.to_owned(), name.to_owned())) {
            notes.add(listed, "left out a parameter that is listed twice", name);
            return false;
        }
        if place != "path" {
            return true;
        }
        if !wanted.contains(name) {
            notes.add(listed, "left out a parameter that the path doesn't have", name);
            return false;
        }
        declared.insert(name.to_owned());
        true
    });
}

fn declare(operation: &mut Node, wanted: &BTreeSet<String>, declared: &BTreeSet<String>, notes: &mut Notes) {
    for name in wanted.difference(declared) {
        notes.add(operation, "declared a parameter of the path as text", name);
        let made = json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}});
        let made = operation.made_from_json(&made);
        if let Some(list) = list_of(operation, "parameters") {
            list.push(made);
        }
    }
}
