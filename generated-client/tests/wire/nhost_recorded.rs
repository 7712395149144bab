//! What a real server of Nhost Auth was recorded to answer: it is answered again, and the call that leads to it is
//! what was recorded too. The signatures of the tokens are made up.

use crate::harness::{Body, Pairs, Sent, Server, assert_redirects, decoded, object, parsed, redirecting, sorted};
use generated_client::nhost::signin::{SigninProvider, SigninProviderCallback, SigninProviderCallbackPost};
use generated_client::nhost::{Client, Error, ErrorCode, ProviderCallbackRequest};
use generated_client::runtime::{Call, Kind, Redirect};
use serde::Deserialize;
use serde_json::Value;
use wiremock::ResponseTemplate;

#[derive(Deserialize)]
struct Recording {
    id: String,
    request: Recorded,
    response: Answer,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Recorded {
    method: String,
    path: String,
    query: Pairs,
    content_type: Option<String>,
    body: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    status: u16,
    content_type: Option<String>,
    location: Option<String>,
    body: String,
}

/// Recordings of errors, the member of the answer that says what is wrong, and the code.
const FAILURES: [(&str, &str, Option<ErrorCode>); 11] = [
    ("prov-redirect-not-allowed", "message", Some(ErrorCode::RedirectToNotAllowed)),
    ("prov-redirect-not-uri", "message", Some(ErrorCode::RedirectToNotAllowed)),
    ("prov-display-bad", "error", None),
    ("prov-display-long", "error", None),
    ("prov-metadata-not-json", "msg", None),
    ("prov-roles-repeated", "msg", None),
    ("prov-post", "the whole body", None),
    ("cb-unknown-provider", "error", None),
    ("cb-no-state", "msg", None),
    ("cbpost-no-state", "error", None),
    ("cbpost-json", "error", None),
];

/// Recordings of requests that can't be made with this client. Their answers are given to plain calls.
const IMPOSSIBLE: [(&str, &str); 6] = [
    ("prov-metadata-not-json", "metadata is a map"),
    ("prov-roles-repeated", "a list of roles is one parameter"),
    ("prov-post", "the operation is a GET"),
    ("cb-no-state", "state is an argument of the operation"),
    ("cbpost-no-state", "state is an argument of the operation"),
    ("cbpost-json", "the body is a form"),
];

/// Recordings of requests that the client refuses to send, as the server does to take.
const REFUSED: [&str; 2] = ["prov-display-bad", "prov-display-long"];

/// A recording has a parameter that isn't documented.
const UNDOCUMENTED: &str = "foo";

fn recordings() -> Vec<Recording> {
    let mut recordings: Vec<Recording> = parsed(include_str!("fixtures/nhost-provider.json"));
    assert_eq!(recordings.len(), 44);
    for recording in &mut recordings {
        recording.request.query.retain(|(name, _)| name != UNDOCUMENTED);
    }
    recordings
}

async fn replaying(answer: &Answer) -> Server {
    let mut template = match &answer.location {
        Some(location) => redirecting(answer.status, location),
        None => ResponseTemplate::new(answer.status),
    };
    if let Some(content_type) = &answer.content_type {
        template = template.set_body_raw(answer.body.as_str(), content_type);
    }
    Server::answering(template).await
}

#[tokio::test]
async fn recorded_requests_are_sent_again() {
    for Recording { id, request, response } in recordings() {
        let server = replaying(&response).await;
        if IMPOSSIBLE.iter().any(|(impossible, _)| *impossible == id) {
            continue;
        }
        let answer = send(&server.nhost(), &request, &request.query).await;
        if REFUSED.contains(&&*id) {
            assert!(matches!(answer.unwrap_err().kind(), Kind::Refused(_)), "{id}");
            server.got_nothing().await;
            continue;
        }

        let mut expected = Sent::new(&request.method, &request.path);
        if let (Some(content_type), Some(body)) = (request.content_type, request.body) {
            expected = expected.header("content-type", content_type);
            expected.body = Body::Form(sorted(decoded(&body)));
        }
        let mut sent = server.sent().await;
        sent.body = sent.body.parsed_like(&expected.body);
        // The order of different parameters has no meaning, nor have spaces in JSON.
        sent.query = sorted(sent.query);
        expected.query = sorted(request.query.into_iter().map(without_spaces_in_json).collect());
        assert_eq!(sent, expected, "{id}");
    }
}

fn without_spaces_in_json((name, value): (String, String)) -> (String, String) {
    match &*name {
        "metadata" => (name, parsed::<Value>(&value).to_string()),
        _ => (name, value),
    }
}

#[tokio::test]
async fn recorded_answers_are_understood() {
    let mut failures = FAILURES.to_vec();
    for Recording { id, request, response } in recordings() {
        let server = replaying(&response).await;
        let failure = failures.iter().position(|(failure, ..)| *failure == id).map(|at| failures.remove(at));
        match (plain(&server.nhost(), &request).await, failure) {
            (Ok(redirect), None) => check_redirect(&redirect, &response),
            (Err(error), Some((_, member, code))) => check_error(&error, &response, member, code),
            (outcome, _) => panic!("{id}: {outcome:?}"),
        }
        server.sent().await;
    }
    assert_eq!(failures, []);
}

fn check_redirect(redirect: &Redirect, answer: &Answer) {
    assert_eq!(answer.status, 302);
    assert_redirects(redirect, answer.location.as_ref().unwrap());
    let shown = format!("{redirect:?}");
    for (name, value) in redirect.url().query_pairs() {
        match &*name {
            "error" => assert!(ErrorCode::KNOWN.contains(&&*value), "{value}"),
            "refreshToken" | "state" => assert!(!shown.contains(&*value), "{shown}"),
            _ => {}
        }
    }
}

fn check_error(error: &Error, answer: &Answer, member: &str, code: Option<ErrorCode>) {
    let message = match serde_json::from_str::<Value>(&answer.body) {
        Ok(body) => body[member].as_str().unwrap().to_owned(),
        Err(_) => answer.body.clone(),
    };
    assert_eq!(error.status().unwrap(), answer.status);
    assert_eq!(error.message(), Some(&*message));
    assert_eq!(error.code(), code.as_ref());
    assert_eq!(error.api().unwrap().detail(), None);
    assert_eq!(error.api().unwrap().body(), answer.body.as_bytes());
    let classes = [
        error.is_unauthenticated(),
        error.is_elevation_required(),
        error.is_wrong_code(),
        error.is_rate_limited(),
        error.is_timeout(),
        error.is_connect(),
    ];
    assert_eq!(classes, [false; 6], "{error}");
}

/// A call of the operation that a recording is of, without optional arguments.
async fn plain(client: &Client, request: &Recorded) -> Result<Redirect, Error> {
    let plain = Recorded { body: None, path: request.path.clone(), method: request.method.clone(), ..*request };
    send(client, &plain, &Vec::new()).await
}
