//! What a real server of Nhost Auth was sent and what it answered: this client sends the same, and makes
//! of the answers what they say. The signatures of the tokens are made up.

use crate::harness::{
    Body, Pairs, Sent, Server, assert_redirects, decoded, object, parsed, redirecting, sorted,
};
use generated_client::nhost::signin::{
    ProviderCallbackRequest, SigninProvider, SigninProviderCallback, SigninProviderCallbackPost,
};
use generated_client::nhost::{Client, Error, ErrorCode};
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

/// Recordings of requests that can't be made with this client.
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
        if IMPOSSIBLE.iter().any(|(impossible, _)| *impossible == id) {
            continue;
        }
        let form = request.body.as_deref().map(decoded);
        let server = replaying(&response).await;
        let outcome = send(&server.nhost(), &request, form.as_ref().unwrap_or(&request.query)).await;
        if REFUSED.contains(&&*id) {
            assert!(matches!(outcome.unwrap_err().kind(), Kind::Refused(_)), "{id}");
            server.got_nothing().await;
            continue;
        }

        let mut expected = Sent::new(&request.method, &request.path);
        if let (Some(content_type), Some(form)) = (request.content_type, form) {
            expected = expected.header("content-type", content_type);
            expected.body = Body::Form(sorted(form));
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

/// The answers are given to calls without optional arguments, as they don't depend on what the client sent.
#[tokio::test]
async fn recorded_answers_are_understood() {
    let mut failures = FAILURES.to_vec();
    for Recording { id, request, response } in recordings() {
        let server = replaying(&response).await;
        let failure = failures.iter().position(|(failure, ..)| *failure == id).map(|at| failures.remove(at));
        match (send(&server.nhost(), &request, &Vec::new()).await, failure) {
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

/// A call of the operation that was recorded.
async fn send(client: &Client, request: &Recorded, arguments: &Pairs) -> Result<Redirect, Error> {
    let provider = request.path.strip_prefix("/signin/provider/").unwrap();
    let state = arguments.iter().find(|(name, _)| name == "state").map_or("x", |(_, state)| state);
    let signin = client.signin();
    match (provider.strip_suffix("/callback"), &*request.method) {
        (None, _) => arguments.iter().fold(signin.provider(provider), start).send().await,
        (Some(provider), "GET") => {
            arguments.iter().fold(signin.provider_callback(provider, state), finish).send().await
        }
        (Some(provider), _) => {
            arguments.iter().fold(signin.provider_callback_post(provider, state), finish_by_form).send().await
        }
    }
}

fn start(call: Call<SigninProvider>, (name, value): &(String, String)) -> Call<SigninProvider> {
    match &**name {
        "allowedRoles" => call.allowed_roles(value.split(',')),
        "defaultRole" => call.default_role(value),
        "displayName" => call.display_name(value),
        "locale" => call.locale(value),
        "metadata" => call.metadata(object(parsed(value))),
        "redirectTo" => call.redirect_to(value),
        "connect" => call.connect(value),
        "state" => call.state(value),
        "connection" => call.connection(value),
        "organization" => call.organization(value),
        "codeChallenge" => call.code_challenge(value),
        _ => panic!("no setter for {name}"),
    }
}

fn finish(
    call: Call<SigninProviderCallback>,
    (name, value): &(String, String),
) -> Call<SigninProviderCallback> {
    match &**name {
        "state" => call,
        "code" => call.code(value),
        "oauth_token" => call.oauth_token(value),
        "oauth_verifier" => call.oauth_verifier(value),
        "error" => call.error(value),
        "error_description" => call.error_description(value),
        "error_uri" => call.error_uri(value),
        _ => panic!("no setter for {name}"),
    }
}

type Form = Call<SigninProviderCallbackPost, ProviderCallbackRequest>;

fn finish_by_form(call: Form, (name, value): &(String, String)) -> Form {
    match &**name {
        "state" => call,
        "code" => call.code(value),
        "id_token" => call.id_token(value),
        "error" => call.error(value),
        _ => panic!("no setter for {name}"),
    }
}
