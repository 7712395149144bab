//! What the one document is written as.

use std::borrow::Cow;

use crate::source::{self, Node};

/// A member of an object, with its key.
pub(super) type Entry<'a, T> = (Cow<'a, Node>, T);

/// The forms that the document can have: JSON, which later stages read, and a tree that knows where each part was written.
pub(super) trait Target: Sized {
    /// The value as it was written.
    fn copy(node: &Node) -> Self;

    /// A text in the place of a value.
    fn text(at: &Node, text: &str) -> Self;

    /// A list in the place of a value.
    fn list(at: &Node, items: Vec<Self>) -> Self;

    /// An object in the place of a value.
    fn mapping<'a>(at: &Node, entries: impl IntoIterator<Item = Entry<'a, Self>>) -> Self;
}

impl Target for serde_json::Value {
    fn copy(node: &Node) -> Self {
        node.to_json()
    }

    fn text(_: &Node, text: &str) -> Self {
        Self::from(text)
    }

    fn list(_: &Node, items: Vec<Self>) -> Self {
        Self::Array(items)
    }

    fn mapping<'a>(_: &Node, entries: impl IntoIterator<Item = Entry<'a, Self>>) -> Self {
        let entries = entries.into_iter();
        Self::Object(entries.map(|(key, value)| (key.text().unwrap_or_default().to_owned(), value)).collect())
    }
}

impl Target for Node {
    fn copy(node: &Node) -> Self {
        node.clone()
    }

    fn text(at: &Node, text: &str) -> Self {
        at.with(source::Value::String(text.into()))
    }

    fn list(at: &Node, items: Vec<Self>) -> Self {
        at.with(source::Value::Sequence(items))
    }

    fn mapping<'a>(at: &Node, entries: impl IntoIterator<Item = Entry<'a, Self>>) -> Self {
        let entries = entries.into_iter().map(|(key, value)| (key.into_owned(), value));
        at.with(source::Value::Mapping(entries.collect()))
    }
}
