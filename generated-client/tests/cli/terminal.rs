//! What a terminal gets: no secret, and nothing that steers it.

use serde_json::json;
use wiremock::ResponseTemplate;

use crate::program::answering;
use crate::pseudo_terminal::{Shown, Ways, run};

const EXCHANGE: [&str; 4] = ["call", "descope", "oauth_exchange", "code=@/dev/null"];

/// Runs a call on a terminal, against a server that responds with this.
async fn call(arguments: &[&str], response: &ResponseTemplate, ways: Ways) -> Shown {
    let server = answering(response.clone()).await;
    let url = server.uri();
    let environment =
        [("DESCOPE_PROJECT_ID", "P2abc"), ("DESCOPE_BASE_URL", &*url), ("NHOST_BASE_URL", &*url)];
    run(arguments, &environment, "", ways)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_shown_unless_the_program_is_told_to() {
    let body = json!({
        "sessionJwt": "s3cret", "user": {"email": "a@example.com", "customAttributes": {"email": "s3cret"}},
        "claims": {"s3cret": 1}, "unheard": ["s3cret"],
    });
    let response = ResponseTemplate::new(200)
        .set_body_json(body)
        .insert_header("Set-Cookie", "DS=s3cret")
        .insert_header("x-nonce", "s3cret")
        .insert_header("x-request-id", "r1");
    for (options, is_shown) in
        [(&["--include"][..], false), (&["--raw"], false), (&["--include", "--show-secrets"], true)]
    {
        let shown = call(&[&EXCHANGE[..], options].concat(), &response, Ways::Both).await;
        assert_eq!(shown.text.contains("s3cret"), is_shown, "{shown:?}");
        let is_refused = shown.text.contains("`--raw` needs `--show-secrets` on a terminal");
        assert_eq!(is_refused, options == ["--raw"], "{shown:?}");
        assert_eq!(shown.text.contains("secrets are left out"), options == ["--include"], "{shown:?}");
        assert_eq!(shown.text.contains("a@example.com"), !is_refused, "{shown:?}");
        if options == ["--include"] {
            for line in
                ["x-nonce: [secret]\n", "set-cookie: [secret]\n", "x-request-id: r1\n", "\"[{email: text}]\""]
            {
                assert!(shown.text.contains(line), "{line}: {shown:?}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_is_shown_with_its_host_alone() {
    let location = "https://me:s3cret@github.com/s3cret?code=s3cret#s3cret";
    let moved = ResponseTemplate::new(302).insert_header("Location", location);
    let words = ["call", "nhost", "signin_provider", "provider=github", "--include"];
    let shown = call(&words, &moved, Ways::Both).await;
    assert!(!shown.text.contains("s3cret"), "{shown:?}");
    assert_eq!(shown.text.matches("https://github.com/[secret]").count(), 2, "{shown:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_server_steers_the_terminal() {
    let steering = "\u{1b}]0;X\u{7}\u{1b}[2J\u{9b}31m\u{202e}\r\u{7f}";
    let page = ResponseTemplate::new(502)
        .set_body_raw(steering, "text/html")
        .insert_header("x-request-id", "a\u{9b}");
    let health = ["call", "nhost", "system_health", "--retries", "0"];
    let text = ResponseTemplate::new(200).set_body_json(json!(format!("OK{steering}")));
    let is_steered = |text: &str| text.contains(|c: char| (c.is_control() && c != '\n') || c == '\u{202e}');
    for (words, response) in [
        (&health[..], &page),
        (&[&health[..], &["--show-secrets", "--include"]].concat(), &page),
        (&[&health[..], &["--show-secrets", "--raw"]].concat(), &page),
        (&health[..], &text),
        (&[&health[..], &["--show-secrets", "--raw"]].concat(), &text),
        (&["call", "nhost", "system_health", steering], &text),
        (&["call", "nhost", "system_health", "--retries", steering], &text),
        (&["call", "nhost", "system_health", &format!("--{steering}")], &text),
        (&["list", steering], &text),
    ] {
        for ways in [Ways::Both, Ways::Output, Ways::Errors] {
            let shown = call(words, response, ways).await;
            assert!(!is_steered(&shown.text), "{words:?} {ways:?}: {shown:?}");
            assert!(!shown.text.is_empty() || ways != Ways::Both, "{words:?}: {shown:?}");
        }
    }
    let shown = call(&[&health[..], &["--show-secrets"]].concat(), &page, Ways::Both).await;
    assert!(shown.text.contains("\\u{1b}]0;X\\u{7}\\u{1b}[2J"), "{shown:?}");
    let shown = call(&[&health[..], &["--show-secrets"]].concat(), &page, Ways::Errors).await;
    assert_eq!(shown.piped, steering, "a pipe gets the body as it came");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_body_of_an_error_is_left_out_unless_the_program_is_told_to() {
    let body = json!({"errorCode": "E061102", "errorDescription": "the code s3cret is wrong"});
    let response = ResponseTemplate::new(401).set_body_json(&body);
    let shown = call(&EXCHANGE, &response, Ways::Both).await;
    assert_eq!(shown.code, Some(1));
    assert!(!shown.text.contains("s3cret"), "{shown:?}");
    assert!(shown.text.contains("E061102: the code … is wrong\n"), "{shown:?}");
    assert!(shown.text.contains("the body of the error is left out"), "{shown:?}");
    let shown = call(&[&EXCHANGE[..], &["--show-secrets"]].concat(), &response, Ways::Both).await;
    assert!(shown.text.contains("the code s3cret is wrong\"\n"), "{shown:?}");
}

#[test]
fn a_secret_that_is_typed_is_not_shown() {
    let environment = [("DESCOPE_PROJECT_ID", "P2abc"), ("DESCOPE_BASE_URL", "http://127.0.0.1:9")];
    let words = ["call", "descope", "oauth_exchange", "code=-", "--dry-run"];
    let shown = run(&words, &environment, "s3cret\n", Ways::Both);
    assert_eq!(shown.code, Some(0), "{shown:?}");
    assert!(shown.text.starts_with("code: ") && !shown.text.contains("s3cret"), "{shown:?}");
    assert!(shown.text.contains("\"code\": \"[secret]\""), "{shown:?}");
    let words = ["call", "descope", "session_me", "--credential-stdin", "--dry-run", "--show-secrets"];
    let shown = run(&words, &environment, "t.o.ken\n", Ways::Both);
    let (asked, printed) = shown.text.split_once("GET ").unwrap();
    assert!(asked.starts_with("credential: ") && !asked.contains("t.o.ken"), "{shown:?}");
    assert!(printed.contains("authorization: Bearer P2abc:t.o.ken\n"), "{shown:?}");
    // There will be no response that could have a secret.
    let words = [&["call", "descope", "oauth_exchange", "code=-", "--dry-run"][..], &["--raw"]].concat();
    let shown = run(&words, &environment, "s3cret\n", Ways::Both);
    assert_eq!(shown.code, Some(0), "{shown:?}");
    assert!(shown.text.contains("\"code\": \"[secret]\""), "{shown:?}");
}

#[test]
fn a_body_with_secrets_is_not_typed() {
    let environment = [("DESCOPE_PROJECT_ID", "P2abc"), ("DESCOPE_BASE_URL", "http://127.0.0.1:9")];
    let words = ["call", "descope", "password_sign_in", "--body", "-", "--dry-run"];
    let shown = run(&words, &environment, "", Ways::Both);
    assert_eq!(shown.code, Some(2), "{shown:?}");
    let fault = "the body may have secrets, which the terminal would show while they are typed: give it by `--body \
                 @file`, or through a pipe";
    assert!(shown.text.contains(fault), "{shown:?}");
}
