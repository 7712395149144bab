//! The values that aliases repeat, in files that somebody else wrote.

use std::collections::BTreeMap;

use super::node::{Node, Value};

/// The most values that the anchors of a file can name and its aliases repeat, all together. Aliases within aliases
/// multiply.
const MOST_REPEATED: usize = 1_000_000;

/// The values with anchors, and how many values were kept and repeated.
#[derive(Default)]
pub(super) struct Anchors {
    values: BTreeMap<usize, Anchored>,
    repeated: usize,
}

struct Anchored {
    value: Value,
    size: usize,
    depth: usize,
}

/// Why an alias repeats nothing.
pub(super) enum AliasFault {
    /// There is no value with the anchor, or none can be repeated here.
    Unknown,
    /// Too much was repeated already.
    TooMuch,
    /// The value is nested too deep for its place.
    TooDeep,
}

impl Anchors {
    /// Keeps a value that has an anchor, unless too much was kept. Then no alias can repeat it.
    pub(super) fn keep(&mut self, anchor: usize, node: &Node) {
        let (size, depth) = node.extent();
        if self.charge(size) {
            self.values.insert(anchor, Anchored { value: node.value.clone(), size, depth });
        }
    }

    /// The value with this anchor, for a place where so many lists and mappings can be nested.
    pub(super) fn repeat(&mut self, anchor: usize, room: usize) -> Result<Value, AliasFault> {
        let known = self.values.get(&anchor).map(|known| (known.size, known.depth));
        if known.is_some_and(|(_, depth)| depth > room) {
            return Err(AliasFault::TooDeep);
        }
        if self.repeated > MOST_REPEATED || known.is_some_and(|(size, _)| !self.charge(size)) {
            return Err(AliasFault::TooMuch);
        }
        self.values.get(&anchor).map(|known| known.value.clone()).ok_or(AliasFault::Unknown)
    }

    /// Whether so many values more can be kept or repeated.
    fn charge(&mut self, size: usize) -> bool {
        self.repeated = self.repeated.saturating_add(size);
        self.repeated <= MOST_REPEATED
    }
}

impl AliasFault {
    /// What is wrong, and what mends it.
    pub(super) fn says(&self) -> (&'static str, &'static str) {
        match self {
            Self::Unknown => (
                "the alias (`*name`) repeats a value from elsewhere",
                "write a `$ref` instead, or write the value out",
            ),
            Self::TooMuch => (
                "the aliases (`*name`) of this file repeat more than a million values",
                "write a `$ref` in place of aliases that hold aliases",
            ),
            Self::TooDeep => (
                "the alias (`*name`) repeats a value that is nested too deep for this place",
                "give the inner part a name under `components` and use a `$ref`",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::read_published;

    /// Whether a text has a tree, and what its faults say.
    fn read(text: &str) -> (bool, Vec<String>) {
        let (tree, faults) = read_published("a.yaml", text.as_bytes());
        (tree.is_some(), faults.iter().map(|fault| fault.what.to_string()).collect())
    }

    #[test]
    fn an_alias_repeats_what_its_anchor_names() {
        let (tree, faults) = read_published("a.yaml", b"a: &x {b: [1]}\nc: *x\n");
        assert_eq!(faults, []);
        assert_eq!(tree.unwrap().to_json(), serde_json::json!({"a": {"b": [1]}, "c": {"b": [1]}}));
    }

    #[test]
    fn an_alias_of_a_text_can_be_a_key_and_one_of_anything_else_is_reported() {
        let (tree, faults) = read_published("a.yaml", b"a: &x b\n*x : {c: 1}\n");
        assert_eq!(faults, []);
        assert_eq!(tree.unwrap().to_json(), serde_json::json!({"a": "b", "b": {"c": 1}}));
        let what = "a key is an alias of something that isn't text".to_owned();
        for value in ["[b]", "{b: 1}", "1", "true"] {
            assert_eq!(
                read(&format!("a: &x {value}\n*x : {{c: 1}}\n")),
                (true, vec![what.clone()]),
                "{value}"
            );
        }
    }

    #[test]
    fn aliases_nest_no_deeper_than_what_is_written() {
        let levels = |count: usize| "[".repeat(count) + &"]".repeat(count);
        let text = |inner: usize| format!("a: &x {}\nb: {{c: [*x]}}\n", levels(inner));
        assert_eq!(read(&text(61)), (true, Vec::new()));
        let (_, faults) = read(&text(62));
        assert_eq!(faults, ["the alias (`*name`) repeats a value that is nested too deep for this place"]);
        let doubled: String = (1..100).map(|i| format!("a{i}: &a{i} [*a{}]\n", i - 1)).collect();
        let (has_tree, faults) = read(&format!("a0: &a0 []\n{doubled}"));
        assert_eq!((has_tree, faults.len()), (false, 1));
    }

    #[test]
    fn what_is_kept_for_aliases_is_limited_too() {
        let (opened, closed) = ((0..50).map(|i| format!("&c{i} [")).collect::<String>(), "]".repeat(50));
        let many = format!("a: &a [{}]\nb: &b [{}]\n", "1, ".repeat(1_000), "*a, ".repeat(200));
        // No alias repeats what is kept most often.
        assert_eq!(read(&format!("{many}c: {opened}*b{closed}\n")), (true, Vec::new()));
        let nested = format!("{many}c: {opened}*b{closed}\nd: *c0\n");
        let (has_tree, faults) = read(&nested);
        assert_eq!(faults, ["the aliases (`*name`) of this file repeat more than a million values"]);
        assert!(!has_tree);
    }
}
