//! The rustdoc of an operation's method.

use syn::Attribute;

use super::Source;
use crate::model::{Failure, Operation, Parameter, Retry};
use crate::rewrite::docs::attributes;

impl Source<'_> {
    /// What it is for, its arguments, its failures, an example.
    pub(super) fn documentation(&self) -> Vec<Attribute> {
        let operation = self.operation;
        let mut sections = vec![format!("{}.", operation.summary.trim_end_matches('.'))];
        sections.push(operation.description.clone());
        sections.push(arguments(operation));
        sections.push(request(operation));
        sections.push(failures(&operation.failures));
        sections.push(self.example());
        sections.retain(|section| !section.is_empty());
        attributes(&sections.join("\n\n"), operation.deprecated)
    }
}

/// The required parameters; those of the body are described where the body's type is.
fn arguments(operation: &Operation) -> String {
    let required = operation.parameters.iter().filter(|parameter| parameter.required);
    let lines: Vec<String> = required.map(|parameter| format!("- {}", argument(parameter))).collect();
    lines.join("\n")
}

fn argument(parameter: &Parameter) -> String {
    format!("`{}`: {}", crate::names::snake(&parameter.name), parameter.description.replace('\n', " "))
}

fn request(operation: &Operation) -> String {
    let page = operation.docs.as_ref().map(|url| format!(" ([documentation]({url}))")).unwrap_or_default();
    let retry = match operation.retry {
        Retry::Safe => "It changes nothing, so a failed call may be sent again.",
        Retry::Idempotent => "Twice is as good as once, so a failed call may be sent again.",
        Retry::Never => "It is never sent twice.",
    };
    let reason = operation.retry_reason.as_ref().map(|reason| format!(" {}.", reason.trim().trim_end_matches('.')));
    format!("`{} {}`{page}. {retry}{}", operation.method, operation.path, reason.unwrap_or_default())
}

fn failures(failures: &[Failure]) -> String {
    if failures.is_empty() {
        return String::new();
    }
    let lines = failures.iter().map(|failure| {
        let codes = failure.codes.iter().map(|code| format!("`{code}`")).collect::<Vec<_>>().join(", ");
        let codes = if codes.is_empty() { codes } else { format!(" ({codes})") };
        let text = failure.description.replace('\n', " ");
        format!("- {}: {}{codes}.", failure.status, text.trim_end_matches('.'))
    });
    format!("# Errors\n\n{}", lines.collect::<Vec<_>>().join("\n"))
}

/// A text, or the name where there is none.
pub(super) fn or_name(text: &str, name: &str) -> String {
    if text.is_empty() { format!("`{name}`.") } else { text.to_owned() }
}
