//! Merges a later import into the files that a person has edited. What the last import wrote is kept beside them, in
//! `.imported.yaml`. A value that is still as the last import wrote it takes the value of this import, and a value that a
//! person changed stays.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::moved::{self, Documents, Moved};
use super::notes::Notes;
use super::split::Files;
use super::{part, renamed};
use crate::fault::{Fault, Faults};
use crate::source::{self, Node};

/// The file with what the last import wrote.
const LAST: &str = ".imported.yaml";

/// The path of the record of what the last import wrote into the folder of a service. It is written after all other
/// files.
#[must_use]
pub fn record(service: &str) -> String {
    format!("spec/{service}/{LAST}")
}

/// The fault that keeps an import out of the folder of a service: a person wrote the files in it.
pub(super) fn refused(service: &str, known: &BTreeMap<String, Vec<u8>>) -> Option<Fault> {
    if known.is_empty() || known.contains_key(&record(service)) {
        return None;
    }
    let what = format!("`spec/{service}` has files that no import wrote");
    let help = format!("choose another name; if an import did write them, bring back its `{LAST}`");
    Some(Fault::without_location("not-imported", what, help))
}

/// The text of each file that changes, by its path; `None` for a file that goes.
pub(super) fn merge(
    service: &str,
    files: &Files,
    known: &BTreeMap<String, Vec<u8>>,
    notes: &mut Notes,
) -> Result<BTreeMap<String, Option<String>>, Faults> {
    let path = |name: &str| format!("spec/{service}/{name}");
    let mut new: BTreeMap<String, Value> =
        files.iter().map(|(name, root)| (name.clone(), root.to_json())).collect();
    let mut edited = read(service, known)?;
    let last = edited.remove(LAST).map(|root| root.to_json()).unwrap_or_default();
    let mut last: Documents =
        last.as_object().into_iter().flatten().map(|(name, root)| (name.clone(), root.clone())).collect();
    let mut mine: Documents = edited.iter().map(|(name, root)| (name.clone(), root.to_json())).collect();
    for Moved { from, to, pointer } in moved::follow(&mut last, &mut mine, &new) {
        let at = edited.get(&from).map(|root| find(root, &pointer));
        at.into_iter().for_each(|at| {
            notes.add(at, "moved to another file, with what you edited", format!("`{to}#{pointer}`"))
        });
    }
    let imported = Value::Object(new.clone().into_iter().collect::<Map<String, Value>>());
    renamed::follow(&mut last, &mine, &mut new);
    let mut written = BTreeMap::new();
    let names: BTreeSet<&str> = new.keys().chain(edited.keys()).map(String::as_str).collect();
    for name in names {
        let place = edited.get(name);
        let mut merging = Merging { notes, place, file: name };
        let merged = merging.value(last.get(name), mine.get(name), new.get(name), "");
        match merged {
            Some(merged) if place.map(Node::to_json).as_ref() != Some(&merged) => {
                written.insert(path(name), Some(source::to_yaml(&merged)));
            }
            Some(_) => {}
            None if place.is_some() => _ = written.insert(path(name), None),
            None => {}
        }
    }
    written.insert(path(LAST), Some(source::to_yaml(&imported)));
    Ok(written)
}

/// The files that are there, by their names.
fn read(service: &str, known: &BTreeMap<String, Vec<u8>>) -> Result<BTreeMap<String, Node>, Faults> {
    let mut trees = BTreeMap::new();
    let mut faults: Vec<Fault> = Vec::new();
    let folder = format!("spec/{service}/");
    for (path, bytes) in known {
        let Some(name) = path.strip_prefix(&folder).filter(|name| name.ends_with(".yaml")) else { continue };
        match source::read_published(path, bytes) {
            (Some(tree), found) if found.is_empty() => _ = trees.insert(name.to_owned(), tree),
            (_, found) => faults.extend(found),
        }
    }
    if faults.is_empty() { Ok(trees) } else { Err(Faults::new(faults)) }
}

struct Merging<'n, 'a> {
    notes: &'n mut Notes,
    /// The file as it is, for the places of notes.
    place: Option<&'a Node>,
    file: &'a str,
}

