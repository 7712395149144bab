//! The faults of the documents: where each is, what is wrong, and what mends it.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// A part of one line of a file. Lines and columns are counted from 1; columns and lengths are counted in characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The path of the file, as the caller gave it: `spec/descope/oauth.yaml`.
    pub file: String,
    /// The line.
    pub line: usize,
    /// The column of the first character.
    pub column: usize,
    /// The number of characters.
    pub len: usize,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Where it is; `None` if a whole file is missing.
    pub location: Option<Location>,
    /// The id of the rule that is broken, in kebab case: `missing-reference`.
    pub rule: &'static str,
    /// What is wrong.
    pub what: Box<str>,
    /// What to write instead.
    pub help: Box<str>,
    /// The line that `location` names. Many faults can be on one line, and a file can be one long line.
    text: Arc<str>,
}

impl Fault {
    /// A fault at a location; `text` is the whole line.
    pub fn at(
        rule: &'static str,
        location: Location,
        text: impl Into<Arc<str>>,
        what: impl Into<Box<str>>,
        help: impl Into<Box<str>>,
    ) -> Self {
        Self { location: Some(location), rule, what: what.into(), help: help.into(), text: text.into() }
    }

    /// A fault that isn't on any line, such as a missing file.
    pub fn without_location(
        rule: &'static str,
        what: impl Into<Box<str>>,
        help: impl Into<Box<str>>,
    ) -> Self {
        Self { location: None, rule, what: what.into(), help: help.into(), text: "".into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut report = Group::with_title(Level::ERROR.primary_title(&*self.what).id(self.rule));
        if let Some(location) = &self.location {
            let start = byte_of(&self.text, location.column.saturating_sub(1));
            let end = byte_of(&self.text, location.column.saturating_add(location.len).saturating_sub(1));
            report = report.element(
                Snippet::source(&*self.text)
                    .line_start(location.line)
                    .path(&*location.file)
                    .annotation(AnnotationKind::Primary.span(start..end)),
            );
        }
        let report = report.element(Level::HELP.message(&*self.help));
        f.write_str(&Renderer::plain().render(&[report]))
    }
}

/// The byte at which the character with this index starts, or the end of the line.
fn byte_of(line: &str, character: usize) -> usize {
    line.char_indices().nth(character).map_or(line.len(), |(byte, _)| byte)
}

/// All faults of a run, each once, sorted by location.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// Sorts the faults and drops those that were found twice.
    pub fn new(faults: impl IntoIterator<Item = Fault>) -> Self {
        let sorted: BTreeSet<Fault> = faults.into_iter().collect();
        Self(sorted.into_iter().collect())
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many faults there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// How many faults there are, in how many files: `3 faults in 2 files`.
    pub fn summary(&self) -> String {
        let files: BTreeSet<&str> = self
            .0
            .iter()
            .filter_map(|fault| fault.location.as_ref())
            .map(|location| &*location.file)
            .collect();
        let faults = count(self.0.len(), "fault");
        if files.is_empty() { faults } else { format!("{faults} in {}", count(files.len(), "file")) }
    }

    /// The faults in their order.
    pub fn iter(&self) -> std::slice::Iter<'_, Fault> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a Faults {
    type Item = &'a Fault;
    type IntoIter = std::slice::Iter<'a, Fault>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl std::error::Error for Faults {}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.0 {
            write!(f, "{fault}\n\n")?;
        }
        f.write_str(&self.summary())
    }
}

fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(line: usize, column: usize) -> Fault {
        let location = Location { file: "a.yaml".to_owned(), line, column, len: 2 };
        Fault::at("odd", location, "\tä: öü # €", "this is odd", "make it even")
    }

    #[test]
    fn a_fault_shows_the_line_and_points_at_the_text() {
        let expected = "\
error[odd]: this is odd
 --> a.yaml:7:5
  |
7 |     ä: öü # €
  |        ^^
  |
  = help: make it even";
        assert_eq!(fault(7, 5).to_string(), expected);
    }

    #[test]
    fn a_location_beyond_the_line_is_no_panic() {
        for (line, column) in [(0, 0), (1, 0), (1, 99), (usize::MAX, 1)] {
            assert!(fault(line, column).to_string().contains("this is odd"));
        }
    }

    #[test]
    fn faults_are_sorted_and_reported_once() {
        let missing = Fault::without_location("missing-file", "a file is missing", "add it");
        let faults = Faults::new([fault(9, 1), fault(2, 1), missing, fault(9, 1)]);
        let lines: Vec<Option<usize>> =
            faults.iter().map(|fault| fault.location.as_ref().map(|location| location.line)).collect();
        assert_eq!(lines, [None, Some(2), Some(9)]);
        assert!(faults.to_string().ends_with("\n\n3 faults in 1 file"));
    }
}
