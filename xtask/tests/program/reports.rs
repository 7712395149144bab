//! `cargo xtask regen --format`, for programs.

use serde_json::{Value, json};

use crate::workspace::{Run, Workspace};

const SPEC: &str = "spec/descope/oauth.yaml";

/// A workspace whose spec has two faults, in two files.
fn faulty() -> Workspace {
    let workspace = Workspace::new();
    workspace.edit(SPEC, "once.", "once.\n      tag: [oauth]");
    workspace.write("spec/descope/notes.txt", "Mine.");
    workspace
}

fn objects(run: &Run) -> Vec<Value> {
    run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_fault_is_an_object_on_a_line() {
    for task in [&["regen", "--format", "json"][..], &["regen", "--check", "--format", "json"]] {
        let run = faulty().run(task);
        assert_eq!((run.code, run.stderr.as_str()), (Some(1), "nothing was written\n"));
        let objects = objects(&run);
        let places: Vec<(&str, &str)> = objects
            .iter()
            .map(|object| (object["file"].as_str().unwrap(), object["rule"].as_str().unwrap()))
            .collect();
        assert_eq!(places, [("spec/descope/notes.txt", "file-name"), (SPEC, "unknown-key")]);
        let fault = &objects[1];
        assert_eq!(fault["message"], "OpenAPI 3.0 has no `tag` in an operation");
        assert_eq!(fault["help"], "did you mean `tags`?");
        let line = faulty().read(SPEC).lines().position(|line| line.contains("tag: [")).unwrap() + 1;
        assert_eq!((&fault["line"], &fault["column"]), (&json!(line), &json!(7)));
        let keys: Vec<&String> = fault.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["file", "line", "column", "rule", "message", "help"]);
    }
}

#[test]
fn each_fault_is_an_annotation() {
    let run = faulty().run(&["regen", "--format", "github"]);
    assert_eq!(run.code, Some(1));
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines.len(), 2, "{}", run.stdout);
    assert!(lines[0].starts_with("::error file=spec/descope/notes.txt,line=1,col=1,title=file-name::"));
    assert!(lines[1].ends_with("::OpenAPI 3.0 has no `tag` in an operation%0Ahelp: did you mean `tags`?"));
}

#[test]
fn a_file_that_is_out_of_date_is_a_fault_too() {
    let workspace = Workspace::regenerated();
    workspace.edit(SPEC, "once.", "one time.");
    let run = workspace.run(&["regen", "--check", "--format", "json"]);
    assert_eq!(run.code, Some(1));
    assert_eq!(
        objects(&run),
        [json!({
            "file": "generated-client/src/descope/oauth.rs", "line": null, "column": null,
            "rule": "out-of-date", "message": "the file isn't what the spec gives",
            "help": "run `cargo xtask regen`, and commit what it writes",
        })]
    );
}

#[test]
fn trouble_with_files_is_a_fault_too() {
    let workspace = Workspace::regenerated();
    workspace.write("generated-client/src/descope/notes.rs", "// Mine.\n");
    let run = workspace.run(&["regen", "--format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), "nothing was written\n"));
    let objects = objects(&run);
    assert_eq!((objects.len(), &objects[0]["rule"]), (1, &json!("workspace")));
}

#[test]
fn no_fault_is_no_line() {
    let workspace = Workspace::new();
    for task in [&["regen", "--format", "json"][..], &["regen", "--check", "--format", "github"]] {
        let run = workspace.run(task);
        assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(0), "", ""));
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_can_not_be_read_is_one_fault_among_the_others() {
    let workspace = faulty();
    std::fs::remove_file(workspace.path("spec/descope/common.yaml")).unwrap();
    std::os::unix::fs::symlink("nowhere", workspace.path("spec/descope/common.yaml")).unwrap();
    std::fs::create_dir(workspace.path("spec/descope/otp.yaml")).unwrap();
    let run = workspace.run(&["regen", "--format", "json"]);
    let found: Vec<(String, String)> = objects(&run)
        .iter()
        .map(|object| {
            (object["rule"].as_str().unwrap().to_owned(), object["file"].as_str().unwrap().to_owned())
        })
        .collect();
    let expected = [
        ("unreadable-file", "spec/descope/common.yaml"),
        ("file-name", "spec/descope/notes.txt"),
        ("unknown-key", SPEC),
        ("unreadable-file", "spec/descope/otp.yaml"),
    ];
    assert_eq!(found, expected.map(|(rule, file)| (rule.to_owned(), file.to_owned())));
}
