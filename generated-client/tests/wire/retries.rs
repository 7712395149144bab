//! What is sent again by the retry classes of real operations, and what is not.

use crate::descope_common::{AUTHORIZED, assert_authorized, post};
use crate::harness::{Sent, Server, json};
use generated_client::runtime::RetryPolicy;
use std::time::Duration;
use wiremock::ResponseTemplate;

/// The statuses after which an operation that may be sent twice is.
const PASSING: [u16; 10] = [429, 502, 503, 504, 520, 521, 522, 523, 524, 530];

#[tokio::test]
async fn a_call_that_spends_a_code_is_sent_once() {
    for status in PASSING {
        let response = json(status, "{}").insert_header("retry-after", "0");
        let server = Server::answering(response).await;
        let call = server.descope().oauth().exchange("c0de");
        let error = call.retry_policy(RetryPolicy::default().max_attempts(9)).send().await.unwrap_err();
        server.got(post("/v1/auth/oauth/exchange").text(r#"{"code":"c0de"}"#)).await;
        assert_eq!((error.attempts(), error.may_retry()), (1, false), "{status}");

        let server = Server::answering(ResponseTemplate::new(status)).await;
        let call = server.nhost().signin().provider_callback("github", "s");
        let error = call.send().await.unwrap_err();
        server.got(Sent::new("GET", "/signin/provider/github/callback").query([("state", "s")])).await;
        assert_eq!((error.attempts(), error.may_retry()), (1, false), "{status}");
    }
}

#[tokio::test]
async fn a_call_that_starts_a_login_is_sent_until_it_gets_through() {
    for status in PASSING {
        let failure = json(status, r#"{"errorCode": "E130429"}"#);
        let server = Server::answering_first((2, failure), json(200, AUTHORIZED)).await;
        assert_authorized(&server.descope().oauth().authorize("google").send().await.unwrap());
        let expected = || post("/v1/auth/oauth/authorize").query([("provider", "google")]);
        assert_eq!(server.all_sent().await, [expected(), expected(), expected()], "{status}");
    }
}

#[tokio::test]
async fn the_service_says_how_long_to_stay_away() {
    let server = Server::answering(json(429, "{}").insert_header("retry-after", "3600")).await;
    let error = server.descope().oauth().authorize("google").send().await.unwrap_err();
    server.sent().await;
    assert_eq!((error.attempts(), error.retry_after()), (1, Some(Duration::from_secs(3600))));
}

#[tokio::test]
#[cfg(feature = "operations")]
async fn calls_by_id_follow_the_same_rules() {
    for (id, argument, times) in [("oauth_authorize", "provider", 3), ("oauth_exchange", "code", 1)] {
        let server = Server::answering(json(503, "{}")).await;
        let arguments = crate::harness::object(serde_json::json!({argument: "x"}));
        let error = server.descope().call_operation(id, arguments).await.unwrap_err();
        assert_eq!(server.all_sent().await.len(), times, "{id}");
        assert_eq!(error.attempts() as usize, times);
    }
}
