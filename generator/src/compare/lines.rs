//! The lines that declarations and their parts stand on.
//!
//! Generated code is laid out for its diffs: the head of each declaration begins in the first column, and each part begins a
//! line. So the lines are found without a parser that keeps them for each token, which would slow down all that is parsed.

use std::collections::BTreeMap;

use super::item::Declared;
use super::public_api::{is_list, name};

/// The lines of one file, counted from 1.
#[derive(Debug, Default)]
pub(super) struct Lines(BTreeMap<Declared, usize>);

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        let mut lines = Self::default();
        let mut list: Option<String> = None;
        let mut declaration = String::new();
        for (number, line) in (1..).zip(text.lines()) {
            let words = words(line);
            let is_head = line.starts_with(|first: char| first.is_alphabetic());
            match (words.first(), &list) {
                _ if line == "}" => list = None,
                (None, _) => {}
                (Some(part), Some(list)) => lines.put(list, Some(part), number),
                (Some(first), None) if is_head && line.ends_with("! {") && is_list(first) => {
                    lines.put(first, None, number);
                    list = Some(first.clone());
                }
                (Some(_), None) if is_head => {
                    declaration = name(&words).unwrap_or_default();
                    lines.put(&declaration, None, number);
                }
                (Some(part), None) => lines.put(&declaration, Some(part), number),
            }
        }
        lines
    }

    fn put(&mut self, declaration: &str, part: Option<&String>, line: usize) {
        let declared = Declared { declaration: declaration.to_owned(), part: part.cloned() };
        self.0.entry(declared).or_insert(line);
    }

    /// The line of a part, or else of its declaration, or else the first of the file.
    pub(super) fn of(&self, declared: &Declared) -> usize {
        // The declarations of a group's handle have the name of the group before theirs.
        let declaration = declared.declaration.rsplit('/').next().unwrap_or_default().to_owned();
        let whole = Declared { declaration, part: None };
        let part = Declared { part: declared.part.clone(), ..whole.clone() };
        [&part, &whole].into_iter().find_map(|declared| self.0.get(declared)).copied().unwrap_or(1)
    }
}

/// The words of a line that isn't a comment or an attribute.
fn words(line: &str) -> Vec<String> {
    let line = line.trim_start();
    if line.starts_with(['/', '#']) {
        return Vec::new();
    }
    let words = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_and_declarations_have_their_lines() {
        let text = "\
// @generated
group! {
/// The `open` handle.
pub struct Boxes(\"boxes\");

pub fn open(
    &self,
) -> Call<op::BoxesOpen, Key> {
    #![optional(side)]
}
}
operations! {
pub enum BoxesOpen(Key): Depot -> Json<Thing> {
    Spec::post(\"boxes_open\", \"/open\");
    (id: String) = Parameter::path(\"id\");
}
}
impl Carries<Token> for Badge {}
groups! {
words [\"a\"];
    /// The boxes.
    boxes: Boxes = \"depot-boxes\",
}
types! {
pub enum Side: open_enum { Left = \"left\", }
}
examples! {
boxes_open: BoxesOpen = 200 json r#\"{}\"#,
}
";
        let lines = Lines::new(text);
        let line = |declaration: &str, part: &str| {
            let part = (!part.is_empty()).then(|| part.to_owned());
            lines.of(&Declared { declaration: declaration.to_owned(), part })
        };
        assert_eq!((line("boxes/Boxes", ""), line("boxes/open", "")), (4, 6));
        assert_eq!((line("BoxesOpen", ""), line("BoxesOpen", "id")), (13, 15));
        assert_eq!((line("Carries for Badge", ""), line("groups", "boxes")), (18, 22));
        assert_eq!((line("Side", "Left"), line("examples", "boxes_open")), (25, 28));
        assert_eq!(line("Gone", ""), 1);
    }
}
