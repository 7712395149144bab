//! What the documentation of an operation says, as data.

use super::links::without_links;

/// What the documentation of an operation's method says, part by part. The texts are in Markdown, and name operations and
/// members as the service does.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Documentation {
    /// The page of the vendor's documentation.
    pub link: Option<&'static str>,
    /// The first version of the server that has the operation, where older servers are in use.
    pub since: Option<&'static str>,
    // Each line of the texts still begins with the blank of the doc comment that it comes from.
    pub(crate) text: &'static str,
    pub(crate) arguments: &'static [(&'static str, &'static str)],
    pub(crate) retry: &'static str,
    pub(crate) responses: &'static [(&'static str, &'static str)],
    pub(crate) errors: &'static [(&'static str, &'static str)],
}

impl Documentation {
    /// What the operation does, in one sentence.
    #[must_use]
    pub fn summary(&self) -> String {
        paragraphs(self.text).into_iter().next().unwrap_or_default()
    }

    /// What the operation does and what to do next: the paragraphs after the summary, each on one line. An item of a
    /// list is a paragraph that begins with `- `.
    #[must_use]
    pub fn description(&self) -> Vec<String> {
        paragraphs(self.text).into_iter().skip(1).collect()
    }

    /// The text of a required argument of the method, by its name in Rust.
    #[must_use]
    pub fn argument(&self, name: &str) -> Option<String> {
        let (_, text) = self.arguments.iter().find(|(argument, _)| *argument == name)?;
        Some(paragraphs(text).join("\n"))
    }

    /// What the retry class of the operation means for callers, and why the operation has it.
    #[must_use]
    pub fn retry(&self) -> String {
        paragraphs(self.retry).join("\n")
    }

    /// The responses that mean success: each status, such as `200`, with its text.
    #[must_use]
    pub fn responses(&self) -> Vec<(&'static str, String)> {
        by_status(self.responses)
    }

    /// The errors: each status (`404`, `5XX`, or `any other` for the rest) with its text.
    #[must_use]
    pub fn errors(&self) -> Vec<(&'static str, String)> {
        by_status(self.errors)
    }
}

fn by_status(texts: &[(&'static str, &'static str)]) -> Vec<(&'static str, String)> {
    texts.iter().map(|(status, text)| (*status, paragraphs(text).join("\n"))).collect()
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
    use super::paragraphs;

    #[test]
    fn paragraphs_and_items_stand_on_one_line_each() {
        let text = " One\n  two.\n\n\n Three:\n - four\n   five\n - six\n\n Seven.\n";
        assert_eq!(paragraphs(text), ["One two.", "Three:", "- four five", "- six", "Seven."]);
        assert!(paragraphs("").is_empty());
        let text =
            " Pass it to\n [`oauth().exchange`](super::oauth::OauthApi::exchange\n \"oauth_exchange\").\n";
        assert_eq!(paragraphs(text), ["Pass it to `oauth_exchange`."]);
    }
}
