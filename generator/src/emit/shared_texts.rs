//! The texts of error responses and parameters that several operations share. Each is declared once, in the module of
//! the file that defines it, so that a change of it changes one file.

use std::collections::{BTreeMap, BTreeSet};

use super::macro_call::macro_call;
use super::text::{INDENT, comment, or_name};
use super::{facts, questions};
use crate::model::{Api, COMMON, Component, ErrorResponse, Operation, Parameter};
use crate::names;

/// The shared texts of a service: for each name, the files that define a text of that name, each with its text.
pub(super) struct SharedTexts(BTreeMap<String, BTreeSet<(String, String)>>);

impl SharedTexts {
    /// Finds the shared texts of a service.
    pub(super) fn of(api: &Api) -> Self {
        let mut shared: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
        for operation in api.operations() {
            let errors = operation.errors.iter();
            let errors =
                errors.filter_map(|error| Some((of_error(operation, error)?, error_text(api, error))));
            let parameters = operation.parameters.iter().filter_map(|parameter| {
                Some((of_parameter(operation, parameter)?, parameter_text(parameter)))
            });
            for ((home, name), text) in errors.chain(parameters) {
                shared.entry(name).or_default().insert((home.to_owned(), text));
            }
        }
        Self(shared)
    }

    /// The name that the operation's module has for the text of an error response.
    pub(super) fn error(&self, operation: &Operation, error: &ErrorResponse) -> Option<String> {
        self.unambiguous(of_error(operation, error))
    }

    /// The name that the operation's module has for the text of a parameter.
    pub(super) fn parameter(&self, operation: &Operation, parameter: &Parameter) -> Option<String> {
        self.unambiguous(of_parameter(operation, parameter))
    }

    /// The name, unless there is another text of the same name.
    fn unambiguous(&self, declared: Option<(&str, String)>) -> Option<String> {
        let (_, name) = declared?;
        self.0.get(&name).is_some_and(|defined| defined.len() == 1).then_some(name)
    }

    /// The declaration of the texts of each file, by its stem.
    pub(super) fn declarations(&self) -> BTreeMap<&str, String> {
        let mut lines: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (name, defined) in &self.0 {
            let mut defined = defined.iter();
            let (Some((home, text)), None) = (defined.next(), defined.next()) else { continue };
            let lines = lines.entry(home).or_default();
            lines.extend(comment(text, false, INDENT));
            lines.push(format!("{INDENT}{name},"));
        }
        lines.into_iter().map(|(home, lines)| (home, macro_call("shared_texts", &lines))).collect()
    }
}

fn of_error<'a>(operation: &Operation, error: &'a ErrorResponse) -> Option<(&'a str, String)> {
    let Component { home, name } = error.component.as_ref()?;
    reached(operation, home).then(|| (home.as_str(), names::shared_error(name)))
}

fn of_parameter<'a>(operation: &Operation, parameter: &'a Parameter) -> Option<(&'a str, String)> {
    let Component { home, name } = parameter.component.as_ref()?;
    reached(operation, home).then(|| (home.as_str(), names::shared_parameter(name)))
}

/// Whether the operation's module has what the module of the file declares.
fn reached(operation: &Operation, home: &str) -> bool {
    [COMMON, &operation.group].contains(&home)
}

/// What an error response means, with its codes and the questions that they answer.
pub(super) fn error_text(api: &Api, error: &ErrorResponse) -> String {
    let meaning = error.description.trim_end();
    let end = if meaning.ends_with(|c: char| c.is_alphanumeric() || c == '`') { "." } else { "" };
    let text = facts::behind(&format!("{meaning}{end}"), &questions::codes(&api.questions, error));
    facts::behind(&text, &facts::of_headers(error.headers.as_ref()))
}

/// What a parameter is for.
pub(super) fn parameter_text(parameter: &Parameter) -> String {
    facts::behind(&or_name(&parameter.description, &parameter.name), &facts::of_parameter(parameter))
}
