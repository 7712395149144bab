//! What was generated from a mutant, as far as the compiler has to look at it.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use generator::Output;

/// The feature of groups that aren't compiled. No crate has it.
const LEFT_OUT: &str = "left-out";

/// What stands before the list of known words, at the end of a file. The list is one text in quotes.
const WORDS: &str = "const KNOWN_WORDS";

/// Generated code.
#[derive(Debug)]
pub(super) struct Code {
    /// The texts by their paths: `descope/oauth.rs`.
    pub(super) files: BTreeMap<String, String>,
    /// The features that it names.
    pub(super) features: BTreeSet<String>,
}

impl Code {
    /// All that was generated.
    pub(super) fn new(output: Output) -> Self {
        let files = output.files.iter().map(|(path, text)| {
            let mut parts = path.rsplitn(3, '/');
            let (file, service) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            (format!("{service}/{file}"), text.to_owned())
        });
        Self { files: files.collect(), features: output.features.into_keys().collect() }
    }

    /// The services.
    pub(super) fn services(&self) -> BTreeSet<&str> {
        self.files.keys().filter_map(|path| path.split('/').next()).collect()
    }

    /// How many lines there are.
    pub(super) fn lines(&self) -> usize {
        self.files.values().map(|text| text.lines().count()).sum()
    }

    /// A hash of what the compiler sees, without the words of comments. Of several mutants with the same hash, only one has
    /// to be compiled.
    pub(super) fn hash(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        for (path, text) in &self.files {
            path.hash(&mut hasher);
            essence(text).for_each(|line| line.hash(&mut hasher));
        }
        hasher.finish()
    }

    /// Leaves out the groups that are as in the original, unless what the groups share differs from it.
    pub(super) fn reduce(&mut self, original: &Self) {
        let is_same = |path: &str, text: &str| {
            original.files.get(path).is_some_and(|known| essence(known).eq(essence(text)))
        };
        let (same, changed): (Vec<(&String, &String)>, Vec<_>) =
            self.files.iter().partition(|(path, text)| is_same(path, text));
        let is_shared = |path: &str| path.ends_with("/mod.rs") || path.ends_with("/common.rs");
        if changed.into_iter().any(|(path, _)| is_shared(path)) {
            return;
        }
        let same: BTreeSet<String> = same.into_iter().map(|(path, _)| path.clone()).collect();
        self.files.retain(|path, _| is_shared(path) || !same.contains(path));
        for (path, text) in self.files.iter_mut().filter(|(path, _)| path.ends_with("/mod.rs")) {
            let service = path.trim_end_matches("mod.rs");
            let lines = text
                .lines()
                .map(|line| leave_out(line, |group| same.contains(&format!("{service}{group}.rs"))));
            *text = lines.collect::<Vec<_>>().join("\n");
        }
    }
}

/// The line of a group with another feature: `    oauth: Oauth = "left-out",` for `    oauth: Oauth = "descope-oauth",`.
fn leave_out(line: &str, is_same: impl Fn(&str) -> bool) -> String {
    match (line.trim_start().split_once(": "), line.split_once(" = \"")) {
        (Some((group, _)), Some((declared, _))) if is_same(group.trim_start_matches("r#")) => {
            format!("{declared} = {LEFT_OUT:?},")
        }
        _ => line.to_owned(),
    }
}

/// The lines up to the list of known words, where a comment of many lines counts like one of a single line.
fn essence(text: &str) -> impl Iterator<Item = &str> {
    let code = text.split_once(WORDS).map_or(text, |(code, _)| code);
    let mut after_comment = false;
    code.lines().filter_map(move |line| {
        let is_comment = is_plain_comment(line);
        let is_further = is_comment && after_comment;
        after_comment = is_comment;
        (!is_further).then_some(if is_comment { "//" } else { line })
    })
}

/// Whether a line is a comment with nothing in it that the compiler could refuse.
fn is_plain_comment(line: &str) -> bool {
    let line = line.trim_start();
    ["///", "//!", "// "].iter().any(|start| line.starts_with(start))
        && line.chars().all(|character| character == ' ' || character.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(files: &[(&str, &str)]) -> Code {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        Code { files: files.collect(), features: BTreeSet::new() }
    }

    #[test]
    fn the_words_of_comments_make_no_difference() {
        let of = |text| code(&[("a/b.rs", text)]).hash();
        let text = "/// One.\nb! {}\nconst KNOWN_WORDS: &str = \"a\";\n";
        assert_eq!(of(text), of("/// One,\n/// two.\nb! {}\nconst KNOWN_WORDS: &str = \"a b\";\n"));
        for other in ["b! {}\n", "/// \u{202e}.\nb! {}\n", "/// One.\nc! {}\n", "/// One.\nb! {}\n/// Two.\n"]
        {
            assert_ne!(of(text), of(other), "{other}");
        }
    }

    #[test]
    fn groups_that_are_the_same_are_left_out() {
        let groups = "groups! {\n    b: B = \"a-b\",\n    c: C = \"a-c\",\n}";
        let original = code(&[("a/mod.rs", groups), ("a/common.rs", "d"), ("a/b.rs", "b"), ("a/c.rs", "c")]);
        let mut mutant =
            code(&[("a/mod.rs", groups), ("a/common.rs", "d"), ("a/b.rs", "b"), ("a/c.rs", "e")]);
        mutant.reduce(&original);
        assert_eq!(mutant.files.keys().collect::<Vec<_>>(), ["a/c.rs", "a/common.rs", "a/mod.rs"]);
        assert_eq!(mutant.files["a/mod.rs"], "groups! {\n    b: B = \"left-out\",\n    c: C = \"a-c\",\n}");

        let mut mutant =
            code(&[("a/mod.rs", groups), ("a/common.rs", "e"), ("a/b.rs", "b"), ("a/c.rs", "e")]);
        mutant.reduce(&original);
        assert_eq!(mutant.files.len(), 4);
    }
}
