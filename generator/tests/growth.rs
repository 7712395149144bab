//! Documents of one pattern, small and large. A chain that is too long is one fault with a place, however long it is, and
//! what can be generated grows by the same for each schema.

mod patterns;

use generator::fault::Fault;
use patterns::{PATTERNS, Pattern};

/// How deep schemas can be nested, as `spec/README.md` says.
const DEEPEST: usize = 64;

fn faults(pattern: &Pattern, size: usize) -> Vec<Fault> {
    match generator::generate(&pattern.documents(size)) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().cloned().collect(),
    }
}

/// The number of generated lines before the list of known words, which fills its lines.
fn lines(pattern: &Pattern, size: usize) -> usize {
    let output = generator::generate(&pattern.documents(size));
    let output = output.unwrap_or_else(|faults| panic!("{} of {size}: {faults}", pattern.name));
    let declared = |text: &str| text.lines().take_while(|line| !line.contains("KNOWN_WORDS")).count();
    output.files.iter().map(|(_, text)| declared(text)).sum()
}

fn named(words: &[&str]) -> impl Iterator<Item = &'static Pattern> {
    PATTERNS.iter().filter(move |pattern| words.iter().any(|word| pattern.name.starts_with(word)))
}

#[test]
fn a_chain_that_is_too_long_is_one_fault() {
    for pattern in named(&["chain", "ladder"]) {
        for size in [100, 1_000] {
            let faults = faults(pattern, size);
            let rules: Vec<&str> = faults.iter().map(|fault| fault.rule).collect();
            assert_eq!(rules, ["too-deep"], "{} of {size}", pattern.name);
            assert!(faults.iter().all(|fault| fault.location.is_some()), "{} of {size}", pattern.name);
        }
    }
}

#[test]
fn a_chain_that_is_short_enough_works() {
    for pattern in named(&["chain", "ladder"]) {
        let levels = if pattern.name == "chain of lists of objects" { 2 } else { 1 };
        // The body of the operation holds the first schema, and some schemas hold a text or a schema of their own.
        let size = DEEPEST / levels - 4;
        assert_eq!(faults(pattern, size), [], "{} of {size}", pattern.name);
    }
}

#[test]
fn a_ring_works_if_a_value_can_end_it() {
    for pattern in named(&["ring"]) {
        let rules: Vec<&str> = faults(pattern, 50).iter().map(|fault| fault.rule).collect();
        let expected: &[&str] = if pattern.name == "ring of members" { &[] } else { &["reference-cycle"] };
        assert_eq!(rules, expected, "{}", pattern.name);
        assert!(faults(pattern, 1_000).iter().all(|fault| fault.location.is_some()), "{}", pattern.name);
        assert!(faults(pattern, 1_000).len() <= 2, "{}", pattern.name);
    }
}

#[test]
fn what_stands_beside_each_other_takes_the_same_lines_each() {
    let nested = ["chain", "ladder", "ring"];
    let is_flat = |pattern: &&Pattern| !nested.iter().any(|word| pattern.name.starts_with(word));
    for pattern in PATTERNS.iter().filter(is_flat) {
        let [few, more, many] = [100, 200, 400].map(|size| lines(pattern, size));
        assert_eq!(many - more, 2 * (more - few), "{}", pattern.name);
    }
}
