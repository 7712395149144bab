//! The rules that a fault can break: each has an id that stays, what it means, and what mends it.

mod documents;
mod drifts;
mod files;
mod lints;
mod operations;
mod rule;
mod values;

pub use drifts::DRIFTS;
pub use lints::LINTS;
pub use rule::{Class, Rule};

/// What becomes of a spec that breaks a rule; `None` if there is no such rule.
pub(crate) fn class(id: &str) -> Option<Class> {
    all().find(|rule| rule.id == id).map(|rule| rule.class)
}

/// All rules whose breach is a fault: first those of files, then those of the form of the documents, then those of their
/// meaning.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [files::FILES, documents::DOCUMENTS, operations::OPERATIONS, values::VALUES].into_iter().flatten()
}
