//! The spec's texts as documentation comments.

use std::borrow::Cow;

use crate::markdown::{Blocks, Line, is_mark};

/// How long a line of a text may be; the code around it is kept to the same width.
const WIDTH: usize = 112;

/// How far the lines of a long item or paragraph are indented at most. Each of them is.
const MOST_INDENT: usize = 40;

/// How far what stands within braces is indented.
pub(super) const INDENT: &str = "    ";

/// The comment of an item with this text, with the marker of what is deprecated.
pub(super) fn comment(text: &str, deprecated: bool, indent: &str) -> Vec<String> {
    let comment = lines(text).into_iter().map(|line| comment_line(indent, "///", &line));
    comment.chain(deprecated.then(|| format!("{indent}#[deprecated]"))).collect()
}

/// A line of a comment, without blanks at its end.
pub(super) fn comment_line(indent: &str, mark: &str, line: &str) -> String {
    let mut comment = [indent, mark, " ", line].concat();
    comment.truncate(comment.trim_end().len());
    comment
}

/// A text, or the name where there is none.
pub(super) fn or_name(text: &str, name: &str) -> String {
    let name = if name.is_empty() { "\"\"" } else { name };
    if text.is_empty() { format!("`{name}`.") } else { text.to_owned() }
}

/// The lines of a text: each paragraph and each item of a list is filled anew, anything else keeps its lines.
pub(super) fn lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut paragraph = String::new();
    let mut blocks = Blocks::default();
    for line in text.trim().lines().map(str::trim_end) {
        let is_code = blocks.read(line) != Line::Text;
        let stands_alone = is_code || line.is_empty() || line.starts_with(['|', '#', '>']);
        if stands_alone || is_item(line) {
            lines.extend(filled(&std::mem::take(&mut paragraph)));
        }
        match (stands_alone, paragraph.is_empty()) {
            (true, _) => lines.push(line.to_owned()),
            (false, true) => paragraph = line.to_owned(),
            (false, false) => paragraph.extend([" ", line.trim_start()]),
        }
    }
    lines.extend(filled(&paragraph));
    lines
}

/// Replaces each piece of code in the text, which stands in backticks, by what the function makes of it and of the text
/// before it, if it makes something. Blocks of code, and code that is a link already, stay as they are.
pub(super) fn map_code(text: &str, replaced: impl Fn(&str, &str) -> Option<String>) -> String {
    if !text.contains('`') {
        return text.to_owned();
    }
    let mut mapped = String::with_capacity(text.len());
    for (index, part) in text.split("```").enumerate() {
        if index > 0 {
            mapped.push_str("```");
        }
        if index % 2 == 1 {
            mapped.push_str(part);
            continue;
        }
        let mut pieces = part.split('`').enumerate().peekable();
        while let Some((index, piece)) = pieces.next() {
            let is_code = index % 2 == 1 && pieces.peek().is_some();
            match Some(piece).filter(|_| is_code && !mapped.ends_with('[')) {
                Some(piece) => {
                    let code = replaced(&mapped, piece).unwrap_or_else(|| format!("`{piece}`"));
                    mapped.push_str(&code);
                }
                None if is_code => mapped.extend(["`", piece, "`"]),
                None if index % 2 == 1 => mapped.extend(["`", piece]),
                None => mapped.push_str(piece),
            }
        }
    }
    mapped
}

/// Whether rustdoc can find an item by its name on the wire beside that in Rust.
pub(super) fn can_be_searched(wire: &str, rust: &str) -> bool {
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_.".contains(letter);
    wire != rust && !wire.is_empty() && wire.chars().all(is_plain)
}

/// The comment on a value that looks secret: why it isn't.
pub(super) fn not_secret(reason: &str) -> String {
    format!("{INDENT}// Not secret: {reason}")
}

/// A text as an item of a list: its further paragraphs are indented, so that they belong to the item.
pub(super) fn item(text: &str) -> String {
    let mut lines = text.trim().lines();
    let first = format!("- {}", lines.next().unwrap_or_default());
    let rest = lines.map(|line| if line.is_empty() { "\n".to_owned() } else { format!("\n  {line}") });
    std::iter::once(first).chain(rest).collect()
}

