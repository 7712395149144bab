#![allow(unreachable_pub, reason = "operations stand for generated ones, which are public")]

mod questions;

use crate::nhost::ErrorCode;
use crate::nhost::{AccessToken, Anonymous, Carries, Client, Error, Nhost};
use crate::runtime::codegen::*;
use crate::runtime::declare::credentials::carries;
use reqwest::redirect::Policy;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

// An operation that takes the one credential that there is.
operations! {
    pub enum Probe: Nhost -> Empty<()> {
        Spec::get("probe", "/probe").credentials(&["access_token"]);
    }
}

/// The one question that is true of the error.
fn answered(error: &Error) -> Option<&'static str> {
    let answers = [
        (error.is_unauthenticated(), "unauthenticated"),
        (error.is_elevation_required(), "elevation required"),
        (error.is_wrong_code(), "wrong code"),
        (error.is_out_of_attempts(), "out of attempts"),
        (error.is_expired(), "expired"),
        (error.is_wrong_password(), "wrong password"),
        (error.is_unverified(), "unverified"),
        (error.is_user_exists(), "user exists"),
    ];
    let mut yes = answers.into_iter().filter(|(is_so, _)| *is_so).map(|(_, question)| question);
    let first = yes.next();
    assert_eq!(yes.next(), None, "{first:?}");
    first
}

async fn answering(response: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(response).mount(&server).await;
    server
}

async fn fail(response: ResponseTemplate) -> Error {
    let server = answering(response).await;
    let client = Client::builder(server.uri()).http_client(http()).build().unwrap();
    client.call::<op::Probe, _>(()).send().await.unwrap_err()
}

fn http() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().redirect(Policy::none()).build().unwrap()
}

fn json(status: u16, body: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body, "application/json; charset=utf-8")
}

#[tokio::test]
async fn the_access_token_is_a_bearer() {
    let server = answering(ResponseTemplate::new(200)).await;
    let client = Client::builder(server.uri())
        .http_client_builder(reqwest::Client::builder().no_proxy())
        .build()
        .unwrap();
    client.call::<op::Probe, _>(()).send().await.unwrap();
    let signed_in = client.with_access_token("eyJ.a-b_c");
    signed_in.call::<op::Probe, _>(()).send().await.unwrap();
    let requests = server.received_requests().await.unwrap();
    assert!(requests[0].headers.get("authorization").is_none());
    assert_eq!(requests[1].headers["authorization"], "Bearer eyJ.a-b_c");

    let error = client.with_access_token("").call::<op::Probe, _>(()).send().await.unwrap_err();
    assert_eq!(error.to_string(), "nhost probe: credential `access_token` is empty");
    assert!(error.is_unauthenticated());
    assert!(!format!("{signed_in:?}").contains("eyJ"));
}

#[test]
fn a_client_carries_what_it_was_given_and_nothing_else() {
    assert!(carries!(AccessToken, AccessToken));
    assert!(!carries!(Anonymous, AccessToken));
}

