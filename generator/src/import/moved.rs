//! Follows the parts that the new import puts into another file than the last one did: a schema that a second group uses
//! now, or an operation with another tag. The edits of a person move along.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// The documents by the names of their files.
pub(super) type Documents = BTreeMap<String, Value>;

/// A component or an operation: the three keys that lead to it in its file.
type Place = [String; 3];

/// A part that moved to another file after a person had edited it.
pub(super) struct Moved {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) pointer: String,
}

/// Moves what stands in another file of the new import to that file, in the documents of the last import and in those that a
/// person edited.
pub(super) fn follow(last: &mut Documents, mine: &mut Documents, new: &Documents) -> Vec<Moved> {
    let old: Vec<(String, Place)> = last
        .iter()
        .flat_map(|(file, document)| places(document).map(|place| (file.clone(), place)))
        .collect();
    let mut moved = Vec::new();
    for (from, place) in old {
        let Some(to) = goal(&from, &place, last, new) else { continue };
        let Some(was) = last.get_mut(&from).and_then(|document| take(document, &place)) else { continue };
        let Some(edited) = mine.get_mut(&from).and_then(|document| take(document, &place)) else { continue };
        if edited != was {
            moved.push(Moved { from, to: to.clone(), pointer: pointer(&place) });
        }
        for (documents, value) in [(&mut *last, was), (&mut *mine, edited)] {
            let document =
                documents.entry(to.clone()).or_insert_with(|| new.get(&to).cloned().unwrap_or_default());
            put(document, &place, value);
        }
    }
    moved
}

/// The file where the part stands now, if it stood in another one alone.
fn goal(from: &str, place: &Place, last: &Documents, new: &Documents) -> Option<String> {
    let is_in = |documents: &Documents, file: &str| {
        documents.get(file).is_some_and(|document| get(document, place).is_some())
    };
    if is_in(new, from) {
        return None;
    }
    new.keys().find(|file| is_in(new, file) && !is_in(last, file)).cloned()
}

/// All components and operations of a document. Each file names the security schemes that it uses, so these never move.
fn places(document: &Value) -> impl Iterator<Item = Place> {
    let of = |root: &'static str| document.get(root).and_then(Value::as_object).into_iter().flatten();
    let components = of("components").filter(|(section, _)| *section != "securitySchemes");
    let all = components.map(|item| ("components", item)).chain(of("paths").map(|item| ("paths", item)));
    all.flat_map(|(root, (name, items))| {
        let items = items.as_object().into_iter().flatten();
        let items = items.filter(move |(_, item)| root == "components" || item.get("operationId").is_some());
        items.map(move |(key, _)| [root.to_owned(), name.clone(), key.clone()])
    })
}

fn get<'a>(document: &'a Value, [root, name, key]: &Place) -> Option<&'a Value> {
    document.get(root)?.get(name)?.get(key)
}

/// Takes the part out, together with the mappings around it that hold nothing else.
fn take(document: &mut Value, [root, name, key]: &Place) -> Option<Value> {
    let holders = document.get_mut(root)?.as_object_mut()?;
    let holder = holders.get_mut(name)?.as_object_mut()?;
    let taken = holder.shift_remove(key);
    if holder.is_empty() {
        holders.shift_remove(name);
    }
    taken
}

fn put(document: &mut Value, place: &Place, value: Value) {
    let [root, name, key] = place;
    let holder = [root, name].into_iter().try_fold(document, |inner, key| {
        let members = inner.as_object_mut()?;
        Some(members.entry(key.clone()).or_insert_with(|| Value::Object(Map::new())))
    });
    if let Some(members) = holder.and_then(Value::as_object_mut) {
        members.insert(key.clone(), value);
    }
}

fn pointer(place: &Place) -> String {
    place.iter().map(|key| format!("/{}", key.replace('~', "~0").replace('/', "~1"))).collect()
}
