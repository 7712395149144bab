//! What the generator reports of documents that are wrong: `cases/err/<mistake>/` holds a service with one mistake,
//! and `message.txt` beside it is the exact text that a maintainer reads.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use generator::fault::Fault;
use similar::TextDiff;

/// The folder of a case, or of all.
fn folder(case: &str) -> PathBuf {
    cases().join("err").join(case)
}

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// The names in a folder, sorted.
fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The spec in a folder, as `generate` takes it.
fn inputs(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut inputs = BTreeMap::new();
    read_below(&folder.join("spec"), "spec", &mut inputs);
    inputs
}

fn read_below(folder: &Path, path: &str, inputs: &mut BTreeMap<String, Vec<u8>>) {
    for name in names_in(folder) {
        let (inside, path) = (folder.join(&name), format!("{path}/{name}"));
        if inside.is_dir() {
            read_below(&inside, &path, inputs);
        } else {
            inputs.insert(path, fs::read(inside).unwrap());
        }
    }
}

/// What a maintainer reads of the faults in a case.
fn message(case: &str) -> String {
    match generator::generate(&inputs(&folder(case))) {
        Ok(_) => "no fault was found\n".to_owned(),
        Err(faults) => format!("{faults}\n"),
    }
}

#[test]
fn each_case_gives_its_message() {
    let mut differences = String::new();
    for case in names_in(&folder("")) {
        let path = folder(&case).join("message.txt");
        let found = message(&case);
        if std::env::var_os("UPDATE_CASES").is_some_and(|value| value == "1") {
            fs::write(&path, &found).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if expected != found {
            let lines = TextDiff::from_lines(&expected, &found);
            let diff = lines.unified_diff().header(&format!("{case}/message.txt"), "found").to_string();
            differences.push_str(&diff);
        }
    }
    assert!(
        differences.is_empty(),
        "{differences}\nto accept: UPDATE_CASES=1 cargo test -p generator --test bad_input"
    );
}

/// A service that uses everything that is allowed.
fn depot() -> BTreeMap<String, Vec<u8>> {
    inputs(&cases().join("mutants"))
}

/// The text of a file of this service.
fn text_of(file: &str) -> String {
    String::from_utf8(depot().remove(&format!("spec/depot/{file}")).unwrap()).unwrap()
}

/// Generates from the service with one file changed, and prints every fault. Neither can panic, whatever the result is.
fn survives(file: &str, text: String) {
    let mut inputs = depot();
    inputs.insert(format!("spec/depot/{file}"), text.into_bytes());
    if let Err(faults) = generator::generate(&inputs) {
        assert!(!faults.is_empty());
        assert!(!faults.to_string().is_empty());
    }
}

/// The texts that result from one edit in each line of a file.
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
        let text = text_of(file);
        for mutant in with_each_line(&text, &edit) {
            survives(file, mutant);
        }
    }
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

/// The specs that the client is made from.
fn real_inputs() -> BTreeMap<String, Vec<u8>> {
    let mut inputs = inputs(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    inputs.retain(|path, _| path.ends_with(".yaml"));
    inputs
}

/// The faults of documents in which one file is changed: where each is, and its rule.
fn faults_with(inputs: &BTreeMap<String, Vec<u8>>, path: &str, name: &str, bytes: Vec<u8>) -> Vec<String> {
    let mut changed = inputs.clone();
    changed.remove(path);
    changed.insert(name.to_owned(), bytes);
    let faults = generator::generate(&changed).expect_err("the file can't be read");
    let file = |fault: &Fault| fault.location.as_ref().map(|location| location.file.clone());
    faults.iter().map(|fault| format!("{}: {}", file(fault).unwrap_or_default(), fault.rule)).collect()
}

/// A file that the parser gives up on.
fn cut(bytes: &[u8]) -> Vec<u8> {
    [bytes, b"\nx: [\n".as_slice()].concat()
}

#[test]
fn a_file_that_cannot_be_read_is_the_only_fault() {
    let inputs = depot();
    for (path, bytes) in &inputs {
        assert_eq!(faults_with(&inputs, path, path, cut(bytes)), [format!("{path}: yaml")]);
        let latin = [bytes, b"\n# \xe9\n".as_slice()].concat();
        assert_eq!(faults_with(&inputs, path, path, latin), [format!("{path}: encoding")]);
        assert_eq!(faults_with(&inputs, path, path, Vec::new()), [format!("{path}: empty-file")]);
        for ending in ["yml", "json", "YAML"] {
            let renamed = path.replace(".yaml", &format!(".{ending}"));
            let expected = [format!("{renamed}: file-name")];
            assert_eq!(faults_with(&inputs, path, &renamed, bytes.clone()), expected);
        }
    }
}

#[test]
fn what_many_files_refer_to_is_the_only_fault() {
    let inputs = real_inputs();
    let shared =
        inputs.iter().filter(|(path, _)| path.ends_with("common.yaml") || path.ends_with("openapi.yaml"));
    for (path, bytes) in shared {
        assert_eq!(faults_with(&inputs, path, path, cut(bytes)), [format!("{path}: yaml")]);
    }
}
