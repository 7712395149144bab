//! Names that are different from each other.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

/// An identifier as the compiler compares it with others: two ways to write a letter with an accent are one name.
pub(crate) fn as_compared(name: &str) -> String {
    if name.is_ascii() { name.to_owned() } else { name.nfc().collect() }
}

/// The names that are taken in one place, such as those of the members of an object.
#[derive(Debug, Default)]
pub(crate) struct TakenNames {
    names: BTreeSet<String>,
    /// The number to try next behind a text, so that many equal names take no longer than different ones.
    numbers: BTreeMap<String, usize>,
    #[cfg(test)]
    tried: usize,
}

impl TakenNames {
    /// Takes a name, unless it is taken already.
    pub(crate) fn take(&mut self, name: &str) -> bool {
        #[cfg(test)]
        {
            self.tried += 1;
        }
        self.names.insert(as_compared(name))
    }

    /// Takes a name and gives it. Where it is taken already, a number follows.
    pub(crate) fn unique(&mut self, name: &str, before_number: &str) -> String {
        if self.take(name) {
            return name.to_owned();
        }
        let numbered = format!("{name}{before_number}");
        let compared = as_compared(&numbered);
        let mut number = self.numbers.get(&compared).copied().unwrap_or(2);
        let mut candidate = format!("{numbered}{number}");
        while !self.take(&candidate) {
            number += 1;
            candidate = format!("{numbered}{number}");
        }
        self.numbers.insert(compared, number + 1);
        candidate
    }
}

impl FromIterator<String> for TakenNames {
    fn from_iter<I: IntoIterator<Item = String>>(names: I) -> Self {
        let mut taken = Self::default();
        for name in names {
            taken.take(&name);
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::TakenNames;

    #[test]
    fn a_number_follows_a_name_that_is_taken() {
        let mut taken = TakenNames::from_iter(["id".to_owned(), "id_3".to_owned()]);
        let mut unique = |name, before_number| taken.unique(name, before_number);
        assert_eq!(unique("name", "_"), "name");
        assert_eq!(
            ["id", "id", "id_3", "id"].map(|name| unique(name, "_")),
            ["id_2", "id_4", "id_3_2", "id_5"]
        );
        assert_eq!(["id_", "id"].map(|name| unique(name, "")), ["id_", "id2"]);
        // Two ways to write a letter with an accent are one name.
        assert_eq!(["caf\u{e9}", "cafe\u{301}"].map(|name| unique(name, "")), ["caf\u{e9}", "cafe\u{301}2"]);
    }

    #[test]
    fn many_equal_names_are_numbered_in_few_steps() {
        let mut taken = TakenNames::default();
        let names: Vec<String> = (0..20_000).map(|_| taken.unique("id", "_")).collect();
        assert_eq!(names.first().map(String::as_str), Some("id"));
        assert_eq!(names.last().map(String::as_str), Some("id_20000"));
        // Each but the first is tried twice: without a number, and with its own.
        assert_eq!(taken.tried, 2 * 20_000 - 1);
    }
}
