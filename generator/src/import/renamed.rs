//! Components to which a person gave another name since the last import. A later document still has the old one.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::moved::Documents;

/// A component: its file, its section and its name.
type Component = (String, String, String);

/// Gives the new name to what a person renamed, in the documents of the last import and of the new one, also where it is
/// referred to. A component was renamed if every reference to it leads to one other component now, which is new, and the
/// old one is gone.
pub(super) fn follow(last: &mut Documents, mine: &Documents, new: &mut Documents) {
    let (old, own) = (components(last), components(mine));
    let mut names: BTreeMap<Component, BTreeSet<Component>> = BTreeMap::new();
    for (file, document) in &*last {
        if let Some(edited) = mine.get(file) {
            compare(file, document, edited, &mut names);
        }
    }
    let mut renamed = BTreeMap::new();
    for (from, to) in names {
        let only = to.into_iter().reduce(|_, _| Component::default()).unwrap_or_default();
        let is_renamed = !own.contains(&from) && own.contains(&only) && !old.contains(&only);
        if is_renamed && (&from.0, &from.1) == (&only.0, &only.1) {
            renamed.insert(from, only.2);
        }
    }
    for documents in [last, new] {
        for (file, document) in documents {
            rename_keys(file, document, &renamed);
            refer(file, document, &renamed);
        }
    }
}

fn components(documents: &Documents) -> BTreeSet<Component> {
    let mut found = BTreeSet::new();
    for (file, document) in documents {
        for (section, items) in members(document.get("components")) {
            let names = members(Some(items)).map(|(name, _)| (file.clone(), section.clone(), name.clone()));
            found.extend(names);
        }
    }
    found
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

/// Compares the references at the same place in both documents, and collects for each old target the new ones.
fn compare(file: &str, last: &Value, mine: &Value, names: &mut BTreeMap<Component, BTreeSet<Component>>) {
    match (last, mine) {
        (Value::Object(last), Value::Object(mine)) => {
            let target = |of: &serde_json::Map<String, Value>| target(file, of.get("$ref")?.as_str()?);
            if let (Some(from), Some(to)) = (target(last), target(mine)) {
                names.entry(from).or_default().insert(to);
            }
            for (key, value) in last {
                mine.get(key).into_iter().for_each(|edited| compare(file, value, edited, names));
            }
        }
        (Value::Array(last), Value::Array(mine)) => {
            last.iter().zip(mine).for_each(|(value, edited)| compare(file, value, edited, names));
        }
        _ => {}
    }
}

fn target(file: &str, reference: &str) -> Option<Component> {
    let (home, pointer) = reference.split_once("#/components/")?;
    let (section, name) = pointer.split_once('/')?;
    let home = if home.is_empty() { file } else { home };
    Some((home.to_owned(), section.to_owned(), name.to_owned()))
}

fn rename_keys(file: &str, document: &mut Value, renamed: &BTreeMap<Component, String>) {
    let sections = document.get_mut("components").and_then(Value::as_object_mut).into_iter().flatten();
    for (section, items) in sections {
        let Some(items) = items.as_object_mut() else { continue };
        let name = |name: String| {
            renamed.get(&(file.to_owned(), section.clone(), name.clone())).cloned().unwrap_or(name)
        };
        *items = std::mem::take(items).into_iter().map(|(key, item)| (name(key), item)).collect();
    }
}

/// Changes the references, and the targets that a discriminator names.
fn refer(file: &str, value: &mut Value, renamed: &BTreeMap<Component, String>) {
    match value {
        Value::Object(object) => {
            for (key, inner) in object {
                match inner {
                    Value::String(text) if key == "$ref" => change(file, text, renamed),
                    Value::Object(targets) if key == "mapping" => {
                        for target in targets.values_mut() {
                            match target {
                                Value::String(text) => change(file, text, renamed),
                                other => refer(file, other, renamed),
                            }
                        }
                    }
                    other => refer(file, other, renamed),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| refer(file, item, renamed)),
        _ => {}
    }
}

fn change(file: &str, reference: &mut String, renamed: &BTreeMap<Component, String>) {
    let new = target(file, reference).and_then(|component| renamed.get(&component));
    if let Some((new, (before, _))) = new.zip(reference.rsplit_once('/')) {
        *reference = format!("{before}/{new}");
    }
}
