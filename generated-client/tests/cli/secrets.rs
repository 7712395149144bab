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
        #[cfg(unix)]
        std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
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

#[tokio::test]
async fn a_header_on_the_command_line_is_warned_of() {
    let server = answering(ResponseTemplate::new(200)).await;
    let health = ["call", "nhost", "system_health", "--header"];
    let run = |header| Run::new(&[&health[..], &[header]].concat()).at(&server).input("DS=s3cret\n").end();
    let ended = run("cookie=DS=s3cret");
    assert!(
        ended.err.starts_with(
            "warning: the header `cookie` may be a secret, and other users of this machine can see it; `--header \
             cookie=-` reads it from standard input, `--header cookie=@file` from a file\n"
        ),
        "{ended:?}"
    );
    assert!(!ended.err.contains("s3cret"), "{ended:?}");
    ended.success();
    let ended = run("cookie=-");
    assert!(!ended.err.contains("warning"), "{ended:?}");
    ended.success();
}

/// A program that finds no credential where it is told to look doesn't look elsewhere.
#[tokio::test]
async fn a_credential_that_is_empty_is_refused() {
    let server = answering(ResponseTemplate::new(200)).await;
    let words: Vec<&str> = UPDATE.into_iter().chain(["--credential-stdin"]).collect();
    for input in ["\n", "\u{feff}\n", "# mine\n"] {
        let ended = Run::new(&words).at(&server).env("DESCOPE_REFRESH_TOKEN", "e.n.v").input(input).end();
        assert_eq!(
            (ended.code, &*ended.err),
            (Some(2), "error: the credential is empty: write it on a line, or lines such as `NAME=...`\n")
        );
    }
    assert!(server.received_requests().await.unwrap().is_empty());
}

/// Some programs begin a text with a mark, of which only the first line of the input has one.
#[tokio::test]
async fn a_mark_at_the_start_of_the_input_is_left_out() {
    let mark = "\u{feff}";
    for (options, input) in
        [(&["provider=-", "--credential-stdin"][..], "i.n.put\ngoogle\n"), (&["provider=-"], "google\n")]
    {
        let server =
            answering(ResponseTemplate::new(200).set_body_json(json!({"url": "https://p.example"}))).await;
        let words = [&UPDATE[..3], options].concat();
        let run = Run::new(&words).at(&server).env("DESCOPE_REFRESH_TOKEN", "i.n.put");
        run.input(format!("{mark}{input}")).end().success();
        let sent = only_request(&server).await;
        assert_eq!(header(&sent, "authorization"), Some("Bearer P2abc:i.n.put"));
        assert!(sent.url.query().unwrap().contains("provider=google"), "{}", sent.url);
    }
    let server = answering(ResponseTemplate::new(200).set_body_json(json!({}))).await;
    let words = ["call", "descope", "oauth_exchange", "--body", "-"];
    Run::new(&words).at(&server).input(format!("{mark}{{\"code\": \"x\"}}")).end().success();
    assert_eq!(only_request(&server).await.body, b"{\"code\":\"x\"}");
}

