//! Names that faults ask for: another name for a component, or a name for a schema that has none.

use serde_json::json;

use super::super::edit::visit;
use super::super::split::Files;
use super::place::Place;
use crate::openapi::kind::ObjectKind;
use crate::source::{Node, Value};

/// Gives the component at the place another name, also where it is referred to.
pub(super) fn rename(place: &Place, files: &mut Files) {
    let keys: Vec<String> = place.way(files).keys.into_iter().flatten().collect();
    let [_, section, old] = keys.as_slice() else { return };
    let kind = if section == "schemas" { "Schema" } else { "Response" };
    let new = free(&format!("{old}{kind}"), section, files);
    let (from, to) = (format!("/components/{section}/{old}"), format!("/components/{section}/{new}"));
    let Some(last) = place.steps.last().copied() else { return };
    let holder = place.up_to(place.steps.len().saturating_sub(1));
    if let Some((key, _)) =
        holder.node_mut(files).and_then(Node::entries_mut).and_then(|entries| entries.get_mut(last))
    {
        key.value = Value::String(new.as_str().into());
    }
    for (file, root) in files {
        visit(ObjectKind::Document, root, &mut |_, node| {
            let Some(reference) = node.text_of("$ref") else { return };
            let Some((of, pointer)) = reference.split_once('#') else { return };
            let of = if of.is_empty() { file.as_str() } else { of };
            if pointer == from && of == place.file {
                let renamed = reference.replace(&from, &to);
                node.set_json("$ref", &json!(renamed));
            }
        });
    }
}

/// A name that no component of the section has.
fn free(wanted: &str, section: &str, files: &Files) -> String {
    let is_taken = |name: &str| {
        files.values().any(|root| {
            let known = root.get("components").and_then(|components| components.get(section));
            known.is_some_and(|known| known.get(name).is_some())
        })
    };
    let numbered = (2..).map(|number| format!("{wanted}{number}"));
    std::iter::once(wanted.to_owned()).chain(numbered).find(|name| !is_taken(name)).unwrap_or_default()
}

/// Moves the schema at the place under `components.schemas`.
pub(super) fn name(place: &Place, files: &mut Files) {
    let way = place.way(files);
    let last_key = way.keys.iter().rev().flatten().next().cloned().unwrap_or_default();
    let owner = way.keys.iter().flatten().nth(2).cloned().unwrap_or_default();
    let wanted = crate::names::pascal(&format!("{owner} {last_key} value"));
    let new = free(&wanted, "schemas", files);
    let Some(schema) = place.node(files).cloned() else { return };
    if let Some(node) = place.node_mut(files) {
        *node = node.made_from_json(&json!({"$ref": format!("#/components/schemas/{new}")}));
    }
    let Some(root) = files.get_mut(&place.file) else { return };
    root.set_if_absent("components", &json!({}));
    let Some(components) = root.get_mut("components") else { return };
    components.set_if_absent("schemas", &json!({}));
    if let Some(schemas) = components.get_mut("schemas") {
        schemas.set(&new, schema);
    }
}
