//! `cargo xtask bundle`, run as a program.

use serde_json::Value;

use crate::workspace::Workspace;

#[test]
fn a_service_is_one_document() {
    let workspace = Workspace::new();
    let yaml = workspace.run(&["bundle", "descope"]);
    assert_eq!((yaml.code, yaml.stderr.as_str()), (Some(0), ""));
    assert!(yaml.stdout.starts_with("openapi: 3.0.3\ninfo:\n"), "{}", yaml.stdout);
    let json = workspace.run(&["bundle", "descope", "--format", "json"]);
    let from_yaml: Value = serde_yaml::from_str(&yaml.stdout).unwrap();
    let from_json: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(from_yaml, from_json);
    assert!(!json.stdout.contains(".yaml#/"), "it refers to no other file");
    let text = from_json["paths"].to_string();
    assert!(text.contains("oauth_exchange"), "{text}");
}

#[test]
fn the_document_can_be_written_to_a_file() {
    let workspace = Workspace::new();
    let path = workspace.path("descope.yaml");
    let path = path.to_str().unwrap();
    let run = workspace.run(&["bundle", "descope", "--output", path]);
    assert_eq!((run.code, run.stdout), (Some(0), format!("written  {path}\n")));
    assert_eq!(workspace.read("descope.yaml"), workspace.run(&["bundle", "descope"]).stdout);
}

#[test]
fn what_can_not_be_bundled_is_told() {
    let workspace = Workspace::new();
    let run = workspace.run(&["bundle", "acme"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    assert_eq!(run.stderr, "error: there is no service `acme` in spec/; there is `descope`\n");
    workspace.edit("spec/descope/oauth.yaml", "once.", "once.\n      tag: [oauth]");
    let run = workspace.run(&["bundle", "descope"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    assert!(run.stderr.starts_with("error[unknown-key]: "), "{}", run.stderr);
    assert_eq!(workspace.run(&["bundle"]).code, Some(2));
}
