//! What is printed of the table: lists, descriptions and completions.

use std::process::{Command, Stdio};

use generated_client::{descope, descope_management, nhost};
use serde_json::Value;

use crate::program::Run;

fn printed(words: &[&str]) -> String {
    Run::new(words).end().success()
}

#[test]
fn a_list_for_programs() {
    insta::assert_snapshot!(printed(&["list", "descope", "oauth", "--json"]));
    let Value::Array(all) = Run::new(&["list", "--json"]).end().json() else { panic!("it is a list") };
    let services = [descope::operations(), descope_management::operations(), nhost::operations()];
    assert_eq!(all.len(), services.map(|operations| operations.len()).into_iter().sum::<usize>());
}

#[test]
fn a_list_for_people_has_no_colours_in_a_pipe() {
    let list = printed(&["list", "nhost", "system"]);
    assert!(!list.contains('\u{1b}'), "{list}");
    insta::assert_snapshot!(list);
}

#[test]
fn descriptions() {
    for (service, operation) in [
        ("descope", "oauth_authorize"),
        ("descope", "keys_get_v2"),
        ("nhost", "signin_provider"),
        ("nhost", "signin_mfa_totp"),
        ("nhost", "oauth2_revoke"),
    ] {
        insta::assert_snapshot!(format!("describe_{operation}"), printed(&["describe", service, operation]));
    }
}

#[test]
fn every_operation_has_a_description_and_an_example_that_is_accepted() {
    for info in descope::operations().into_iter().chain(nhost::operations()) {
        let description = printed(&["describe", info.service, info.spec.id]);
        let (_, example) = description.split_once("\nExample\n  authctl ").unwrap();
        let script = format!("\"$AUTHCTL\" {} --dry-run", example.trim_end());
        let mut shell = Command::new("sh");
        shell.args(["-c", &script]).env("AUTHCTL", env!("CARGO_BIN_EXE_authctl"));
        for (name, value) in [
            ("DESCOPE_PROJECT_ID", "P2abc"),
            ("DESCOPE_REFRESH_TOKEN", "r"),
            ("DESCOPE_SESSION_TOKEN", "s"),
            ("DESCOPE_ACCESS_KEY", "k"),
            ("NHOST_BASE_URL", "http://localhost:4000"),
            ("NHOST_ACCESS_TOKEN", "a"),
        ] {
            shell.env(name, value);
        }
        shell.stdin(std::fs::File::open(secrets()).unwrap());
        let output = shell.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        // Lines that stand for all secrets alike can't have every form that one may need.
        let is_of_a_secret = said.lines().filter(|line| line.starts_with("error: ")).all(|line| {
            let name = line.split('`').nth(1).unwrap_or_default();
            let is_of_its_form =
                line.contains("does not match the pattern") || line.contains(" characters, ");
            is_of_its_form && example.contains(&format!(" {name}=-"))
        });
        assert!(output.status.success() || is_of_a_secret, "{script}: {said}");
    }
}

/// Lines for the secrets that examples ask for.
fn secrets() -> std::path::PathBuf {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("secrets");
    std::fs::write(&path, "d189abb0-7bae-498f-bb07-a7d1513c092a\n".repeat(9)).unwrap();
    path
}

#[test]
fn words_are_completed() {
    for (words, found) in [
        (&["de"][..], "describe\n"),
        (&["call", "n"], "nhost\n"),
        (&["list", "descope", "o"], "oauth\none-tap\notp\noutbound\n"),
        (&["describe", "descope", "oauth_e"], "oauth_exchange\n"),
        (&["call", "--timeout", "3", "descope", "oauth_exchange", ""], "code=\n"),
        (&["call", "--dry-run", "descope", "oauth_exchange", "c"], "code=\n"),
        (&["call", "descope", "oauth_authorize", "te"], "test=\ntenantId=\ntemplateId=\ntemplateOptions=\n"),
        (&["call", "descope", "oauth_authorize", "test="], "test=true\ntest=false\n"),
        (&["call", "descope", "oauth_authorize", "--dr"], "--dry-run\n"),
        (&["completions", ""], "bash\nzsh\nfish\n"),
        (&["nothing", ""], ""),
    ] {
        let words: Vec<&str> = ["complete", "--"].into_iter().chain(words.iter().copied()).collect();
        assert_eq!(printed(&words), found, "{words:?}");
    }
}

#[test]
fn bash_completes_with_the_script() {
    for (line, found) in [
        ("authctl describe descope oauth_exch", "oauth_exchange"),
        ("authctl call descope oauth_authorize provider=gith", "github"),
    ] {
        let script = format!(
            "source <(\"$AUTHCTL\" completions bash); authctl() {{ \"$AUTHCTL\" \"$@\"; }}\n\
             COMP_LINE='{line}'; COMP_POINT=${{#COMP_LINE}}; _authctl; echo \"${{COMPREPLY[@]}}\""
        );
        let mut bash = Command::new("bash");
        let output =
            bash.args(["-c", &script]).env("AUTHCTL", env!("CARGO_BIN_EXE_authctl")).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), found, "{output:?}");
    }
    for shell in ["zsh", "fish"] {
        assert!(printed(&["completions", shell]).contains("authctl complete -- "), "{shell}");
    }
}

#[test]
fn a_reader_that_has_gone_is_no_fault() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_authctl"))
        .args(["list", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), &*output.stderr), (Some(0), &b""[..]));
}
