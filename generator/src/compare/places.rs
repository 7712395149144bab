//! Where the items of a service stand in the files of its spec.

use std::collections::BTreeMap;

use super::item::{Item, Key, Kind, Place};
use crate::bundle::Bundle;
use crate::model::{Api, Definition, Operation};
use crate::names;
use crate::source::Node;

/// Gives each item its place: its own, or that of the nearest item that it is a part of.
pub(super) fn mark(bundle: &Bundle<'_, '_>, api: &Api, items: &mut [Item]) {
    let found = find(bundle, api);
    let parents: BTreeMap<Key, Option<Key>> =
        items.iter().map(|item| (item.key.clone(), item.parent.clone())).collect();
    for item in items {
        let mut key = Some(item.key.clone());
        while let Some(looked_for) = key {
            if let Some(place) = found.get(&(looked_for.kind, looked_for.name.clone())) {
                item.place = Some(place.clone());
                break;
            }
            key = parents.get(&looked_for).cloned().flatten();
        }
    }
}

type Places = BTreeMap<(Kind, String), Place>;

/// The types of the headers of responses, by operation and status.
type HeaderTypes<'a> = BTreeMap<(&'a str, String), &'a str>;

fn headers(api: &Api) -> HeaderTypes<'_> {
    api.operations().flat_map(headers_of).collect()
}

fn headers_of(operation: &Operation) -> impl Iterator<Item = ((&str, String), &str)> {
    let responses = operation.responses.iter();
    let responses = responses.map(|response| (response.status.to_string(), &response.headers));
    let errors = operation.errors.iter().map(|error| (error.status.clone(), &error.headers));
    let types = responses.chain(errors);
    types.filter_map(|(status, headers)| {
        Some(((operation.id.as_str(), status), headers.as_ref()?.type_name.as_str()))
    })
}

fn find(bundle: &Bundle<'_, '_>, api: &Api) -> Places {
    let headers = headers(api);
    let tree = bundle.tree();
    let mut places = Places::new();
    places.insert((Kind::Service, bundle.service().to_owned()), place(&tree));
    let components = tree.get("components");
    for (key, scheme) in entries(components.and_then(|it| it.get("securitySchemes"))) {
        put(&mut places, Kind::Scheme, key.text().unwrap_or_default(), scheme);
    }
    for (key, setting) in entries(tree.get("x-client-settings")) {
        put(&mut places, Kind::Scheme, key.text().unwrap_or_default(), setting);
    }
    for tag in tree.get("tags").map(Node::items).unwrap_or_default() {
        put(&mut places, Kind::Group, tag.text_of("name").unwrap_or_default(), tag);
    }
    for (key, schema) in entries(components.and_then(|it| it.get("schemas"))) {
        schema_places(&mut places, key, schema);
        alternative_places(&mut places, key, schema, api);
    }
    for (_, path) in entries(tree.get("paths")) {
        for (method, operation) in path.entries() {
            operation_places(&mut places, method, operation, &headers);
        }
    }
    places
}

fn schema_places(places: &mut Places, key: &Node, schema: &Node) {
    let name = key.text().unwrap_or_default();
    let rust = names::pascal(name);
    put(places, Kind::Schema, &rust, key);
    for (member, _) in entries(schema.get("properties")) {
        put(places, Kind::Member, &format!("{rust}.{}", member.text().unwrap_or_default()), member);
    }
    for value in schema.get("enum").map(Node::items).unwrap_or_default() {
        put(places, Kind::Value, &format!("{rust}.{}", value.text().unwrap_or_default()), value);
    }
    for (question, text) in entries(schema.get("x-error-questions")) {
        put(places, Kind::Question, question.text().unwrap_or_default(), text);
    }
    for (code, question) in entries(schema.get("x-error-meanings")) {
        put(places, Kind::Meaning, code.text().unwrap_or_default(), question);
    }
}

/// The places of the alternatives of a choice, whose names the model knows. The model leaves out alternatives that say the
/// same as another one, and then no place is known.
fn alternative_places(places: &mut Places, key: &Node, schema: &Node, api: &Api) {
    let rust = names::pascal(key.text().unwrap_or_default());
    let forms = schema.get("oneOf").map(Node::items).unwrap_or_default();
    if let Some(Definition::Choice(alternatives)) = api.schemas.get(&rust).map(|schema| &schema.definition)
        && alternatives.len() == forms.len()
    {
        for (alternative, form) in alternatives.iter().zip(forms) {
            put(places, Kind::Alternative, &format!("{rust}.{}", alternative.variant), form);
        }
    }
}

fn operation_places(places: &mut Places, key: &Node, operation: &Node, headers: &HeaderTypes<'_>) {
    let Some(id) = operation.text_of("operationId") else { return };
    put(places, Kind::Operation, id, key);
    for parameter in operation.get("parameters").map(Node::items).unwrap_or_default() {
        let of = |key| parameter.text_of(key).unwrap_or_default();
        put(places, Kind::Parameter, &format!("{id} {}:{}", of("in"), of("name")), parameter);
    }
    if let Some((body, _)) = operation.entry("requestBody") {
        put(places, Kind::Body, id, body);
    }
    for (status, response) in entries(operation.get("responses")) {
        let name = format!("{id} {}", status.text().unwrap_or_default());
        put(places, Kind::Response, &name, status);
        put(places, Kind::Error, &name, status);
        let of_status = (id, status.text().unwrap_or_default().to_owned());
        if let Some(ty) = headers.get(&of_status) {
            header_places(places, ty, response);
        }
        for code in response.get("x-error-codes").map(Node::items).unwrap_or_default() {
            put(places, Kind::ErrorCode, &format!("{name} {}", code.text().unwrap_or_default()), code);
        }
    }
}

fn header_places(places: &mut Places, ty: &str, response: &Node) {
    let Some((key, headers)) = response.entry("headers") else { return };
    put(places, Kind::Headers, ty, key);
    for (name, _) in headers.entries() {
        // The type has the names in lower case.
        let member = name.text().unwrap_or_default().to_lowercase();
        put(places, Kind::Member, &format!("{ty}.{member}"), name);
    }
}

fn put(places: &mut Places, kind: Kind, name: &str, node: &Node) {
    places.insert((kind, name.to_owned()), place(node));
}

fn place(node: &Node) -> Place {
    let location = node.location();
    Place { file: location.file, line: location.line }
}

fn entries(node: Option<&Node>) -> &[(Node, Node)] {
    node.map(Node::entries).unwrap_or_default()
}
