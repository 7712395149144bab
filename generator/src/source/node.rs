//! A value of a YAML document, and the place where it was written.

use std::borrow::Cow;
use std::rc::Rc;

use serde_json::json;

use super::lines::{Lines, Span};
use crate::fault::{Fault, Location};

/// A value, and the place where it was written.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// The value.
    pub(crate) value: Value,
    pub(super) lines: Rc<Lines>,
    /// Where the value is.
    pub(super) span: Span,
    /// Where its key is, if it has one.
    pub(super) key_span: Option<Span>,
}

/// A value that both YAML and JSON can hold.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// `null`, or an empty value.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number. It is finite.
    Float(f64),
    /// Text. Copies of a document share it.
    String(Rc<str>),
    /// A list.
    Sequence(Vec<Node>),
    /// A value at fault, which is reported already.
    Invalid,
    /// Pairs of a key, which is text, and a value, in the order in which they were written.
    Mapping(Vec<(Node, Node)>),
}

impl Node {
    /// Where a message about the value points to: to a plain value itself, to the key of a list or a mapping, or to the
    /// first key inside a mapping that has no key itself.
    pub(crate) fn location(&self) -> Location {
        let shown = self.lines.shown(self.shown_span());
        // A block of text can begin with an empty line.
        let key = self.key_span.filter(|_| shown.len() == 0);
        let span = key.map_or(shown, |key| self.lines.shown(key));
        let (line, column, len) = (span.line(), span.column(), span.len().max(1));
        Location { file: self.lines.file.clone(), line, column, len }
    }

    fn shown_span(&self) -> Span {
        match &self.value {
            Value::Sequence(_) => self.key_span.unwrap_or(self.span),
            Value::Mapping(entries) => {
                let first = entries.first().map(|(key, _)| key.span);
                self.key_span.or(first).unwrap_or(self.span)
            }
            _ if self.span.len() == 0 => self.key_span.unwrap_or(self.span),
            _ => self.span,
        }
    }

    /// The file that the value was written in.
    pub(crate) fn file(&self) -> &str {
        &self.lines.file
    }

    /// A fault that points to the value.
    pub(crate) fn fault(
        &self,
        rule: &'static str,
        what: impl Into<Box<str>>,
        help: impl Into<Box<str>>,
    ) -> Fault {
        let location = self.location();
        let text = self.lines.shared(location.line);
        Fault::at(rule, location, text, what, help)
    }

    /// A node that isn't in the text. Messages about it point to this one.
    pub(crate) fn made_from(&self, value: Value) -> Self {
        let span = self.shown_span();
        Self { value, lines: Rc::clone(&self.lines), span, key_span: Some(span) }
    }

    /// The node with another value, in the same place.
    pub(crate) fn with(&self, value: Value) -> Self {
        Self { value, lines: Rc::clone(&self.lines), span: self.span, key_span: self.key_span }
    }

    /// The same, from JSON.
    pub(crate) fn made_from_json(&self, json: &serde_json::Value) -> Self {
        let value = match json {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(flag) => Value::Bool(*flag),
            serde_json::Value::Number(number) => match number.as_i64() {
                Some(integer) => Value::Integer(integer),
                None => Value::Float(number.as_f64().unwrap_or_default()),
            },
            serde_json::Value::String(text) => Value::String(text.as_str().into()),
            serde_json::Value::Array(items) => {
                Value::Sequence(items.iter().map(|item| self.made_from_json(item)).collect())
            }
            serde_json::Value::Object(members) => {
                let entries =
                    members.iter().map(|(key, value)| (self.made_text(key), self.made_from_json(value)));
                Value::Mapping(entries.collect())
            }
        };
        self.made_from(value)
    }

    /// The tree with a number in place of each location, which is the line that faults name. Keys come before their values,
    /// and values before what they hold.
    pub(crate) fn numbered(&self, file: &str, next: &mut usize) -> Self {
        self.with_numbers(&Rc::new(Lines::new(file, "")), next)
    }

    fn with_numbers(&self, file: &Rc<Lines>, next: &mut usize) -> Self {
        *next += 1;
        let span = Span::new(*next, 1, 1);
        let value = match &self.value {
            Value::Mapping(entries) => {
                let numbered = |(key, value): &(Node, Node)| {
                    let key = key.with_numbers(file, next);
                    (key, value.with_numbers(file, next))
                };
                Value::Mapping(entries.iter().map(numbered).collect())
            }
            Value::Sequence(items) => {
                Value::Sequence(items.iter().map(|item| item.with_numbers(file, next)).collect())
            }
            other => other.clone(),
        };
        Self { value, lines: Rc::clone(file), span, key_span: Some(span) }
    }

