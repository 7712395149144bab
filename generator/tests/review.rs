//! What is said of each kind of change: `cases/review/<row>/findings.txt` has all that is found in the case of a row.
//!
//! `UPDATE_CASES=1 cargo test -p generator --test review` accepts what is found now.

mod folders;
mod generated;
mod review_cases;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

use folders::{Files, names_in, real_inputs};
use generated::is_update;
use generator::compare::{self, Comparison, Place, ROWS};
use review_cases::{BASE, folder, version};

fn compared(old: &Files, new: &Files) -> Result<Comparison, String> {
    let read = |files: &Files| compare::read(files).map_err(|faults| faults.to_string());
    Ok(compare::compare(read(old)?, read(new)?))
}

fn shown(comparison: &Comparison) -> String {
    let mut text = String::new();
    let place = |place: &Option<Place>| match place {
        Some(Place { file, line }) => format!("{file}:{line}"),
        None => "nowhere".to_owned(),
    };
    for finding in &comparison.findings {
        _ = writeln!(text, "{}: {}", finding.id(), finding.row.meaning);
        if !finding.detail.is_empty() {
            _ = writeln!(text, "    {}", finding.detail);
        }
        let (rust, wire) = (finding.row.rust.name(), finding.row.wire.name());
        _ = writeln!(text, "    callers: {rust}, wire: {wire}, bump: {}", finding.bump().name());
        _ = writeln!(text, "    {} -> {}", place(&finding.old), place(&finding.new));
        for (name, paths) in
            [("added", &finding.added), ("changed", &finding.changed), ("removed", &finding.removed)]
        {
            if !paths.is_empty() {
                _ = writeln!(text, "    {name}: {}", paths.join(", "));
            }
        }
    }
    text
}

