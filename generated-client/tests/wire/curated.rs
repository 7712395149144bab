//! What the specs say of credentials and bodies beyond names and types.

use crate::harness::{Body, Sent, Server, json};
use generated_client::JsonText;
use generated_client::descope::webauthn::{
    WebauthnAssertionResponse, WebauthnCredential, WebauthnCredentialResponse, WebauthnFinishRequest,
};
use generated_client::descope::{WebauthnOptions, WebauthnPublicKeyOptions};
use generated_client::nhost::{Error, SignUpOptions};
use generated_client::runtime::ErrorKind;
use serde_json::{Value, json};

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
        assert!(matches!(error.kind(), ErrorKind::InvalidRequest(_)), "{error:?}");
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
    // 25 characters of three bytes each.
    let long = nhost.signup().email_password("ada@example.com", "\u{65e5}".repeat(25));
    assert_eq!(
        refused(long.send().await.unwrap_err()),
        "nhost signup_email_password: member `password` has 75 bytes, at most 72 are allowed"
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

const OPTIONS: &str = r#"{ "publicKey": {"challenge":"q83v", "rpId":"example.com", "allowCredentials":[{"type":"public-key","id":"5Zk3"}]} }"#;

#[tokio::test]
async fn json_in_a_string_is_kept_as_it_came_and_typed_on_demand() {
    let response = json!({"transactionId": "t1", "options": OPTIONS, "create": false});
    let server = Server::answering(json(200, response.to_string())).await;
    let start = server.descope().webauthn().sign_in_start("https://app.example.com").send().await.unwrap();
    assert_eq!(start.options.as_str(), OPTIONS);
    let WebauthnPublicKeyOptions::RequestOptions(options) = start.options.parse().unwrap().public_key else {
        panic!("a known passkey is asked for");
    };
    assert_eq!(options.challenge, "q83v");
    assert_eq!(options.rp_id.as_deref(), Some("example.com"));
    assert_eq!(
        options.allow_credentials.iter().flatten().map(|known| &*known.id).collect::<Vec<_>>(),
        ["5Zk3"]
    );

    let new =
        r#"{"publicKey":{"challenge":"q83v","rp":{"id":"example.com"},"user":{"id":"VTI","name":"jane"}}}"#;
    let options: JsonText<WebauthnOptions> = JsonText::from(new);
    assert!(matches!(options.parse().unwrap().public_key, WebauthnPublicKeyOptions::CreationOptions(_)));
}

#[tokio::test]
async fn json_in_a_string_may_be_anything_and_the_response_is_decoded() {
    let server = Server::answering(json(200, r#"{"transactionId": "t1", "options": "<s3cret>"}"#)).await;
    let start = server.descope().webauthn().sign_in_start("https://app.example.com").send().await.unwrap();
    assert_eq!(start.options.as_str(), "<s3cret>");
    assert_eq!(
        start.options.parse().unwrap_err().to_string(),
        "can't be read at `.`: expected value; near …"
    );
}

#[tokio::test]
async fn json_in_a_string_is_sent_as_text_or_made_of_its_type() {
    let text = r#"{ "id":"5Zk3", "more": 1 }"#;
    let credential = WebauthnCredential::new(
        "5Zk3",
        "5Zk3",
        "public-key",
        WebauthnCredentialResponse::AssertionResponse(WebauthnAssertionResponse::new(
            "o3mm", "eyJ0", "s3cret",
        )),
    );
    let typed = r#"{"id":"5Zk3","rawId":"5Zk3","type":"public-key","response":{"authenticatorData":"o3mm","clientDataJSON":"eyJ0","signature":"s3cret"}}"#;
    for (response, sent) in [(JsonText::from(text), text), (JsonText::from(&credential), typed)] {
        let server = Server::answering(json(200, "{}")).await;
        let finish = server.descope().webauthn().sign_in_finish("t1", response);
        finish.send().await.unwrap();
        let expected = json!({"transactionId": "t1", "response": sent}).to_string();
        let Body::Text(body) = server.sent().await.body else { panic!("the body is as it was sent") };
        assert_eq!(serde_json::from_str::<Value>(&body).unwrap().to_string(), expected);
    }
    let request = WebauthnFinishRequest::new("t1", JsonText::from(text));
    assert_eq!(
        format!("{request:?}"),
        r#"WebauthnFinishRequest { transaction_id: "t1", response: Secret(..) }"#
    );
}
