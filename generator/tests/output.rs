//! What holds for all generated code, whatever the documents are.

mod folders;
mod generated;

use folders::{Files, names_in, package, read, real_inputs};
use generated::{diff, generate};

/// The output is a function of what the documents say: not of the run, and not of how they are written.
#[test]
fn the_same_documents_give_the_same_bytes() {
    let cases = package().join("tests/cases/ok");
    for case in names_in(&cases) {
        let inputs = read(&cases.join(&case).join("spec"), "spec/");
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

/// Documentation is worth its lines, so it isn't counted.
#[test]
fn generated_files_are_short_enough_to_read() {
    let is_code = |line: &&str| !["//", "#![", "#[doc"].iter().any(|start| line.trim().starts_with(start));
    let generated = generate(&real_inputs());
    let mut lines: Vec<usize> = generated.values().map(|text| text.lines().filter(is_code).count()).collect();
    lines.sort_unstable();
    assert!(lines.last().is_some_and(|longest| *longest <= 900), "{lines:?}");
    assert!(lines.get(lines.len() / 2).is_some_and(|median| *median < 300), "{lines:?}");
}

#[test]
fn the_client_is_what_the_real_spec_gives() {
    let generated = generate(&real_inputs());
    let mut checked_in = Files::new();
    for service in names_in(&package().join("../spec")) {
        let path = format!("generated-client/src/{}/", service.replace('-', "_"));
        checked_in.extend(read(&package().join("..").join(&path), &path));
    }
    let diff = diff(&checked_in, &generated);
    assert!(diff.is_empty(), "the client isn't up to date; run `cargo xtask regen`:\n\n{diff}");
}
