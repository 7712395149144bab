//! What goes wrong: every exit code, and what is said.

use std::net::TcpListener;

use serde_json::json;
use wiremock::ResponseTemplate;

use crate::program::{Ended, Run, answering};
use crate::timeouts::with_growing_timeout;

#[tokio::test]
async fn an_error_of_the_service_is_on_standard_output() {
    let body = json!({"errorCode": "E011002", "errorDescription": "Missing arguments"});
    let server = answering(ResponseTemplate::new(400).set_body_json(&body)).await;
    let ended = Run::new(&["call", "descope", "oauth_exchange", "code=-"]).at(&server).input("x").end();
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert_eq!(ended.out, format!("{body:#}\n"));
    let (first, second) = ended.err.split_once('\n').unwrap();
    assert!(first.starts_with("400 Bad Request in "), "{ended:?}");
    assert_eq!(second, "error: descope oauth_exchange: 400 Bad Request, E011002: Missing arguments\n");
}

#[tokio::test]
async fn all_faults_of_a_call_are_told_at_once_and_nothing_is_sent() {
    let server = answering(ResponseTemplate::new(200)).await;
    let words =
        ["call", "descope", "oauth_authorize", "provdier=google", "test=maybe", "templateOptions=[", "x"];
    let run = Run::new(&words).env("DESCOPE_BASE_URL", &server.uri());
    let ended = run.end();
    assert_eq!((ended.code, &*ended.out), (Some(2), ""), "{ended:?}");
    assert_eq!(
        ended.err,
        "error: `provdier` is no argument of `oauth_authorize`; did you mean `provider`?\n\
         error: `test` is neither `true` nor `false`\n\
         error: `templateOptions` is not valid JSON: EOF while parsing a list at line 1, column 1\n\
         error: argument 4 has no `=`: write `name=value`\n\
         error: `provider` is missing\n\
         error: DESCOPE_PROJECT_ID is not set; every call to Descope needs it\n"
    );
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[test]
fn that_one_of_several_arguments_is_needed_is_told_with_all_other_faults() {
    let run = |arguments: &[&str]| {
        let words: Vec<&str> = ["call", "descope-management"].iter().chain(arguments).copied().collect();
        let ended = Run::new(&words).env("DESCOPE_MANAGEMENT_KEY", "K2abc").end();
        assert_eq!((ended.code, &*ended.out), (Some(2), ""), "{ended:?}");
        ended.err
    };
    let project =
        "error: DESCOPE_MANAGEMENT_PROJECT_ID is not set; every call to Descope management needs it\n";
    let needs = "error: the request needs exactly one of `id` and `name`, and has";
    assert_eq!(
        run(&["role_delete", "x"]),
        format!("error: argument 1 has no `=`: write `name=value`\n{needs} none of them\n{project}")
    );
    for arguments in [&["id=a", "name=b"][..], &["id=a", "--body", r#"{"name": "b"}"#]] {
        let words: Vec<&str> = ["role_delete"].iter().chain(arguments).copied().collect();
        assert_eq!(run(&words), format!("{needs} `id` and `name`\n{project}"));
    }
    assert_eq!(run(&["role_delete", "--body", r#"{"id": ""}"#]), format!("{needs} none of them\n{project}"));
    assert_eq!(run(&["role_delete", "id=a"]), project);
    let needs = "error: the request needs exactly one of `id` and `clientId`, and has none of them\n";
    assert_eq!(run(&["third_party_application_get"]), format!("{needs}{project}"));
    // What couldn't be read isn't told as missing, too.
    for unread in [&["role_delete", "id=@/nowhere"][..], &["role_delete", "--body", "{"]] {
        let told = run(unread);
        assert!(told.starts_with("error: ") && !told.contains("exactly one of"), "{told}");
    }
}

#[tokio::test]
async fn an_argument_that_may_be_a_secret_is_told_by_its_position() {
    let server = answering(ResponseTemplate::new(200)).await;
    let words = ["call", "nhost", "signin_email_password", "email=a@example.com", "password=-", "hunter2"];
    let more = ["czNjcmV0==", "=hunter2"];
    let ended = Run::new(&[&words[..], &more].concat()).at(&server).input("long-enough\n").end();
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert_eq!(
        ended.err,
        "error: argument 3 has no `=`: write `name=value`\n\
         error: argument 4 has a name that `signin_email_password` doesn't know: `authctl describe` shows its arguments\n\
         error: argument 5 has no name before its `=`: write `name=value`\n"
    );
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn null_is_refused_where_the_service_takes_none() {
    let server = answering(ResponseTemplate::new(200)).await;
    let body = r#"{"provider": null, "stateId": "x", "user": null}"#;
    let run = Run::new(&["call", "descope", "oauth_native_finish", "--body", body]).at(&server);
    let ended = run.end();
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert_eq!(
        ended.err,
        "warning: `stateId` is a secret that other users of this machine can see; `--body -` reads the body from standard \
         input, `--body @file` from a file\n\
         error: `provider` can't be null\n\
         error: `user` can't be null\n"
    );
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_body_is_held_against_its_type() {
    let server = answering(ResponseTemplate::new(200)).await;
    let body = r#"{"provider": 7, "stateid": "x", "user": "y"}"#;
    let run = Run::new(&["call", "descope", "oauth_native_finish", "--body", body]).at(&server);
    let ended = run.end();
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert_eq!(
        ended.err,
        "error: `provider` has to be text, such as apple, discord, facebook, github, gitlab, google, \
         linkedin, microsoft, slack\n\
         error: `stateid` is no member of OauthNativeFinishRequest; did you mean `stateId`?\n\
         error: `stateId` is missing\n"
    );
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[test]
fn names_that_there_are_none_of_are_told_with_the_nearest() {
    for (words, said) in [
        (
            &["describe", "descope", "oauth_exchnge"][..],
            "error: `oauth_exchnge` is no operation of descope; did you mean `oauth_exchange`?\n",
        ),
        (
            &["call", "nhost", "oauth_exchange"],
            "error: `oauth_exchange` is no operation of nhost; it is one of descope: write `descope oauth_exchange`\n",
        ),
        (
            &["describe", "oauth_exchange"],
            "error: `oauth_exchange` is an operation, and the name of its service stands before it: write `authctl describe \
             descope oauth_exchange`\n\nUsage: authctl describe <SERVICE> <OPERATION>\n\nFor more information, try '--help'.\n",
        ),
        (&["list", "nhost", "signn"], "error: `signn` is no group; did you mean `signin`?\n"),
        (
            &["call", "nhost", "system_health", "--url-only"],
            "error: `system_health` is not called by a browser that follows a URL\n\
             error: NHOST_BASE_URL is not set; give it or `--base-url`\n",
        ),
        (
            &["call", "nhost", "user_get", "--base-url", "http://auth.example"],
            "error: `user_get` needs a credential: set NHOST_ACCESS_TOKEN, or give it by `--credential-file` or \
             `--credential-stdin`\n\
             error: nhost: the base URL is plain HTTP to another machine: use `https://`, or allow it by \
             `--allow-insecure-http`\n",
        ),
        (
            &[
                "call",
                "descope",
                "keys_get_v2",
                "projectId=P2abc",
                "--server",
                "https://a.example=https://b.example",
            ],
            "error: DESCOPE_PROJECT_ID is not set; every call to Descope needs it\n",
        ),
        (
            &[
                "call",
                "nhost",
                "system_health",
                "--base-url",
                "https://a.example",
                "--server",
                "https://b.example=https://a.example",
            ],
            "error: nhost: the server `https://b.example` isn't known: all operations are at the base URL\n",
        ),
        (
            &["call", "nhost", "system_health", "--base-url", "https://auth.example", "--credential-stdin"],
            "error: the credential is to be read from standard input, which has no further line\n",
        ),
        (
            &["call", "nhost", "system_health", "--base-url", "http://auth.example"],
            "error: nhost: the base URL is plain HTTP to another machine: use `https://`, or allow it by `--allow-insecure-http`\n",
        ),
    ] {
        let ended = Run::new(words).end();
        assert_eq!((ended.code, &*ended.out, &*ended.err), (Some(2), "", said));
    }
    let words =
        ["call", "nhost", "system_health", "--base-url", "https://auth.example", "--credential-stdin"];
    let ended = Run::new(&words).input("s3cret").end();
    assert_eq!(
        (ended.code, &*ended.err),
        (Some(2), "error: `system_health` is sent no credential of a user\n")
    );
    for (words, said) in [
        (
            ["call", "nhost", "system_health", "--retries", "-1"],
            "error: invalid value '-1' for '--retries <TIMES>': it has to be a whole number from 0 on, such as 2; 0 sends \
             the request once\n",
        ),
        (
            ["call", "nhost", "system_health", "--server", "https://a.example"],
            "error: invalid value 'https://a.example' for '--server <SERVER=URL>': it has to be `SERVER=URL`, with the URL \
             that `describe` shows first\n",
        ),
        (
            ["call", "nhost", "system_health", "--timeout", "0"],
            "error: invalid value '0' for '--timeout <SECONDS>': it has to be a number of seconds above 0, such as 10 or 0.5\n",
        ),
        (
            ["call", "nhost", "system_health", "--base-url", "auth.example"],
            "error: nhost: the base URL isn't a URL: it begins with `https://`, as `https://auth.example.com` does\n",
        ),
    ] {
        let ended = Run::new(&words).end();
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert!(ended.err.starts_with(said), "{ended:?}");
    }
    let ended = Run::new(&["call", "descop"]).end();
    assert_eq!(ended.code, Some(2));
    assert!(ended.err.contains("descope"), "{ended:?}");
}

#[tokio::test]
async fn no_connection_and_no_response_in_time_are_failures_of_transport() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap()
    };
    for (address, said) in [
        (nobody, "error: nhost system_health: no connection could be made"),
        (silent.local_addr().unwrap(), "error: nhost system_health: there was no response in time"),
    ] {
        let url = format!("http://{address}");
        let words = ["call", "nhost", "system_health", "--base-url", &url, "--retries", "0", "--timeout"];
        let ended = with_growing_timeout(
            |ended: &Ended| ended.err.starts_with(said),
            async |timeout| {
                let seconds = timeout.as_secs_f64().to_string();
                Run::new(&[&words[..], &[&*seconds]].concat()).end()
            },
        )
        .await;
        assert_eq!((ended.code, &*ended.out), (Some(3), ""), "{ended:?}");
        assert!(ended.err.starts_with(said), "{ended:?}");
    }
}

#[tokio::test]
async fn a_response_that_can_not_be_read_is_one_as_well() {
    let server = answering(ResponseTemplate::new(200).set_body_raw("<html>", "text/html")).await;
    let ended = Run::new(&["call", "descope", "oauth_authorize", "provider=google"]).at(&server).end();
    assert_eq!((ended.code, &*ended.out), (Some(3), ""), "{ended:?}");
    assert!(ended.err.contains("error: the response of `oauth_authorize` "), "{ended:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn help_that_can_not_be_written_is_a_failure() {
    for words in [&["--help"][..], &["list"]] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_authctl"));
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        assert_eq!(command.args(words).stdout(full).status().unwrap().code(), Some(3), "{words:?}");
    }
}