    /// How many values the tree has, and how many lists and mappings are nested in each other.
    pub(super) fn extent(&self) -> (usize, usize) {
        let add = |(size, depth): (usize, usize), inner: &Node| {
            let (inner_size, inner_depth) = inner.extent();
            (size + inner_size, depth.max(inner_depth + 1))
        };
        match &self.value {
            Value::Mapping(entries) => entries.iter().map(|(_, value)| value).fold((1, 1), add),
            Value::Sequence(items) => items.iter().fold((1, 1), add),
            _ => (1, 0),
        }
    }

    /// A text that isn't in the document. Messages about it point to this node.
    pub(crate) fn made_text(&self, text: &str) -> Self {
        self.made_from(Value::String(text.into()))
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

    /// A text, a number or a boolean as it is written in a text.
    pub(crate) fn scalar(&self) -> Option<Cow<'_, str>> {
        match &self.value {
            Value::String(text) => Some(Cow::Borrowed(text)),
            Value::Bool(_) | Value::Integer(_) | Value::Float(_) => {
                Some(Cow::Owned(self.to_json().to_string()))
            }
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

    /// Whether it is this boolean.
    pub(crate) fn is_flag(&self, flag: bool) -> bool {
        matches!(self.value, Value::Bool(value) if value == flag)
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

    /// Whether it is at fault, and that is reported already.
    pub(crate) fn is_invalid(&self) -> bool {
        matches!(self.value, Value::Invalid)
    }

    /// Whether it is a list.
    pub(crate) fn is_sequence(&self) -> bool {
        matches!(self.value, Value::Sequence(_))
    }

    /// What the value is, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self.value {
            Value::Invalid => "invalid",
            Value::Null => "nothing",
            Value::Bool(_) => "a boolean",
            Value::Integer(_) => "an integer",
            Value::Float(_) => "a number",
            Value::String(_) => "text",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a mapping",
        }
    }

    /// The value without its locations.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null | Value::Invalid => serde_json::Value::Null,
            Value::Bool(flag) => json!(flag),
            Value::Integer(number) => json!(number),
            Value::Float(number) => json!(number),
            Value::String(text) => json!(&**text),
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
    use super::super::read;
    use super::*;

    fn tree(text: &str) -> Node {
        let (tree, faults) = read("a.yaml", text.as_bytes());
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
    fn a_key_that_is_an_integer_is_read_as_text() {
        assert_eq!(tree("200: a\n0x1: b\n").to_json(), json!({"200": "a", "0x1": "b"}));
    }

    #[test]
    fn locations_are_counted_in_lines_and_characters() {
        for text in [
            "a: 1\nü: {é: x, b: [yz]}\n",
            "a: 1\r\nü: {é: x, b: [yz]}\r\n",
            "\u{feff}a: 1\rü: {é: x, b: [yz]}",
        ] {
            let tree = tree(text);
            let inner = tree.get("ü").unwrap_or(&tree);
            let location = |node: Option<&Node>| node.map(|node| node.location().to_string());
            assert_eq!(location(Some(&tree)).as_deref(), Some("a.yaml:1:1"), "{text:?}");
            assert_eq!(
                location(Some(inner)).as_deref(),
                Some("a.yaml:2:1"),
                "the location of a mapping is that of its key"
            );
            assert_eq!(location(inner.get("é")).as_deref(), Some("a.yaml:2:8"));
            assert_eq!(location(inner.get("b")).as_deref(), Some("a.yaml:2:11"));
            assert_eq!(
                location(inner.get("b").and_then(|list| list.items().first())).as_deref(),
                Some("a.yaml:2:15")
            );
        }
    }

    #[test]
    fn the_location_of_a_value_of_several_lines_is_on_its_first() {
        let tree = tree("a: |\n  one\n  two\nb:\nc: 'x\n  y'\n");
        let location = |key: &str| {
            tree.get(key).map(|node| (node.location().line, node.location().column, node.location().len))
        };
        assert_eq!(location("a"), Some((2, 3, 3)));
        assert_eq!(location("b"), Some((4, 1, 1)), "the location of an empty value is that of its key");
        assert_eq!(location("c"), Some((5, 4, 2)));
    }
}