/// Whether a line begins an item of a list.
pub(super) fn is_item(line: &str) -> bool {
    line.trim_start().split_once(' ').is_some_and(|(mark, _)| is_mark(mark))
}

/// The lines of one paragraph or item.
fn filled(paragraph: &str) -> Vec<String> {
    if paragraph.is_empty() {
        return Vec::new();
    }
    // No character is broader than it has bytes.
    if paragraph.len() <= WIDTH {
        return vec![paragraph.trim_end_matches(' ').to_owned()];
    }
    let text = paragraph.trim_start();
    let mark = text.split_once(' ').map(|(mark, _)| mark.len() + 1).filter(|_| is_item(text));
    let indent = " ".repeat((paragraph.len() - text.len() + mark.unwrap_or_default()).min(MOST_INDENT));
    let options = textwrap::Options::new(WIDTH)
        .break_words(false)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .subsequent_indent(&indent);
    let glued = keep_marks_inside(paragraph);
    let unglued = |line: Cow<'_, str>| match line.contains(GLUE) {
        true => line.replace(GLUE, " "),
        false => line.into_owned(),
    };
    textwrap::wrap(&glued, options).into_iter().map(unglued).collect()
}

/// Stands for a blank at which a line isn't to be broken.
const GLUE: char = '\0';

/// Glues each word that would make its line an item, a heading or a quote to the word before.
fn keep_marks_inside(paragraph: &str) -> String {
    let mut words = paragraph.split(' ');
    let mut glued = words.next().unwrap_or_default().to_owned();
    for word in words {
        let begins_block = is_mark(word) || word.starts_with(['#', '>']);
        glued.push(if begins_block { GLUE } else { ' ' });
        glued.push_str(word);
    }
    glued
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_filled_anew_and_code_is_not() {
        let text = format!("One\ntwo.\n\n```text\na\nb\n```\n{}", "word ".repeat(30));
        let (first, second) = ("word ".repeat(22), "word ".repeat(8));
        assert_eq!(lines(&text), ["One two.", "", "```text", "a", "b", "```", first.trim(), second.trim()]);
    }

    #[test]
    fn an_item_goes_on_under_its_text() {
        let long = vec!["word"; 30].join(" ");
        let text = format!("- a\n  b\n  - {long}\n10. {long}");
        let printed = lines(&text);
        assert_eq!(printed.first().map(String::as_str), Some("- a b"));
        assert_eq!(printed.iter().filter(|line| line.starts_with("    word")).count(), 2, "{printed:#?}");
    }

    #[test]
    fn no_line_is_mostly_indentation() {
        let printed = lines(&format!("a\n\n{}- {}", " ".repeat(10_000), "word ".repeat(10_000)));
        let longest = printed.iter().skip(3).map(String::len).max();
        assert!(longest.is_some_and(|longest| longest <= WIDTH), "{longest:?}");
    }

    #[test]
    fn no_line_becomes_an_item_by_being_broken() {
        let text = format!("{} - 1. # > end", vec!["word"; 21].join(" "));
        assert_eq!(lines(&text), [vec!["word"; 20].join(" ").as_str(), "word - 1. # > end"]);
    }

    #[test]
    fn code_is_replaced_outside_of_blocks_and_links() {
        let upper = |_: &str, word: &str| word.starts_with('a').then(|| word.to_uppercase());
        let cases = [
            ("no code", "no code"),
            ("`ab`, `b` and `ac`", "AB, `b` and AC"),
            ("[`ab`] and `a` alone: `a", "[`ab`] and A alone: `a"),
            ("`a`\n\n```json\n`a`\n```\n`a`", "A\n\n```json\n`a`\n```\nA"),
        ];
        for (text, mapped) in cases {
            assert_eq!(map_code(text, upper), mapped);
        }
    }

    #[test]
    fn all_of_an_item_is_indented() {
        assert_eq!(item("One.\n\nTwo:\n- three"), "- One.\n\n  Two:\n  - three");
    }
}
