//! What the generator says of documents that are wrong: `cases/err/<mistake>/` holds a service with one mistake,
//! and `message.snap` beside it is the exact text that a maintainer reads.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

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

/// The spec in a folder, as `load` takes it.
fn inputs(folder: &Path) -> BTreeMap<String, String> {
    let spec = folder.join("spec");
    let mut inputs = BTreeMap::new();
    for service in names_in(&spec) {
        for file in names_in(&spec.join(&service)) {
            let bytes = fs::read(spec.join(&service).join(&file)).unwrap();
            inputs.insert(format!("spec/{service}/{file}"), String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    inputs
}

fn message(case: &str) -> String {
    match generator::generate(&inputs(&folder(case))) {
        Ok(_) => "no fault was found".to_owned(),
        Err(faults) => faults.to_string(),
    }
}

macro_rules! cases {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                let case = stringify!($name).replace('_', "-");
                let mut settings = insta::Settings::new();
                settings.set_snapshot_path(folder(&case));
                settings.set_prepend_module_to_snapshot(false);
                settings.set_omit_expression(true);
                settings.bind(|| insta::assert_snapshot!("message", message(&case)));
            }
        )*

        #[test]
        fn every_case_has_a_test() {
            let mut named: Vec<String> = vec![$(stringify!($name).replace('_', "-")),*];
            named.sort();
            assert_eq!(named, names_in(&folder("")));
        }
    };
}

cases! {
    broken_yaml
    duplicate_key
    anchor_and_alias
    tag
    several_documents
    empty_file
    control_character
    too_deep
    not_a_number
    key_that_is_no_text
    missing_service_file
    unlisted_group
    misplaced_part
    group_name
    unknown_key
    wrong_type
    missing_key
    unsupported_key
    unknown_word
    openapi_version
    unknown_extension
    misplaced_extension
    extension_value
    sensitive_and_not
    missing_reference
    reference_to_no_file
    reference_between_groups
    reference_form
    beside_reference
    unused_component
    reference_cycle
    choice_of_itself
    list_of_itself
    missing_operation_id
    duplicate_operation_id
    operation_id_case
    operation_id_prefix
    operation_tag
    unexplained_operation
    unknown_security_scheme
    undeclared_security_scheme
    combined_security
    empty_security
    body_of_get
    undeclared_path_parameter
    unused_path_parameter
    path_template
    same_path
    cookie_parameter
    parameter_style
    object_in_query
    duplicate_parameter
    schema_and_content
    optional_path_parameter
    several_media_types
    multipart
    nested_form
    unreadable_response
    missing_success
    redirect_without_location
    missing_example
    schema_name
    duplicate_schema
    inline_enum
    inline_object
    misplaced_keyword
    missing_type
    bounds
    required_member
    choice_of_lists
    choice_of_objects
    options_operation
    enum_value
    closed_enum
    unknown_error_code
    two_members_one_name
    two_values_one_name
    two_arguments_one_name
    two_operations_one_name
    schema_named_like_operation
    unmarked_secret
    example
    null_example
    json_text
    default
    several_files
}

/// A service that uses everything that is allowed.
fn depot() -> BTreeMap<String, String> {
    inputs(&cases().join("mutants"))
}

/// Generates from the service with one file changed; what comes out doesn't matter, only that it does, with every fault
/// rendered.
fn survives(file: &str, text: String) {
    let mut inputs = depot();
    inputs.insert(format!("spec/depot/{file}"), text);
    if let Err(faults) = generator::generate(&inputs) {
        assert!(!faults.is_empty());
        assert!(!faults.to_string().is_empty());
    }
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
        let text = &depot()[&format!("spec/depot/{file}")];
        for mutant in with_each_line(text, &edit) {
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
        let text = &depot()[&format!("spec/depot/{file}")];
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