#[tokio::test]
async fn all_forms_of_error_bodies() {
    for (response, text) in [
        (
            json(400, r#"{"error":"role-not-allowed","message":"Role not allowed","status":400}"#),
            "400 Bad Request, role-not-allowed: Role not allowed",
        ),
        (
            json(
                400,
                r#"{"error":"error in openapi3filter.RequestError: parameter \"locale\" in query has an error: maximum string length is 3"}"#,
            ),
            "400 Bad Request: error in openapi3filter.RequestError: parameter \"locale\" in query has an error: maximum string length is 3",
        ),
        (
            json(
                400,
                r#"{"error":"error in openapi3filter.SecurityRequirementsError: security requirements failed: elevated-claim-required"}"#,
            ),
            "400 Bad Request, elevated-claim-required: error in openapi3filter.SecurityRequirementsError: security requirements failed: elevated-claim-required",
        ),
        (
            json(400, r#"{"msg":"Query argument ticket is required, but not found"}"#),
            "400 Bad Request: Query argument ticket is required, but not found",
        ),
        (ResponseTemplate::new(429), "429 Too Many Requests without an error text (no media type, 0 bytes)"),
        (
            ResponseTemplate::new(404).set_body_raw("404 page not found", "text/plain"),
            "404 Not Found: 404 page not found",
        ),
        (
            ResponseTemplate::new(307)
                .insert_header("location", "/probe/")
                .set_body_raw("<a href=\"/probe/\">Temporary Redirect</a>", "text/html"),
            "307 Temporary Redirect without an error text (text/html, 40 bytes)",
        ),
        (
            json(403, r#"{"error":"invalid-turnstile","reason":"It failed"}"#),
            "403 Forbidden, invalid-turnstile: It failed",
        ),
        (
            json(422, r#"{"errors":["first","second"],"message":"Not valid"}"#),
            "422 Unprocessable Entity: Not valid",
        ),
        (
            json(401, r#"{"error":"unauthorized","reason":"Missing token","securityScheme":"BearerAuth"}"#),
            "401 Unauthorized, unauthorized: Missing token",
        ),
        (
            json(400, r#"{"errors":"bad-request","message":"Not valid"}"#),
            "400 Bad Request, bad-request: Not valid",
        ),
        (
            json(400, r#"{"error":"invalid_grant","error_description":"The code is used up"}"#),
            "400 Bad Request, invalid_grant: The code is used up",
        ),
        (json(401, r#"{"error":"invalid_client"}"#), "401 Unauthorized, invalid_client"),
        (
            json(400, r#"{"error":"invalid_request","error_description":"Bad scope"}"#),
            "400 Bad Request, invalid-request: Bad scope",
        ),
        (json(400, r#"{"error":"disabled-user"}"#), "400 Bad Request, disabled-user"),
        (ResponseTemplate::new(400), "400 Bad Request without an error text (no media type, 0 bytes)"),
        (
            ResponseTemplate::new(500),
            "500 Internal Server Error without an error text (no media type, 0 bytes)",
        ),
        (
            ResponseTemplate::new(301).insert_header("location", "/probe/"),
            "301 Moved Permanently without an error text (no media type, 0 bytes)",
        ),
        (
            json(500, r#"{"error":"#),
            "500 Internal Server Error without an error text (application/json, 9 bytes)",
        ),
        (json(400, "[]"), "400 Bad Request without an error text (application/json, 2 bytes)"),
        (json(400, r#"{"error":7}"#), "400 Bad Request without an error text (application/json, 11 bytes)"),
    ] {
        assert_eq!(fail(response).await.to_string(), format!("nhost probe: {text}"));
    }
}

#[tokio::test]
async fn parts_of_an_error_body() {
    let error = fail(json(
        400,
        r#"{"error":"role-not-allowed","message":"Role not allowed","errors":["a"],"status":400}"#,
    ))
    .await;
    assert_eq!(error.code(), Some(&ErrorCode::from("role-not-allowed")));
    assert_eq!(error.message(), Some("Role not allowed"));
    assert_eq!(error.api().unwrap().detail(), Some("a"));

    let error = fail(json(400, r#"{"errors":"bad-request","message":"Not valid"}"#)).await;
    assert_eq!(error.code(), Some(&ErrorCode::from("bad-request")));
    assert_eq!(error.api().unwrap().detail(), None);

    let error = fail(json(400, r#"{"error":"invalid_request"}"#)).await;
    assert_eq!(error.code(), Some(&ErrorCode::InvalidRequest));

    // What a server may repeat of a request is no code, and so is not printed.
    let token = "d189abb0-7bae-498f-bb07-a7d1513c092a";
    let error = fail(json(400, &format!(r#"{{"error":"{token}"}}"#))).await;
    assert_eq!(error.code(), None);
    assert_eq!(error.message(), Some(token));
    assert_eq!(error.to_string(), "nhost probe: 400 Bad Request: …");
}

#[tokio::test]
async fn unauthenticated_whatever_the_status() {
    let filtered = "error in openapi3filter.SecurityRequirementsError: security requirements failed: ";
    for (status, body, expected) in [
        (400, format!(r#"{{"error":"{filtered}invalid authorization header"}}"#), true),
        (400, format!(r#"{{"error":"{filtered}error validating token"}}"#), true),
        (400, format!(r#"{{"error":"{filtered}elevated-claim-required"}}"#), false),
        (401, r#"{"error":"invalid-refresh-token","message":"x","status":401}"#.to_owned(), true),
        (401, r#"{"error":"invalid-email-password","message":"x","status":401}"#.to_owned(), false),
        (401, r#"{"error":"x","reason":"y","securityScheme":"BearerAuth"}"#.to_owned(), true),
        (400, r#"{"error":"x","reason":"y","securityScheme":"BearerAuth"}"#.to_owned(), true),
        (400, r#"{"error":"x","reason":"y","securityScheme":null}"#.to_owned(), false),
        (401, r#"{"error":"unauthorized","reason":"y"}"#.to_owned(), true),
        (
            403,
            r#"{"error":"unauthorized","reason":"Elevated claim required","securityScheme":"BearerAuthElevated"}"#
                .to_owned(),
            false,
        ),
        (401, r#"{"error":"unauthorized","reason":"elevated claim required"}"#.to_owned(), false),
        (
            401,
            r#"{"error":"unauthorized","reason":"Missing token","securityScheme":"BearerAuthElevated"}"#.to_owned(),
            true,
        ),
        (403, format!(r#"{{"error":"{filtered}error validating token"}}"#), true),
        (500, format!(r#"{{"error":"{filtered}error validating token"}}"#), true),
        (400, r#"{"error":"invalid-refresh-token","message":"x","status":400}"#.to_owned(), true),
        (403, r#"{"error":"the challenge failed"}"#.to_owned(), false),
        (401, String::new(), true),
        (400, r#"{"error":"invalid-request","message":"x","status":400}"#.to_owned(), false),
        (500, String::new(), false),
    ] {
        let error = fail(json(status, &body)).await;
        assert_eq!(error.is_unauthenticated(), expected, "{status} {body}");
        let is_elevation = body.replace('-', " ").to_lowercase().contains("elevated claim");
        assert_eq!(error.is_elevation_required(), is_elevation, "{body}");
    }
    let request_failed = r#"{"error":"invalid-request","message":"An elevated claim","status":400}"#;
    assert!(!fail(json(400, request_failed)).await.is_elevation_required());
}

#[tokio::test]
async fn every_known_code_is_printed() {
    for code in ErrorCode::KNOWN {
        let error = fail(json(400, &format!(r#"{{"error":"{code}","message":"-"}}"#))).await;
        assert_eq!(error.to_string(), format!("nhost probe: 400 Bad Request, {code}: -"));
    }
}

#[test]
fn base_urls() {
    Client::builder("https://abc.auth.eu-central-1.nhost.run/v1").build().unwrap();
    let error = Client::builder("abc").build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "nhost: the base URL isn't a URL: it begins with `https://`, as `https://auth.example.com` does"
    );
}
