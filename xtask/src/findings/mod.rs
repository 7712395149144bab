//! What a task found, and the formats in which it is printed: for people, Markdown for a pull request, JSON for programs,
//! and annotations for GitHub. No format knows what a finding is about.
//!
//! - `terminal`, `markdown`, `machine`: one file for each way to print
//! - `faults`: faults as findings: those of the generator, and those that keep a task from going on

mod faults;
mod machine;
mod markdown;
mod terminal;

pub(crate) use faults::of_workspace;

use clap::ValueEnum;

/// How findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people at a terminal.
    #[default]
    Text,
    /// For a comment on a pull request: the summary, the grave findings, and the others in a part that can be unfolded.
    Markdown,
    /// For programs: each finding is an object in JSON, on a line of its own.
    Json,
    /// For GitHub: each finding is an annotation of a pull request.
    Github,
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Severity {
    /// It fails the task, or would if it were denied.
    #[default]
    Grave,
    /// It should be looked at.
    Notable,
    /// It is good to know.
    Plain,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// What stands there, where a finding has several places: `before`. Otherwise it is empty.
    pub(crate) label: &'static str,
    /// Relative to the repository.
    pub(crate) file: String,
    /// Counted from 1; none for a whole file.
    pub(crate) line: Option<usize>,
    /// Counted from 1, in characters.
    pub(crate) column: Option<usize>,
}

/// One finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Finding {
    /// The id of the rule that is broken, or of the kind of change. An id stays the same between versions.
    pub(crate) rule: String,
    pub(crate) severity: Severity,
    /// What it is about: `descope LoginOptions.stepup`. Empty if the message says it.
    pub(crate) item: String,
    /// One sentence without a full stop.
    pub(crate) message: String,
    /// Further facts about it, each with its name, in the order in which they are printed.
    pub(crate) facts: Vec<(&'static str, String)>,
    pub(crate) places: Vec<Place>,
    /// Longer lists, each with its name.
    pub(crate) lists: Vec<(&'static str, Vec<String>)>,
    /// All of it with the line of the source, as people read it at a terminal, where there is such a line.
    pub(crate) excerpt: Option<String>,
}

/// What a task found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Findings {
    /// What was looked at: `The API between v1 and the working tree`. It may be empty.
    pub(crate) title: String,
    /// One paragraph.
    pub(crate) summary: String,
    /// The gravest first.
    pub(crate) findings: Vec<Finding>,
}

impl Format {
    /// The findings as a text that ends with a line break, unless it is empty.
    pub(crate) fn print(self, findings: &Findings) -> String {
        match self {
            Self::Text => terminal::print(findings),
            Self::Markdown => markdown::print(findings),
            Self::Json => findings.findings.iter().map(machine::json).collect(),
            Self::Github => findings.findings.iter().map(machine::annotation).collect(),
        }
    }
}

impl Finding {
    /// The item, if one is named, and the message.
    fn what(&self) -> String {
        if self.item.is_empty() { self.message.clone() } else { format!("{}: {}", self.item, self.message) }
    }
}

impl Place {
    /// `spec/descope/oauth.yaml:12`
    fn shown(&self) -> String {
        match self.line {
            Some(line) => format!("{}:{line}", self.file),
            None => self.file.clone(),
        }
    }
}

