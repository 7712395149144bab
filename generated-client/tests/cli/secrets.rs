//! Credentials: where they come from, and that no secret is printed that shouldn't be.

use serde_json::json;
use wiremock::ResponseTemplate;

use crate::program::{Run, answering, header, only_request};

const UPDATE: [&str; 4] = ["call", "descope", "oauth_authorize_update", "provider=google"];

#[tokio::test]
async fn a_credential_comes_from_the_environment_a_file_or_standard_input() {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str, text: &str| {
        let path = directory.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let alone = path("alone", "f.i.le\n");
    let named =
        path("named", "# of the user\nDESCOPE_REFRESH_TOKEN=f.i.le\nDESCOPE_AUTH_MANAGEMENT_KEY=K1\n");
    for (options, sent) in [
        (vec![], "Bearer P2abc:e.n.v"),
        (vec!["--credential-stdin"], "Bearer P2abc:i.n.put"),
        (vec!["--credential-file", &alone], "Bearer P2abc:f.i.le"),
        (vec!["--credential-file", &named], "Bearer P2abc:f.i.le:K1"),
    ] {
        let server =
            answering(ResponseTemplate::new(200).set_body_json(json!({"url": "https://p.example"}))).await;
        let words: Vec<&str> = UPDATE.into_iter().chain(options).collect();
        let run = Run::new(&words).at(&server).env("DESCOPE_REFRESH_TOKEN", "e.n.v").input("i.n.put\n");
        run.end().success();
        assert_eq!(header(&only_request(&server).await, "authorization"), Some(sent));
    }
}

#[tokio::test]
async fn an_operation_is_sent_the_credential_that_it_names() {
    for (operation, sent) in
        [("oauth_authorize_update", "Bearer P2abc:refresh"), ("oauth_exchange", "Bearer P2abc")]
    {
        let server = answering(ResponseTemplate::new(200).set_body_json(json!({}))).await;
        let argument = if operation == "oauth_exchange" { "code=-" } else { "provider=google" };
        let run = Run::new(&["call", "descope", operation, argument]).at(&server).input("x\n");
        let run = run.env("DESCOPE_REFRESH_TOKEN", "refresh").env("DESCOPE_SESSION_TOKEN", "session");
        run.env("DESCOPE_ACCESS_KEY", "key").end().success();
        assert_eq!(header(&only_request(&server).await, "authorization"), Some(sent));
    }
    let server = answering(ResponseTemplate::new(200).set_body_json(json!({}))).await;
    let run = Run::new(&["call", "nhost", "user_get"]).at(&server).env("NHOST_ACCESS_TOKEN", "a.c.c");
    run.end().success();
    assert_eq!(header(&only_request(&server).await, "authorization"), Some("Bearer a.c.c"));
}

#[tokio::test]
async fn a_dry_run_sends_nothing_and_shows_no_secret_unless_it_is_told_to() {
    let server = answering(ResponseTemplate::new(500)).await;
    let words = ["call", "descope", "oauth_exchange", "code=-", "--dry-run"];
    let run = |words: &[&str]| Run::new(words).at(&server).input("s3cret\n").end().success();
    let shown = run(&words);
    let url = format!("POST {}/v1/auth/oauth/exchange\n", server.uri());
    assert!(shown.starts_with(&url), "{shown}");
    assert!(shown.contains("\nauthorization: [secret]\n"), "{shown}");
    assert!(shown.ends_with("\n\n{\n  \"code\": \"[secret]\"\n}\n"), "{shown}");
    assert!(!shown.contains("s3cret"), "{shown}");

    let words: Vec<&str> = words.into_iter().chain(["--show-secrets"]).collect();
    let shown = run(&words);
    assert!(shown.contains("\nauthorization: Bearer P2abc\n"), "{shown}");
    assert!(shown.ends_with("{\n  \"code\": \"s3cret\"\n}\n"), "{shown}");
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_dry_run_leaves_secrets_out_of_queries_and_forms() {
    let server = answering(ResponseTemplate::new(500)).await;
    let words = ["call", "nhost", "signin_provider_callback", "provider=github", "state=-", "--dry-run"];
    let shown = Run::new(&words).at(&server).input("s3cret\n").end().success();
    let url = format!("GET {}/signin/provider/github/callback?state=[secret]\n", server.uri());
    assert!(shown.starts_with(&url), "{shown}");

    let words = ["call", "nhost", "oauth2_introspect", "token=-", "client_id=me", "--dry-run"];
    let shown = Run::new(&words).at(&server).input("s3cret\n").end().success();
    assert!(shown.ends_with("\n\nclient_id=me&token=[secret]\n"), "{shown}");
}

#[tokio::test]
async fn a_secret_on_the_command_line_is_warned_of() {
    let server = answering(ResponseTemplate::new(200).set_body_json(json!({}))).await;
    let ended = Run::new(&["call", "descope", "oauth_exchange", "code=s3cret"]).at(&server).end();
    assert!(ended.err.starts_with("warning: `code` is a secret that other users"), "{ended:?}");
    assert!(!ended.err.contains("s3cret"), "{ended:?}");
    ended.success();
}

/// The program thinks that it writes to a terminal when `script` runs it.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_terminal_shows_no_secret_unless_it_is_told_to() {
    use std::process::{Command, Stdio};

    let response = json!({"sessionJwt": "s3cret", "user": {"email": "a@example.com"}});
    let response =
        ResponseTemplate::new(200).set_body_json(response).insert_header("Set-Cookie", "DS=s3cret");
    for (options, is_shown) in [("--include", false), ("--raw", false), ("--include --show-secrets", true)] {
        let server = answering(response.clone()).await;
        let program = env!("CARGO_BIN_EXE_authctl");
        let call = format!("echo c | '{program}' call descope oauth_exchange code=- {options}");
        let mut script = Command::new("script");
        script.args(["-qec", &call, "/dev/null"]).stdin(Stdio::null());
        script.env("DESCOPE_PROJECT_ID", "P2abc").env("DESCOPE_BASE_URL", server.uri()).env("NO_COLOR", "1");
        let output = script.output().expect("`script`, which Linux has in its basic tools");
        let shown = String::from_utf8_lossy(&output.stdout);
        assert_eq!(shown.contains("s3cret"), is_shown, "{shown}");
        let is_refused = shown.contains("`--raw` needs `--show-secrets` on a terminal");
        assert_eq!(is_refused, options == "--raw", "{shown}");
        assert_eq!(shown.contains("secrets are left out"), options == "--include", "{shown}");
        assert_eq!(shown.contains("a@example.com"), !is_refused, "{shown}");
    }
}
