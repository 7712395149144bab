//! Blocks of code in Markdown. rustdoc compiles each that names no other language, so each gets one here.

use std::borrow::Cow;

/// What a line of Markdown is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line<'a> {
    /// A line outside of blocks of code.
    Text,
    /// The begin of a block: what stands before the fence, the fence, and what is said of the code.
    Opening { before: &'a str, fence: &'a str, info: &'a str },
    /// A line within a block.
    Code,
    /// The end of a block.
    Closing,
}

/// Tells the lines of a text apart, in their order.
#[derive(Debug, Default)]
pub(crate) struct Blocks<'a> {
    open: Option<(&'a str, &'a str)>,
}

impl<'a> Blocks<'a> {
    pub(crate) fn read(&mut self, line: &'a str) -> Line<'a> {
        match (fence(line), self.open) {
            (None, None) => Line::Text,
            (Some(opening @ Line::Opening { before, fence, .. }), None) => {
                self.open = Some((before, fence));
                opening
            }
            (Some(Line::Opening { fence, info: "", .. }), Some((_, open))) if fence.starts_with(open) => {
                self.open = None;
                Line::Closing
            }
            (_, _) => Line::Code,
        }
    }
}

/// The begin of a block of code, if the line is one. It can stand in a list or in a quote.
fn fence(line: &str) -> Option<Line<'_>> {
    let start = line.find(['`', '~'])?;
    let (before, rest) = line.split_at(start);
    let is_around = |word: &str| is_mark(word) || word.bytes().all(|byte| byte == b'>');
    let can_begin = before.is_empty() || before.ends_with([' ', '\t', '>']);
    let mark = rest.chars().next()?;
    let (fence, info) = rest.split_at(rest.len() - rest.trim_start_matches(mark).len());
    let is_code_in_text = mark == '`' && info.contains('`');
    let is_fence = fence.len() >= 3 && !is_code_in_text && can_begin;
    let opening = Line::Opening { before, fence, info: info.trim() };
    (is_fence && before.split_whitespace().all(is_around)).then_some(opening)
}

/// Whether the word, where it begins a line, makes the line an item of a list.
pub(crate) fn is_mark(word: &str) -> bool {
    let number = word.trim_end_matches(['.', ')']);
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    ["-", "*", "+"].contains(&word) || (is_number && word.len() == number.len() + 1)
}

/// The text with a language for each block of code, and with the end of a block that is left open. So rustdoc compiles
/// none of them, and nothing that follows the text becomes a part of one.
pub(crate) fn with_languages(text: &str) -> String {
    let mut blocks = Blocks::default();
    let mut indented = Indented::default();
    let mut lines: Vec<Cow<'_, str>> = Vec::new();
    for line in text.lines() {
        match blocks.read(line) {
            Line::Text => indented.add(line, &mut lines),
            Line::Opening { before, fence, info } => {
                indented.end(&mut lines);
                lines.push(format!("{before}{fence}{}", language(info)).into());
            }
            Line::Code | Line::Closing => lines.push(line.into()),
        }
    }
    indented.end(&mut lines);
    if let Some((before, fence)) = blocks.open {
        let before = before.replace(|c: char| c != '>', " ");
        lines.push(format!("{before}{fence}").into());
    }
    lines.join("\n")
}

/// The language of a block, which is one that rustdoc doesn't compile.
fn language(info: &str) -> &str {
    const OF_RUST: &[&str] = &[
        "rust",
        "should_panic",
        "no_run",
        "ignore",
        "compile_fail",
        "test_harness",
        "edition",
        "standalone",
        "custom",
    ];
    let language = info.split([',', ' ', '\t', '{', '}']).next().unwrap_or_default();
    let is_of_rust = OF_RUST.iter().any(|word| language.starts_with(word));
    if language.is_empty() || is_of_rust { "text" } else { language }
}

/// A block of code, with a fence that doesn't occur in it.
pub(crate) fn block(language: &str, code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.saturating_add(1).max(3));
    format!("{fence}{language}\n{code}\n{fence}")
}

/// Puts fences around the blocks that are told by four blanks before each line. In a list, these blanks can mean that a
/// line belongs to an item.
#[derive(Default)]
struct Indented {
    is_open: bool,
    is_in_list: bool,
    /// Whether there is text on the line before. No block follows it directly.
    is_in_text: bool,
}

impl Indented {
    fn add<'a>(&mut self, line: &'a str, lines: &mut Vec<Cow<'a, str>>) {
        let code = line.strip_prefix("    ").or_else(|| line.strip_prefix('\t'));
        let is_empty = line.trim().is_empty();
        let code = code.filter(|_| !is_empty && !self.is_in_list && !self.is_in_text);
        match code {
            Some(_) if !self.is_open => {
                self.is_open = true;
                lines.push("```text".into());
            }
            None if !is_empty => self.end(lines),
            _ => {}
        }
        let is_item = line.trim_start().split_once(' ').is_some_and(|(mark, _)| is_mark(mark));
        let is_paragraph = !is_empty && !self.is_in_text && !line.starts_with([' ', '\t']);
        self.is_in_list = code.is_none() && (is_item || self.is_in_list && !is_paragraph);
        self.is_in_text = code.is_none() && !is_empty;
        lines.push(code.unwrap_or(line).into());
    }

    fn end(&mut self, lines: &mut Vec<Cow<'_, str>>) {
        if std::mem::take(&mut self.is_open) {
            let code = lines.iter().rposition(|line| !line.trim().is_empty()).map_or(0, |last| last + 1);
            lines.insert(code, "```".into());
        }
        self.is_in_text = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_block_gets_a_language_that_is_not_compiled() {
        let cases = [
            ("```\na\n```", "```text\na\n```"),
            ("``` rust,no_run\na\n```\nb", "```text\na\n```\nb"),
            ("~~~ignore\n```\n~~~", "~~~text\n```\n~~~"),
            ("```json title=\"a\"\n{}\n```", "```json\n{}\n```"),
            ("````\n```\n````\n```\nb\n```", "````text\n```\n````\n```text\nb\n```"),
            ("- ```\n  a\n  ```\n> ```\n> b\n> ```", "- ```text\n  a\n  ```\n> ```text\n> b\n> ```"),
            ("A ```b``` and\n```c``` are code in a text.", "A ```b``` and\n```c``` are code in a text."),
        ];
        for (text, expected) in cases {
            assert_eq!(with_languages(text), expected, "{text}");
        }
    }

    #[test]
    fn a_block_that_is_left_open_is_closed() {
        assert_eq!(with_languages("A:\n\n```json\n{}"), "A:\n\n```json\n{}\n```");
        assert_eq!(with_languages("1. ```\n   a"), "1. ```text\n   a\n   ```");
    }

    #[test]
    fn no_code_ends_its_block() {
        assert_eq!(block("text", "a `b`"), "```text\na `b`\n```");
        assert_eq!(block("text", "```\na"), "````text\n```\na\n````");
    }

    #[test]
    fn an_indented_block_gets_fences() {
        let cases = [
            ("A:\n\n    b\n\n      c\n\nd", "A:\n\n```text\nb\n\n  c\n```\n\nd"),
            ("A:\n\n\tb", "A:\n\n```text\nb\n```"),
            ("A\n    goes on", "A\n    goes on"),
            ("- a\n\n    b\n\nc\n\n    d", "- a\n\n    b\n\nc\n\n```text\nd\n```"),
        ];
        for (text, expected) in cases {
            assert_eq!(with_languages(text), expected, "{text}");
        }
    }
}
