//! Finds the words of a text that stand in quotes.

/// Which quotation mark is open.
#[derive(Default)]
pub(super) struct Quotes(Option<char>);

impl Quotes {
    /// Reads the next word, and returns whether any part of it is quoted. An apostrophe opens a quotation only at the
    /// beginning of a word, and closes it only at the end of one.
    pub(super) fn enclose(&mut self, word: &str) -> bool {
        let mut is_quoted = self.0.is_some();
        let mut before = ' ';
        let mut marks = word.chars().peekable();
        while let Some(mark) = marks.next() {
            let ends = !marks.peek().copied().is_some_and(char::is_alphanumeric);
            match self.0 {
                Some(open) if open == mark && (mark != '\'' || ends) => self.0 = None,
                None if matches!(mark, '"' | '`') || (mark == '\'' && !before.is_alphanumeric()) => {
                    self.0 = Some(mark);
                    is_quoted = true;
                }
                _ => {}
            }
            before = mark;
        }
        is_quoted
    }
}

/// A word without the marks around it.
pub(super) fn core(word: &str) -> &str {
    word.trim_matches(|c: char| "\"'`.,:;!?()[]".contains(c))
}

/// Whether a quotation begins and ends with this word.
pub(super) fn is_whole(word: &str) -> bool {
    let word = word.trim_matches(|c: char| ".,:;!?()[]".contains(c));
    let mark = word.chars().next();
    word.len() > 2 && mark.is_some_and(|mark| "\"'`".contains(mark) && word.ends_with(mark))
}
