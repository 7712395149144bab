//! Flows, and the decision about a sign-in that a push notification asked about.

use crate::descope_common::{REFRESH_JWT, SESSION, assert_session, fails, post, post_signed_in};
use crate::harness::{Server, assert_known, json};
use generated_client::descope::flow::{
    FlowNextOptions, FlowNextResponseHeaders, FlowOptions, FlowStartResponseHeaders,
};
use generated_client::descope::push::{PushProvider, PushResult};
use generated_client::descope::{FlowNonce, RateLimitedHeaders};
use generated_client::runtime::ErrorKind;
use serde_json::json;

const NONCE: &str = "X-Descope-Flow-Nonce";
const STEP: &str = r#"{"executionId": "e|#|1", "stepId": "0", "status": "waiting", "action": "screen"}"#;

#[tokio::test]
async fn a_session_jwt_is_an_option_of_each_step() {
    let server = Server::answering(json(200, STEP)).await;
    let options = FlowOptions::default().tenant("T2acme").session_jwt("s3ssion");
    server.descope().flow().start("sign-in").options(options).send().await.unwrap();
    let body = json!({"flowId": "sign-in", "options": {"tenant": "T2acme", "sessionJwt": "s3ssion"}});
    server.got(post("/v1/flow/start").json(body)).await;

    let server = Server::answering(json(200, STEP)).await;
    let options = FlowNextOptions::default().session_jwt("s3ssion");
    assert!(!format!("{options:?}").contains("s3ssion"));
    server.descope().flow().next("e|#|1", "0", "submit").options(options).send().await.unwrap();
    let body = json!({
        "executionId": "e|#|1",
        "stepId": "0",
        "interactionId": "submit",
        "options": {"sessionJwt": "s3ssion"},
    });
    server.got(post("/v1/flow/next").json(body)).await;
}

#[tokio::test]
async fn what_is_a_custom_screen_may_be_any_json() {
    for value in [json!(true), json!(false), json!("welcome"), json!({"name": "welcome"})] {
        let server = Server::answering(json(200, STEP)).await;
        server.descope().flow().start("sign-in").is_custom_screen(value.clone()).send().await.unwrap();
        let body = json!({"flowId": "sign-in", "isCustomScreen": value});
        server.got(post("/v1/flow/start").json(body)).await;
    }
}

#[tokio::test]
async fn the_nonce_of_a_response_goes_with_the_next_call() {
    let response = json(200, STEP).insert_header(NONCE, "1.n0nce");
    let server = Server::answering(response).await;
    let (_, raw) = server.descope().flow().start("sign-in").send_with_raw().await.unwrap();
    let headers: FlowStartResponseHeaders = raw.typed_headers().unwrap();
    assert!(!format!("{headers:?}").contains("n0nce"));
    let nonce = headers.x_descope_flow_nonce.unwrap();

    let server = Server::answering(json(200, STEP)).await;
    let next = server.descope().flow().next("e|#|1", "0", "submit").x_descope_flow_nonce(nonce);
    let (_, raw) = next.send_with_raw().await.unwrap();
    let body = json!({"executionId": "e|#|1", "stepId": "0", "interactionId": "submit"});
    server.got(post("/v1/flow/next").header("x-descope-flow-nonce", "1.n0nce").json(body)).await;
    let headers: FlowNextResponseHeaders = raw.typed_headers().unwrap();
    assert_eq!(headers.x_descope_flow_nonce, None);
}

/// web-js 1452: a response that came late put an old nonce in the place of a newer one, and the run couldn't go on.
#[tokio::test]
async fn a_late_response_does_not_overwrite_a_newer_nonce() {
    let nonce = FlowNonce::new();
    let clone = nonce.clone();
    for (header, latest) in [
        (None, None),
        (Some("1.a"), Some("1.a")),
        (Some("3.c"), Some("3.c")),
        (Some("2.b"), Some("3.c")),
        (None, Some("3.c")),
        (Some(""), Some("3.c")),
        (Some("10.d"), Some("10.d")),
        (Some("9.e"), Some("10.d")),
        (Some("10.f"), Some("10.f")),
        // A form without a number says nothing of the order.
        (Some("opaque"), Some("opaque")),
        (Some("1.g"), Some("1.g")),
    ] {
        let response = header.map_or(json(200, STEP), |it| json(200, STEP).insert_header(NONCE, it));
        let server = Server::answering(response).await;
        let next = nonce.add_to(server.descope().flow().next("e|#|1", "0", "polling"));
        let sent = nonce.latest();
        let (_, raw) = next.send_with_raw().await.unwrap();
        let body = json!({"executionId": "e|#|1", "stepId": "0", "interactionId": "polling"});
        let expected = post("/v1/flow/next").json(body);
        server
            .got(sent.iter().fold(expected, |it, sent| it.header("x-descope-flow-nonce", sent.expose())))
            .await;
        nonce.keep(&raw);
        assert_eq!(clone.latest().as_ref().map(|it| &**it.expose()), latest, "{header:?}");
    }
    assert!(!format!("{nonce:?}").contains("1.g"));
    assert_eq!(FlowNonce::of("4.h").latest(), Some("4.h".into()));
}

