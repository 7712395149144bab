//! `cargo xtask drift`, run as a program, and the tables that `regen` prints.

use serde_json::Value;

use crate::workspace::Workspace;

const PAGE: &str = "spec/descope/README.md";

const AROUND: &str = "# Descope\n<!-- @generated members -->\n<!-- @generated members end -->\nThe end.\n";

const DIFFERENCES: &str = "tables:\n  members:\n    - where: all of it\n      spec: added\n      accepts:\n        operation-only-in-spec: ['*']\n";

/// A document that has no operation of the service.
const EMPTY: &str = "openapi: 3.0.0\ninfo: {title: Empty, version: '1'}\npaths: {}\n";

#[test]
fn differences_fail_the_task_until_they_are_accepted() {
    let workspace = Workspace::new();
    workspace.write("vendor.yaml", EMPTY);
    let document = workspace.path("vendor.yaml");
    let task = ["drift", "--vendor", document.to_str().unwrap(), "--service", "descope", "--format", "json"];
    let run = workspace.run(&task);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let object: Value = serde_json::from_str(run.stdout.lines().next().unwrap()).unwrap();
    assert_eq!(object["rule"], "operation-only-in-spec");
    assert_eq!(object["file"], "spec/descope/oauth.yaml");
    workspace.write("spec/descope/differences.yaml", DIFFERENCES);
    let run = workspace.run(&task);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(0), "", ""));
}

#[test]
fn a_document_that_is_not_there_or_no_yaml_is_told() {
    let workspace = Workspace::new();
    let run = workspace.run(&["drift", "--vendor", "nowhere.yaml"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    assert!(run.stderr.starts_with("error: cannot read nowhere.yaml: "), "{}", run.stderr);
    workspace.write("vendor.yaml", "a: [");
    let document = workspace.path("vendor.yaml");
    let run = workspace.run(&["drift", "--vendor", document.to_str().unwrap()]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), "nothing was compared\n"));
    assert!(run.stdout.starts_with("error[yaml]: "), "{}", run.stdout);
    assert_eq!(workspace.run(&["drift"]).code, Some(2));
}

#[test]
fn the_tables_stand_in_the_page_of_the_service() {
    let workspace = Workspace::regenerated();
    workspace.write("spec/descope/differences.yaml", DIFFERENCES);
    workspace.write(PAGE, AROUND);
    assert_eq!(workspace.run(&["regen", "--check"]).code, Some(1));
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let table = "\n| where | what the spec does and why |\n| --- | --- |\n| all of it | added |\n\n";
    let expected = AROUND.replace("members -->\n<!-- ", &format!("members -->\n{table}<!-- "));
    assert_eq!(workspace.read(PAGE), expected);
    assert_eq!(workspace.run(&["regen", "--check"]).code, Some(0));
    workspace.write(PAGE, "# Descope\n");
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr.contains("spec/descope/README.md: no line `<!-- @generated members -->`"),
        "{}",
        run.stderr
    );
}
