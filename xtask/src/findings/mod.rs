//! The formats in which a review is printed: a table for people, Markdown for a pull request, JSON for programs, and
//! annotations for GitHub. Nothing here knows what a finding is about.
//!
//! - `terminal`, `markdown`, `machine`: one file for each way to print

mod machine;
mod markdown;
mod terminal;

use clap::ValueEnum;

/// How a review is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReviewFormat {
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gravity {
    /// It fails the task, or would if it were denied.
    Grave,
    /// It should be looked at.
    Notable,
    /// It is good to know.
    Plain,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// What stands there, where a finding has several places: `before`.
    pub(crate) label: &'static str,
    /// Relative to the repository.
    pub(crate) file: String,
    /// Counted from 1.
    pub(crate) line: usize,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReviewFinding {
    /// The id, which stays the same while the finding does.
    pub(crate) id: String,
    pub(crate) gravity: Gravity,
    /// What it is about: `descope LoginOptions.stepup`.
    pub(crate) item: String,
    /// One sentence without a full stop.
    pub(crate) message: String,
    /// What is known of it beside, each with its name, in the order in which it is printed.
    pub(crate) facts: Vec<(&'static str, String)>,
    pub(crate) places: Vec<Place>,
    /// Longer lists, each with its name.
    pub(crate) lists: Vec<(&'static str, Vec<String>)>,
}

/// What a task found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Review {
    /// What was looked at: `The API between v1 and the working tree`.
    pub(crate) title: String,
    /// One paragraph.
    pub(crate) summary: String,
    /// The gravest first.
    pub(crate) findings: Vec<ReviewFinding>,
}

impl ReviewFormat {
    /// The review as a text that ends with a line break, unless it is empty.
    pub(crate) fn print(self, review: &Review) -> String {
        match self {
            Self::Text => terminal::print(review),
            Self::Markdown => markdown::print(review),
            Self::Json => review.findings.iter().map(machine::json).collect(),
            Self::Github => review.findings.iter().map(machine::annotation).collect(),
        }
    }
}

impl Place {
    /// `spec/descope/oauth.yaml:12`
    fn shown(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn review() -> Review {
        let finding = |gravity, id: &str| ReviewFinding {
            id: id.to_owned(),
            gravity,
            item: "depot `Parcel.weight`".to_owned(),
            message: "100% of it, or | less,\nchanged".to_owned(),
            facts: vec![("rust", "breaking".to_owned()), ("bump", "major".to_owned())],
            places: vec![Place { label: "after", file: "spec/a,b.yaml".to_owned(), line: 7 }],
            lists: vec![("changed", vec!["depot::Parcel::weight".to_owned()])],
        };
        Review {
            title: "The API".to_owned(),
            summary: "2 changes.".to_owned(),
            findings: vec![finding(Gravity::Grave, "type"), finding(Gravity::Plain, "text")],
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
        let text = ReviewFormat::Text.print(&review());
        assert!(text.starts_with(&format!("The API\n\n{expected}\n")), "{text}");
        assert!(text.ends_with("\n2 changes.\n"), "{text}");
    }

    #[test]
    fn a_comment_has_the_summary_first_and_unfolds_what_is_plain() {
        assert_eq!(
            ReviewFormat::Markdown.print(&review()),
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
        let json = ReviewFormat::Json.print(&review());
        assert_eq!(json.lines().count(), 2);
        assert_eq!(
            json.lines().next().unwrap(),
            "{\"id\":\"type\",\"item\":\"depot `Parcel.weight`\",\"message\":\"100% of it, or | less,\\nchanged\",\
             \"rust\":\"breaking\",\"bump\":\"major\",\"places\":[{\"label\":\"after\",\"file\":\"spec/a,b.yaml\",\
             \"line\":7}],\"changed\":[\"depot::Parcel::weight\"]}"
        );
        assert_eq!(
            ReviewFormat::Github.print(&review()).lines().next().unwrap(),
            "::error file=spec/a%2Cb.yaml,line=7,title=type::depot `Parcel.weight`: 100%25 of it, or | less,%0Achanged\
             %0Arust: breaking, bump: major"
        );
    }

    #[test]
    fn nothing_found_is_said() {
        let none = Review { findings: Vec::new(), ..review() };
        assert_eq!(ReviewFormat::Text.print(&none), "The API\n\n2 changes.\n");
        assert_eq!(ReviewFormat::Json.print(&none), "");
    }
}
