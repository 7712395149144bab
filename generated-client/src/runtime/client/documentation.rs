//! What the documentation of an operation says, as data.

use super::links::without_links;

/// How each further part of the text begins: with a line of its own.
const PART: &str = "\n@";

/// What the documentation of an operation's method says, part by part. The texts are in Markdown, and name operations and
/// members as the service does.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Documentation {
    /// The page of the vendor's documentation.
    pub link: Option<&'static str>,
    /// The first version of the server that has the operation, where older servers are in use.
    pub since: Option<&'static str>,
    /// What the operation does, and then the other parts. A line such as `@error 404` begins each of them. The lines of
    /// the texts still begin with the blank of the doc comment that they come from, so none of them begins a part. One
    /// text takes the compiler much less time than a list for each kind of part.
    pub(crate) text: &'static str,
}

impl Documentation {
    /// What the operation does, in one sentence.
    #[must_use]
    pub fn summary(&self) -> String {
        self.paragraphs().into_iter().next().unwrap_or_default()
    }

    /// What the operation does and what to do next: the paragraphs after the summary, each on one line. An item of a
    /// list is a paragraph that begins with `- `.
    #[must_use]
    pub fn description(&self) -> Vec<String> {
        self.paragraphs().into_iter().skip(1).collect()
    }

    /// The text of a required argument of the method, by its name in Rust.
    #[must_use]
    pub fn argument(&self, name: &str) -> Option<String> {
        self.parts("argument").find(|(argument, _)| *argument == name).map(|(_, text)| text)
    }

    /// What the retry class of the operation means for callers, and why the operation has it.
    #[must_use]
    pub fn retry(&self) -> String {
        self.parts("retry").map(|(_, text)| text).collect()
    }

    /// The responses that mean success: each status, such as `200`, with its text.
    #[must_use]
    pub fn responses(&self) -> Vec<(&'static str, String)> {
        self.parts("response").collect()
    }

    /// The errors: each status (`404`, `5XX`, or `any other` for the rest) with its text.
    #[must_use]
    pub fn errors(&self) -> Vec<(&'static str, String)> {
        self.parts("error").collect()
    }

    /// The summary and the paragraphs of the description.
    fn paragraphs(&self) -> Vec<String> {
        self.text.split(PART).next().map(paragraphs).unwrap_or_default()
    }

    /// The parts of a kind: the name of each, such as its status, and its text.
    fn parts(&self, kind: &str) -> impl Iterator<Item = (&'static str, String)> {
        self.text.split(PART).skip(1).filter_map(move |part| {
            let (head, text) = part.split_once('\n').unwrap_or((part, ""));
            let name = head.strip_prefix(kind)?;
            Some((name.trim_start(), paragraphs(text).join("\n")))
        })
    }
}

/// The paragraphs of a text and the items of its lists, each on one line.
fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut is_new = true;
    for line in text.lines().map(str::trim) {
        match paragraphs.last_mut().filter(|_| !is_new && !line.starts_with("- ")) {
            _ if line.is_empty() => {}
            Some(last) => last.extend([" ", line]),
            None => paragraphs.push(line.to_owned()),
        }
        is_new = line.is_empty();
    }
    paragraphs.iter().map(|paragraph| without_links(paragraph)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Documentation, paragraphs};

    #[test]
    fn paragraphs_and_items_stand_on_one_line_each() {
        let text = " One\n  two.\n\n\n Three:\n - four\n   five\n - six\n\n Seven.\n";
        assert_eq!(paragraphs(text), ["One two.", "Three:", "- four five", "- six", "Seven."]);
        assert!(paragraphs("").is_empty());
        let text =
            " Pass it to\n [`oauth().exchange`](super::oauth::OauthApi::exchange\n \"oauth_exchange\").\n";
        assert_eq!(paragraphs(text), ["Pass it to `oauth_exchange`."]);
    }

    #[test]
    fn a_part_may_have_no_text() {
        let text = " One.\n\n@retry\n Two.\n@error 404\n@error any other\n Three:\n @four.";
        let documentation = Documentation { link: None, since: None, text };
        assert_eq!((documentation.summary().as_str(), documentation.retry().as_str()), ("One.", "Two."));
        assert_eq!(
            documentation.errors(),
            [("404", String::new()), ("any other", "Three: @four.".to_owned())]
        );
        assert!(documentation.description().is_empty() && documentation.responses().is_empty());
    }
}
