//! Nothing is generated from the `title` of a schema, so it becomes the description, or is left out where there is a
//! description already.

use super::super::edit::visit;
use super::super::notes::Notes;
use crate::names;
use crate::openapi::kind::ObjectKind;
use crate::source::Node;

pub(super) fn repair(document: &mut Node, notes: &mut Notes) {
    visit(ObjectKind::Document, document, &mut |kind, node| match kind {
        ObjectKind::Components => each(node, "schemas", notes),
        ObjectKind::Schema => {
            each(node, "properties", notes);
            move_title(node, notes);
        }
        ObjectKind::Parameter => {
            let name = node.text_of("name").unwrap_or_default().to_owned();
            node.get_mut("schema").into_iter().for_each(|schema| drop_title(schema, &name, notes));
        }
        _ => {}
    });
}

/// Leaves out the titles of schemas that only repeat their names.
fn each(holder: &mut Node, key: &str, notes: &mut Notes) {
    for (name, schema) in holder.get_mut(key).and_then(Node::entries_mut).into_iter().flatten() {
        drop_title(schema, name.text().unwrap_or_default(), notes);
    }
}

fn drop_title(schema: &mut Node, name: &str, notes: &mut Notes) {
    let Some(title) = schema.get("title") else { return };
    let is_name = title.text().is_some_and(|title| names::pascal(title) == names::pascal(name));
    let said = schema.get("description").and_then(Node::text).map(str::trim);
    let is_said = title.text().is_some_and(|title| said == Some(title.trim()));
    if is_name || is_said {
        notes.add(title, "left out a `title` that says no more than the name or the description", "");
        schema.remove("title");
    }
}

fn move_title(schema: &mut Node, notes: &mut Notes) {
    let is_described = schema.text_of("description").is_some_and(|text| !text.trim().is_empty());
    let Some(title) = schema.remove("title") else { return };
    let name = title.text().unwrap_or_default().to_owned();
    if is_described || title.text().is_none() {
        notes.add(&title, "left out a `title` beside a description, since nothing would show it", name);
    } else {
        notes.add(&title, "took a `title` for the description", name);
        schema.set("description", title);
    }
}
