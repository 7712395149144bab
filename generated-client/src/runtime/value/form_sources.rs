//! The sources in a form with parts while it is written.

use std::cell::RefCell;

use super::source::Source;

thread_local! {
    /// The sources in a body that is being written; none while no body is.
    static FOUND: RefCell<Option<Vec<Source>>> = const { RefCell::new(None) };
}

/// Runs what writes a body as JSON, and gives the sources in it. In the JSON, a source is replaced by its place in this
/// list, because JSON can't hold the source itself.
pub(crate) fn found_in<T>(write: impl FnOnce() -> T) -> (T, Vec<Source>) {
    let before = FOUND.replace(Some(Vec::new()));
    let written = write();
    (written, FOUND.replace(before).unwrap_or_default())
}

/// The number that stands for a source in the JSON of a body; none if no body is being written that can have sources.
pub(crate) fn number(source: &Source) -> Option<u64> {
    FOUND.with_borrow_mut(|found| {
        let found = found.as_mut()?;
        found.push(source.clone());
        u64::try_from(found.len() - 1).ok()
    })
}
