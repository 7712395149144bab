//! Members that say of themselves what their object says in OpenAPI.

use super::super::edit::visit;
use super::super::notes::Notes;
use super::list_of;
use crate::openapi::kind::ObjectKind;
use crate::source::{Node, Value};

/// A member that says of itself that it is required is listed by its object, as OpenAPI asks for.
pub(super) fn repair(document: &mut Node, notes: &mut Notes) {
    visit(ObjectKind::Document, document, &mut |kind, node| {
        if kind == ObjectKind::Schema {
            list_required(node, notes);
        }
    });
}

fn list_required(schema: &mut Node, notes: &mut Notes) {
    let mut required = Vec::new();
    for (name, member) in schema.get_mut("properties").and_then(Node::entries_mut).into_iter().flatten() {
        let Some(flag) = member.get("required").filter(|flag| matches!(flag.value, Value::Bool(_))).cloned()
        else {
            continue;
        };
        member.remove("required");
        if flag.is_flag(true) {
            let what =
                "listed a member as required in its object, in place of `required: true` on the member";
            notes.add(&flag, what, name.text().unwrap_or_default());
            required.push(name.clone());
        }
    }
    if required.is_empty() {
        return;
    }
    let Some(list) = list_of(schema, "required") else { return };
    required.retain(|name| !list.iter().any(|known| known.text() == name.text()));
    list.extend(required);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_member_is_listed_once() {
        let schema =
            "properties: {a: {required: true}, b: {required: false}, c: {required: [d]}}\nrequired: [a]";
        let (tree, _) = crate::source::read_published("api.yaml", schema.as_bytes());
        let mut schema = tree.unwrap();
        list_required(&mut schema, &mut Notes::default());
        let expected = json!({"properties": {"a": {}, "b": {}, "c": {"required": ["d"]}}, "required": ["a"]});
        assert_eq!(schema.to_json(), expected);
    }
}
