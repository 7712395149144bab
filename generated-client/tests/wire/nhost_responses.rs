//! Responses of Nhost in the forms that no document tells of and no recording has.

use crate::harness::{Server, json, parsed};
use generated_client::nhost::Session;
use generated_client::nhost::signin::SignInResponse;
use generated_client::nhost::system::Health;
use serde_json::{Value, json};
use wiremock::ResponseTemplate;

const SESSION: &str = r#"{"accessToken": "eyJ.e.s", "accessTokenExpiresIn": 900,
    "refreshToken": "6b1e7c52-90c4-4b3f-8a35-2f0d3cf1a7e9", "refreshTokenId": "0f4fb2a4-6a0e-4d0c-9a0b-3d9d1f0c5e21",
    "user": {"createdAt": "2026-01-31T09:52:26.90491Z", "avatarUrl": "", "metadata": null, "activeMfaType": null}}"#;

async fn signin(body: &str) -> SignInResponse {
    let server = Server::answering(json(200, body)).await;
    server.nhost().signin().email_password("ada@example.com", "Str0ng-Passw0rd").send().await.unwrap()
}

fn is_whole(session: &Session) -> bool {
    session.refresh_token.expose() == "6b1e7c52-90c4-4b3f-8a35-2f0d3cf1a7e9" && session.user.is_some()
}

#[tokio::test]
async fn a_sign_in_is_over_or_wants_the_second_factor() {
    let over = signin(&format!(r#"{{"session": {SESSION}}}"#)).await;
    assert!(matches!(over, SignInResponse::SignedIn(response) if is_whole(&response.session)));
    // Each of the two members may stand beside the other as null.
    let over = signin(&format!(r#"{{"session": {SESSION}, "mfa": null}}"#)).await;
    assert!(matches!(over, SignInResponse::SignedIn(response) if is_whole(&response.session)));
    for body in
        [r#"{"mfa": {"ticket": "mfaTotp:1"}}"#, r#"{"session": null, "mfa": {"ticket": "mfaTotp:1"}}"#]
    {
        match signin(body).await {
            SignInResponse::SecondFactorNeeded(response) => {
                assert_eq!(response.mfa.ticket.expose(), "mfaTotp:1")
            }
            other => panic!("{other:?}"),
        }
    }
}

/// Nobody is signed in by a response that says nothing.
#[tokio::test]
async fn a_sign_in_without_a_session_and_a_ticket_is_neither() {
    for body in ["{}", r#"{"session": null}"#, r#"{"session": null, "mfa": null}"#] {
        match signin(body).await {
            SignInResponse::Other(response) => assert_eq!(response, parsed::<Value>(body).into()),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn what_fits_no_form_of_a_response_is_not_printed() {
    let response = signin(r#"{"session": "eyJ.a.b", "mfa": "mfaTotp:1"}"#).await;
    assert_eq!(format!("{response:?}"), "Other(Secret(..))");
    let response = signin(&format!(r#"{{"session": {SESSION}}}"#)).await;
    assert!(!format!("{response:#?}").contains("eyJ.e.s"));
}

#[tokio::test]
async fn a_sign_up_may_have_no_session_yet() {
    for body in ["{}", r#"{"session": null}"#] {
        let server = Server::answering(json(200, body)).await;
        let response =
            server.nhost().signup().email_password("ada@example.com", "Str0ng-Passw0rd").send().await;
        assert_eq!(response.unwrap().session, None);
    }
}

#[tokio::test]
async fn a_sign_in_that_can_only_succeed_or_fail_has_its_session() {
    let body = format!(r#"{{"session": {SESSION}}}"#);
    let server = Server::answering(json(200, &body)).await;
    let response = server.nhost().signin().otp_email_verify("ada@example.com", "123456").send().await;
    assert!(is_whole(&response.unwrap().session));
    // The place for a second factor is always empty by text message.
    let body = format!(r#"{{"session": {SESSION}, "mfa": null}}"#);
    let server = Server::answering(json(200, body)).await;
    let response = server.nhost().signin().passwordless_sms_verify("+12025550123", "932136").send().await;
    assert!(is_whole(&response.unwrap().session));
}

/// The text `OK` says no more than the status.
#[tokio::test]
async fn a_sign_out_succeeds_whatever_the_body() {
    for response in [json(200, "\"OK\"\n"), json(200, ""), json(200, "{}"), ResponseTemplate::new(200)] {
        let server = Server::answering(response).await;
        let refresh_token = "6b1e7c52-90c4-4b3f-8a35-2f0d3cf1a7e9";
        server.nhost().token().sign_out().refresh_token(refresh_token).send().await.unwrap();
    }
    // But another server's page is no proof that a token is valid.
    let server = Server::answering(ResponseTemplate::new(200).set_body_raw("<html>", "text/html")).await;
    server.nhost().token().verify().token("eyJ.e.s").send().await.unwrap_err();
}

#[tokio::test]
async fn times_are_texts_with_as_many_digits_as_came() {
    for time in ["2026-01-31T09:52:26.90491Z", "2026-01-31T09:52:26.904919361Z", "2026-01-31T09:52:26+00:00"]
    {
        let body = json!({"id": "x", "createdAt": time, "avatarUrl": "", "metadata": null}).to_string();
        let server = Server::answering(json(200, body)).await;
        let user = server.nhost().with_access_token("eyJ.e.s").user().get().send().await.unwrap();
        assert_eq!((user.created_at.as_str(), user.avatar_url.as_str()), (time, ""));
    }
}

#[tokio::test]
async fn a_project_with_a_shared_secret_has_no_public_keys() {
    let server = Server::answering(json(200, r#"{"keys": null}"#)).await;
    assert!(server.nhost().system().jwks().send().await.unwrap().keys.is_empty());
}

#[tokio::test]
async fn both_forms_of_health() {
    let server = Server::answering(json(200, "\"OK\"\n")).await;
    let health = server.nhost().system().health().send().await.unwrap();
    assert!(matches!(health, Health::String(text) if text == "OK"));
    let server = Server::answering(json(200, r#"{"status": "ok"}"#)).await;
    let health = server.nhost().system().health().send().await.unwrap();
    assert!(matches!(health, Health::HealthStatus(health) if health.status.as_deref() == Some("ok")));
}
