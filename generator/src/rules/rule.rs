//! What a rule is.

/// A rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// The id, in kebab case, which stays as it is: `missing-reference`.
    pub id: &'static str,
    /// What is wrong where the rule is broken.
    pub meaning: &'static str,
    /// What mends it.
    pub mend: &'static str,
    /// Whether it is a rule of curation: in an imported service, breaking it is an open finding and no fault.
    pub is_curation: bool,
}

pub(super) const fn rule(id: &'static str, meaning: &'static str, mend: &'static str) -> Rule {
    Rule { id, meaning, mend, is_curation: false }
}

pub(super) const fn curation(id: &'static str, meaning: &'static str, mend: &'static str) -> Rule {
    Rule { id, meaning, mend, is_curation: true }
}
