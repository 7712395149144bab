//! What is wrong, for people and for programs: the formats in which `regen` reports it.

use std::fmt::Write;

use clap::ValueEnum;
use generator::fault::{Fault, Faults};
use serde_json::json;

/// How `regen` prints what is wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: each fault with its line.
    #[default]
    Text,
    /// For programs: each fault is an object in JSON, on a line of its own.
    Json,
    /// For GitHub: each fault is an annotation of a pull request.
    Github,
}

/// Something that is wrong.
#[derive(Debug, PartialEq)]
pub(crate) struct Finding<'a> {
    /// The file, relative to the repository; none if no file can be named.
    pub(crate) file: Option<&'a str>,
    /// Counted from 1; none if it is about the whole file.
    pub(crate) line: Option<usize>,
    /// Counted from 1, in characters.
    pub(crate) column: Option<usize>,
    /// The id of the rule that is broken.
    pub(crate) rule: &'a str,
    pub(crate) message: &'a str,
    /// What mends it.
    pub(crate) help: &'a str,
}

impl<'a> Finding<'a> {
    fn of(fault: &'a Fault) -> Self {
        let location = fault.location.as_ref();
        Self {
            file: location.map(|location| location.file.as_str()),
            line: location.map(|location| location.line),
            column: location.map(|location| location.column),
            rule: fault.rule,
            message: &fault.what,
            help: &fault.help,
        }
    }

    fn json(&self) -> String {
        let Self { file, line, column, rule, message, help } = self;
        json!({
            "file": file, "line": line, "column": column, "rule": rule, "message": message, "help": help,
        })
        .to_string()
    }

    fn annotation(&self) -> String {
        let mut properties = String::new();
        let line = self.line.map(|line| line.to_string());
        let column = self.column.map(|column| column.to_string());
        let known = [
            ("file", self.file),
            ("line", line.as_deref()),
            ("col", column.as_deref()),
            ("title", Some(self.rule)),
        ];
        for (name, value) in known {
            if let Some(value) = value {
                let joint = if properties.is_empty() { "" } else { "," };
                _ = write!(properties, "{joint}{name}={}", property(value));
            }
        }
        format!("::error {properties}::{}", data(&format!("{}\n{}", self.message, self.help)))
    }
}

/// A text as the message of a GitHub command: what would end the command is percent-encoded.
pub(crate) fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A text as a property of a GitHub command.
pub(crate) fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

impl Format {
    /// The findings as lines.
    pub(crate) fn lines<'a>(self, findings: impl IntoIterator<Item = Finding<'a>>) -> String {
        let line = |finding: Finding<'_>| match self {
            Self::Json => finding.json(),
            Self::Github => finding.annotation(),
            Self::Text => format!("error[{}]: {}", finding.rule, finding.message),
        };
        findings.into_iter().map(|finding| line(finding) + "\n").collect()
    }

    /// The faults of the spec as lines.
    pub(crate) fn faults(self, faults: &Faults) -> String {
        match self {
            Self::Text => format!("{faults}\n"),
            _ => self.lines(faults.iter().map(Finding::of)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FINDING: Finding<'_> = Finding {
        file: Some("spec/a,b/c.yaml"),
        line: Some(3),
        column: Some(7),
        rule: "example",
        message: "`a: b` is 100% \"wrong\"",
        help: "write:\r\n`c, d`",
    };

    #[test]
    fn an_object_has_all_keys() {
        assert_eq!(
            Format::Json.lines([FINDING]),
            "{\"file\":\"spec/a,b/c.yaml\",\"line\":3,\"column\":7,\"rule\":\"example\",\
             \"message\":\"`a: b` is 100% \\\"wrong\\\"\",\"help\":\"write:\\r\\n`c, d`\"}\n"
        );
        let whole = Finding { file: None, line: None, column: None, ..FINDING };
        assert!(Format::Json.lines([whole]).starts_with("{\"file\":null,\"line\":null,\"column\":null,"));
    }

    #[test]
    fn an_annotation_is_one_command_whatever_the_texts_hold() {
        assert_eq!(
            Format::Github.lines([FINDING]),
            "::error file=spec/a%2Cb/c.yaml,line=3,col=7,title=example::\
             `a: b` is 100%25 \"wrong\"%0Awrite:%0D%0A`c, d`\n"
        );
        let whole = Finding { file: None, line: None, column: None, ..FINDING };
        assert!(Format::Github.lines([whole]).starts_with("::error title=example::"));
    }
}
