//! Nothing of a secret is left in the memory of the process when all that held it is dropped: values, requests, headers,
//! responses and errors. The memory is read as Linux shows it, so freed memory is looked at as well.
//!
//! No request is sent here: what the HTTP client and the TLS library copy can't be wiped, as the documentation of the crate
//! says.

#![cfg(target_os = "linux")]

mod canaries;
#[path = "../support/loopback.rs"]
#[allow(dead_code, reason = "only the address that refuses connections is needed here")]
mod loopback;
mod memory;

use canaries::Canary;
use generated_client::nhost::oauth2::GrantType;
use generated_client::runtime::{Json, RawResponse, ResponseFormat};
use generated_client::{Secret, descope, nhost, services};
use memory::Memory;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{StatusCode, Url};
use serde_json::{Map, Value};

/// A way in which a secret is held for a time.
type Holder = (&'static str, fn(Canary));

const HOLDERS: [Holder; 13] = [
    ("a secret", |canary| drop(Secret::from(canary.text()))),
    ("a secret and its copy", |canary| {
        let secret = Secret::from(canary.text());
        assert!(secret.clone() == secret);
    }),
    ("a secret list and a secret map", |canary| {
        let values = Value::Array(vec![Value::String(canary.text())]);
        drop(Secret::new(Map::from_iter([("a".to_owned(), values)])));
        drop(Secret::from(vec![canary.text()]));
    }),
    ("a body in JSON that is refused", |canary| {
        let client = descope();
        send(client.password().sign_in("a@example.com", Secret::from(canary.text())).send());
    }),
    ("a body in JSON that is longer than the first buffer", |canary| {
        let client = descope();
        let long = "a".repeat(5000);
        let body = descope::password::PasswordSignInRequest::new(long, Secret::from(canary.text()));
        send(client.password().sign_in("", "").body(body).send());
    }),
    ("a form", |canary| {
        let call = nhost().oauth2().token(GrantType::AuthorizationCode);
        send(call.client_secret(Secret::from(canary.text())).code("c").send());
    }),
    ("a parameter that is a header", |canary| {
        let call = nhost().signin().otp_email("a@example.com");
        send(call.x_cf_turnstile_response(Secret::from(canary.text())).send());
    }),
    ("a credential in a header", |canary| {
        let client = descope().with_refresh_token(Secret::from(canary.text()));
        send(client.session().me().send());
        send(client.clone().session().me().send());
    }),
    ("a call by the id of its operation", |canary| {
        let service = services().iter().find(|service| service.spec.name == "descope").unwrap();
        let client = service.builder().value("project_id", "P2abc").build().unwrap();
        let arguments = [("loginId", Value::from("a")), ("password", Value::String(canary.text()))];
        let arguments = arguments.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let prepared = client.prepare_operation("password_sign_in", arguments).unwrap();
        assert!(prepared.body.is_some());
    }),
    ("a response", |canary| {
        let raw = response(200, canary.within(r#"{"sessionJwt":"s","refreshJwt":""#, r#""}"#));
        let session = <Json as ResponseFormat<descope::JwtResponse>>::read(&raw).unwrap();
        assert_eq!(session.refresh_jwt.expose().len(), 64);
    }),
    ("a response that can't be read", |canary| {
        let raw = response(200, canary.within(r#"{"user":[""#, r#""]}"#));
        <Json as ResponseFormat<descope::JwtResponse>>::read(&raw).unwrap_err();
    }),
    ("an error response in Descope's form", |canary| {
        failure(
            "descope",
            "password_sign_in",
            canary.within(r#"{"errorCode":"E061102","errorDescription":""#, r#""}"#),
        );
    }),
    ("an error response in Nhost's form", |canary| {
        failure(
            "nhost",
            "signin_otp_email",
            canary.within(r#"{"error":"invalid-request","message":""#, r#""}"#),
        );
    }),
];

fn descope() -> descope::Client {
    descope::Client::builder("P2abc").base_url(loopback::refusing()).build().unwrap()
}

fn nhost() -> nhost::Client {
    nhost::Client::builder(loopback::refusing()).build().unwrap()
}

/// Waits for a call that fails because nobody takes its connection.
fn send<T, E: std::fmt::Debug>(call: impl Future<Output = Result<T, E>>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    assert!(runtime.block_on(call).is_err());
}

fn response(status: u16, body: Vec<u8>) -> RawResponse {
    let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("application/json"))]);
    let url = Url::parse("https://auth.example.com").unwrap();
    RawResponse::from_parts(StatusCode::from_u16(status).unwrap(), headers, body, url)
}

fn failure(service: &str, operation: &str, body: Vec<u8>) {
    let service = services().iter().find(|known| known.spec.name == service).unwrap();
    let error = service.read_response(operation, response(400, body)).unwrap_err();
    assert!(error.message().is_some_and(|message| message.len() == 64));
}

#[test]
fn what_held_a_secret_is_overwritten() {
    let mut memory = Memory::open();
    let kept = Canary(1);
    let kept_text = kept.text();
    let freed = Canary(2);
    drop(freed.within(&" ".repeat(2000), &" ".repeat(2000)));
    assert_eq!(
        memory.count(&[kept, freed]),
        [1, 1],
        "texts that nobody wipes are found, also in freed memory"
    );
    drop(kept_text);

    let canaries: Vec<Canary> = (0..).take(HOLDERS.len()).map(|number| Canary(number + 3)).collect();
    for ((_, hold), canary) in HOLDERS.iter().zip(&canaries) {
        hold(*canary);
    }
    let found = memory.count(&canaries);
    let left: Vec<&str> =
        HOLDERS.iter().zip(&found).filter(|(_, found)| **found > 0).map(|((what, _), _)| *what).collect();
    println!(
        "{} ways to hold a secret, {} copies are left in memory",
        HOLDERS.len(),
        found.iter().sum::<usize>()
    );
    assert!(left.is_empty(), "something is left of {left:?}: {found:?}");
}
