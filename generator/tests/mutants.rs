//! No text makes the generator panic: the service in `cases/mutants` uses everything that is allowed, and every edit of
//! it either generates or gives faults that can be printed and have a place. So does any series of edits of any case.

mod folders;
#[path = "../fuzz/mutants/mod.rs"]
mod mutants;

use std::collections::BTreeMap;

use folders::{bytes, package};
use mutants::{judge, mutant, originals};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

/// The service, by the paths of its files.
fn depot() -> BTreeMap<String, Vec<u8>> {
    bytes(&package().join("tests/cases/mutants/spec"), "spec/")
}

/// The text of a file of this service.
fn text_of(file: &str) -> String {
    String::from_utf8(depot().remove(&format!("spec/depot/{file}")).unwrap()).unwrap()
}

/// Generates from the service with one file changed; what comes out doesn't matter, only that it does, with every fault
/// rendered.
fn survives(file: &str, text: String) {
    let mut inputs = depot();
    inputs.insert(format!("spec/depot/{file}"), text.into_bytes());
    judge(&inputs).unwrap();
}

/// Every text that one edit of a line makes of a file.
fn with_each_line(text: &str, edit: impl Fn(&str) -> Vec<String>) -> Vec<String> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut texts = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let (before, after) = (lines[..index].concat(), lines[index + 1..].concat());
        texts.extend(edit(line).iter().map(|edited| format!("{before}{edited}{after}")));
    }
    texts
}

fn mutate(edit: impl Fn(&str) -> Vec<String>) {
    for file in ["openapi.yaml", "common.yaml", "parcels.yaml"] {
        for mutant in with_each_line(&text_of(file), &edit) {
            survives(file, mutant);
        }
    }
}

/// How many series of edits are tried. `cargo xtask mutate` tries more.
const SERIES: u32 = 500;

#[test]
fn no_series_of_edits_is_a_panic_or_a_fault_without_a_place() {
    let mut originals = originals(&package().join("..")).unwrap();
    // The services of the repository take longer than all cases together.
    originals.retain(|original| original.name.contains('/'));
    let config = ProptestConfig { cases: SERIES, failure_persistence: None, ..ProptestConfig::default() };
    let edits = vec(any::<u8>(), 9..40);
    let found = TestRunner::new(config).run(&edits, |bytes| {
        let (name, files) = mutant(&originals, &bytes);
        judge(&files).map_err(|fault| TestCaseError::fail(format!("{name}: {fault}")))?;
        Ok(())
    });
    found.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn no_missing_line_is_a_panic() {
    mutate(|_| vec![String::new()]);
}

#[test]
fn no_repeated_or_shifted_line_is_a_panic() {
    mutate(|line| vec![line.repeat(2), format!("  {line}")]);
}

#[test]
fn no_other_value_is_a_panic() {
    let values = ["null", "{}", "[{}]", "-7", "''", "{$ref: '#/components/schemas/Parcel'}"];
    mutate(|line| match line.split_once(": ") {
        Some((key, _)) => values.iter().map(|value| format!("{key}: {value}\n")).collect(),
        None => Vec::new(),
    });
}

#[test]
fn no_other_word_is_a_panic() {
    let is_word = |c: char| c.is_alphanumeric() || c == '$' || c == '-';
    mutate(|line| {
        let starts = line.char_indices().filter(|(at, c)| is_word(*c) && !line[..*at].ends_with(is_word));
        let mutants = starts.step_by(3).map(|(at, _)| {
            let end = line[at..].find(|c| !is_word(c)).map_or(line.len(), |len| at + len);
            format!("{}\u{e9}{}", &line[..at], &line[end..])
        });
        mutants.collect()
    });
}

#[test]
fn no_end_of_file_is_a_panic() {
    for file in ["openapi.yaml", "common.yaml", "parcels.yaml"] {
        let text = text_of(file);
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)).step_by(13) {
            survives(file, text[..end].to_owned());
        }
    }
}

#[test]
fn no_odd_text_is_a_panic() {
    let deep = "[".repeat(100_000);
    let nested: String = (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    let long = format!("a: '{}'\n", "x".repeat(100_000));
    let odd = [
        "",
        " ",
        "\n",
        "\r",
        "\t",
        "\u{feff}",
        "\u{feff}{}",
        "~",
        "a",
        "'",
        "\"",
        "- a",
        "---",
        "---\n---\n",
        "...",
        "%YAML 1.2\n---\na: b",
        "%TAG",
        "? [a]\n: b",
        "? {a: b}\n: c\n? *x\n: d",
        "*x",
        "&x a",
        "!!int a",
        "!",
        "a: !x",
        "<<: {a: b}",
        "a: b: c",
        "a:\tb",
        "a\r\nb: c\r\n",
        "a: 1\rb: 2\r",
        "{",
        "}",
        "[a, b",
        "\0",
        "a: \u{0}b",
        "\u{85}",
        "\u{2028}: a",
        "a: |\n",
        "a: >-\n  b\n c",
        "a: |9\n b",
        "a: \"\\x\"",
        "a: \"\\ud800\"",
        "1: 2",
        "1.5: 2",
        "true: 2",
        "null: 2",
        "? ",
        ": a",
        "a: 99999999999999999999",
        "a: -.inf",
        "a: 1e999",
        "a: 0x7fffffffffffffffff",
        "paths: {/: {get: {}}}",
        "openapi: 3.0.3\npaths: []\ninfo: 1\ncomponents: x",
        &deep,
        &nested,
        &long,
    ];
    for text in odd {
        survives("parcels.yaml", text.to_owned());
        survives("openapi.yaml", text.to_owned());
    }
}
