//! `cargo xtask semver`, run as a program with a stand-in for cargo-semver-checks that prints what it is given.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::diff::{SPEC, committed, require_member};
use crate::workspace::{Run, Workspace, run};

/// Prints two files, and writes down its arguments.
const TOOL: &str = "#!/bin/sh
folder=\"${0%/bin/*}\"
test \"$2\" = --version && exit 0
echo \"$@\" > \"$folder/arguments\"
cat \"$folder/stdout\"
cat \"$folder/stderr\" >&2
exit \"$(cat \"$folder/code\")\"
";

const FAILURES: &str = "
--- failure struct_pub_field_missing: pub struct's pub field removed or renamed ---

Description:
A field is gone.
        ref: https://example.com/reference
       impl: https://example.com/lint

Failed in:
  field user_id of struct Session, previously in file /old/generated-client/src/descope/oauth.rs:12

--- failure struct_missing: pub struct removed or renamed ---

Description:
A struct is gone.

Failed in:
  struct generated_client::runtime::Old, previously in file /old/generated-client/src/runtime/old.rs:3
";

const UNKNOWN: &str = "
--- failure enum_missing: pub enum removed or renamed ---

Failed in:
  enum generated_client::descope::oauth::Other, previously in file /old/generated-client/src/descope/oauth.rs:9
";

const MAJOR: &str = "\n     Summary semver requires new major version: 2 major and 0 minor checks failed\n";

/// A repository in which a member has another name, and another isn't secret any more.
fn changed() -> Workspace {
    let workspace = committed();
    workspace.edit(
        SPEC,
        "        userId:\n          type: string\n",
        "        id:\n          type: string\n",
    );
    workspace.edit(SPEC, "                userId: U1\n", "                id: U1\n");
    workspace.edit(SPEC, "x-sensitive: true", "x-not-sensitive: It can be spent once.");
    regen(&workspace);
    workspace
}

fn regen(workspace: &Workspace) {
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
}

fn semver(workspace: &Workspace, stdout: &str, stderr: &str, code: &str) -> Run {
    for (file, text) in
        [("bin/cargo-semver-checks", TOOL), ("stdout", stdout), ("stderr", stderr), ("code", code)]
    {
        workspace.write(&format!("home/{file}"), text);
    }
    let tool = workspace.path("home/bin/cargo-semver-checks");
    fs::set_permissions(tool, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = workspace.command(&["semver", "v1", "--features", "descope-oauth,rustls"]);
    run(command.env("CARGO_HOME", workspace.path("home")))
}

#[test]
fn each_difference_is_printed_with_its_reason() {
    let workspace = changed();
    let run = semver(&workspace, FAILURES, MAJOR, "100");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let expected = "\
Changes of the API from `v1` to the working tree

least bump of the version: major by `cargo xtask diff`, major by cargo-semver-checks
1 breaking change that both tell
    member-removed descope Session.userId
1 breaking change that only `cargo xtask diff` tells
    sensitive-removed descope ExchangeRequest.code
        cargo-semver-checks doesn't compare the types of fields, of arguments and of what a method returns.
1 change that only cargo-semver-checks tells
    struct_missing  struct generated_client::runtime::Old, previously in file \
/old/generated-client/src/runtime/old.rs:3
        The item is written by hand, so no spec describes it.
";
    assert_eq!(run.stdout, expected);
    let arguments = workspace.read("home/arguments");
    let (old, new) = (workspace.path("target/semver/old"), workspace.path("generated-client/Cargo.toml"));
    assert_eq!(
        arguments.trim(),
        format!(
            "semver-checks --color never --release-type patch --manifest-path {} --baseline-root {} \
             --only-explicit-features --features descope-oauth,rustls",
            new.display(),
            old.display()
        )
    );
    let old = workspace.read("target/semver/old/generated-client/src/descope/oauth.rs");
    assert!(
        old.contains("user_id")
            && !workspace.read("generated-client/src/descope/oauth.rs").contains("user_id")
    );
    assert_eq!(workspace.read("target/semver/old/spec/descope/oauth.yaml").matches("userId").count(), 2);
}

#[test]
fn a_difference_without_a_reason_fails() {
    let run = semver(&changed(), UNKNOWN, MAJOR, "100");
    assert_eq!(run.code, Some(1));
    assert!(run.stdout.contains("descope/oauth.rs:9\n        No reason is known.\n"), "{}", run.stdout);
    assert_eq!(
        run.stderr,
        "2 differences without a reason; find out which side is right, and add the reason to \
         xtask/src/semver/reasons.rs\n"
    );
}

#[test]
fn both_can_find_nothing_that_breaks() {
    let workspace = committed();
    let run = semver(&workspace, "", "     Summary no semver update required\n", "0");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let expected = "\
Changes of the API from `v1` to the working tree

least bump of the version: patch by `cargo xtask diff`, patch by cargo-semver-checks
0 breaking changes that both tell
0 breaking changes that only `cargo xtask diff` tells
0 changes that only cargo-semver-checks tells
";
    assert_eq!(run.stdout, expected);
    require_member(&workspace);
    regen(&workspace);
    let run = semver(&workspace, "", "     Summary no semver update required\n", "0");
    assert!(
        run.stdout.contains("major by `cargo xtask diff`, patch by cargo-semver-checks\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_working_tree_that_is_not_regenerated_is_refused() {
    let workspace = committed();
    require_member(&workspace);
    let run = semver(&workspace, FAILURES, MAJOR, "100");
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    assert_eq!(
        run.stderr,
        "error: the generated code of the working tree isn't what its spec gives; run `cargo xtask regen` first\n"
    );
}

#[test]
fn a_tool_that_fails_is_quoted() {
    for (stderr, code) in [("error: no library\n", "101"), (MAJOR, "101")] {
        let run = semver(&committed(), "", stderr, code);
        let told =
            format!("{}\nerror: cargo-semver-checks gave no verdict: exit status: 101\n", stderr.trim_end());
        assert_eq!((run.code, run.stdout.as_str(), run.stderr), (Some(1), "", told));
    }
}

#[test]
fn a_tool_that_is_missing_is_named_with_the_way_to_get_it() {
    let workspace = committed();
    let mut command = workspace.command(&["semver", "v1"]);
    let run = run(command.env("CARGO_HOME", workspace.path("home")).env("PATH", ""));
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    assert_eq!(
        run.stderr,
        "error: cargo-semver-checks isn't installed; get it by `cargo install cargo-semver-checks --locked`\n"
    );
}
