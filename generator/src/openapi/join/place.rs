//! What messages say of the place where schemas are joined.

use crate::fault::{Fault, Location};
use crate::source::{Node, Value};

/// Where schemas are joined.
#[derive(Clone)]
pub(super) struct Place {
    /// The schema that the whole stands for.
    pub(super) node: Node,
    pub(super) all_of: Location,
    /// What is joined, such as " of `id`"; empty for the whole schema.
    pub(super) subject: String,
}

impl Place {
    pub(super) fn new(schema: &Node, all_of: &Node) -> Self {
        Self { node: schema.made_from(Value::Null), all_of: all_of.location(), subject: String::new() }
    }

    /// The place of a schema inside this one.
    pub(super) fn inside(&self, what: &str, node: &Node) -> Self {
        let subject = format!(" of {what}{}", self.subject);
        Self { node: node.made_from(Value::Null), all_of: self.all_of.clone(), subject }
    }

    /// Which `allOf` it is about.
    pub(super) fn joining(&self) -> String {
        format!("the `allOf` at {} joins the two", self.all_of)
    }

    /// The fault of two values of a keyword that can't be joined.
    pub(super) fn refuse(&self, keyword: &str, first: &Node, second: &Node, conflict: Conflict) -> Fault {
        let (subject, at) = (&self.subject, first.location());
        let (what, help) = match (conflict, keyword) {
            (Conflict::Contradiction, "enum") => (
                format!("no value is both in this `enum`{subject} and in the one at {at}"),
                "list a value in both, or delete one of them".to_owned(),
            ),
            (Conflict::Contradiction, _) => (
                format!("`{keyword}`{subject} is {} here and {} at {at}", shown(second), shown(first)),
                "write the same at both, or delete one of them".to_owned(),
            ),
            (Conflict::Untold, _) => (
                format!("this `{keyword}`{subject} and the one at {at} can't become one"),
                format!("write one `{keyword}` that says both"),
            ),
        };
        let rule = match conflict {
            Conflict::Contradiction => "contradiction",
            Conflict::Untold => "joined-keyword",
        };
        second.fault(rule, format!("{what}; {}", self.joining()), help)
    }
}

/// Why two values of a keyword can't be joined.
#[derive(Clone, Copy)]
pub(super) enum Conflict {
    /// No value fits both.
    Contradiction,
    /// Some values may fit both, and no keyword can say which.
    Untold,
}

/// A value in messages.
pub(super) fn shown(value: &Node) -> String {
    match &value.value {
        Value::Mapping(_) | Value::Sequence(_) => value.kind().to_owned(),
        Value::String(text) => format!("`{text}`"),
        _ => format!("`{}`", value.to_json()),
    }
}
