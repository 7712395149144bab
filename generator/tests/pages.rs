//! The pages that are written from the tables of the generator are up to date, and every fault is in its table.

mod folders;
mod generated;

use std::collections::BTreeSet;
use std::fs;

use folders::{Files, names_in, package, read};
use generated::{diff, is_update};
use generator::rules::{self, DRIFTS, LINTS, Rule};

fn check(name: &str, page: String) {
    let path = package().join(name);
    if is_update() {
        fs::write(&path, &page).unwrap();
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    let file = |text| Files::from([(name.to_owned(), text)]);
    let diff = diff(&file(there), &file(page));
    assert!(
        diff.is_empty(),
        "{name} isn't up to date:\n\n{diff}\n\
         `UPDATE_SNAPSHOTS=1 cargo test -p generator --test pages` writes it\n"
    );
}

#[test]
fn the_page_about_openapi_is_up_to_date() {
    check("OPENAPI.md", generator::pages::openapi());
}

#[test]
fn the_page_about_faults_is_up_to_date() {
    check("FAULTS.md", generator::pages::faults());
}

#[test]
fn the_page_about_quality_is_up_to_date() {
    check("LINTS.md", generator::pages::lints());
}

#[test]
fn the_page_about_differences_is_up_to_date() {
    check("DRIFT.md", generator::pages::drifts());
}

/// The rules without a case: the checks find first what would break them, they are about more than texts, or only an import
/// can break them.
const WITHOUT_CASE: &[&str] =
    &["not-imported", "not-openapi", "openapi", "progenitor", "second-document", "unreadable-file"];

#[test]
fn every_rule_has_a_case() {
    check_cases("err", rules::all(), WITHOUT_CASE);
    check_cases("lint", LINTS, &[]);
    check_cases("drift", DRIFTS, &[]);
}

fn check_cases(kind: &str, rules: impl IntoIterator<Item = &'static Rule>, expected: &[&str]) {
    let rules: Vec<&Rule> = rules.into_iter().collect();
    let cases = package().join("tests/cases").join(kind);
    let messages: String = names_in(&cases)
        .iter()
        .map(|case| fs::read_to_string(cases.join(case).join("message.txt")).unwrap_or_default())
        .collect();
    let in_messages: BTreeSet<&str> =
        messages.lines().filter_map(|line| Some(line.strip_prefix("error[")?.split_once(']')?.0)).collect();
    let known: BTreeSet<&str> = rules.iter().map(|rule| rule.id).collect();
    assert_eq!(known.len(), rules.len(), "a rule is listed twice");
    let without: Vec<&str> = known.difference(&in_messages).copied().collect();
    assert_eq!(without, expected, "add a case for each under {}", cases.display());
    let unknown: Vec<&str> = in_messages.difference(&known).copied().collect();
    assert!(unknown.is_empty(), "add {unknown:?} to src/rules/");
}

/// What a call that makes a fault begins with.
const CALLS: &[&str] = &["fault(", "Fault::at(", "without_location("];

#[test]
fn every_rule_in_the_code_is_listed() {
    let known: BTreeSet<&str> = rules::all().chain(LINTS).chain(DRIFTS).map(|rule| rule.id).collect();
    let sources = read(&package().join("src"), "");
    let mut found: BTreeSet<String> = BTreeSet::new();
    for text in sources.values() {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for call in CALLS {
            let calls = code.split(call).skip(1);
            found.extend(calls.filter_map(|rest| {
                let (before, after) = rest.split_once('"')?;
                let is_argument = !before.contains([';', '(', ')', '{']) && before.len() < 60;
                is_argument.then(|| after.split_once('"')).flatten().map(|(id, _)| id.to_owned())
            }));
        }
    }
    found.retain(|id| id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'));
    assert!(found.len() > 60, "the search finds the calls no more: {found:?}");
    let unlisted: Vec<&String> = found.iter().filter(|id| !known.contains(id.as_str())).collect();
    assert!(unlisted.is_empty(), "add {unlisted:?} to src/rules/");
}

#[test]
fn the_page_about_reviews_is_up_to_date() {
    check("REVIEW.md", generator::compare::page::review());
}
