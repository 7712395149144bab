//! Tries the forms of a choice.
//!
//! A choice may contain itself. If each form were tried on all of a value, a form that fails at last would have been read
//! in vain together with the choices in it, and they with those in them. The time would be multiplied on each level.

use std::cell::Cell;

use serde_json::Value;

use super::{Form, Member};

/// What becomes of the choices in an object that is being read.
#[derive(Clone, Copy, PartialEq)]
enum Choices {
    /// They are read.
    AreRead,
    /// They are skipped, and there was none yet.
    AreSkipped,
    /// They are skipped, and there was one.
    WereSkipped,
}

thread_local! {
    static CHOICES: Cell<Choices> = const { Cell::new(Choices::AreRead) };
}

/// Whether a choice in an object is to be skipped.
pub(crate) fn skips_choice() -> bool {
    let is_skipped = CHOICES.get() != Choices::AreRead;
    if is_skipped {
        CHOICES.set(Choices::WereSkipped);
    }
    is_skipped
}

impl Form {
    /// Reads a value as this form of a choice, in two steps: first without the choices in its objects, then with them.
    /// A choice of a response accepts any value, so the first step tells whether the second succeeds. A choice that only
    /// requests contain may refuse a value, so it is read in both.
    pub(crate) fn read<T: Member>(self, value: &Value) -> Option<T> {
        if CHOICES.get() != Choices::AreRead {
            return T::read_form(value, self);
        }
        match without_choices(|| T::read_form(value, self)) {
            (None, _) => None,
            (read, true) => read,
            (Some(_), false) => T::read_form(value, self),
        }
    }
}

/// Reads a value without the choices in its objects, and tells whether there was none.
fn without_choices<T>(read: impl FnOnce() -> T) -> (T, bool) {
    let _end = End;
    CHOICES.set(Choices::AreSkipped);
    let read = read();
    (read, CHOICES.get() == Choices::AreSkipped)
}

/// When it is dropped, choices are read again.
struct End;

impl Drop for End {
    fn drop(&mut self) {
        CHOICES.set(Choices::AreRead);
    }
}
