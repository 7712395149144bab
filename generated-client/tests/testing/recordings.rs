//! What is exchanged with a service is recorded without its secrets, and given again.

use std::process::Command;

use generated_client::nhost::{self, signin::SignInResponse};
use generated_client::testing::{Recorder, Replay};
use serde_json::{Value, json};
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

/// The variable with the URL of the service on this machine, which the test sets that runs itself in another process.
const SERVICE_HERE: &str = "SERVICE_HERE";
const REFRESH: &str = "6b1e7c52-90c4-4b3f-8a35-2f0d3cf1a7e9";
const SECRETS: [&str; 4] = [REFRESH, "s3cret-word", "access-t0ken", "private-note"];

async fn service() -> MockServer {
    let server = MockServer::start().await;
    let mut session = serde_json::to_value(json!({
        "accessToken": "eyJ.access-t0ken.x",
        "accessTokenExpiresIn": 900,
        "refreshTokenId": "d189abb0-7bae-498f-bb07-a7d1513c092a",
        "refreshToken": REFRESH,
    }))
    .unwrap();
    session["user"] = json!({
        "id": "d189abb0-7bae-498f-bb07-a7d1513c092a",
        "displayName": "Ada",
        "emailVerified": true,
        "phoneNumberVerified": false,
        "isAnonymous": false,
        "avatarUrl": "",
        "createdAt": "2026-01-01T00:00:00.00000Z",
        "defaultRole": "user",
        "locale": "en",
        "roles": ["user"],
        "metadata": {"note": "private-note"},
    });
    let body = json!({ "session": session });
    for (at, response) in [
        ("/signin/email-password", ResponseTemplate::new(200).set_body_json(body)),
        // A byte order mark is no part of the JSON.
        ("/token", ResponseTemplate::new(200).set_body_raw(format!("\u{feff}{session}"), "application/json")),
        (
            "/signout",
            ResponseTemplate::new(401).set_body_json(json!({
                "error": "invalid-refresh-token",
                "message": format!("the refresh token {REFRESH} is unknown"),
                "status": 401,
            })),
        ),
    ] {
        Mock::given(path(at)).respond_with(response).mount(&server).await;
    }
    server
}

/// What an application does: sign in, refresh, sign out. It gives what it got.
async fn run(client: &nhost::Client) -> (String, String, String) {
    let signed_in = client.signin().email_password("ada@example.com", "s3cret-word").send().await.unwrap();
    let SignInResponse::SignedIn(signed_in) = signed_in else { panic!("not signed in") };
    let first = signed_in.session.refresh_token;
    let session = client.token().refresh(first.clone()).send().await.unwrap();
    let user = client.with_access_token(session.access_token);
    let error = user.token().sign_out().refresh_token(first.clone()).send().await.unwrap_err();
    assert!(error.is_unauthenticated(), "{error}");
    (first.into_inner(), session.user.unwrap().display_name, error.to_string())
}

#[tokio::test]
async fn a_recording_holds_no_secret_and_can_be_replayed() {
    let server = service().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("exchanges.jsonl");
    let recorder = Recorder::create(&file, generated_client::services()).unwrap();
    assert_eq!(
        format!("{recorder:?}"),
        r#"Recorder { services: ["descope", "descope-management", "nhost"], .. }"#
    );
    let client = nhost::Client::builder(server.uri()).transport(recorder).build().unwrap();
    let (token, name, error) = run(&client).await;
    assert_eq!((token.as_str(), name.as_str()), (REFRESH, "Ada"));

    let text = std::fs::read_to_string(&file).unwrap();
    for secret in SECRETS {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let operations: Vec<&str> = lines.iter().filter_map(|line| line["operation"].as_str()).collect();
    assert_eq!(operations, ["signin_email_password", "token_refresh", "token_sign_out"]);
    assert_eq!(lines[0]["request"]["body"]["email"], "ada@example.com");
    assert_eq!(lines[1]["request"]["path"], "/token");
    // The mask of the token is the same wherever the token was.
    let session: Value = serde_json::from_str(lines[0]["response"]["body"].as_str().unwrap()).unwrap();
    let mask = &session["session"]["refreshToken"];
    assert_eq!(mask.as_str().map(str::len), Some(REFRESH.len()));
    assert_eq!(lines[1]["request"]["body"]["refreshToken"], *mask);

    let replay = Replay::open(&file).unwrap();
    assert_eq!(format!("{replay:?}"), "Replay { left: 3 }");
    let client = nhost::Client::builder("https://auth.example.com").transport(replay).build().unwrap();
    let (replayed, name, replayed_error) = run(&client).await;
    assert_eq!(Value::from(replayed), *mask);
    assert_eq!((name.as_str(), replayed_error), ("Ada", error));
    let error = client.token().refresh(REFRESH).send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "nhost token_refresh: the test has no recorded response left for `token_refresh`"
    );
}