#[tokio::test]
async fn a_secret_in_a_whole_body_on_the_command_line_is_warned_of() {
    let server = answering(ResponseTemplate::new(200).set_body_json(json!({}))).await;
    let words =
        ["call", "descope", "password_sign_in", "--body", r#"{"loginId": "a", "password": "s3cret"}"#];
    let ended = Run::new(&words).at(&server).end();
    assert!(ended.err.starts_with("warning: `password` is a secret that other users"), "{ended:?}");
    assert!(ended.err.contains("`--body -`") && !ended.err.contains("s3cret"), "{ended:?}");
    ended.success();
    let words = ["call", "descope", "password_sign_in", "--body", "-"];
    let ended = Run::new(&words).at(&server).input(r#"{"loginId": "a", "password": "s3cret"}"#).end();
    assert!(!ended.err.contains("warning"), "{ended:?}");
}

/// The path of a new file with these permissions.
#[cfg(unix)]
fn file(directory: &tempfile::TempDir, text: &str, mode: u32) -> String {
    use std::os::unix::fs::PermissionsExt;

    let path = directory.path().join(format!("{mode:o}"));
    std::fs::write(&path, text).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
    path.to_str().unwrap().to_owned()
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_others_can_read_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    for mode in [0o666, 0o644, 0o640, 0o604] {
        let server = answering(ResponseTemplate::new(200)).await;
        let file = file(&directory, "s3cret\n", mode);
        let words: Vec<&str> = UPDATE.into_iter().chain(["--credential-file", &file]).collect();
        let ended = Run::new(&words).at(&server).end();
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert_eq!(ended.err, format!("error: other users can read {file}: run `chmod 600 {file}`\n"));
        assert!(server.received_requests().await.unwrap().is_empty());
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_with_a_mistake_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let file = file(&directory, "DESCOPE_REFRESH_TOKN=s3cret\nexport NHOST_ACCESS_TOKEN='s3cret'\n", 0o600);
    let server = answering(ResponseTemplate::new(200)).await;
    let words: Vec<&str> = UPDATE.into_iter().chain(["--credential-file", &file]).collect();
    let ended = Run::new(&words).at(&server).end();
    assert_eq!(
        (ended.code, &*ended.err),
        (
            Some(2),
            "error: line 1 of the credential sets `DESCOPE_REFRESH_TOKN`, which is no variable of `authctl`; did you mean \
             `DESCOPE_REFRESH_TOKEN`?\n\
             error: line 2 of the credential begins with `export`, which only a shell reads: write \
             `NHOST_ACCESS_TOKEN=...`\n"
        )
    );
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_token_of_the_environment_goes_to_the_server_of_the_environment_alone() {
    let server = answering(ResponseTemplate::new(200).set_body_json(json!({}))).await;
    let url = server.uri();
    let other = "https://auth.example.com/v1";
    let words = ["call", "nhost", "user_get", "--base-url", &url];
    for environment in [None, Some(other)] {
        let run = Run::new(&words).env("NHOST_ACCESS_TOKEN", "a.c.c");
        let run = environment.into_iter().fold(run, |run, url| run.env("NHOST_BASE_URL", url));
        let ended = run.end();
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert!(
            ended.err.starts_with("error: NHOST_ACCESS_TOKEN is set in the environment, and"),
            "{ended:?}"
        );
    }
    assert!(server.received_requests().await.unwrap().is_empty());
    let flagged: Vec<&str> = words.into_iter().chain(["--send-environment-credentials"]).collect();
    for (words, environment, input) in [
        (&flagged, other, ""),
        (&words.to_vec(), &*url, ""),
        (&words.into_iter().chain(["--credential-stdin"]).collect(), other, "a.c.c\n"),
    ] {
        let run = Run::new(words).env("NHOST_ACCESS_TOKEN", "a.c.c").env("NHOST_BASE_URL", environment);
        run.input(input).end().success();
    }
    let sent = server.received_requests().await.unwrap();
    assert_eq!(sent.len(), 3);
    assert!(sent.iter().all(|request| header(request, "authorization") == Some("Bearer a.c.c")));
    // The ID of a project is no secret, and goes with it.
    let words = ["call", "descope", "keys_get_v2", "projectId=P2abc", "--base-url", &url];
    Run::new(&words).env("DESCOPE_PROJECT_ID", "P2abc").env("DESCOPE_REFRESH_TOKEN", "r.t").end().success();
}

#[tokio::test]
async fn a_key_that_every_call_has_is_a_secret_of_the_environment() {
    let server = answering(ResponseTemplate::new(200).set_body_json(json!({}))).await;
    let url = server.uri();
    let words = ["call", "descope-management", "user_get", "loginId=a", "--base-url", &url];
    let run = |more: &[&str]| {
        let words: Vec<&str> = words.iter().chain(more).copied().collect();
        Run::new(&words).env("DESCOPE_MANAGEMENT_PROJECT_ID", "P2abc").env("DESCOPE_MANAGEMENT_KEY", "K2abc")
    };
    let ended = run(&[]).end();
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert_eq!(
        ended.err,
        "error: DESCOPE_MANAGEMENT_KEY is set in the environment, and `--base-url` names another server than the \
         environment: give the credential by `--credential-file` or `--credential-stdin`, or add \
         `--send-environment-credentials`\n"
    );
    assert!(server.received_requests().await.unwrap().is_empty());
    run(&["--send-environment-credentials"]).end().success();
    run(&["--credential-stdin"]).input("DESCOPE_MANAGEMENT_KEY=K2abc\n").end().success();
    let sent = server.received_requests().await.unwrap();
    assert_eq!(sent.len(), 2);
    assert!(sent.iter().all(|request| header(request, "authorization") == Some("Bearer P2abc:K2abc")));
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_no_text_is_told() {
    use std::os::unix::ffi::OsStringExt;

    let value = std::ffi::OsString::from_vec(b"a\xff".to_vec());
    let ended = Run::new(&["call", "nhost", "user_get"]).env_os("NHOST_ACCESS_TOKEN", &value).end();
    assert_eq!(
        (ended.code, ended.err.as_str()),
        (Some(2), "error: the value of NHOST_ACCESS_TOKEN is not UTF-8\n")
    );
}

/// Some files have no end, and some editors begin a file with a mark.
#[cfg(unix)]
#[tokio::test]
async fn a_credential_file_may_be_endless_marked_or_no_file() {
    use std::os::unix::fs::PermissionsExt;

    let server =
        answering(ResponseTemplate::new(200).set_body_json(json!({"url": "https://p.example"}))).await;
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("marked");
    let link = directory.path().join("link");
    std::fs::write(&file, "\u{feff}DESCOPE_REFRESH_TOKEN=f.i.le").unwrap();
    std::fs::set_permissions(&file, PermissionsExt::from_mode(0o600)).unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let run = |path: &std::path::Path| {
        let words: Vec<&str> =
            UPDATE.into_iter().chain(["--credential-file", path.to_str().unwrap()]).collect();
        Run::new(&words).at(&server).end()
    };
    run(&link).success();
    assert_eq!(header(&only_request(&server).await, "authorization"), Some("Bearer P2abc:f.i.le"));

    let refused = |path: &std::path::Path, why: &str| {
        let refused = run(path);
        assert_eq!(refused.code, Some(2), "{refused:?}");
        assert!(refused.err.contains(why), "{refused:?}");
    };
    refused(std::path::Path::new("/dev/zero"), "can't be read from /dev/zero: it has more than 16 MiB");
    refused(directory.path(), "Is a directory");
    refused(&directory.path().join("none"), "No such file");
    std::fs::write(&file, "f.i\0.le").unwrap();
    refused(&link, "credential `refresh_token` has a control character in it");
    std::fs::write(&file, b"f.i.le\xff").unwrap();
    refused(&link, "it is not UTF-8");
}

#[cfg(unix)]
#[test]
fn the_server_of_the_environment_is_what_the_environment_alone_says() {
    let directory = tempfile::tempdir().unwrap();
    let usual = file(&directory, "DESCOPE_BASE_URL=https://api.descope.com\n", 0o600);
    let region = "Puse1aAc4T2V93bddihGEx2Ryhc8e5Z0";
    let option = "`--base-url` names another server than the environment";
    for (project, base_url, options, why) in [
        (
            "P2abc",
            "https://staging.example",
            ["--credential-file", &*usual],
            Some("the base URL beside the credential names another server than the environment"),
        ),
        (region, "", ["--base-url", "https://api.descope.com"], Some(option)),
        (region, "", ["--base-url", "https://api.use1.descope.com"], None),
    ] {
        let words = [&["call", "descope", "session_me", "--dry-run"][..], &options].concat();
        let run = Run::new(&words).env("DESCOPE_PROJECT_ID", project).env("DESCOPE_BASE_URL", base_url);
        let ended = run.env("DESCOPE_REFRESH_TOKEN", "r.t").end();
        let told = why.map(|why| format!("DESCOPE_REFRESH_TOKEN is set in the environment, and {why}: "));
        assert_eq!(told.is_some(), ended.err.contains("is set in the environment"), "{ended:?}");
        assert!(told.is_none_or(|told| ended.err.contains(&told)), "{ended:?}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_secret_in_a_file_that_others_can_read_is_warned_of() {
    let directory = tempfile::tempdir().unwrap();
    let server = answering(ResponseTemplate::new(200).set_body_json(json!({}))).await;
    for (mode, warnings) in [(0o644, 2), (0o600, 0)] {
        let file = file(&directory, "s3cret", mode);
        let (argument, header) = (format!("code=@{file}"), format!("x-gateway=@{file}"));
        let words = ["call", "descope", "oauth_exchange", &argument, "--header", &header];
        let ended = Run::new(&words).at(&server).end();
        let warning = format!("other users can read {file}: run `chmod 600 {file}`\n");
        assert_eq!(ended.err.matches(&warning).count(), warnings, "{ended:?}");
        ended.success();
    }
}
