//! The names of the components.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::super::edit::visit;
use super::super::notes::Notes;
use super::names::Scope;
use crate::names;
use crate::openapi::kind::ObjectKind;
use crate::openapi::reference::sections;
use crate::source::{Node, Value};

/// The new name of each component, by section and old name.
type Renamed = BTreeMap<(String, String), String>;

/// Gives each component a name that its type can have, also where it is referred to.
pub(super) fn rename(document: &mut Node, reserved: &BTreeSet<String>, notes: &mut Notes) {
    let mut renamed = Renamed::new();
    for section in sections().filter(|section| *section != "securitySchemes") {
        let components = document.get_mut("components").and_then(|components| components.get_mut(section));
        let taken = if section == "schemas" { reserved.clone() } else { BTreeSet::new() };
        let mut taken = Scope::with(taken);
        let mut entries: Vec<&mut (Node, Node)> =
            components.and_then(Node::entries_mut).into_iter().flatten().collect();
        // A name that is right already stays with its owner.
        entries.sort_by_key(|(key, _)| key.text().is_none_or(|name| type_name(name) != name));
        for (key, _) in entries {
            let old = key.text().unwrap_or_default().to_owned();
            let wanted = type_name(&old);
            let wanted = if taken.has(&wanted) && reserved.contains(&wanted) {
                format!("{wanted}Schema")
            } else {
                wanted
            };
            let name = taken.take(&wanted, "");
            if name != old {
                notes.add(key, "renamed a component", format!("`{old}` is `{name}`"));
                key.value = Value::String(name.as_str().into());
            }
            renamed.insert((section.to_owned(), old), name);
        }
    }
    visit(ObjectKind::Document, document, &mut |_, node| refer(node, &renamed));
}

/// The name in Pascal case, which begins with a capital letter.
pub(super) fn type_name(name: &str) -> String {
    let name = names::pascal(name);
    let name = name.trim_end_matches('_');
    if name.starts_with(char::is_uppercase) && names::pascal(name) == name {
        name.to_owned()
    } else {
        format!("X{name}")
    }
}

fn refer(node: &mut Node, renamed: &Renamed) {
    if let Some(name) = node.text_of("$ref").and_then(|reference| new_reference(reference, renamed)) {
        node.set_json("$ref", &json!(name));
    }
    let mapping = node.get_mut("discriminator").and_then(|discriminator| discriminator.get_mut("mapping"));
    for (_, target) in mapping.and_then(Node::entries_mut).into_iter().flatten() {
        let Some(text) = target.text() else { continue };
        let bare = || {
            Some(format!("#/components/schemas/{}", renamed.get(&("schemas".to_owned(), text.to_owned()))?))
        };
        if let Some(name) = new_reference(text, renamed).or_else(bare) {
            target.value = Value::String(name.into());
        }
    }
}

fn new_reference(reference: &str, renamed: &Renamed) -> Option<String> {
    let (section, name) = reference.strip_prefix("#/components/")?.split_once('/')?;
    let name = name.replace("~1", "/").replace("~0", "~");
    let new = renamed.get(&(section.to_owned(), name))?;
    Some(format!("#/components/{section}/{new}"))
}
