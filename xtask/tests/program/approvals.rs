//! `cargo xtask diff --deny breaking`, and the file of approved changes.

use crate::diff::{add_member, committed, ids, require_member};
use crate::workspace::Workspace;

const FILE: &str = "generated-client/approvals.yaml";

const APPROVED: &str =
    "- finding: required\n  item: descope Session.userId\n  reason: Every session has a user.\n";

const DENIED: &str = "1 breaking change not approved; to approve one, add it to generated-client/approvals.yaml with \
                      its reason\n";

fn breaking() -> Workspace {
    let workspace = committed();
    require_member(&workspace);
    workspace
}

#[test]
fn a_breaking_change_fails_where_it_is_denied() {
    let workspace = breaking();
    assert_eq!(workspace.run(&["diff"]).code, Some(0));
    for format in ["text", "markdown", "json", "github"] {
        let run = workspace.run(&["diff", "--deny", "breaking", "--format", format]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(1), DENIED));
        assert!(run.stdout.contains("required"), "{}", run.stdout);
    }
    assert_eq!(workspace.run(&["diff", "--deny", "additive"]).code, Some(2));
    let additive = committed();
    add_member(&additive);
    let run = additive.run(&["diff", "--deny", "breaking"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
}

#[test]
fn an_approved_change_passes_and_says_so() {
    let workspace = breaking();
    workspace.write(FILE, APPROVED);
    let run = workspace.run(&["diff", "--deny", "breaking"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert!(run.stdout.contains("callers: breaking, approved, wire: "), "{}", run.stdout);
    workspace.edit(FILE, "Session.userId", "Session.id");
    assert_eq!(workspace.run(&["diff", "--deny", "breaking"]).stderr, DENIED, "another member is approved");
}

#[test]
fn an_approval_that_nothing_needs_is_stale() {
    let workspace = committed();
    workspace.write(FILE, APPROVED);
    let run = workspace.run(&["diff", "--format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert_eq!(ids(&run), ["stale-approval required descope Session.userId"]);
    let text = workspace.run(&["diff"]).stdout;
    assert!(
        text.contains("an approved change isn't found any more; take it out of the file of approvals"),
        "{text}"
    );
}

#[test]
fn all_faults_of_the_file_are_told_before_anything_is_compared() {
    let workspace = breaking();
    workspace.write(
        FILE,
        "- finding: required\n  item: descope Session.userId\n- finding: requird\n  item: a\n  reason: b\n",
    );
    let run = workspace.run(&["diff"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    assert_eq!(
        run.stderr,
        "error: generated-client/approvals.yaml: approval 1 has no `reason`; write a text\n\
         error: generated-client/approvals.yaml: approval 2 is of `requird`, which is no finding; \
         generator/REVIEW.md lists all of them\n"
    );
}

#[test]
fn another_file_can_be_named_and_has_to_be_there() {
    let workspace = breaking();
    workspace.write("mine.yaml", APPROVED);
    let mine = workspace.path("mine.yaml");
    let task = ["diff", "--deny", "breaking", "--approvals", mine.to_str().unwrap()];
    assert_eq!(workspace.run(&task).code, Some(0));
    workspace.write("mine.yaml", "");
    let run = workspace.run(&task);
    assert!(run.stderr.contains(&format!("add it to {} with its reason", mine.display())), "{}", run.stderr);
    std::fs::remove_file(&mine).unwrap();
    let run = workspace.run(&task);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    assert!(run.stderr.starts_with(&format!("error: cannot read {}: ", mine.display())), "{}", run.stderr);
}
