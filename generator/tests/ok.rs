//! What the generator makes of documents that are right: `cases/ok/<what-it-shows>/spec` holds the smallest service
//! that shows it, and `out` beside it the code that comes of it. The package `generator-cases` compiles that code.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use similar::TextDiff;
use support::{Files, generate, names_in, package, read, real_inputs};

/// Where generated code goes in the repository, and what is left out of the paths in `out`.
const SAMPLE: &str = "generated-client/src/sample/";

fn folder(case: &str) -> PathBuf {
    package().join("tests/cases/ok").join(case)
}

fn inputs(case: &str) -> Files {
    read(&folder(case).join("spec"), "spec/")
}

/// What differs, as a unified diff; empty if nothing does.
fn diff(expected: &Files, found: &Files) -> String {
    let mut paths: Vec<&String> = expected.keys().chain(found.keys()).collect();
    paths.sort();
    paths.dedup();
    let mut diffs = String::new();
    for path in paths {
        let (old, new) = (expected.get(path), found.get(path));
        if old != new {
            let name = |side: &str, text: Option<&String>| {
                text.map_or_else(|| "/dev/null".to_owned(), |_| format!("{side}/{path}"))
            };
            let lines = TextDiff::from_lines(
                old.map(String::as_str).unwrap_or_default(),
                new.map(String::as_str).unwrap_or_default(),
            );
            diffs.push_str(&lines.unified_diff().header(&name("old", old), &name("new", new)).to_string());
        }
    }
    diffs
}

fn check(case: &str) {
    let out = folder(case).join("out");
    let found: Files = generate(&inputs(case))
        .into_iter()
        .map(|(path, text)| (path.strip_prefix(SAMPLE).unwrap_or(&path).to_owned(), text))
        .collect();
    if std::env::var_os("UPDATE_CASES").is_some_and(|value| value == "1") {
        accept(&out, &found);
    }
    let diff = diff(&read(&out, ""), &found);
    assert!(
        diff.is_empty(),
        "the case `{case}` gives other code than before:\n\n{diff}\n\
         if that is meant, `UPDATE_CASES=1 cargo test -p generator --test ok` accepts it\n"
    );
}

/// Puts the files in place of those that are there.
fn accept(out: &Path, files: &Files) {
    if out.exists() {
        fs::remove_dir_all(out).unwrap();
    }
    fs::create_dir_all(out).unwrap();
    for (path, text) in files {
        fs::write(out.join(path), text).unwrap();
    }
}

macro_rules! cases {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                check(&stringify!($name).replace('_', "-"));
            }
        )*

        /// The names of all cases, sorted.
        fn all_cases() -> Vec<String> {
            let mut names: Vec<String> = vec![$(stringify!($name).replace('_', "-")),*];
            names.sort();
            names
        }
    };
}

cases! {
    all_of
    choice
    closed_enum
    comma_joined_list
    credentials
    deep_object
    deprecated
    descriptions
    empty_response
    empty_object
    examples
    exploded_list
    failures_of_different_kinds
    form_body
    formats
    free_json
    header_parameter
    inline_bodies
    json_in_string
    json_query_parameter
    json_suffix
    limits
    list_body
    methods
    names
    open_enum
    optional_body
    path_parameters
    recursive_type
    redirect_response
    request_and_response_type
    sensitive_members
    several_responses
    shared_failures
    shared_parts
    shared_types
    text_response
    tolerant_responses
}

#[test]
fn every_case_has_a_test() {
    assert_eq!(all_cases(), names_in(&folder("")));
}

#[test]
fn every_case_is_compiled() {
    let compiled = read(&package().join("tests/compiled"), "");
    for case in all_cases() {
        let module = format!("#[path = \"../../cases/ok/{case}/out/mod.rs\"]");
        assert!(compiled["src/lib.rs"].contains(&module), "compiled/src/lib.rs lacks the case `{case}`");
        for path in inputs(&case).keys() {
            let group = path.trim_start_matches("spec/sample/").trim_end_matches(".yaml");
            let feature = format!("    \"sample-{group}\",\n");
            let is_group = !["openapi", "common"].contains(&group);
            assert!(
                !is_group || compiled["Cargo.toml"].contains(&feature),
                "compiled/Cargo.toml doesn't switch on `sample-{group}`"
            );
        }
    }
}

/// The output is a function of what the documents say: not of the run, and not of how they are written.
#[test]
fn the_same_documents_give_the_same_bytes() {
    for case in all_cases() {
        let inputs = inputs(&case);
        let first = generate(&inputs);
        assert_eq!(diff(&first, &generate(&inputs)), "", "the second run of `{case}`");
        let other_way_round: Files = inputs.clone().into_iter().rev().collect();
        assert_eq!(diff(&first, &generate(&other_way_round)), "", "`{case}` from the last file to the first");
        let rewritten =
            inputs.into_iter().map(|(path, text)| (path, format!("# A comment.\n\n{text}\n\n"))).collect();
        assert_eq!(diff(&first, &generate(&rewritten)), "", "`{case}` with comments and blank lines");
    }
}

#[test]
fn the_real_spec_gives_the_same_bytes() {
    let inputs = real_inputs();
    let first = generate(&inputs);
    assert_eq!(diff(&first, &generate(&inputs)), "");
    assert_eq!(diff(&first, &generate(&inputs.into_iter().rev().collect())), "");
}

#[test]
fn generated_files_are_short_enough_to_read() {
    let generated = generate(&real_inputs());
    let mut lines: Vec<usize> = generated.values().map(|text| text.lines().count()).collect();
    lines.sort_unstable();
    assert!(lines.last().is_some_and(|longest| *longest <= 1500), "{lines:?}");
    assert!(lines.get(lines.len() / 2).is_some_and(|median| *median < 400), "{lines:?}");
}

#[test]
fn the_client_is_what_the_real_spec_gives() {
    let generated = generate(&real_inputs());
    let mut checked_in = Files::new();
    for service in names_in(&package().join("../spec")) {
        let path = format!("generated-client/src/{service}/");
        checked_in.extend(read(&package().join("..").join(&path), &path));
    }
    let diff = diff(&checked_in, &generated);
    assert!(diff.is_empty(), "the client isn't up to date; run `cargo xtask regen`:\n\n{diff}");
}
