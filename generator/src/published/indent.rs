//! Indents lines that have to stand further in for YAML. Other readers accept the later lines of a text in
//! quotes, and a closing bracket, at any column.

use std::borrow::Cow;

use super::{Repair, unreadable};
use crate::fault::{Fault, Location};
use crate::source::{self, Node};

/// The most lines that are indented, each of which costs one more reading.
const MOST: usize = 100;

/// Reads the text, with lines indented where nothing else is wrong.
pub(super) fn read(file: &str, text: Cow<'_, str>, repairs: &mut Vec<Repair>) -> (Option<Node>, Vec<Fault>) {
    let mut text = text;
    let mut left = MOST;
    loop {
        let (tree, found) = source::read_published(file, text.as_bytes());
        if tree.is_some() {
            return (tree, found);
        }
        if let Some(fault) = unreadable::fault(file, &text) {
            return (None, vec![fault]);
        }
        let repaired = found
            .iter()
            .filter(|_| left > 0)
            .find_map(|fault| Some((fault.clone(), indented(&text, fault)?)));
        let Some((fault, repaired)) = repaired else { return (None, found) };
        repairs.push(Repair { what: "indented what isn't indented as YAML asks for", fault });
        text = Cow::Owned(repaired);
        left -= 1;
    }
}

/// The text with more blanks before the lines that a fault is about.
fn indented(text: &str, fault: &Fault) -> Option<String> {
    let location = fault.location.as_ref().filter(|_| fault.what.contains("invalid indentation"))?;
    let lines: Vec<&str> = text.split('\n').collect();
    let (from, to, blanks) = if fault.what.contains("quoted scalar") {
        of_quoted(&lines, location)?
    } else {
        of_bracket(&lines, location)?
    };
    let mut repaired = String::with_capacity(text.len() + 100);
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            repaired.push('\n');
        }
        if (from..=to).contains(&index) && !line.trim().is_empty() {
            repaired.push_str(&" ".repeat(blanks));
            repaired.push_str(line.trim_start());
        } else {
            repaired.push_str(line);
        }
    }
    Some(repaired)
}

/// The lines after the first one of a text in quotes. Blanks at their start aren't part of the text.
fn of_quoted(lines: &[&str], location: &Location) -> Option<(usize, usize, usize)> {
    let first = location.line.checked_sub(1)?;
    let start: String = lines.get(first)?.chars().skip(location.column.checked_sub(1)?).collect();
    let quote = start.chars().next().filter(|quote| ['"', '\''].contains(quote))?;
    let rest = lines.get(first + 1..)?;
    let last = rest.iter().position(|line| ends(line, quote))? + first + 1;
    let is_further_in = |line: &&str| line.len() - line.trim_start().len() >= location.column;
    let is_new = !lines.get(first + 1..=last)?.iter().all(is_further_in);
    is_new.then_some((first + 1, last, location.column))
}

/// Whether the quote that ends a text stands in the line.
fn ends(line: &str, quote: char) -> bool {
    match quote {
        '"' => line.replace("\\\\", "").replace("\\\"", "").contains('"'),
        _ => line.replace("''", "").contains('\''),
    }
}

/// A line that begins with the bracket that ends a list or a mapping.
fn of_bracket(lines: &[&str], location: &Location) -> Option<(usize, usize, usize)> {
    let index = location.line.checked_sub(1)?;
    let line = lines.get(index).filter(|line| line.trim_start().starts_with(['}', ']']))?;
    let before = lines.get(..index)?.iter().rev().find(|line| !line.trim().is_empty())?;
    let blanks = before.len() - before.trim_start().len() + 1;
    (line.len() - line.trim_start().len() < blanks).then_some((index, index, blanks))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn tree(text: &str) -> Option<serde_json::Value> {
        let (tree, _) = read("api.yaml", Cow::Borrowed(text), &mut Vec::new());
        tree.map(|tree| tree.to_json())
    }

    #[test]
    fn brackets_and_texts_in_quotes_can_end_anywhere() {
        let text = "a:\n  b: {\n    c: 1,\n  }\n  d: [\n  ]\n  e: \"one\ntwo\\\"\n\nthree\"\nf: 1\n";
        let expected = json!({"a": {"b": {"c": 1}, "d": [], "e": "one two\"\nthree"}, "f": 1});
        assert_eq!(tree(text), Some(expected));
        assert_eq!(tree("a:\n  b: {\n  c: 1\n"), None);
    }
}
