//! Responses and bodies that several operations share. What they hold gets a name, so that all of these operations have one
//! type, and not one each.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::names::Scope;
use crate::openapi::schema::is_type;
use crate::source::Node;

pub(super) fn repair(document: &mut Node) {
    let Some(components) = document.get_mut("components") else { return };
    let schemas = components.get("schemas").map(Node::entries).unwrap_or_default();
    let taken: BTreeSet<String> =
        schemas.iter().filter_map(|(name, _)| name.text().map(str::to_owned)).collect();
    let mut taken = Scope::with(taken);
    let mut named: Vec<(String, Node)> = Vec::new();
    for (section, word) in [("responses", "Response"), ("requestBodies", "Body")] {
        let shared = components.get_mut(section).and_then(Node::entries_mut);
        for (key, component) in shared.into_iter().flatten() {
            let key = key.text().unwrap_or_default();
            // Forms of one body that are the same have one name.
            let mut names: BTreeMap<String, String> = BTreeMap::new();
            for schema in inline(component) {
                let name = names.entry(schema.to_json().to_string()).or_insert_with(|| {
                    let wanted = if taken.has(key) { format!("{key}{word}") } else { key.to_owned() };
                    let name = taken.take(&wanted, "");
                    named.push((name.clone(), schema.clone()));
                    name
                });
                *schema = schema.made_from_json(&json!({"$ref": format!("#/components/schemas/{name}")}));
            }
        }
    }
    for (name, schema) in named {
        components.set_if_absent("schemas", &json!({}));
        components.get_mut("schemas").into_iter().for_each(|schemas| schemas.set(&name, schema.clone()));
    }
}

/// The schemas of a body that become types without a name.
fn inline(body: &mut Node) -> impl Iterator<Item = &mut Node> {
    let media = body.get_mut("content").and_then(Node::entries_mut).into_iter().flatten();
    media.filter_map(|(_, media)| media.get_mut("schema")).filter(|schema| {
        let parts = schema.get("allOf").map(Node::items).unwrap_or_default();
        schema.get("$ref").is_none() && (is_type(schema) || parts.len() > 1)
    })
}
