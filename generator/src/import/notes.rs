//! The notes of an import: what it mended, and what it had to leave out.

use std::collections::BTreeMap;
use std::fmt;

use crate::fault::{Fault, Location};
use crate::source::Node;

/// Something that an import did to a document, and the place in the document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// What was done, in words that are the same wherever it was done.
    pub what: String,
    /// What it was done to, such as the name of a key; empty if the place says it.
    pub subject: String,
    /// The place in the document that was imported, or in the file that a person edited.
    pub location: Location,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.location, self.what)?;
        if self.subject.is_empty() { Ok(()) } else { write!(f, ": {}", self.subject) }
    }
}

/// The notes of an import.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes(Vec<Note>);

impl Notes {
    pub(super) fn add(&mut self, at: &Node, what: impl Into<String>, subject: impl Into<String>) {
        self.0.push(Note { what: what.into(), subject: subject.into(), location: at.location() });
    }

    /// The notes, each once: those of one kind beside each other, in the order of their places.
    pub(super) fn sorted(mut self) -> Vec<Note> {
        self.0.sort();
        self.0.dedup();
        self.0
    }
}

/// The notes by what was done, with the first places of each kind.
#[must_use]
pub fn summary(notes: &[Note]) -> String {
    const SHOWN: usize = 3;
    let mut kinds: BTreeMap<&str, Vec<&Note>> = BTreeMap::new();
    for note in notes {
        kinds.entry(&note.what).or_default().push(note);
    }
    let mut text = String::new();
    for (what, notes) in kinds {
        text.push_str(&format!("{what}: {}\n", notes.len()));
        for note in notes.iter().take(SHOWN) {
            let subject = if note.subject.is_empty() { String::new() } else { format!("  {}", note.subject) };
            text.push_str(&format!("    {}{subject}\n", note.location));
        }
        if notes.len() > SHOWN {
            text.push_str(&format!("    and {} more\n", notes.len() - SHOWN));
        }
    }
    text
}

impl Notes {
    /// Notes what the reader found.
    pub(super) fn of_fault(&mut self, what: &str, fault: &Fault) {
        if let Some(location) = &fault.location {
            self.0.push(Note {
                what: what.to_owned(),
                subject: fault.what.to_string(),
                location: location.clone(),
            });
        }
    }
}
