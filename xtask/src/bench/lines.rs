//! The size of what was generated.

use std::path::Path;

use super::scratch;
use crate::fault::Faults;

/// Lines of code, blank ones and documentation included.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Lines {
    pub(super) all: usize,
    /// Those of them that are documentation.
    pub(super) docs: usize,
}

/// Counts the lines of all Rust files under a folder.
pub(super) fn count(folder: &Path) -> Result<Lines, Faults> {
    let mut lines = Lines::default();
    for file in scratch::files(folder)?.iter().filter(|file| file.extension().is_some_and(|end| end == "rs"))
    {
        let text = scratch::read(file)?;
        lines.all += text.lines().count();
        lines.docs += docs(&text);
    }
    Ok(lines)
}

/// The number of lines that are documentation. prettyplease prints documentation of several lines as one block comment, and
/// rustfmt leaves `#[doc]` attributes as they are. The attributes within a generated method are the parts of its
/// documentation.
fn docs(text: &str) -> usize {
    let mut is_within = false;
    let is_doc = |line: &&str| {
        let line = line.trim();
        let begins = line.starts_with("/**") || line.starts_with("/*!");
        let is_part = line.starts_with("#![") && !line.starts_with("#![allow");
        let is_whole = is_part || ["///", "//!", "#[doc"].iter().any(|start| line.starts_with(start));
        let is_doc = is_within || begins || is_whole;
        is_within = (is_within || begins) && !line.ends_with("*/");
        is_doc
    };
    text.lines().filter(is_doc).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_documentation_is_known() {
        let text = "//! A\n\n// no\n/// B\nfn b() {}\n/**C\n\n D*/\nfn c() {}\n/** E */\n#[doc = \"F\"]\nfn e() {\n    #![retry(never)]\n}\n";
        assert_eq!(docs(text), 8);
    }

    #[test]
    fn only_code_is_counted() {
        let folder = tempfile::tempdir().unwrap();
        scratch::write(&folder.path().join("src/a.rs"), "/// A\nstruct A;\n\n").unwrap();
        scratch::write(&folder.path().join("features.json"), "{}\n").unwrap();
        assert_eq!(count(folder.path()).unwrap(), Lines { all: 3, docs: 1 });
    }
}