#[test]
fn each_row_has_a_case_that_says_what_is_found() {
    let cases = folder("");
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for name in names_in(&cases).into_iter().filter(|name| name != BASE) {
        let folder = folder(&name);
        let comparison = match compared(&version(&folder, "before"), &version(&folder, "after")) {
            Ok(comparison) => comparison,
            Err(faults) => {
                wrong.push(format!("{name}: {faults}"));
                continue;
            }
        };
        let text = shown(&comparison);
        let path = folder.join("findings.txt");
        if is_update() {
            fs::write(&path, &text).unwrap();
        }
        if fs::read_to_string(&path).unwrap_or_default() != text {
            wrong.push(format!("{}:\n{text}", path.display()));
        }
        if !comparison.unexplained.is_empty() {
            wrong.push(format!("{name}: unexplained: {:#?}", comparison.unexplained));
        }
        if !comparison.findings.iter().any(|finding| finding.row.id == name) {
            wrong.push(format!("{name}: no finding of this row, but\n{text}"));
        }
        seen.insert(name);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    let without: Vec<&str> = ROWS.iter().map(|row| row.id).filter(|id| !seen.contains(*id)).collect();
    assert!(without.is_empty(), "add a case under {} for {without:?}", cases.display());
}

#[test]
fn the_real_spec_is_the_same_as_itself_and_one_member_is_one_finding() {
    let old = real_inputs();
    let mut new = old.clone();
    let common = new.get_mut("spec/descope/common.yaml").unwrap();
    let next = "        pkceChallenge:\n          description: >-\n            PKCE challenge in base64";
    let member = "        deviceName:\n          description: Name of the device.\n          type: string\n";
    assert!(common.contains(next));
    *common = common.replace(next, &format!("{member}{next}"));
    assert_eq!(shown(&compared(&old, &old).unwrap()), "");
    let comparison = compared(&old, &new).unwrap();
    assert_eq!(comparison.unexplained, []);
    let line =
        new["spec/descope/common.yaml"].lines().position(|line| line == "        deviceName:").unwrap() + 1;
    assert_eq!(
        shown(&comparison),
        format!(
            "member-added descope LoginOptions.deviceName: a member is new\n    \
             callers: additive, wire: same, bump: minor\n    nowhere -> spec/descope/common.yaml:{line}\n    \
             added: generated_client::descope::LoginOptions::device_name\n"
        )
    );
}

/// An imported service, which leaves open what a curated one says.
fn imported() -> Files {
    let mut files = folders::read(&folders::package().join("tests/cases/ok/imported/spec"), "spec/");
    files.retain(|path, _| path.ends_with(".yaml"));
    files
}

#[test]
fn a_version_has_the_code_that_is_generated_also_of_an_imported_service() {
    for inputs in [real_inputs(), imported()] {
        let version = compare::read(&inputs).unwrap();
        assert_eq!(version.faults, []);
        assert_eq!(version.files, generated::generate(&inputs));
    }
}

#[test]
fn two_versions_of_an_imported_service_are_compared_as_they_are_completed() {
    let old = imported();
    let mut new = old.clone();
    let path = "spec/sample/imported.yaml";
    let text = new.get_mut(path).unwrap();
    *text = text.replace("    get:\n", "    get:\n      x-retry: never\n");
    *text = text.replace(
        "        loginToken:\n          type: string\n",
        "        loginToken:\n          type: integer\n",
    );
    let comparison = compared(&old, &new).unwrap();
    assert_eq!(comparison.unexplained, []);
    let ids: Vec<String> = comparison.findings.iter().map(|finding| finding.id()).collect();
    // What looks secret counts as secret, and what changes nothing can be sent again, until somebody says otherwise.
    assert_eq!(
        ids,
        [
            "sensitive-removed sample Boat.loginToken",
            "type sample Boat.loginToken",
            "retry-narrowed sample imported_boat_get",
        ]
    );
}

#[test]
fn a_version_from_before_a_rule_of_curation_is_read_and_its_faults_are_counted() {
    let mut inputs = imported();
    let openapi = inputs.get_mut("spec/sample/openapi.yaml").unwrap();
    *openapi = openapi.replace("x-imported: true\n", "");
    let curated = inputs.get_mut("spec/sample/curated.yaml").unwrap();
    *curated = curated.replace("x-curated: true\n", "").replace("      x-retry: safe\n", "");
    let version = compare::read(&inputs).unwrap();
    assert!(version.faults.iter().any(|fault| fault.rule == "missing-retry"), "{:?}", version.faults);
    assert!(generator::generate(&inputs).is_err());
}

#[test]
fn a_header_is_told_once_at_its_own_line() {
    let old = version(&folder("headers-added"), "after");
    let mut new = old.clone();
    let path = "spec/sample/boxes.yaml";
    let one = "            X-One: {description: A header., schema: {type: string}, example: a}\n";
    let two = one.replace("X-One", "X-Two");
    let text = new.get_mut(path).unwrap();
    *text = text.replace(one, &format!("{one}{two}"));
    let line = new[path].lines().position(|line| line.contains("X-Two")).unwrap() + 1;
    assert_eq!(
        shown(&compared(&old, &new).unwrap()),
        format!(
            "member-added sample BoxesOpenResponseHeaders.x-two: a member is new\n    \
             callers: additive, wire: same, bump: minor\n    nowhere -> {path}:{line}\n    \
             added: generated_client::sample::boxes::BoxesOpenResponseHeaders::x_two\n"
        )
    );
}

#[test]
fn what_the_generator_changed_is_named_by_its_line() {
    let version = compare::read(&version(&folder(BASE), "before")).unwrap();
    let path = "generated-client/src/sample/boxes.rs";
    let mut checked_in = version.files.clone();
    let text = checked_in.get_mut(path).unwrap();
    *text = text.replace("    metal: Option<String>", "    metal: Option<bool>");
    *text = text.replace("types! {", "types! {\npub struct Gone: body() {}");
    let line = |files: &Files, of: &str| files[path].lines().position(|line| line.contains(of)).unwrap() + 1;
    let changes = compare::generator_changes(&checked_in, &version);
    let found: Vec<(&str, &str, usize)> =
        changes.iter().map(|change| (change.file.as_str(), change.item.as_str(), change.line)).collect();
    assert_eq!(
        found,
        [
            (path, "Gone", line(&checked_in, "struct Gone")),
            (path, "Parts.metal", line(&version.files, "    metal: Option<String>")),
        ]
    );
}
