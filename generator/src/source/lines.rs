//! The lines of a file, which messages show.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

/// A file's name and its lines.
#[derive(Debug)]
pub(super) struct Lines {
    pub(super) file: String,
    text: String,
    /// Found once a message needs them: most files have no fault.
    split: OnceCell<Split>,
}

#[derive(Debug)]
struct Split {
    lines: Vec<Line>,
    /// The number of the last line with text; 1 if there is none.
    last: usize,
}

#[derive(Debug)]
struct Line {
    /// Where it stands in the text, counted in bytes.
    place: Range<usize>,
    /// The number of its characters, without blanks at its end.
    len: usize,
    /// Its text, once a fault has it. A file can be one long line with many faults.
    shared: OnceCell<Arc<str>>,
}

/// A part of one line, counted like a [`Location`](crate::fault::Location). It may reach beyond the end of the line until it
/// is shown ([`Lines::shown`]). A tree has two for each value, so they are small.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    line: u32,
    column: u32,
    len: u32,
}

impl Span {
    pub(super) fn new(line: usize, column: usize, len: usize) -> Self {
        let [line, column, len] = [line, column, len].map(|number| u32::try_from(number).unwrap_or(u32::MAX));
        Self { line, column, len }
    }

    /// The part of a span of the parser that is on its first line.
    pub(super) fn of(span: saphyr_parser::Span) -> Self {
        let is_one_line = span.end.line() == span.start.line();
        let len = if is_one_line { span.end.index().saturating_sub(span.start.index()) } else { usize::MAX };
        Self::new(span.start.line().max(1), span.start.col() + 1, len)
    }

    pub(super) fn line(self) -> usize {
        self.line as usize
    }

    pub(super) fn column(self) -> usize {
        self.column as usize
    }

    pub(super) fn len(self) -> usize {
        self.len as usize
    }
}

impl Lines {
    pub(super) fn new(file: &str, text: &str) -> Self {
        Self { file: file.to_owned(), text: text.to_owned(), split: OnceCell::new() }
    }

    fn split(&self) -> &Split {
        self.split.get_or_init(|| Split::of(&self.text))
    }

    /// The line with this number, counted from 1; empty beyond the end.
    pub(super) fn line(&self, number: usize) -> &str {
        self.get(number).and_then(|line| self.text.get(line.place.clone())).unwrap_or_default()
    }

    /// The same, for a fault, which keeps it. All faults of a line share it.
    pub(super) fn shared(&self, number: usize) -> Arc<str> {
        let text = || self.line(number).into();
        self.get(number).map_or_else(text, |line| Arc::clone(line.shared.get_or_init(text)))
    }

    fn get(&self, number: usize) -> Option<&Line> {
        self.split().lines.get(number.checked_sub(1)?)
    }

    /// Every line with its number.
    pub(super) fn numbered(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..=self.split().lines.len()).map(|number| (number, self.line(number)))
    }

    /// The first line, which stands for the whole file in messages.
    pub(super) fn start(&self) -> Span {
        Span::new(1, 1, self.line(1).chars().count())
    }

    /// A tab among the spaces before the text of this line, or else of the line before.
    pub(super) fn tab_in_indentation(&self, number: usize) -> Option<Span> {
        [number, number.saturating_sub(1)].into_iter().find_map(|line| {
            let mut indentation = self.line(line).chars().take_while(|character| character.is_whitespace());
            let column = indentation.position(|character| character == '\t')? + 1;
            Some(Span::new(line, column, 1))
        })
    }

    /// The end of the last line with text.
    fn end(&self) -> Span {
        let last = self.split().last;
        let column = self.line(last).trim_end().chars().count().max(1);
        Span::new(last, column, 1)
    }

    /// The part of a span that the file has. A file without text, as in a tree with numbers for locations, has every span.
    pub(super) fn shown(&self, span: Span) -> Span {
        if self.text.is_empty() {
            return span;
        }
        // The parser reports the end of a file on a line of its own; the message shows the last line with text.
        if span.line() > self.split().last {
            return self.end();
        }
        let len = self.get(span.line()).map_or(0, |line| line.len);
        Span::new(span.line(), span.column(), span.len().min(len.saturating_sub(span.column() - 1)))
    }
}

impl Split {
    /// Splits a text into its lines. As in YAML, a line ends with `\n`, `\r\n` or `\r`.
    fn of(text: &str) -> Self {
        let mut lines: Vec<Line> = Vec::new();
        let mut start = 0;
        while let Some(rest) = text.get(start..) {
            let end = rest.bytes().position(|byte| matches!(byte, b'\n' | b'\r'));
            let (line, after) = rest.split_at(end.unwrap_or(rest.len()));
            let place = start..start + line.len();
            start = place.end + if after.starts_with("\r\n") { 2 } else { 1 };
            lines.push(Line { place, len: line.trim_end().chars().count(), shared: OnceCell::new() });
        }
        let last = lines.iter().rposition(|line| line.len > 0).map_or(1, |index| index + 1);
        Self { lines, last }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_faults_of_a_line_share_its_text() {
        let lines = Lines::new("a.yaml", "a\nb");
        assert!(Arc::ptr_eq(&lines.shared(2), &lines.shared(2)));
        assert_eq!([&*lines.shared(1), &*lines.shared(2), &*lines.shared(3)], ["a", "b", ""]);
    }
}
