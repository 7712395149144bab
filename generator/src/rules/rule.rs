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
    pub help: &'static str,
    /// What becomes of a spec that breaks it.
    pub class: Class,
}

/// What becomes of a spec that breaks a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// No code can be made of the spec.
    Needed,
    /// The spec is at fault, though code could be made of it. So a version from before the rule can still be compared.
    Tidiness,
    /// In an imported service, it is an open finding and no fault; elsewhere it is as with `Tidiness`.
    Curation,
}

pub(super) const fn rule(id: &'static str, meaning: &'static str, help: &'static str) -> Rule {
    Rule { id, meaning, help, class: Class::Needed }
}

pub(super) const fn tidiness(id: &'static str, meaning: &'static str, help: &'static str) -> Rule {
    Rule { id, meaning, help, class: Class::Tidiness }
}

pub(super) const fn curation(id: &'static str, meaning: &'static str, help: &'static str) -> Rule {
    Rule { id, meaning, help, class: Class::Curation }
}
