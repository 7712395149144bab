//! The server of the service, and the operations that are at another one.

use std::collections::BTreeMap;

use serde_json::json;

use super::super::notes::Notes;
use super::is_operation;
use crate::check::{is_server_of_operation, is_server_of_service};
use crate::source::{Node, Value};

/// Leaves the service one server, whose URL is the base URL of its clients. If no URL is known, the builder of a client
/// takes one. An operation at another server keeps that server. An operation whose server has no usable URL is left out,
/// since its requests would go to the wrong host.
pub(super) fn repair(document: &mut Node, notes: &mut Notes) {
    if document.get("servers").is_none_or(|servers| servers.items().is_empty()) {
        document.remove("servers");
        if let Some(server) = most_common(document) {
            let list = document.made_from(Value::Sequence(vec![server]));
            document.set("servers", list);
        }
    }
    let known = document.get("servers").map(Node::items).unwrap_or_default().to_vec();
    let server = of_service(document, notes);
    let paths = document.get_mut("paths").and_then(Node::entries_mut);
    for (_, item) in paths.into_iter().flatten() {
        let of_path = item.remove("servers");
        let Some(members) = item.entries_mut() else { continue };
        members.retain_mut(|(key, operation)| {
            if !is_operation(key, operation) {
                return true;
            }
            let own = operation.remove("servers").or_else(|| of_path.clone());
            let own = own.map(|own| with_variables(own, &known));
            let Some(own) = own.filter(|own| !is_at(own, server.as_ref())) else { return true };
            match of_operation(&own, server.as_ref(), notes) {
                Some(other) => {
                    let list = own.made_from(Value::Sequence(vec![other]));
                    operation.set("servers", list);
                    true
                }
                None => {
                    let url = own.items().first().and_then(|first| first.text_of("url"));
                    notes.add(
                        &own,
                        "left out an operation whose server has no usable URL",
                        url.unwrap_or_default(),
                    );
                    false
                }
            }
        });
    }
}

/// The first of an operation's servers that has a usable URL.
fn of_operation(own: &Node, server: Option<&Node>, notes: &mut Notes) -> Option<Node> {
    let usable = own.items().iter().cloned().map(with_texts);
    let mut usable = usable.filter(is_server_of_operation);
    let mut first = usable.next()?;
    for other in usable {
        notes.add(
            &other,
            "left out a further server of an operation; the client can be built with any",
            other.text_of("url").unwrap_or_default(),
        );
    }
    if let Some(path) = server.and_then(|server| within(server.text_of("url")?, first.text_of("url")?)) {
        first.set_json("url", &json!(path));
    }
    Some(first)
}

/// Gives a server that doesn't describe its variables those of the known server with the same URL.
fn with_variables(mut own: Node, known: &[Node]) -> Node {
    for server in own.items_mut().into_iter().flatten().filter(|server| server.get("variables").is_none()) {
        let described = known.iter().find(|known| known.text_of("url") == server.text_of("url"));
        if let Some(variables) = described.and_then(|known| known.get("variables")) {
            server.set("variables", variables.clone());
        }
    }
    own
}

/// Defaults and values of variables that were written as numbers.
fn with_texts(mut server: Node) -> Node {
    let text = |value: &mut Node| {
        if let Some(text) = value.scalar().map(|text| text.into_owned()) {
            value.value = Value::String(text.into());
        }
    };
    let variables = server.get_mut("variables").and_then(Node::entries_mut);
    for (_, variable) in variables.into_iter().flatten() {
        variable.get_mut("default").into_iter().for_each(text);
        variable.get_mut("enum").and_then(Node::items_mut).into_iter().flatten().for_each(text);
    }
    server
}

/// The path of a URL at the same scheme, host and port as that of the service, so that it goes wherever the service is.
fn within(service: &str, url: &str) -> Option<String> {
    let split = |url: &str| {
        let start = url.find("://")? + 3;
        let length = url.get(start..)?.find('/').unwrap_or(url.len() - start);
        Some((url.get(..start + length)?.to_owned(), url.get(start + length..)?.to_owned()))
    };
    let ((of_service, _), (own, path)) = (split(service)?, split(url)?);
    let path = if path.is_empty() { "/".to_owned() } else { path };
    (of_service == own).then_some(path)
}

/// The server that most operations have, if each one has a server of its own.
fn most_common(document: &Node) -> Option<Node> {
    let mut counts: BTreeMap<String, (usize, Node)> = BTreeMap::new();
    for (_, item) in document.get("paths").map(Node::entries).unwrap_or_default() {
        for (_, operation) in item.entries().iter().filter(|(key, member)| is_operation(key, member)) {
            let own = operation.get("servers").or_else(|| item.get("servers"))?;
            let server = own.items().first()?;
            counts.entry(identity(server)).or_insert_with(|| (0, server.clone())).0 += 1;
        }
    }
    let best = counts.into_values().reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, server)| server)
}

/// Whether one of an operation's servers is that of the service. A list without servers says nothing.
fn is_at(own: &Node, server: Option<&Node>) -> bool {
    let is_same = |own: &Node| server.is_some_and(|server| identity(own) == identity(server));
    own.items().is_empty() || own.items().iter().any(is_same)
}

/// A text that is the same for two servers if they are the same: the URL, and the defaults of its variables.
fn identity(server: &Node) -> String {
    let url = server.text_of("url").unwrap_or_default().trim_end_matches('/').to_owned();
    let variables = server.get("variables").map(Node::entries).unwrap_or_default();
    let defaults = variables.iter().map(|(name, variable)| {
        format!(" {}={}", name.text().unwrap_or_default(), variable.text_of("default").unwrap_or_default())
    });
    url + &defaults.collect::<String>()
}

/// Keeps one server of the document, if one has a base URL, and returns the server that operations without one of their own
/// are at.
fn of_service(document: &mut Node, notes: &mut Notes) -> Option<Node> {
    let mut servers = document.remove("servers")?;
    let all = servers.items().to_vec();
    let Some(first) = all.iter().find(|server| is_server_of_service(server)) else {
        let server = all.first()?;
        notes.add(server, "left out a server whose URL is no base URL; the client is built with one", "");
        return Some(server.clone());
    };
    for other in all.iter().filter(|other| !std::ptr::eq(*other, first)) {
        notes.add(
            other,
            "left out further servers; the client can be built with any",
            other.text_of("url").unwrap_or_default(),
        );
    }
    servers.value = Value::Sequence(vec![first.clone()]);
    document.set("servers", servers);
    Some(first.clone())
}
