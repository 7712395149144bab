//! The values of attributes.

use crate::model::Bound;

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fact {
    Flag(bool),
    /// Of a ladder on which a higher step allows more; its name is shown.
    Step(u8, String),
    /// What the spec says of a value that its type cuts down, and what results.
    Cut {
        said: String,
        results: String,
    },
    /// An end of a range, if there is one.
    Bound(Option<Bound>),
    Text(String),
    /// A text, if there is one.
    Maybe(Option<String>),
    /// In an order that matters only as far as both versions have the entries.
    Order(Vec<String>),
    /// Without an order.
    Set(Vec<String>),
}