#[tokio::test]
async fn a_limit_of_calls_says_when_the_next_is_accepted() {
    let server =
        Server::answering(json(429, r#"{"errorCode":"E130429"}"#).insert_header("retry-after", "0")).await;
    let error = server.descope().flow().start("sign-in").send().await.unwrap_err();
    let ErrorKind::Api(api) = error.kind() else { panic!("{error}") };
    let headers: RateLimitedHeaders = api.response().typed_headers().unwrap();
    assert_eq!(headers.retry_after, Some(0));
}

#[tokio::test]
async fn a_refused_nonce_has_a_status_of_its_own() {
    fails("flow_next", (403, "E108201", "Flow nonce validation failed"), |client| {
        client.flow().next("e|#|1", "0", "polling").send()
    })
    .await;
}

#[tokio::test]
async fn exchange() {
    let server = Server::answering(json(200, SESSION)).await;
    let call = server.descope().flow().exchange("c0de", "v3rifier");
    assert!(!format!("{call:?}").contains("v3rifier"));
    assert_session(&call.send().await.unwrap());
    let body = r#"{"authorizationCode":"c0de","codeVerifier":"v3rifier"}"#;
    server.got(post("/v1/flow/exchange").text(body)).await;
}

#[tokio::test]
async fn prime() {
    // The official clients don't read the body.
    for body in ["", "{}"] {
        let server = Server::answering(json(200, body)).await;
        let client = server.descope().with_refresh_token(REFRESH_JWT);
        client.flow().prime("add-passkey", "challenge").send().await.unwrap();
        let expected = post_signed_in("/v1/flow/prime");
        server.got(expected.text(r#"{"flowId":"add-passkey","codeChallenge":"challenge"}"#)).await;
    }
}

#[tokio::test]
async fn a_device_is_registered_for_push_notifications() {
    let server = Server::answering(json(200, "{}")).await;
    let client = server.descope().with_refresh_token(REFRESH_JWT);
    let call = client.push().update(PushProvider::Fcm, "d3vice", "Pixel 9");
    assert!(!format!("{call:?}").contains("d3vice"));
    call.send().await.unwrap();
    let expected = post_signed_in("/v1/auth/push/update");
    server.got(expected.text(r#"{"provider":"fcm","token":"d3vice","device":"Pixel 9"}"#)).await;
    assert_known::<PushProvider>(&["apn", "apndev", "fcm"]);
}

#[tokio::test]
async fn a_sign_in_is_allowed_or_denied() {
    for (result, on_the_wire) in [(PushResult::Approved, "approved"), (PushResult::Denied, "denied")] {
        let server = Server::answering(json(200, "")).await;
        let client = server.descope().with_refresh_token(REFRESH_JWT);
        client.push().sign_in_finish("t1", result).send().await.unwrap();
        let body = json!({"transactionId": "t1", "result": on_the_wire});
        server.got(post_signed_in("/v1/auth/push/signin/finish").json(body)).await;
    }
}

#[tokio::test]
async fn a_link_to_a_new_number_comes_by_instant_message() {
    let server = Server::answering(json(200, r#"{"maskedPhone": "+1*******1212"}"#)).await;
    let client = server.descope().with_refresh_token(REFRESH_JWT);
    let call = client.magic_link().update_phone_im("jane", "+12125551212").mfa(true);
    let sent = call.send().await.unwrap();
    assert_eq!(sent.masked_phone.as_deref(), Some("+1*******1212"));
    let body = r#"{"loginId":"jane","phone":"+12125551212","mfa":true}"#;
    server.got(post_signed_in("/v1/auth/magiclink/update/phone/im").text(body)).await;
}
