//! What the documentation of an operation says, taken apart.

use generated_client::runtime::{ArgumentInfo, OperationInfo};

/// The parts of an operation's documentation.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Documentation {
    pub(crate) summary: String,
    /// What it does, by paragraph.
    pub(crate) paragraphs: Vec<String>,
    /// The required parameters: their name in Rust, and what is said of them.
    arguments: Vec<(String, String)>,
    /// The page of the vendor.
    pub(crate) link: Option<String>,
    /// Whether it is sent again, and why.
    pub(crate) retry: String,
    /// The errors, each beginning with its status.
    pub(crate) errors: Vec<String>,
}

impl Documentation {
    pub(crate) fn of(info: &OperationInfo) -> Self {
        let text = info.documentation();
        let lines: Vec<&str> = text.lines().collect();
        let request = format!("`{} {}`", method(info), info.spec.path);
        let mut said = Self::default();
        for paragraph in lines.split(|line| line.is_empty()).filter(|paragraph| !paragraph.is_empty()) {
            said.take(paragraph, &request, info);
        }
        said
    }

    fn take(&mut self, lines: &[&str], request: &str, info: &OperationInfo) {
        match lines {
            ["# Errors", errors @ ..] => self.errors = items(errors),
            // The example is one in Rust.
            ["# Example", ..] => {}
            _ if self.summary.is_empty() => self.summary = joined(lines),
            _ => {
                let text = joined(lines);
                match text.strip_prefix(request) {
                    Some(rest) => self.take_request(rest),
                    None => self.take_text(lines, text, info),
                }
            }
        }
    }

    /// ` ([documentation](link)). Whether it is sent again.`
    fn take_request(&mut self, rest: &str) {
        let (link, retry) =
            match rest.strip_prefix(" ([documentation](").and_then(|rest| rest.split_once("))")) {
                Some((link, retry)) => (Some(link.to_owned()), retry),
                None => (None, rest),
            };
        self.link = link;
        retry.trim_start_matches(['.', ' ']).clone_into(&mut self.retry);
    }

    fn take_text(&mut self, lines: &[&str], text: String, info: &OperationInfo) {
        let arguments = items(lines).into_iter().map(|item| {
            let (name, text) = item.strip_prefix('`')?.split_once("`: ")?;
            is_required(info, name).then(|| (name.to_owned(), text.to_owned()))
        });
        match arguments.collect::<Option<Vec<_>>>() {
            Some(arguments) if !arguments.is_empty() => self.arguments.extend(arguments),
            _ if items(lines).is_empty() => self.paragraphs.push(text),
            _ => self.paragraphs.extend(items(lines).into_iter().map(|item| format!("- {item}"))),
        }
    }

    /// What is said of a parameter of the operation.
    pub(crate) fn parameter(&self, argument: &ArgumentInfo) -> String {
        let required = self.arguments.iter().find(|(name, _)| name == argument.name);
        required.map_or_else(|| plain(argument.documentation), |(_, text)| text.clone())
    }
}

/// Whether the method takes an argument of this name; the description may list others.
fn is_required(info: &OperationInfo, name: &str) -> bool {
    let mut arguments = info.spec.parameters.iter().zip(info.arguments);
    name == "body" || arguments.any(|(parameter, argument)| parameter.required && argument.name == name)
}

/// The method as it is sent.
pub(crate) fn method(info: &OperationInfo) -> String {
    format!("{:?}", info.spec.method).to_uppercase()
}

/// The text of a doc comment on one line.
pub(crate) fn plain(text: &str) -> String {
    joined(&[text])
}

/// Links to items of the crate lead nowhere in a terminal.
fn joined(lines: &[&str]) -> String {
    let words: Vec<&str> = lines.iter().flat_map(|line| line.split_whitespace()).collect();
    words.join(" ").replace("[`", "`").replace("`]", "`")
}

/// The items of a list, whose further lines are indented. A text that isn't one has none.
fn items(lines: &[&str]) -> Vec<String> {
    let mut items: Vec<Vec<&str>> = Vec::new();
    for line in lines {
        match (line.strip_prefix("- "), items.last_mut()) {
            (Some(text), _) => items.push(vec![text]),
            (None, Some(item)) => item.push(line),
            (None, None) => return Vec::new(),
        }
    }
    items.iter().map(|item| joined(item)).collect()
}

#[cfg(test)]
mod tests {
    use super::Documentation;
    use generated_client::services;

    #[test]
    fn every_operation_has_its_parts() {
        for info in services().iter().flat_map(|service| (service.operations)()) {
            let said = Documentation::of(info);
            let id = info.spec.id;
            assert!(!said.summary.is_empty() && !said.paragraphs.is_empty(), "{id}: {said:?}");
            assert!(!said.retry.is_empty() && !said.errors.is_empty(), "{id}: {said:?}");
            assert!(said.link.as_deref().is_some_and(|link| link.starts_with("https://")), "{id}: {said:?}");
            for argument in info.arguments {
                assert!(!said.parameter(argument).is_empty(), "{id}: {}", argument.name);
            }
        }
    }
}