impl Merging<'_, '_> {
    /// The merged value at one place, from the value of the last import, the one in the files now, and the value of the new
    /// import; `None` if the value is dropped.
    fn value(
        &mut self,
        last: Option<&Value>,
        mine: Option<&Value>,
        new: Option<&Value>,
        pointer: &str,
    ) -> Option<Value> {
        match (last, mine, new) {
            (_, None, None) => None,
            (Some(_), None, Some(_)) => None,
            (None, None, Some(new)) => {
                if self.place.is_some() {
                    self.note("is new", pointer);
                }
                Some(new.clone())
            }
            (Some(last), Some(mine), None) if last == mine => {
                self.note("is gone", pointer);
                None
            }
            (last, Some(mine), None) => {
                if last.is_some() {
                    self.note("is gone, but was edited, so it stays", pointer);
                }
                Some(mine.clone())
            }
            (last, Some(Value::Object(mine)), Some(Value::Object(new)))
                // A reference and an object that is written out can't be merged member by member.
                if mine.contains_key("$ref") == new.contains_key("$ref") =>
            {
                let empty = Map::new();
                let last = last.and_then(Value::as_object).unwrap_or(&empty);
                Some(Value::Object(self.members(last, mine, new, pointer)))
            }
            (Some(Value::Array(last)), Some(Value::Array(mine)), Some(Value::Array(new)))
                if [last, mine, new].iter().all(|list| named(list).is_some()) =>
            {
                Some(Value::Array(self.items(last, mine, new, pointer)))
            }
            (Some(last), Some(mine), Some(new)) if last == mine => Some(new.clone()),
            (last, Some(mine), Some(new)) => {
                if last != Some(new) && mine != new {
                    self.note("changed here and in the document; yours stays", pointer);
                }
                Some(mine.clone())
            }
        }
    }

    /// The members in the order of the file, and new ones behind them.
    fn members(
        &mut self,
        last: &Map<String, Value>,
        mine: &Map<String, Value>,
        new: &Map<String, Value>,
        pointer: &str,
    ) -> Map<String, Value> {
        let keys = mine.keys().chain(new.keys().filter(|key| !mine.contains_key(*key)));
        let mut merged = Map::new();
        for key in keys {
            let inner = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
            if let Some(value) = self.value(last.get(key), mine.get(key), new.get(key), &inner) {
                merged.insert(key.clone(), value);
            }
        }
        merged
    }

    /// The items of a list, each of which has a name.
    fn items(&mut self, last: &[Value], mine: &[Value], new: &[Value], pointer: &str) -> Vec<Value> {
        let [last, mine, new] = [last, mine, new].map(|list| named(list).unwrap_or_default());
        self.members(&last, &mine, &new, pointer).into_iter().map(|(_, value)| value).collect()
    }

    fn note(&mut self, what: &str, pointer: &str) {
        let Some((at, (kind, name))) = self.place.zip(part::at(self.file, pointer)) else { return };
        self.notes.add(find(at, pointer), format!("{kind} {what}"), name);
    }
}

/// The items by their names: those of parameters and tags, and the references and texts themselves.
fn named(list: &[Value]) -> Option<Map<String, Value>> {
    let mut found = Map::new();
    for item in list {
        let text = |key: &str| item.get(key).and_then(Value::as_str);
        let name = match (text("$ref"), text("name"), item.as_str()) {
            (Some(reference), ..) => reference.to_owned(),
            (_, Some(name), _) => format!("{} {name}", text("in").unwrap_or_default()),
            (.., Some(text)) => text.to_owned(),
            _ => return None,
        };
        if found.insert(name, item.clone()).is_some() {
            return None;
        }
    }
    Some(found)
}

/// The value at a pointer, or the nearest one around it.
fn find<'a>(root: &'a Node, pointer: &str) -> &'a Node {
    let mut node = root;
    for part in pointer.split('/').skip(1) {
        match node.get(&part.replace("~1", "/").replace("~0", "~")) {
            Some(inner) => node = inner,
            None => break,
        }
    }
    node
}
