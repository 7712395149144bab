//! The verdicts for callers of the Rust API are true: of each row of the table, a program that uses the API of `before`
//! is compiled with the code of `after`, and fails exactly where the verdict says `breaking`.
//!
//! The program is `program.rs` in the folder of the row's case, or the one in `base/`, which uses most of the API there. It is
//! the body of an async function, for which `sample` and `other` are modules of services.

#[path = "../folders/mod.rs"]
mod folders;
mod package;
#[path = "../review_cases/mod.rs"]
mod review_cases;

use std::collections::BTreeMap;
use std::fs;

use generator::compare::{ROWS, Rust};
use package::{Package, Program};
use review_cases::{BASE, folder, version};

/// The row's own program, or the one that uses most of the API of the base.
fn program(row: &str) -> String {
    let own = fs::read_to_string(folder(row).join("program.rs"));
    own.or_else(|_| fs::read_to_string(folder(BASE).join("program.rs"))).unwrap()
}

/// The rows whose programs fail with the code of this side, with the first error of each.
///
/// An error can keep the compiler from looking for later ones, so the others are compiled once more without those that fail.
fn failures(package: &Package, programs: &[Program]) -> BTreeMap<String, String> {
    let mut failures = BTreeMap::new();
    loop {
        let rest: Vec<&Program> =
            programs.iter().filter(|program| !failures.contains_key(&program.row)).collect();
        let found = package.check(&rest);
        if found.is_empty() {
            return failures;
        }
        failures.extend(found);
    }
}

#[test]
fn a_program_fails_exactly_where_the_verdict_says_breaking() {
    let mut package = Package::new();
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for row in ROWS {
        let text = program(row.id);
        for (side, programs) in [("before", &mut before), ("after", &mut after)] {
            let code = package.add(&version(&folder(row.id), side));
            programs.push(Program { row: row.id.to_owned(), text: text.clone(), code });
        }
    }
    package.write();
    let invalid = failures(&package, &before);
    assert!(invalid.is_empty(), "these programs don't fit the code of `before`: {invalid:#?}");

    let failures = failures(&package, &after);
    let mut wrong = Vec::new();
    for row in ROWS {
        match (row.rust == Rust::Breaking, failures.get(row.id)) {
            (false, Some(error)) => wrong.push(format!("{} fails: {error}", row.id)),
            (true, None) => wrong.push(format!("{} still compiles", row.id)),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