/// The times in a recording are no secrets, and a replay has to have them.
#[tokio::test]
async fn a_recording_holds_times_as_they_are() {
    let server = service().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("exchanges.jsonl");
    let recorder = Recorder::create(&file, generated_client::services()).unwrap();
    run(&nhost::Client::builder(server.uri()).transport(recorder).build().unwrap()).await;

    let replay = Replay::open(&file).unwrap();
    let client = nhost::Client::builder("https://auth.example.com").transport(replay).build().unwrap();
    let signed_in = client.signin().email_password("ada@example.com", "s3cret-word").send().await.unwrap();
    let SignInResponse::SignedIn(signed_in) = signed_in else { panic!("not signed in") };
    let user = signed_in.session.user.unwrap();
    assert_eq!(user.created_at.to_string(), "2026-01-01T00:00:00.00000Z");
}

/// A proxy is on another machine. The proxy of a process stands in its environment, so this test runs itself in a process of
/// its own.
#[tokio::test(flavor = "multi_thread")]
async fn a_shared_recorder_sends_nothing_for_this_machine_to_a_proxy() {
    if let Ok(here) = std::env::var(SERVICE_HERE) {
        return call_two_services(here).await;
    }
    let (server, proxy) = (service().await, service().await);
    let mut command = Command::new(std::env::current_exe().unwrap());
    let test = "recordings::a_shared_recorder_sends_nothing_for_this_machine_to_a_proxy";
    command.args(["--exact", test]);
    command.env("HTTP_PROXY", proxy.uri()).env(SERVICE_HERE, server.uri());
    for name in ["NO_PROXY", "no_proxy", "http_proxy", "REQUEST_METHOD"] {
        command.env_remove(name);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"), "{output:?}");
    let paths = |requests: Option<Vec<wiremock::Request>>| {
        requests.unwrap().into_iter().map(|request| request.url.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(paths(proxy.received_requests().await), ["http://auth.example.com/token"]);
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
}

/// Calls two services with one recorder.
async fn call_two_services(here: String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("exchanges.jsonl");
    let recorder = Recorder::create(&file, generated_client::services()).unwrap();
    for url in ["http://auth.example.com".to_owned(), here] {
        let builder = nhost::Client::builder(url).allow_insecure_http().transport(recorder.clone());
        builder.build().unwrap().token().refresh(REFRESH).send().await.unwrap();
    }
}

/// A password can be a word that the spec has, too, and it mustn't be seen from what the recording lacks.
#[tokio::test]
async fn a_secret_that_is_a_word_of_the_spec_changes_no_name() {
    let body =
        json!({"error": "invalid-email-password", "message": "Incorrect email or password", "status": 401});
    let server = MockServer::start().await;
    let response = ResponseTemplate::new(401).set_body_json(body);
    Mock::given(path("/signin/email-password")).respond_with(response).mount(&server).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("exchanges.jsonl");
    let run = async |client: nhost::Client| {
        let call = client.signin().email_password("password@example.com", "password");
        call.send().await.unwrap_err().to_string()
    };
    let recorder = Recorder::create(&file, generated_client::services()).unwrap();
    let error = run(nhost::Client::builder(server.uri()).transport(recorder).build().unwrap()).await;

    let line: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(line["operation"], "signin_email_password");
    assert_eq!(line["request"]["path"], "/signin/email-password");
    let sent = &line["request"]["body"];
    let mask = sent["password"].as_str().unwrap();
    assert_ne!(mask, "password");
    assert_eq!(sent["email"], format!("{mask}@example.com"));

    let replay = Replay::open(&file).unwrap();
    let client = nhost::Client::builder("https://auth.example.com").transport(replay).build().unwrap();
    assert_eq!(run(client).await, error);
}

#[test]
fn a_file_that_is_no_recording_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("exchanges.jsonl");
    let error = Replay::open(&file).unwrap_err();
    assert!(error.to_string().starts_with("the recording can't be opened: "), "{error}");
    std::fs::write(&file, "\n{\"operation\":\"x\"}\n").unwrap();
    let error = Replay::open(&file).unwrap_err();
    assert_eq!(error.to_string(), "line 2 of the recording isn't an exchange: record it again");
}
