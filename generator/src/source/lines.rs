//! The lines of a file, which messages show.

use std::sync::Arc;

/// A file's name and its lines.
#[derive(Debug)]
pub(super) struct Lines {
    pub(super) file: String,
    lines: Vec<Line>,
    /// The number of the last line with text; 1 if there is none.
    last: usize,
}

#[derive(Debug)]
struct Line {
    text: Arc<str>,
    /// The number of its characters, without blanks at its end.
    len: usize,
}

impl Line {
    fn new(text: &str) -> Self {
        Self { text: text.into(), len: text.trim_end().chars().count() }
    }
}

/// A part of one line, counted like a [`Location`](crate::fault::Location).
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) len: usize,
}

impl Lines {
    /// Splits a text into its lines. As in YAML, a line ends with `\n`, `\r\n` or `\r`.
    pub(super) fn new(file: &str, text: &str) -> Self {
        let mut lines: Vec<Line> = Vec::new();
        let mut rest = text;
        while let Some(end) = rest.find(['\n', '\r']) {
            let (line, after) = rest.split_at(end);
            lines.push(Line::new(line));
            rest = after.strip_prefix("\r\n").unwrap_or_else(|| after.get(1..).unwrap_or_default());
        }
        lines.push(Line::new(rest));
        let last = lines.iter().rposition(|line| line.len > 0).map_or(1, |index| index + 1);
        Self { file: file.to_owned(), lines, last }
    }

    /// The line with this number, counted from 1; empty beyond the end.
    pub(super) fn line(&self, number: usize) -> &str {
        self.get(number).map_or("", |line| &line.text)
    }

    /// The same, to be kept.
    pub(super) fn shared(&self, number: usize) -> Arc<str> {
        self.get(number).map_or_else(|| "".into(), |line| Arc::clone(&line.text))
    }

    fn get(&self, number: usize) -> Option<&Line> {
        self.lines.get(number.checked_sub(1)?)
    }

    /// Every line with its number.
    pub(super) fn numbered(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines.iter().enumerate().map(|(index, line)| (index + 1, &*line.text))
    }

    /// The first line, which stands for the whole file in messages.
    pub(super) fn start(&self) -> Span {
        Span { line: 1, column: 1, len: self.line(1).chars().count() }
    }

    /// A tab among the spaces before the text of this line, or else of the line before.
    pub(super) fn tab_in_indentation(&self, number: usize) -> Option<Span> {
        [number, number.saturating_sub(1)].into_iter().find_map(|line| {
            let mut indentation = self.line(line).chars().take_while(|character| character.is_whitespace());
            let column = indentation.position(|character| character == '\t')? + 1;
            Some(Span { line, column, len: 1 })
        })
    }

    /// The end of the last line with text.
    fn end(&self) -> Span {
        let column = self.line(self.last).trim_end().chars().count().max(1);
        Span { line: self.last, column, len: 1 }
    }

    /// The part of a span of the parser that is on its first line.
    pub(super) fn span(&self, span: saphyr_parser::Span) -> Span {
        let (line, column) = (span.start.line().max(1), span.start.col() + 1);
        // The parser reports the end of a file on a line of its own; the message shows the last line with text.
        if line > self.last {
            return self.end();
        }
        let rest_of_line = self.get(line).map_or(0, |line| line.len).saturating_sub(column - 1);
        let is_one_line = span.end.line() == span.start.line();
        let len =
            if is_one_line { span.end.index().saturating_sub(span.start.index()) } else { rest_of_line };
        Span { line, column, len: len.min(rest_of_line) }
    }
}
