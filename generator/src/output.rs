//! What a run of the generator gives.

use std::collections::BTreeMap;

use crate::fault::Faults;

/// Everything that is generated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// The generated sources.
    pub files: FileSet,
    /// The features of the client: one a group, and one a service that switches on all of its groups; each with
    /// what it switches on.
    pub features: BTreeMap<String, Vec<String>>,
    /// The part of the client's `lib.rs` that names the services.
    pub services: String,
    /// The tables of the pages that say where a spec differs from the vendor's document.
    pub tables: Vec<Table>,
    /// How much was generated.
    pub counts: Counts,
    /// What is still to be curated, by the name of the imported service.
    pub open: OpenFindings,
}

/// A table in a page that is written by hand otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The page: `spec/descope/README.md`.
    pub file: String,
    /// The name of the table, by which the page has its place.
    pub name: String,
    /// The table in Markdown.
    pub text: String,
}

/// What is still to be curated: the findings of each service with `x-imported: true`, by its name.
pub type OpenFindings = BTreeMap<String, Faults>;

/// Texts by their path, relative to the root of the repository: `generated-client/src/descope/oauth.rs`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileSet(BTreeMap<String, String>);

/// How much was generated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Operations.
    pub operations: usize,
    /// Types that stand for a schema.
    pub types: usize,
    /// Groups of operations.
    pub groups: usize,
}

impl FileSet {
    /// The files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    pub(crate) fn extend(&mut self, files: BTreeMap<String, String>) {
        self.0.extend(files);
    }
}

impl Counts {
    pub(crate) fn add(&mut self, other: &Self) {
        self.operations += other.operations;
        self.types += other.types;
        self.groups += other.groups;
    }
}
