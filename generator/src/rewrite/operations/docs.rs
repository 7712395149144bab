//! The rustdoc of an operation's method.

use syn::Attribute;

use super::Source;
use crate::model::{Failure, Operation, Parameter, Retry};
use crate::rewrite::docs::{attributes, first_sentence, item};

impl Source<'_> {
    /// What it is for, its arguments, its failures, an example.
    pub(super) fn documentation(&self) -> Vec<Attribute> {
        let operation = self.operation;
        let mut sections = vec![format!("{}.", operation.summary.trim_end_matches('.'))];
        sections.push(operation.description.clone());
        sections.push(self.optional_credential());
        sections.push(self.argument_items());
        sections.push(request(operation));
        sections.push(failures(&operation.failures));
        sections.push(self.example());
        sections.retain(|section| !section.is_empty());
        attributes(&sections.join("\n\n"), operation.deprecated)
    }

    /// Any other credential is told by the bound on the method.
    fn optional_credential(&self) -> String {
        let credentials = self.credentials();
        if !self.operation.credential_is_optional || credentials.is_empty() {
            return String::new();
        }
        let links: Vec<String> = credentials.iter().map(|name| format!("[`{name}`]")).collect();
        format!("The credential is optional: a client that carries {} sends it.", links.join(" or "))
    }

    /// The required parameters, and a body that is given as a whole; the members of any other are described where
    /// its type is.
    fn argument_items(&self) -> String {
        let required = self.operation.parameters.iter().filter(|parameter| parameter.required);
        let mut items: Vec<String> = required.map(argument).collect();
        if let Some(body) = &self.operation.body {
            let text = &body.description;
            match (self.may_be_absent(body), self.body_draft()) {
                (true, _) => items.push(item(&format!(
                    "the body, which [`Call::body`] sets and which may be absent: {text}"
                ))),
                (false, None) => items.push(item(&format!("`body`: {text}"))),
                (false, Some(_)) => {}
            }
        }
        items.join("\n")
    }
}

/// An item for a required parameter.
fn argument(parameter: &Parameter) -> String {
    item(&format!("`{}`: {}", parameter.rust, parameter.description))
}

fn request(operation: &Operation) -> String {
    let page = operation.docs.as_ref().map(|url| format!(" ([documentation]({url}))")).unwrap_or_default();
    let retry = match operation.retry {
        Retry::Safe => "It changes nothing, so a failed call may be sent again.",
        Retry::Idempotent => "Twice is as good as once, so a failed call may be sent again.",
        Retry::Never => "It is never sent twice.",
    };
    let reason =
        operation.retry_reason.as_ref().map(|reason| format!(" {}.", reason.trim().trim_end_matches('.')));
    let since =
        operation.since.as_ref().map(|version| format!(" Only servers from version {version} on have it."));
    format!(
        "`{} {}`{page}.{} {retry}{}",
        operation.method,
        operation.path,
        since.unwrap_or_default(),
        reason.unwrap_or_default()
    )
}

fn failures(failures: &[Failure]) -> String {
    if failures.is_empty() {
        return String::new();
    }
    let lines = failures.iter().map(|failure| {
        // What a failure means, in short; its codes have texts of their own.
        let meaning = first_sentence(&failure.description);
        let codes = failure.codes.iter().map(|code| format!("`{code}`"));
        let codes = codes.filter(|code| !meaning.contains(code)).collect::<Vec<_>>().join(", ");
        let codes = if codes.is_empty() { codes } else { format!(" ({codes})") };
        item(&format!("{}: {meaning}{codes}.", failure.status))
    });
    format!("# Errors\n{}", lines.collect::<Vec<_>>().join("\n"))
}

/// A text, or the name where there is none.
pub(super) fn or_name(text: &str, name: &str) -> String {
    if text.is_empty() { format!("`{name}`.") } else { text.to_owned() }
}
