//! The rustdoc of an operation's method.

use super::{Source, failures};
use crate::model::{Operation, Parameter, Retry};
use crate::rewrite::docs::{comment, item};

/// How long a line may be.
const WIDTH: usize = 112;

/// What ends a line within a literal.
const BROKEN: &str = " \\";

impl Source<'_> {
    /// What it is for, its arguments, its failures, an example.
    pub(super) fn documentation(&self) -> Vec<String> {
        let operation = self.operation;
        let mut sections = vec![format!("{}.", operation.summary.trim_end_matches('.'))];
        sections.push(operation.description.clone());
        sections.push(self.optional_credential());
        sections.push(self.argument_items());
        sections.retain(|section| !section.is_empty());
        let mut lines = comment(&sections.join("\n\n"), false, "");
        lines.extend(sent(operation));
        lines.extend(self.errors());
        lines.extend(self.example());
        if operation.deprecated {
            lines.push("#[deprecated]".to_owned());
        }
        lines
    }

    /// The failures, by name where several operations share one.
    fn errors(&self) -> Vec<String> {
        let failures = &self.operation.failures;
        if failures.is_empty() {
            return Vec::new();
        }
        let told = failures.iter().map(|failure| match self.failures.name_of(self.operation, failure) {
            Some(name) => format!("{} {name}", failure.status),
            None => format!("{} {:?}", failure.status, failures::text(failure)),
        });
        macro_lines("errors", &told.collect::<Vec<_>>())
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

/// Method, path and whether it is sent again, then the reason for that.
fn sent(operation: &Operation) -> Vec<String> {
    let mut parts = vec![format!("{} {:?}", operation.method, operation.path)];
    parts.push(match operation.retry {
        Retry::Safe => "safe".to_owned(),
        Retry::Idempotent => "idempotent".to_owned(),
        Retry::Never => "never".to_owned(),
    });
    parts.extend(operation.docs.as_ref().map(|page| format!("docs {page:?}")));
    parts.extend(operation.since.as_ref().map(|version| format!("since {version:?}")));
    let reason = operation.retry_reason.as_deref().map(|reason| reason.trim().trim_end_matches('.'));
    let reason = reason.filter(|reason| !reason.is_empty()).map(|reason| format!("{reason}."));
    let mut lines = macro_lines("sent", &parts);
    lines.extend(comment(&reason.unwrap_or_default(), false, ""));
    lines
}

/// A call of one of the runtime's macros that gives a text, filled like a paragraph. A literal that is broken ends its
/// line with a backslash.
fn macro_lines(name: &str, arguments: &[String]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = format!("#[doc = {name}!(");
    let mut is_within_literal = false;
    let text = format!("{})]", arguments.join(", "));
    for (index, word) in text.split(' ').enumerate() {
        let quotes = word.matches('"').count() - word.matches("\\\"").count();
        let goes_on = is_within_literal ^ (quotes % 2 == 1);
        let room = WIDTH - if goes_on { BROKEN.len() } else { 0 };
        if index == 0 {
            line.push_str(word);
        } else if line.len() + 1 + word.len() <= room {
            line.push_str(&format!(" {word}"));
        } else {
            let end = if is_within_literal { BROKEN } else { "" };
            lines.push(format!("{line}{end}"));
            line = format!("    {word}");
        }
        is_within_literal = goes_on;
    }
    lines.push(line);
    lines
}
