//! The values of attributes.

use crate::model::Bound;

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fact {
    Flag(bool),
    /// A step of a ladder on which each higher step allows more, and the text that is shown for it.
    Step(u8, String),
    /// What the spec says, and what remains of it where the type of the value allows less.
    Cut {
        said: String,
        results: String,
    },
    /// An end of a range, if there is one.
    Bound(Option<Bound>),
    Text(String),
    /// A text, if there is one.
    Maybe(Option<String>),
    /// Entries whose order matters only as far as both versions have them.
    Order(Vec<String>),
    /// Entries whose order doesn't matter.
    Set(Vec<String>),
}
