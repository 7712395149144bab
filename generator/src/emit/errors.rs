//! The texts of error responses. One that several operations share is declared once, in the module of the file that
//! defines it.

use std::collections::{BTreeMap, BTreeSet};

use super::macro_call::macro_call;
use super::text::{comment, first_sentence};
use crate::model::{Api, COMMON, ErrorResponse, Operation};
use crate::names;

/// The shared error responses of a service: by the name of each, the files that define one, with its text.
pub(super) struct SharedErrors(BTreeMap<String, BTreeSet<(String, String)>>);

impl SharedErrors {
    /// Finds them.
    pub(super) fn of(api: &Api) -> Self {
        let mut shared: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
        for operation in api.operations() {
            for error in &operation.errors {
                if let Some((home, name)) = declared(operation, error) {
                    shared.entry(name).or_default().insert((home.to_owned(), text(error)));
                }
            }
        }
        Self(shared)
    }

    /// The name that an operation's module has for the error response, unless another one has the same name.
    pub(super) fn name_of(&self, operation: &Operation, error: &ErrorResponse) -> Option<String> {
        let (_, name) = declared(operation, error)?;
        self.0.get(&name).is_some_and(|defined| defined.len() == 1).then_some(name)
    }

    /// The declaration of the error responses of each file, by its stem.
    pub(super) fn declarations(&self) -> BTreeMap<&str, String> {
        let mut lines: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (name, defined) in &self.0 {
            let mut defined = defined.iter();
            let (Some((home, text)), None) = (defined.next(), defined.next()) else { continue };
            let lines = lines.entry(home).or_default();
            lines.extend(comment(text, false, ""));
            lines.push(format!("{name},"));
        }
        lines.into_iter().map(|(home, lines)| (home, macro_call("failures", &lines))).collect()
    }
}

/// The stem of the file that defines the error response and its name in Rust, if the operation's module has what that
/// file's module declares.
fn declared<'a>(operation: &Operation, error: &'a ErrorResponse) -> Option<(&'a str, String)> {
    let component = error.component.as_ref()?;
    let home = component.home.as_str();
    [COMMON, &operation.group].contains(&home).then(|| (home, names::pascal(&component.name)))
}

/// What an error response means, in short, with the codes that it can have; those have texts of their own.
pub(super) fn text(error: &ErrorResponse) -> String {
    let meaning = first_sentence(&error.description);
    let codes = error.codes.iter().map(|code| format!("`{code}`"));
    let codes = codes.filter(|code| !meaning.contains(code)).collect::<Vec<_>>().join(", ");
    let codes = if codes.is_empty() { codes } else { format!(" ({codes})") };
    format!("{meaning}{codes}.")
}
