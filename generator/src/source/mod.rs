//! Reads YAML into a tree in which every value knows where it was written.

mod lines;
mod reader;

use std::sync::Arc;

use serde_json::json;

pub(crate) use reader::read;

use crate::fault::{Fault, Place};
use lines::{Lines, Span};

/// A value and where it was written.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// The value.
    pub(crate) value: Value,
    lines: Arc<Lines>,
    /// Where the value itself is.
    span: Span,
    /// Where the key is that leads to the value, if one does.
    head: Option<Span>,
}

/// What YAML can hold, restricted to what JSON can hold too.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// `null`, or nothing at all.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number; never infinite, and always a number.
    Float(f64),
    /// Text.
    String(String),
    /// A list.
    Sequence(Vec<Node>),
    /// Pairs of a key, which is text, and a value, in the order in which they were written.
    Mapping(Vec<(Node, Node)>),
}

impl Node {
    /// Where to point: at a plain value itself, and at the key of a list or a mapping, or its first own key.
    pub(crate) fn place(&self) -> Place {
        self.place_of(self.pointed())
    }

    fn pointed(&self) -> Span {
        match &self.value {
            Value::Sequence(_) => self.head.unwrap_or(self.span),
            Value::Mapping(entries) => {
                let first = entries.first().map(|(key, _)| key.span);
                self.head.or(first).unwrap_or(self.span)
            }
            _ if self.span.len == 0 => self.head.unwrap_or(self.span),
            _ => self.span,
        }
    }

    fn place_of(&self, span: Span) -> Place {
        let (line, column, len) = (span.line, span.column, span.len.max(1));
        Place { file: self.lines.file.clone(), line, column, len }
    }

    /// The file that the value was written in.
    pub(crate) fn file(&self) -> &str {
        &self.lines.file
    }

    /// A fault that points here.
    pub(crate) fn fault(
        &self,
        rule: &'static str,
        what: impl Into<Box<str>>,
        help: impl Into<Box<str>>,
    ) -> Fault {
        let place = self.place();
        let text = self.lines.line(place.line);
        Fault::at(rule, place, text, what, help)
    }

    /// A node that isn't in the text but stands for something that is.
    pub(crate) fn made_from(&self, value: Value) -> Self {
        Self { value, lines: Arc::clone(&self.lines), span: self.pointed(), head: None }
    }

    /// The member of a mapping that has this key.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|(_, value)| value)
    }

    /// The member of a mapping that has this key, with the key.
    pub(crate) fn entry(&self, key: &str) -> Option<&(Node, Node)> {
        self.entries().iter().find(|(known, _)| known.text() == Some(key))
    }

    /// The pairs of a mapping; none if it is something else.
    pub(crate) fn entries(&self) -> &[(Node, Node)] {
        match &self.value {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none if it is something else.
    pub(crate) fn items(&self) -> &[Node] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The text, if it is text.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a member, if there is one and it is text.
    pub(crate) fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }

    /// Whether a member is `true`.
    pub(crate) fn is_true(&self, key: &str) -> bool {
        matches!(self.get(key).map(|node| &node.value), Some(Value::Bool(true)))
    }

    /// The number, if it is one.
    pub(crate) fn number(&self) -> Option<f64> {
        match self.value {
            Value::Integer(number) => Some(number as f64),
            Value::Float(number) => Some(number),
            _ => None,
        }
    }

    /// Whether it is a mapping.
    pub(crate) fn is_mapping(&self) -> bool {
        matches!(self.value, Value::Mapping(_))
    }

    /// Whether it is a list.
    pub(crate) fn is_sequence(&self) -> bool {
        matches!(self.value, Value::Sequence(_))
    }

    /// The value in a word or two, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "a boolean",
            Value::Integer(_) => "an integer",
            Value::Float(_) => "a number",
            Value::String(_) => "text",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a mapping",
        }
    }

    /// The value without its places.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(flag) => json!(flag),
            Value::Integer(number) => json!(number),
            Value::Float(number) => json!(number),
            Value::String(text) => json!(text),
            Value::Sequence(items) => items.iter().map(Node::to_json).collect(),
            Value::Mapping(entries) => {
                let pairs = entries
                    .iter()
                    .map(|(key, value)| (key.text().unwrap_or_default().to_owned(), value.to_json()));
                serde_json::Value::Object(pairs.collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> Node {
        let (tree, faults) = read("a.yaml", text);
        assert_eq!(faults, []);
        tree.unwrap_or_else(|| panic!("{text:?} has a tree"))
    }

    #[test]
    fn values_are_resolved_by_the_core_schema() {
        let tree = tree("[1, 0x10, -1.5, true, yes, 'true', null, ~, 2024-01-01, 1e3, 99999999999999999999]");
        let expected = json!([1, 16, -1.5, true, "yes", "true", null, null, "2024-01-01", 1000.0, 1e20]);
        assert_eq!(tree.to_json(), expected);
    }

    #[test]
    fn keys_that_are_integers_are_taken_as_their_text() {
        assert_eq!(tree("200: a\n0x1: b\n").to_json(), json!({"200": "a", "0x1": "b"}));
    }

    #[test]
    fn places_are_counted_in_lines_and_characters() {
        for text in [
            "a: 1\nü: {é: x, b: [yz]}\n",
            "a: 1\r\nü: {é: x, b: [yz]}\r\n",
            "\u{feff}a: 1\rü: {é: x, b: [yz]}",
        ] {
            let tree = tree(text);
            let inner = tree.get("ü").unwrap_or(&tree);
            let place = |node: Option<&Node>| node.map(|node| node.place().to_string());
            assert_eq!(place(Some(&tree)).as_deref(), Some("a.yaml:1:1"), "{text:?}");
            assert_eq!(
                place(Some(inner)).as_deref(),
                Some("a.yaml:2:1"),
                "a mapping is pointed at by its key"
            );
            assert_eq!(place(inner.get("é")).as_deref(), Some("a.yaml:2:8"));
            assert_eq!(place(inner.get("b")).as_deref(), Some("a.yaml:2:11"));
            assert_eq!(
                place(inner.get("b").and_then(|list| list.items().first())).as_deref(),
                Some("a.yaml:2:15")
            );
        }
    }

    #[test]
    fn a_value_of_several_lines_is_pointed_at_by_its_first() {
        let tree = tree("a: |\n  one\n  two\nb:\nc: 'x\n  y'\n");
        let place =
            |key: &str| tree.get(key).map(|node| (node.place().line, node.place().column, node.place().len));
        assert_eq!(place("a"), Some((2, 3, 3)));
        assert_eq!(place("b"), Some((4, 1, 1)), "what is empty is pointed at by its key");
        assert_eq!(place("c"), Some((5, 4, 2)));
    }
}