/// A text on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes() -> Findings {
        let finding = |severity, id: &str| Finding {
            rule: id.to_owned(),
            severity,
            item: "depot `Parcel.weight`".to_owned(),
            message: "100% of it, or | less,\nchanged".to_owned(),
            facts: vec![("rust", "breaking".to_owned()), ("bump", "major".to_owned())],
            places: vec![Place {
                label: "after",
                file: "spec/a,b.yaml".to_owned(),
                line: Some(7),
                column: None,
            }],
            lists: vec![("changed", vec!["depot::Parcel::weight".to_owned()])],
            excerpt: None,
        };
        Findings {
            title: "The API".to_owned(),
            summary: "2 changes.".to_owned(),
            findings: vec![finding(Severity::Grave, "type"), finding(Severity::Plain, "text")],
        }
    }

    #[test]
    fn people_read_a_block_for_each_finding() {
        let expected = "\
type  depot `Parcel.weight`
    100% of it, or | less, changed
    rust: breaking, bump: major
    after: spec/a,b.yaml:7
    changed: depot::Parcel::weight
";
        let text = Format::Text.print(&changes());
        assert!(text.starts_with(&format!("The API\n\n{expected}\n")), "{text}");
        assert!(text.ends_with("\n2 changes.\n"), "{text}");
    }

    #[test]
    fn a_comment_has_the_summary_first_and_unfolds_what_is_plain() {
        assert_eq!(
            Format::Markdown.print(&changes()),
            "### The API\n\n2 changes.\n\n\
             | finding | what | rust | bump | where |\n| --- | --- | --- | --- | --- |\n\
             | `type` | depot `Parcel.weight`: 100% of it, or \\| less, changed | breaking | major | \
             `spec/a,b.yaml:7` |\n\n\
             <details>\n<summary>1 other finding</summary>\n\n\
             | finding | what | rust | bump | where |\n| --- | --- | --- | --- | --- |\n\
             | `text` | depot `Parcel.weight`: 100% of it, or \\| less, changed | breaking | major | \
             `spec/a,b.yaml:7` |\n\n</details>\n"
        );
    }

    #[test]
    fn programs_read_one_line_for_each_finding() {
        let json = Format::Json.print(&changes());
        assert_eq!(json.lines().count(), 2);
        assert_eq!(
            json.lines().next().unwrap(),
            "{\"file\":\"spec/a,b.yaml\",\"line\":7,\"column\":null,\"rule\":\"type\",\"item\":\"depot `Parcel.weight`\",\"message\":\"100% of it, or | less,\\nchanged\",\
             \"rust\":\"breaking\",\"bump\":\"major\",\"places\":[{\"label\":\"after\",\"file\":\"spec/a,b.yaml\",\
             \"line\":7}],\"changed\":[\"depot::Parcel::weight\"]}"
        );
        assert_eq!(
            Format::Github.print(&changes()).lines().next().unwrap(),
            "::error file=spec/a%2Cb.yaml,line=7,title=type::depot `Parcel.weight`: 100%25 of it, or | less,%0Achanged\
             %0Arust: breaking, bump: major"
        );
    }

    #[test]
    fn nothing_found_is_said() {
        let none = Findings { findings: Vec::new(), ..changes() };
        assert_eq!(Format::Text.print(&none), "The API\n\n2 changes.\n");
        assert_eq!(Format::Json.print(&none), "");
    }

    /// A fault, whose message and help could end a command or a cell.
    fn fault() -> Findings {
        let location =
            generator::fault::Location { file: "spec/a,b/c.yaml".to_owned(), line: 3, column: 7, len: 1 };
        let what = "`a: b` is 100% \"wrong\"";
        let fault = generator::fault::Fault::at("example", location, "a: b: c", what, "write:\r\n`c | d`");
        Findings::from(&generator::fault::Faults::new([fault]))
    }

    #[test]
    fn a_fault_is_printed_with_its_line_and_as_one_object_row_or_command() {
        let text = Format::Text.print(&fault());
        assert!(
            text.starts_with("error[example]: `a: b` is 100% \"wrong\"\n --> spec/a,b/c.yaml:3:7\n"),
            "{text}"
        );
        assert!(text.ends_with("\n\n1 fault in 1 file\n"), "{text}");
        assert_eq!(
            Format::Json.print(&fault()),
            "{\"file\":\"spec/a,b/c.yaml\",\"line\":3,\"column\":7,\"rule\":\"example\",\
             \"message\":\"`a: b` is 100% \\\"wrong\\\"\",\"help\":\"write:\\r\\n`c | d`\"}\n"
        );
        assert_eq!(
            Format::Markdown.print(&fault()),
            "1 fault in 1 file\n\n| finding | what | help | where |\n| --- | --- | --- | --- |\n\
             | `example` | `a: b` is 100% \"wrong\" | write: `c \\| d` | `spec/a,b/c.yaml:3` |\n"
        );
        assert_eq!(
            Format::Github.print(&fault()),
            "::error file=spec/a%2Cb/c.yaml,line=3,col=7,title=example::\
             `a: b` is 100%25 \"wrong\"%0Ahelp: write:%0D%0A`c | d`\n"
        );
    }

    #[test]
    fn a_finding_without_a_place_has_the_same_keys_and_its_cells_stand_in_their_columns() {
        let mut findings = changes();
        findings.findings[1] =
            Finding { rule: "stale".to_owned(), message: "It is gone".to_owned(), ..Finding::default() };
        let markdown = Format::Markdown.print(&findings);
        assert!(markdown.ends_with("\n| `stale` | It is gone |  |  |  |\n"), "{markdown}");
        let json = Format::Json.print(&findings);
        let last = json.lines().last().unwrap();
        assert_eq!(
            last,
            "{\"file\":null,\"line\":null,\"column\":null,\"rule\":\"stale\",\"message\":\"It is gone\"}"
        );
        assert!(Format::Github.print(&findings).ends_with("\n::error title=stale::It is gone\n"));
    }
}
