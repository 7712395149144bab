//! What the specs say of credentials and bodies beyond names and types.

use crate::harness::{Body, Sent, Server, json};
use generated_client::nhost::{Error, SignUpOptions};
use generated_client::runtime::Kind;
use serde_json::json;

const REFRESH_TOKEN: &str = "6b1e7c52-90c4-4b3f-8a35-2f0d3cf1a7e9";

#[tokio::test]
async fn an_optional_credential_is_sent_by_clients_that_carry_it() {
    let expected = || Sent::new("POST", "/signout").header("content-type", "application/json");
    let server = Server::answering(json(200, "\"OK\"")).await;
    server.nhost().token().sign_out().refresh_token(REFRESH_TOKEN).send().await.unwrap();
    server.got(expected().json(json!({"refreshToken": REFRESH_TOKEN}))).await;

    let server = Server::answering(json(200, "\"OK\"")).await;
    server.nhost().with_access_token("eyJ.e.s").token().sign_out().all(true).send().await.unwrap();
    server.got(expected().header("authorization", "Bearer eyJ.e.s").json(json!({"all": true}))).await;
}

#[tokio::test]
async fn a_ticket_stands_for_the_optional_credential() {
    let server = Server::answering(json(200, "\"OK\"")).await;
    server.nhost().user().change_password("n3w").ticket("passwordReset:1").send().await.unwrap();
    let body = json!({"newPassword": "n3w", "ticket": "passwordReset:1"});
    server
        .got(Sent::new("POST", "/user/password").header("content-type", "application/json").json(body))
        .await;
}

#[tokio::test]
async fn an_empty_object_is_sent_without_being_asked_for() {
    let server = Server::answering(json(200, "{}")).await;
    server.descope().with_session_token("eyJ.s.t").session().validate().send().await.unwrap();
    let sent = server.sent().await;
    assert_eq!(sent.body, Body::Text("{}".to_owned()));
    assert_eq!(sent.headers["content-type"], "application/json");
}

#[tokio::test]
async fn members_are_held_against_their_limits_before_anything_is_sent() {
    let server = Server::answering(json(200, "\"OK\"")).await;
    let nhost = server.nhost();
    let options = || SignUpOptions::default();
    let verifier = "s3cret".repeat(7);
    let refused = |error: Error| {
        assert!(matches!(error.kind(), Kind::Refused(_)), "{error:?}");
        error.to_string()
    };
    assert_eq!(
        refused(nhost.token().refresh("S3CRET").send().await.unwrap_err()),
        "nhost token_refresh: member `refreshToken` does not match the pattern \
         ^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
    );
    assert_eq!(
        refused(nhost.token().exchange("c0de", verifier).send().await.unwrap_err()),
        "nhost token_exchange: member `codeVerifier` has 42 characters, at least 43 are needed"
    );
    let sign_up = nhost.signup().email_password("ada@example.com", "s3cret");
    assert_eq!(
        refused(sign_up.clone().code_challenge("short").send().await.unwrap_err()),
        "nhost signup_email_password: member `codeChallenge` has 5 characters, at least 43 are needed"
    );
    assert_eq!(
        refused(sign_up.clone().options(options().locale("english")).send().await.unwrap_err()),
        "nhost signup_email_password: member `options.locale` has 7 characters, at most 3 are allowed"
    );
    assert_eq!(
        refused(sign_up.options(options().display_name("a/b")).send().await.unwrap_err()),
        "nhost signup_email_password: member `options.displayName` does not match the pattern \
         ^[\\p{L}\\p{N}\\p{S} ,.'-]+$"
    );
    server.got_nothing().await;
}
