//! Moves the description and the like from a schema at a place where nothing shows them, such as the items of a list, to
//! the object around it, unless that has its own.

use super::super::edit::visit;
use super::super::notes::Notes;
use crate::openapi::kind::ObjectKind;
use crate::openapi::schema::is_type;
use crate::source::{Node, Value};

/// The keys that are about a schema as a whole.
const ABOUT: &[&str] = &["description", "deprecated", "default", "example"];

/// The keys of a schema that hold a part of its values.
const PARTS: &[&str] = &["items", "additionalProperties"];

pub(super) fn repair(document: &mut Node, notes: &mut Notes) {
    visit(ObjectKind::Document, document, &mut |kind, node| match kind {
        ObjectKind::Schema => of_parts(node, notes),
        ObjectKind::Parameter => of_schema(node, &["description", "deprecated"], notes),
        ObjectKind::Header => of_schema(node, ABOUT, notes),
        ObjectKind::RequestBody | ObjectKind::Response => of_body(node, notes),
        _ => {}
    });
}

/// Lifts what the parts of a schema say, the innermost first.
fn of_parts(schema: &mut Node, notes: &mut Notes) {
    for key in PARTS {
        let Some(part) = schema.get_mut(key).filter(|part| part.is_mapping()) else { continue };
        of_parts(part, notes);
        let said = if is_shown(part) { Vec::new() } else { take(part, ABOUT) };
        for (name, value) in said {
            match name {
                "description" => lift(schema, name, value, notes),
                // An example of an item becomes an example of a list with this item.
                "example" if *key == "items" => {
                    let list = value.with(Value::Sequence(vec![value.clone()]));
                    lift(schema, name, list, notes);
                }
                _ => note_lost(&value, name, notes),
            }
        }
    }
    let mut said = Vec::new();
    let parts = schema.get_mut("allOf").and_then(Node::items_mut).into_iter().flatten();
    for part in parts.filter(|part| part.get("$ref").is_none()) {
        of_parts(part, notes);
        said.extend(take(part, ABOUT));
    }
    for (name, value) in said {
        // The default or the example of one part isn't that of the whole.
        if matches!(name, "default" | "example") {
            note_lost(&value, name, notes)
        } else {
            lift(schema, name, value, notes)
        }
    }
}

/// Lifts what the schema of a parameter or of a header says.
fn of_schema(holder: &mut Node, keys: &[&'static str], notes: &mut Notes) {
    let Some(schema) = holder.get_mut("schema").filter(|schema| !is_shown(schema)) else { return };
    of_parts(schema, notes);
    for (name, value) in take(schema, keys) {
        if name == "default" { note_lost(&value, name, notes) } else { lift(holder, name, value, notes) }
    }
}

/// Lifts what the schema of a body says: its text to the body, its example to the media type.
fn of_body(body: &mut Node, notes: &mut Notes) {
    let mut texts = Vec::new();
    for (_, media) in body.get_mut("content").and_then(Node::entries_mut).into_iter().flatten() {
        let Some(schema) = media.get_mut("schema").filter(|schema| !is_shown(schema)) else { continue };
        of_parts(schema, notes);
        for (name, value) in take(schema, ABOUT) {
            match name {
                "description" => texts.push(value),
                "example" if media.get("examples").is_none() => lift(media, name, value, notes),
                _ => note_lost(&value, name, notes),
            }
        }
    }
    texts.into_iter().for_each(|text| lift(body, "description", text, notes));
}

/// Whether the schema has a place of its own where all of this is shown.
fn is_shown(schema: &Node) -> bool {
    schema.get("$ref").is_some() || is_type(schema)
}

fn take(schema: &mut Node, keys: &[&'static str]) -> Vec<(&'static str, Node)> {
    keys.iter().filter_map(|key| Some((*key, schema.remove(key)?))).collect()
}

/// Gives the value to what is around it, unless that has one.
fn lift(holder: &mut Node, key: &str, value: Node, notes: &mut Notes) {
    let is_blank = |known: &Node| known.text().is_some_and(|text| text.trim().is_empty());
    if holder.get(key).is_none_or(is_blank) {
        notes.add(
            &value,
            format!("moved {} from where nothing shows it to what is around it", named(key)),
            "",
        );
        holder.set(key, value);
    } else {
        note_lost(&value, key, notes);
    }
}

fn note_lost(value: &Node, key: &str, notes: &mut Notes) {
    notes.add(value, format!("left out {} that nothing would show", named(key)), "");
}

fn named(key: &str) -> String {
    let article = if key.starts_with('e') { "an" } else { "a" };
    format!("{article} `{key}`")
}
