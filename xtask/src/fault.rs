//! The messages when a task cannot go on.

use std::fmt::{self, Display, Formatter};
use std::io;

/// One or more messages for the person at the terminal, in the order in which they are printed.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Faults(Vec<String>);

impl Faults {
    /// A fault with this message.
    pub(crate) fn new(what: impl Display) -> Self {
        Self(vec![format!("error: {what}")])
    }

    /// A file operation that the system refused: `error: cannot read <path>: <cause>`.
    pub(crate) fn io(cannot: &str, path: impl Display, cause: &io::Error) -> Self {
        Self::new(format_args!("cannot {cannot} {path}: {cause}"))
    }

    /// A text that reports errors by itself, so nothing is put before it.
    pub(crate) fn verbatim(text: String) -> Self {
        Self(vec![text])
    }

    /// The messages in their order.
    pub(crate) fn messages(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Adds the messages of `other` behind these.
    pub(crate) fn add(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Adds a closing line.
    pub(crate) fn and(mut self, closing: impl Into<String>) -> Self {
        self.0.push(closing.into());
        self
    }

    /// `Err` with these faults, or `Ok(value)` if there are none.
    pub(crate) fn or<T>(self, value: T) -> Result<T, Self> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl Display for Faults {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for message in &self.0 {
            writeln!(f, "{}", message.trim_end())?;
        }
        Ok(())
    }
}
