//! The credentials of the service.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::super::notes::Notes;
use super::each_operation;
use super::names::{Scope, lower_case};
use crate::check::is_name_of_scheme;
use crate::openapi::kind::{ObjectKind, ValueKind};
use crate::source::{Node, Value};

pub(super) fn repair(service: &str, document: &mut Node, notes: &mut Notes) {
    let schemes = document.get_mut("components").and_then(|components| components.get_mut("securitySchemes"));
    let mut renamed: BTreeMap<String, String> = BTreeMap::new();
    let mut taken = Scope::default();
    for (key, scheme) in schemes.and_then(Node::entries_mut).into_iter().flatten() {
        let old = key.text().unwrap_or_default().to_owned();
        let wanted = lower_case(&old, '_', "credential");
        let wanted =
            if is_name_of_scheme(service, &wanted) { wanted } else { format!("{wanted}_credential") };
        let name = taken.take(&wanted, "_");
        key.value = Value::String(name.as_str().into());
        renamed.insert(old, name);
        kind(scheme, notes);
    }
    let scopes = scopes(document);
    requirements(document, &renamed, &scopes, notes);
    each_operation(document, &mut |_, _, operation| requirements(operation, &renamed, &scopes, notes));
    of_operations(document, notes);
}

/// Writes the credentials of the service at each operation that names none, where a person would look for them. Every
/// client carries what the root `security` names. If that lists alternatives, a client has only one of them, so the root no
/// longer names any.
fn of_operations(document: &mut Node, notes: &mut Notes) {
    let Some(list) = document.get("security").filter(|list| !list.items().is_empty()).cloned() else {
        return;
    };
    if list.items().len() > 1 {
        document.remove("security");
        notes.add(&list, "moved alternatives of credentials from the service to its operations", "");
    }
    each_operation(document, &mut |_, _, operation| {
        if operation.get("security").is_none() {
            operation.set("security", list.clone());
        }
    });
}

/// The scopes of each security scheme; `None` for OpenID Connect, whose scopes the document doesn't list.
fn scopes(document: &Node) -> BTreeMap<String, Option<BTreeSet<String>>> {
    let components = document.get("components");
    let schemes = components.and_then(|components| components.get("securitySchemes")).map(Node::entries);
    let of = |(name, scheme): &(Node, Node)| {
        let flows = scheme.get("flows").map(Node::entries).unwrap_or_default().iter();
        let listed = flows.filter_map(|(_, flow)| flow.get("scopes")).flat_map(Node::entries);
        let listed = listed.filter_map(|(scope, _)| Some(scope.text()?.to_owned()));
        let is_known = scheme.text_of("type") != Some("openIdConnect");
        Some((name.text()?.to_owned(), is_known.then(|| listed.collect())))
    };
    schemes.unwrap_or_default().iter().filter_map(of).collect()
}

/// Takes out the keys that mean nothing for the type of the scheme. A type of tokens that the generator doesn't know
/// becomes a bearer token.
fn kind(scheme: &mut Node, notes: &mut Notes) {
    let rule = ObjectKind::SecurityScheme.grammar().rule("type");
    let is_known = |kind: &str| {
        rule.is_some_and(|rule| matches!(rule.value, ValueKind::Word(words) if words.contains(&kind)))
    };
    http(scheme, notes);
    match scheme.text_of("type") {
        Some("oauth2" | "openIdConnect") if !is_known(scheme.text_of("type").unwrap_or_default()) => {
            notes.add(scheme, "took OAuth2 or OpenID Connect for a bearer token", "");
            ["flows", "openIdConnectUrl"].iter().for_each(|key| _ = scheme.remove(key));
            scheme.set_json("type", &json!("http"));
            scheme.set_json("scheme", &json!("bearer"));
        }
        Some("apiKey") => ["scheme", "bearerFormat", "flows"].iter().for_each(|key| _ = scheme.remove(key)),
        Some("http") => ["name", "in", "flows"].iter().for_each(|key| _ = scheme.remove(key)),
        _ => {}
    }
}

/// An HTTP scheme that the client has no code for becomes a header whose whole value callers give.
fn http(scheme: &mut Node, notes: &mut Notes) {
    let Some(name) = scheme.text_of("scheme").map(str::to_owned) else { return };
    scheme.set_json("scheme", &json!(name.to_lowercase()));
    let is_known = ["bearer", "basic"].contains(&name.to_lowercase().as_str());
    if is_known || scheme.text_of("type") != Some("http") {
        return;
    }
    notes.add(
        scheme,
        "took an HTTP scheme for a header `Authorization` that callers write as a whole",
        &*name,
    );
    let text = format!("The value of the header `Authorization`, which begins with `{name}`.");
    scheme.set_if_absent("description", &json!(text));
    for (key, value) in [("type", "apiKey"), ("name", "Authorization"), ("in", "header")] {
        scheme.set_json(key, &json!(value));
    }
}

/// Renames the schemes in a list of requirements, and leaves out those that aren't defined, as well as scopes.
fn requirements(
    holder: &mut Node,
    renamed: &BTreeMap<String, String>,
    scopes: &BTreeMap<String, Option<BTreeSet<String>>>,
    notes: &mut Notes,
) {
    let Some(list) = holder.get_mut("security").and_then(Node::items_mut) else {
        _ = holder.remove("security");
        return;
    };
    let mut seen = BTreeSet::new();
    list.retain_mut(|requirement| {
        let was_empty = requirement.entries().is_empty();
        let Some(entries) = requirement.entries_mut() else { return false };
        entries.retain_mut(|(key, listed)| {
            let Some(name) = key.text().and_then(|name| renamed.get(name)) else {
                notes.add(
                    key,
                    "left out a security scheme that isn't defined",
                    key.text().unwrap_or_default(),
                );
                return false;
            };
            key.value = Value::String(name.as_str().into());
            keep_scopes(listed, scopes.get(name).unwrap_or(&Some(BTreeSet::new())), notes);
            true
        });
        (was_empty || !requirement.entries().is_empty()) && seen.insert(requirement.to_json().to_string())
    });
    if list.iter().all(|requirement| requirement.entries().is_empty()) {
        list.clear();
    }
}

/// Leaves out the scopes that the scheme doesn't have.
fn keep_scopes(listed: &mut Node, known: &Option<BTreeSet<String>>, notes: &mut Notes) {
    let is_known = |scope: &str| known.as_ref().is_none_or(|known| known.contains(scope));
    let (kept, other): (Vec<Node>, Vec<Node>) =
        listed.items().iter().cloned().partition(|scope| scope.text().is_some_and(is_known));
    for scope in &other {
        notes.add(
            scope,
            "left out a scope that the security scheme doesn't have",
            scope.text().unwrap_or_default(),
        );
    }
    listed.value = Value::Sequence(kept);
}
