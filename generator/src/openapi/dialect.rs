//! What the specs write under keys of their own because strict validators of OpenAPI refuse the usual ones: `x-pattern` is a
//! `pattern` that only ECMAScript reads, and `x-ref` is a `$ref` within `x-json-text`. Both are read as the usual keys.

use super::kind::{ObjectKind, ValueKind};
use crate::fault::Fault;
use crate::source::{Node, Value};

/// Gives the document the usual keys. The faults are those of keys that other tools would refuse.
pub(crate) fn read(document: &mut Node, faults: &mut Vec<Fault>) {
    object(ObjectKind::Document, document, false, faults);
}

/// An object with its parts; `in_text` tells whether it stands in `x-json-text`.
fn object(kind: ObjectKind, node: &mut Node, in_text: bool, faults: &mut Vec<Fault>) {
    let usual = if kind == ObjectKind::Schema { usual_keys(node, in_text, faults) } else { Vec::new() };
    let Value::Mapping(entries) = &mut node.value else { return };
    for (key, value) in &mut *entries {
        let name = key.text().unwrap_or_default();
        if name == "x-json-text" {
            object(ObjectKind::Schema, value, true, faults);
            continue;
        }
        match (kind.grammar().value_of(name), &mut value.value) {
            (Some(ValueKind::One(kind) | ValueKind::FlagOr(kind)), _) => object(kind, value, in_text, faults),
            (Some(ValueKind::List(kind)), Value::Sequence(items)) => {
                items.iter_mut().for_each(|item| object(kind, item, in_text, faults));
            }
            (Some(ValueKind::Map(kind)), Value::Mapping(items)) => {
                items.iter_mut().for_each(|(_, item)| object(kind, item, in_text, faults));
            }
            _ => {}
        }
    }
    for (index, usual) in usual {
        if let Some((key, _)) = entries.get_mut(index) {
            *key = usual;
        }
    }
}

/// The usual keys that stand in place of ours, each with the position of ours among the keys of the schema.
fn usual_keys(schema: &Node, in_text: bool, faults: &mut Vec<Fault>) -> Vec<(usize, Node)> {
    let keys = schema.entries().iter().enumerate();
    keys.filter_map(|(index, (key, _))| Some((index, usual_key(schema, key, in_text, faults)?))).collect()
}

/// The usual key, where a schema has one of ours.
fn usual_key(schema: &Node, key: &Node, in_text: bool, faults: &mut Vec<Fault>) -> Option<Node> {
    let usual = match key.text()? {
        "x-pattern" => "pattern",
        "x-ref" if in_text => "$ref",
        "$ref" if in_text => {
            let what = "other tools refuse a `$ref` within `x-json-text`";
            faults.push(key.fault("reference-form", what, "write `x-ref` in place of `$ref`"));
            return None;
        }
        "pattern" => {
            let is_unreadable = schema.text_of("pattern").is_some_and(has_unicode_classes);
            let what = "other tools refuse a class of Unicode, such as `\\p{L}`, in a `pattern`";
            let fault = || key.fault("pattern", what, "write `x-pattern` in place of `pattern`");
            faults.extend(is_unreadable.then(fault));
            return None;
        }
        _ => return None,
    };
    if let Some((usual, _)) = schema.entry(usual) {
        let what = format!("`{}` and `{}` say the same thing", key.text()?, usual.text()?);
        faults.push(key.fault("contradiction", what, "delete one of them"));
    }
    Some(key.with(Value::String(usual.into())))
}

/// Whether a pattern is one that only ECMAScript reads.
pub(crate) fn has_unicode_classes(pattern: &str) -> bool {
    pattern.contains("\\p{") || pattern.contains("\\P{")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::source;

    fn of_schema(schema: &str) -> (serde_json::Value, Vec<String>) {
        let text = format!("components: {{schemas: {{A: {schema}}}}}");
        let mut root = source::read("a.yaml", text.as_bytes()).0.unwrap();
        let mut faults = Vec::new();
        read(&mut root, &mut faults);
        let document = root.to_json();
        let faults = faults.iter().map(|fault| fault.what.to_string()).collect();
        (document["components"]["schemas"]["A"].clone(), faults)
    }

    #[test]
    fn our_keys_are_read_as_the_usual_ones() {
        let (schema, faults) = of_schema(
            r#"{properties: {a: {x-pattern: '\p{L}', x-json-text: {items: {x-ref: '#/b'}}}}, example: {x-ref: c}}"#,
        );
        let member = json!({"pattern": "\\p{L}", "x-json-text": {"items": {"$ref": "#/b"}}});
        assert_eq!(schema, json!({"properties": {"a": member}, "example": {"x-ref": "c"}}));
        assert_eq!(faults, [""; 0]);
    }

    #[test]
    fn what_other_tools_refuse_is_a_fault() {
        let (_, faults) = of_schema("{x-json-text: {$ref: '#/b'}, pattern: '\\P{L}', x-pattern: b}");
        let expected = [
            "other tools refuse a class of Unicode, such as `\\p{L}`, in a `pattern`",
            "`x-pattern` and `pattern` say the same thing",
            "other tools refuse a `$ref` within `x-json-text`",
        ];
        assert_eq!(faults, expected);
    }
}
