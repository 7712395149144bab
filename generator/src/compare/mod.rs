//! Compares two versions of the spec: what changed, what it means for callers and on the wire, and which Rust items it
//! touches.
//!
//! - `versions`: reads the versions
//! - `item`, `attribute`, `fact`, `declarations`: the facts that are compared, with the changes that one can have
//! - `read_service`, `read_operations`, `read_schemas`, `choices`: the model to such facts
//! - `places`: where each stands
//! - `matching`: pairs the items of both versions
//! - `table`, `verdict`: what each change means, as data; `page` prints it
//! - `findings`: the differences, each with its row of the table
//! - `public_api`, `explained`: the generated code, compared with what the findings predict; `lines`: the lines of its
//!   declarations

mod attribute;
mod choices;
mod declarations;
mod explained;
mod fact;
mod findings;
mod item;
mod lines;
mod matching;
pub mod page;
mod places;
mod public_api;
mod read_operations;
mod read_schemas;
mod read_service;
mod table;
mod verdict;
mod versions;

pub use attribute::{Attribute, Step};
pub use explained::{CodeChange, Files};
pub use findings::Finding;
pub use item::{Kind, Place, WireDirection};
pub use table::{ROWS, Row, When};
pub use verdict::{Bump, Rust, Wire};
pub use versions::{Version, read, read_both};

/// What differs between two versions.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Each difference, the gravest first.
    pub findings: Vec<Finding>,
    /// The public items of the generated code that differ although no finding predicts it. There should be none.
    pub unexplained: Vec<CodeChange>,
}

/// Compares two versions.
#[must_use]
pub fn compare(old: Version, new: Version) -> Comparison {
    let pairs = matching::pairs(old.items, new.items);
    let findings = findings::findings(&pairs);
    let unexplained = explained::unexplained(&old.files, &new.files, &pairs, &findings);
    Comparison { findings, unexplained }
}

/// What differs between the code that was checked in and what is generated from the same spec now: the changes that come
/// from the generator itself.
#[must_use]
pub fn generator_changes(checked_in: &Files, version: &Version) -> Vec<CodeChange> {
    explained::all(checked_in, &version.files)
}
