//! `cargo xtask lint`, run as a program.

use serde_json::Value;

use crate::workspace::Workspace;

const SPEC: &str = "spec/descope/oauth.yaml";

#[test]
fn findings_fail_the_task_in_each_format() {
    let workspace = Workspace::new();
    let run = workspace.run(&["lint", "descope"]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(0), "no findings\n", ""));
    let line = workspace.read(SPEC).lines().find(|line| line.contains("summary: ")).unwrap().to_owned();
    workspace.edit(SPEC, &line, &format!("{line}."));
    let run = workspace.run(&["lint"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), "1 finding: 1 full-stop\n"));
    assert!(
        run.stdout.starts_with("error[full-stop]: the summary ends with a full stop\n"),
        "{}",
        run.stdout
    );
    let run = workspace.run(&["lint", "descope", "oauth"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), "1 finding: 1 full-stop\n"));
    let run = workspace.run(&["lint", "descope", "common"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), "no findings\n"));
    let run = workspace.run(&["lint", "--format", "json"]);
    let object: Value = serde_json::from_str(run.stdout.trim_end()).unwrap();
    assert_eq!((&object["file"], &object["rule"]), (&SPEC.into(), &"full-stop".into()));
    let run = workspace.run(&["lint", "--format", "github"]);
    assert!(run.stdout.starts_with(&format!("::error file={SPEC},line=")), "{}", run.stdout);
}

#[test]
fn faults_come_before_findings() {
    let workspace = Workspace::new();
    workspace.edit(SPEC, "once.", "once.\n      tag: [oauth]");
    let run = workspace.run(&["lint"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), "mend the faults first\n"));
    assert!(run.stdout.starts_with("error[unknown-key]: "), "{}", run.stdout);
}

#[test]
fn an_unknown_service_or_group_is_named() {
    let run = Workspace::new().run(&["lint", "acme"]);
    assert_eq!(run.stderr, "error: there is no service `acme` in spec/; there is `descope`\n");
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    let run = Workspace::new().run(&["lint", "descope", "acme"]);
    assert_eq!(run.stderr, "error: there is no file spec/descope/acme.yaml\n");
}
