//! `cargo xtask diff`, run as a program: which versions it compares, how it prints what it finds, and what it can't do.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::workspace::{Run, Workspace, run};

pub(crate) const SPEC: &str = "spec/descope/oauth.yaml";

const NOTHING: &str = "The API is the same.\n";

/// A repository whose first version is committed on the default branch, and tagged `v1`.
pub(crate) fn committed() -> Workspace {
    let workspace = Workspace::regenerated();
    workspace.git(&["init", "--quiet", "--initial-branch", "main"]);
    workspace.commit("v1");
    workspace
}

/// Adds a member to a response.
pub(crate) fn add_member(workspace: &Workspace) {
    let member = "locale:\n          type: string\n          description: The language of the user.";
    workspace.edit(SPEC, "Whose session it is.", &format!("Whose session it is.\n        {member}"));
}

/// Requires a member of a response, which breaks callers.
pub(crate) fn require_member(workspace: &Workspace) {
    workspace.edit(SPEC, "A session.\n", "A session.\n      required:\n        - userId\n");
}

/// The findings of a run with `--format json`.
pub(crate) fn ids(run: &Run) -> Vec<String> {
    let objects = run.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    objects.map(|object| format!("{} {}", object["rule"], object["item"]).replace('"', "")).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[test]
fn a_revision_is_compared_with_the_working_tree() {
    let workspace = committed();
    add_member(&workspace);
    let run = workspace.run(&["diff", "v1"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert_eq!(
        run.stdout,
        "\
Changes of the API from `v1` to the working tree

member-added  descope Session.locale
    a member is new
    callers: additive, wire: same, bump: minor
    after: spec/descope/oauth.yaml:28
    added: generated_client::descope::oauth::Session::locale

1 change: 0 breaking, 1 additive, 0 in documentation, 0 unseen by callers. None shows on the wire. \
The least bump of the version is minor.
"
    );
}

#[test]
fn two_revisions_are_compared_whatever_the_working_tree_is() {
    let workspace = committed();
    add_member(&workspace);
    assert_eq!(workspace.run(&["regen"]).code, Some(0));
    workspace.commit("v2");
    require_member(&workspace);
    let run = workspace.run(&["diff", "v1", "v2", "--format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert_eq!(ids(&run), ["member-added descope Session.locale"]);
    let run = workspace.run(&["diff", "v2", "v1", "--format", "json"]);
    assert_eq!(ids(&run), ["member-removed descope Session.locale"]);
    fs::remove_dir_all(workspace.path("spec")).unwrap();
    let run = workspace.run(&["diff", "v1", "v2"]);
    assert!(
        run.stdout.starts_with("Changes of the API from `v1` to `v2`\n\nmember-added "),
        "{}",
        run.stdout
    );
}

#[test]
fn two_folders_are_compared_without_git() {
    let workspace = Workspace::new();
    for side in ["old", "new"] {
        copy(&workspace.path("spec/descope"), &workspace.path(&format!("{side}/spec/descope")));
    }
    workspace.edit("new/spec/descope/oauth.yaml", "spent once.", "spent one time.");
    let (old, new) = (workspace.path("old"), workspace.path("new"));
    let task = ["diff", old.to_str().unwrap(), new.to_str().unwrap()];
    let run = run(workspace.command(&task).env("PATH", ""));
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let title =
        format!("Changes of the API from `{}` to `{}`\n\noperation-text ", old.display(), new.display());
    assert!(run.stdout.starts_with(&title), "{}", run.stdout);
}

#[test]
fn a_branch_is_compared_with_its_merge_base() {
    let workspace = committed();
    workspace.git(&["checkout", "--quiet", "-b", "topic"]);
    add_member(&workspace);
    workspace.commit("v2");
    workspace.git(&["checkout", "--quiet", "main"]);
    workspace.edit(SPEC, "spent once.", "spent one time.");
    workspace.commit("v1.1");
    workspace.git(&["checkout", "--quiet", "topic"]);
    require_member(&workspace);
    let run = workspace.run(&["diff", "--format", "json"]);
    let expected = ["required descope Session.userId", "member-added descope Session.locale"];
    assert_eq!((ids(&run), run.code), (expected.map(str::to_owned).to_vec(), Some(0)), "{}", run.stderr);
}

#[test]
fn a_repository_without_a_default_branch_is_asked_for_the_old_version() {
    let workspace = committed();
    workspace.git(&["branch", "--move", "trunk"]);
    let run = workspace.run(&["diff"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    assert_eq!(
        run.stderr,
        "error: there is no branch `main` or `master` to compare with; fetch it, or name the old version, as in \
         `cargo xtask diff HEAD~1`\n"
    );
    workspace.git(&["checkout", "--quiet", "--orphan", "main"]);
    workspace.git(&["commit", "--quiet", "--message", "another beginning"]);
    workspace.git(&["checkout", "--quiet", "trunk"]);
    let run = workspace.run(&["diff"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr.starts_with(
            "error: no commit is known that `main` and the one that is checked out have in common; "
        ),
        "{}",
        run.stderr
    );
}

#[test]
fn a_version_that_is_not_there_is_named() {
    let workspace = committed();
    fs::create_dir(workspace.path("empty")).unwrap();
    let empty = workspace.path("empty");
    for name in ["v9", "--v9", "HEAD:spec", empty.to_str().unwrap()] {
        let run = workspace.run(&["diff", "--", name]);
        let told = format!("error: `{name}` is neither a revision of git nor a folder with a `spec` in it\n");
        assert_eq!((run.code, run.stdout.as_str(), run.stderr), (Some(1), "", told));
    }
    fs::create_dir(empty.join("spec")).unwrap();
    let run = workspace.run(&["diff", empty.to_str().unwrap()]);
    let told =
        format!("error: there is no *.yaml file under spec/\nerror: `{}` can't be read\n", empty.display());
    assert_eq!((run.code, run.stdout.as_str(), run.stderr), (Some(1), "", told));
}

#[test]
fn a_commit_without_a_spec_is_named() {
    let workspace = Workspace::regenerated();
    workspace.git(&["init", "--quiet", "--initial-branch", "main"]);
    workspace.git(&["commit", "--quiet", "--allow-empty", "--message", "nothing yet"]);
    let run = workspace.run(&["diff", "HEAD"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), "error: there is no file under spec/ in `HEAD`\n"));
}

#[test]
fn what_git_can_not_do_is_told_with_what_works_without_it() {
    const HELP: &str =
        "help: revisions are read with git; without it, name two folders that have a `spec` in them\n";
    let workspace = Workspace::new();
    let above = workspace.path("");
    for task in [&["diff"][..], &["diff", "v1"], &["changelog", "v1"]] {
        let outside = run(workspace.command(task).env("GIT_CEILING_DIRECTORIES", above.parent().unwrap()));
        assert_eq!((outside.code, outside.stdout.as_str()), (Some(1), ""));
        assert!(outside.stderr.starts_with("error: git: fatal: not a git repository"), "{}", outside.stderr);
        assert!(outside.stderr.ends_with(HELP), "{}", outside.stderr);
        let missing = run(workspace.command(task).env("PATH", ""));
        assert_eq!((missing.code, missing.stdout.as_str()), (Some(1), ""));
        assert!(missing.stderr.starts_with("error: cannot run git: "), "{}", missing.stderr);
        assert!(missing.stderr.ends_with(HELP), "{}", missing.stderr);
    }
}

#[test]
fn a_side_that_can_not_be_read_is_told_with_its_faults() {
    let closing = |side: &str| {
        format!("error: {side} can't be compared: it has 1 fault by the rules of this generator\n")
    };
    let workspace = committed();
    workspace.edit(SPEC, "once.", "once.\n      tag: [oauth]");
    let run = workspace.run(&["diff", "v1"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    assert!(run.stderr.starts_with("error[unknown-key]: OpenAPI 3.0 has no `tag`"), "{}", run.stderr);
    assert!(run.stderr.ends_with(&closing("the working tree")), "{}", run.stderr);
    workspace.commit("broken");
    let both = workspace.run(&["diff", "broken"]);
    assert_eq!(both.code, Some(1));
    assert_eq!(both.stderr.matches("error[unknown-key]").count(), 2, "{}", both.stderr);
    assert!(both.stderr.contains(&closing("`broken`")), "{}", both.stderr);
    workspace.edit(SPEC, "once.\n      tag: [oauth]", "once.");
    let run = workspace.run(&["diff", "broken"]);
    assert!(run.stderr.ends_with(&closing("`broken`")), "{}", run.stderr);
}

#[test]
fn the_faults_of_a_side_are_printed_in_each_format() {
    let workspace = committed();
    workspace.edit(SPEC, "once.", "once.\n      tag: [oauth]");
    let closing = "the working tree can't be compared: it has 1 fault by the rules of this generator";
    let printed = |format: &str| {
        let run = workspace.run(&["diff", "v1", "--format", format]);
        assert_eq!((run.code, run.stderr), (Some(1), format!("{closing}\n")), "{format}");
        run.stdout
    };
    assert_eq!(
        printed("json"),
        "{\"file\":\"spec/descope/oauth.yaml\",\"line\":36,\"column\":7,\"rule\":\"unknown-key\",\"item\":\"the working \
         tree\",\"message\":\"OpenAPI 3.0 has no `tag` in an operation\",\"help\":\"did you mean `tags`?\"}\n"
    );
    assert_eq!(
        printed("github"),
        "::error file=spec/descope/oauth.yaml,line=36,col=7,title=unknown-key::the working tree: OpenAPI 3.0 has no `tag` \
         in an operation%0Ahelp: did you mean `tags`?\n"
    );
    assert_eq!(
        printed("markdown"),
        format!(
            "{closing}\n\n| finding | what | help | where |\n| --- | --- | --- | --- |\n| `unknown-key` | the working tree: \
             OpenAPI 3.0 has no `tag` in an operation | did you mean `tags`? | `spec/descope/oauth.yaml:36` |\n"
        )
    );
    workspace.commit("broken");
    let both = workspace.run(&["diff", "broken", "--format", "json"]);
    let sides = ["`broken`", "the working tree"];
    assert_eq!(both.stderr, sides.map(|side| closing.replace("the working tree", side) + "\n").concat());
    let items: Vec<serde_json::Value> =
        both.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!([&items[0]["item"], &items[1]["item"]], sides);

    let missing = workspace.run(&["diff", "v9", "--format", "json"]);
    let told = "`v9` is neither a revision of git nor a folder with a `spec` in it";
    let object = serde_json::json!({
        "file": null, "line": null, "column": null, "rule": "workspace", "message": told, "help": "",
    });
    assert_eq!((missing.code, missing.stderr.as_str()), (Some(1), "nothing was compared\n"));
    assert_eq!(serde_json::from_str::<serde_json::Value>(&missing.stdout).unwrap(), object);
}

#[test]
fn nothing_that_changed_is_said() {
    let workspace = committed();
    for task in [&["diff"][..], &["diff", "v1"], &["diff", "HEAD", "v1"], &["diff", "--deny", "breaking"]] {
        let run = workspace.run(task);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
        assert!(run.stdout.ends_with(NOTHING), "{}", run.stdout);
    }
    for format in ["json", "github"] {
        let run = workspace.run(&["diff", "--format", format]);
        assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(0), "", ""));
    }
    workspace.edit(SPEC, "openapi: 3.0.3\n", "# A comment isn't a part of the API.\nopenapi: 3.0.3\n");
    assert!(workspace.run(&["diff"]).stdout.ends_with(NOTHING));
}

#[test]
fn findings_are_printed_in_each_format() {
    let workspace = committed();
    add_member(&workspace);
    require_member(&workspace);
    let printed = |format: &str| {
        let run = workspace.run(&["diff", "v1", "--format", format]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
        run.stdout
    };
    assert_eq!(printed("markdown"), MARKDOWN);
    assert_eq!(
        printed("json"),
        "{\"file\":\"spec/descope/oauth.yaml\",\"line\":27,\"column\":null,\"rule\":\"required\",\
         \"item\":\"descope Session.userId\",\"message\":\"a value of a response is always there\",\
         \"callers\":\"breaking\",\"wire\":\"a response is read differently\",\"bump\":\"major\",\"places\":[{\"label\":\
         \"before\",\"file\":\"spec/descope/oauth.yaml\",\"line\":25},{\"label\":\"after\",\"file\":\
         \"spec/descope/oauth.yaml\",\"line\":27}],\"added\":[],\"changed\":[\
         \"generated_client::descope::oauth::Session::user_id\"],\"removed\":[]}\n\
         {\"file\":\"spec/descope/oauth.yaml\",\"line\":30,\"column\":null,\"rule\":\"member-added\",\
         \"item\":\"descope Session.locale\",\"message\":\"a member is new\",\
         \"callers\":\"additive\",\"wire\":\"same\",\"bump\":\"minor\",\"places\":[{\"label\":\"after\",\"file\":\
         \"spec/descope/oauth.yaml\",\"line\":30}],\"added\":[\
         \"generated_client::descope::oauth::Session::locale\"],\"changed\":[],\"removed\":[]}\n"
    );
    assert_eq!(
        printed("github"),
        "::error file=spec/descope/oauth.yaml,line=27,title=required::descope Session.userId: a value of a response is \
         always there%0Acallers: breaking, wire: a response is read differently, bump: major\n\
         ::notice file=spec/descope/oauth.yaml,line=30,title=member-added::descope Session.locale: a member is new%0A\
         callers: additive, wire: same, bump: minor\n"
    );
}

const MARKDOWN: &str = "\
### Changes of the API from `v1` to the working tree

2 changes: 1 breaking, 1 additive, 0 in documentation, 0 unseen by callers. 1 shows on the wire. \
The least bump of the version is major.

| finding | what | callers | wire | bump | where |
| --- | --- | --- | --- | --- | --- |
| `required` | descope Session.userId: a value of a response is always there | breaking | a response is read differently \
| major | `spec/descope/oauth.yaml:27` |

<details>
<summary>1 other finding</summary>

| finding | what | callers | wire | bump | where |
| --- | --- | --- | --- | --- | --- |
| `member-added` | descope Session.locale: a member is new | additive | same | minor | `spec/descope/oauth.yaml:30` |

</details>
";

#[test]
fn what_the_generator_changed_is_counted_and_listed_for_programs() {
    let workspace = committed();
    workspace.edit("generated-client/src/descope/oauth.rs", "user_id", "users_id");
    workspace.commit("older");
    let run = workspace.run(&["diff", "older", "v1"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert!(
        run.stdout.ends_with(
            " The generator changed 2 public items of the code that was checked in; `--format json` lists them.\n"
        ),
        "{}",
        run.stdout
    );
    let run = workspace.run(&["diff", "older", "v1", "--format", "json"]);
    assert_eq!(ids(&run), ["generator-changed Session.user_id", "generator-changed Session.users_id"]);
}

/// A text without the numbers of lines in it, which an edit of the spec moves.
fn without_lines(text: &str) -> String {
    let lines = text.lines().map(|line| match line.rsplit_once(".yaml:") {
        Some((before, number)) if number.parse::<u32>().is_ok() => format!("{before}.yaml\n"),
        _ => format!("{line}\n"),
    });
    lines.collect()
}

#[test]
fn the_example_of_the_readme_is_what_the_task_prints() {
    const FILE: &str = "spec/descope/common.yaml";
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let workspace = Workspace::new();
    for side in ["old", "new"] {
        copy(&repository.join("spec/descope"), &workspace.path(&format!("{side}/spec/descope")));
    }
    let (schema, rest) = ("    LoginOptions:\n", "      properties:\n");
    let text = workspace.read(&format!("new/{FILE}"));
    let (before, after) = text.split_once(schema).unwrap();
    let member = "        deviceName:\n          type: string\n          description: Name of the device.\n";
    let after = after.replacen(rest, &format!("{rest}{member}"), 1);
    workspace.write(&format!("new/{FILE}"), format!("{before}{schema}{after}"));
    let (old, new) = (workspace.path("old"), workspace.path("new"));
    let run = workspace.run(&["diff", old.to_str().unwrap(), new.to_str().unwrap()]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let finding = run.stdout.split("\n\n").find(|block| block.starts_with("member-added ")).unwrap();
    let page = without_lines(&fs::read_to_string(repository.join("README.md")).unwrap());
    assert!(page.contains(&without_lines(finding)), "{finding}");
}
