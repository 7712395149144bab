//! What a backend hands on between the service and a browser stays as it is, and a session can be stored.

use generated_client::descope::JsonText;
use generated_client::descope::webauthn::WebauthnCredential;
use generated_client::{descope, nhost};
use serde_json::{Value, json};
use wiremock::ResponseTemplate;

use crate::harness::{Sent, Server};

fn as_json(value: &impl serde::Serialize) -> Value {
    serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap()
}

async fn body(server: &Server) -> Value {
    let Sent { body, .. } = server.sent().await;
    match body.parsed_like(&crate::harness::Body::Json(Value::Null)) {
        crate::harness::Body::Json(body) => body,
        other => panic!("{other:?} is no JSON"),
    }
}

/// The options of a new key, with members and values that no spec lists, and an empty list.
fn creation_options() -> Value {
    json!({
        "rp": {"name": "Example", "id": "app.example", "icon": "https://app.example/icon"},
        "user": {"name": "ada", "displayName": "Ada", "id": "dTE", "new": {"a": [1, null]}},
        "challenge": "cgqdnZg_uQYgvJ9bcPoc",
        "pubKeyCredParams": [{"type": "public-key", "alg": -7, "level": 3}],
        "timeout": 300_000,
        "excludeCredentials": [],
        "authenticatorSelection": {"requireResidentKey": false, "residentKey": "always", "userVerification": "preferred"},
        "hints": ["hologram"],
        "attestation": "indirect",
        "extensions": {},
        "mediation": "conditional",
        "nothing": null,
    })
}

fn request_options() -> Value {
    json!({
        "challenge": "tTQMLerIu", "timeout": 300_000, "rpId": "app.example", "allowCredentials": [
            {"type": "public-key", "id": "dNR9", "transports": ["usb", "telepathy"], "new": 1},
            {"type": "public-key", "id": "dNR8", "transports": []},
        ],
        "userVerification": "preferred", "new": 1.5,
    })
}

/// A credential as a browser writes it, with members that no spec lists.
fn credential(response: Value) -> Value {
    json!({
        "id": "6tMRv", "rawId": "6tMRv", "type": "public-key", "authenticatorAttachment": "platform",
        "clientExtensionResults": {"credProps": {"rk": true, "authenticatorDisplayName": "Key"}, "prf": {"enabled": true}},
        "response": response, "new": {"deep": ["member"]},
    })
}

fn attestation() -> Value {
    credential(json!({
        "clientDataJSON": "eyJ0", "attestationObject": "o2Nm", "authenticatorData": "SZYN", "publicKey": "MFkw",
        "publicKeyAlgorithm": -7, "transports": ["internal", "telepathy"], "new": 7,
    }))
}

fn assertion() -> Value {
    credential(json!({
        "clientDataJSON": "eyJ0", "authenticatorData": "SZYN", "signature": "MEUC", "userHandle": "dTE", "new": 7,
    }))
}

fn answering(json: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json)
}

#[tokio::test]
async fn the_browser_gets_the_options_of_nhost_as_they_came() {
    let server = Server::answering(answering(&creation_options())).await;
    let options = server.nhost().signup().webauthn("ada@app.example").send().await.unwrap();
    assert_eq!(as_json(&options), creation_options());

    let server = Server::answering(answering(&request_options())).await;
    let options = server.nhost().signin().webauthn().send().await.unwrap();
    assert_eq!(as_json(&options), request_options());
}

#[tokio::test]
async fn nhost_gets_the_credential_as_the_browser_wrote_it() {
    let server = Server::answering(answering(&json!({}))).await;
    let created: nhost::CredentialCreationResponse = serde_json::from_value(attestation()).unwrap();
    server.nhost().signup().webauthn_verify(created).send().await.unwrap();
    assert_eq!(body(&server).await, json!({"credential": attestation()}));

    let server = Server::answering(answering(&json!({}))).await;
    let signed: nhost::CredentialAssertionResponse = serde_json::from_value(assertion()).unwrap();
    server.nhost().signin().webauthn_verify(signed).send().await.unwrap();
    assert_eq!(body(&server).await, json!({"credential": assertion()}));
}

#[tokio::test]
async fn the_browser_gets_the_options_of_descope_as_they_came() {
    for public_key in [creation_options(), request_options()] {
        let options = json!({"publicKey": public_key, "mediation": "conditional"});
        let text = format!(" {options:#}");
        let server = Server::answering(answering(&json!({"transactionId": "t1", "options": text}))).await;
        let started = server.descope().webauthn().sign_in_start("https://app.example").send().await.unwrap();
        let found = started.options;
        assert_eq!(found.as_str(), text);
        assert_eq!(as_json(&found.parse().unwrap()), options);
    }
}

#[tokio::test]
async fn descope_gets_the_credential_as_the_browser_wrote_it() {
    let sent = |response: JsonText<WebauthnCredential>| async move {
        let server = Server::answering(answering(&json!({}))).await;
        let call = server.descope().webauthn().sign_up_finish("t1", response);
        drop(call.send().await);
        body(&server).await["response"].as_str().unwrap().to_owned()
    };
    for browser in [attestation(), assertion()] {
        let text = format!("{browser:#}");
        assert_eq!(sent(JsonText::from(&*text)).await, text, "the text itself");
        let typed: WebauthnCredential = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&sent(JsonText::from(&typed)).await).unwrap(), browser);
    }
}

#[test]
fn a_credential_without_what_it_needs_is_refused() {
    let mut lacking = assertion();
    lacking.as_object_mut().unwrap().remove("rawId");
    let error = serde_json::from_value::<nhost::CredentialAssertionResponse>(lacking.clone()).unwrap_err();
    assert_eq!(error.to_string(), "missing field `rawId`");
    let error = serde_json::from_value::<WebauthnCredential>(lacking).unwrap_err();
    assert_eq!(error.to_string(), "missing field `rawId`");
}

#[test]
fn a_credential_shows_no_more_than_the_outline_of_what_is_unknown() {
    let mut credential = assertion();
    credential["new"] = json!("s3cret");
    let signed: nhost::CredentialAssertionResponse = serde_json::from_value(credential).unwrap();
    assert!(!format!("{signed:?}").contains("s3cret"), "{signed:?}");
}

#[test]
fn a_session_is_stored_and_read_back() {
    let user = json!({"userId": "U1", "loginIds": ["ada"], "roleNames": [], "customAttributes": {"a": 1}});
    let session: descope::JwtResponse = serde_json::from_value(
        json!({"sessionJwt": "s3cret1", "refreshJwt": "s3cret2", "user": user, "firstSeen": true}),
    )
    .unwrap();
    let stored = serde_json::to_string(&session).unwrap();
    assert!(stored.contains("s3cret1") && stored.contains("s3cret2"), "{stored}");
    assert_eq!(serde_json::from_str::<descope::JwtResponse>(&stored).unwrap(), session);
    assert!(!format!("{session:?}").contains("s3cret"));

    let user = json!({"id": "u1", "createdAt": "2026-11-28T12:30:00.123456789Z", "metadata": {"a": null}, "roles": ["me"]});
    let session: nhost::Session = serde_json::from_value(
        json!({"accessToken": "s3cret1", "accessTokenExpiresIn": 900, "refreshToken": "s3cret2", "user": user}),
    )
    .unwrap();
    let stored = serde_json::to_string(&session).unwrap();
    assert!(stored.contains("s3cret2") && stored.contains("2026-11-28T12:30:00.123456789Z"), "{stored}");
    assert_eq!(serde_json::from_str::<nhost::Session>(&stored).unwrap(), session);
}
