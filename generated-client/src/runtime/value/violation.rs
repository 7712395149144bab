//! What is wrong with a value that breaks its limits.

/// A value of a request that breaks its limits. It holds nothing of the value itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// The names of the members that lead to the value, the innermost first.
    path: Vec<&'static str>,
    why: String,
}

impl Violation {
    pub(crate) fn new(why: String) -> Self {
        Self { path: Vec::new(), why }
    }

    /// The names of the members that lead to the value, the outermost first.
    pub(crate) fn path(&self) -> Vec<&'static str> {
        self.path.iter().rev().copied().collect()
    }

    /// Which limit is broken, such as `has 3 characters, at least 8 are needed`.
    #[must_use]
    pub fn why(&self) -> &str {
        &self.why
    }

    /// The same violation, seen from the object that has the value as a member of this name.
    pub(crate) fn of_member(mut self, name: &'static str) -> Self {
        self.path.push(name);
        self
    }
}
