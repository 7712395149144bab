//! What tells a form of a choice from the others.

use serde_json::Value;

use super::{Member, Names, required};

/// What a value must have to be read as one form of a choice.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    /// The members that an object must have with a value.
    pub(crate) required: &'static [&'static str],
    /// The members that an object must have with a value or with null.
    pub(crate) nullable: &'static [&'static str],
    /// A member, and the texts that it can have in this form. An object without the member may still have the form.
    pub(crate) tag: Option<(&'static str, &'static [&'static str])>,
    /// Whether an object can have no members but the listed ones. Forms are first tried in this way, to find one that
    /// describes the whole value.
    pub(crate) is_exact: bool,
}

impl Form {
    /// The form of any value that can be read.
    pub(crate) const LOOSE: Self = Self { required: &[], nullable: &[], tag: None, is_exact: false };

    /// The form of a value that stands in a list or map. Which of the members that it must have can be null isn't known
    /// there.
    pub(crate) fn inside<T: Member>(self) -> Self {
        Self { required: &[], nullable: required::<T>(), tag: None, is_exact: self.is_exact }
    }

    /// Whether a value has the form, if these are the names of the members in the spec.
    pub(crate) fn fits(self, value: &Value, names: Option<&Names>) -> bool {
        let is_there = |name: &&str| value.get(name).is_some();
        let has_value = |name: &&str| value.get(name).is_some_and(|member| !member.is_null());
        let is_listed = |name: &String| names.is_some_and(|names| names.contain(name));
        self.required.iter().all(has_value)
            && self.nullable.iter().all(is_there)
            && self.is_tagged(value)
            && (!self.is_exact || value.as_object().is_none_or(|object| object.keys().all(is_listed)))
    }

    fn is_tagged(self, value: &Value) -> bool {
        let Some((name, texts)) = self.tag else { return true };
        match value.get(name) {
            None | Some(Value::Null) => true,
            Some(tag) => tag.as_str().is_some_and(|tag| texts.contains(&tag)),
        }
    }

    /// Reads a form that any value would fit, unless an exact form is wanted: it describes no value exactly.
    pub(crate) fn if_loosely<T>(self, read: impl FnOnce() -> T) -> Option<T> {
        (!self.is_exact).then(read)
    }
}
