//! Access keys of Descope and personal access tokens of Nhost.

use crate::service::{NHOST_USER, Service, descope_client, nhost_client, ok};
use crate::signers::{PROJECT, keys, rsa};
use generated_client::descope::access_keys::AccessKeyLoginOptions;
use generated_client::sessions::testing::{TestClock, descope_session};
use generated_client::sessions::{ExchangeError, TokenError, descope};
use serde_json::{Value, json};
use std::time::Duration;
use wiremock::{MockServer, ResponseTemplate};

const EXCHANGE: &str = "/v1/auth/accesskey/exchange";
const PAT: &str = "/signin/pat";

fn exchanged(clock: &TestClock) -> ResponseTemplate {
    let token = descope_session(PROJECT, "K2key", clock).sign(&rsa()).unwrap();
    ok(json!({"keyId": "K2key", "sessionJwt": token, "expiration": clock.seconds() + 600}))
}

async fn of_descope() -> (Service, MockServer, descope::Sessions) {
    let (service, server) = Service::start().await;
    let sessions = descope_client(&server).sessions().clock(service.clock.clone()).build();
    let clock = service.clock.clone();
    service.route(EXCHANGE, move |request| {
        assert_eq!(request.headers["authorization"], format!("Bearer {PROJECT}:K2secret"));
        exchanged(&clock)
    });
    (service, server, sessions)
}

#[tokio::test]
async fn a_key_is_exchanged_once_for_all_and_again_before_the_end() {
    let (service, _server, sessions) = of_descope().await;
    let key = sessions.access_key("K2secret");
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let key = key.clone();
            tokio::spawn(async move { key.token().await.unwrap() })
        })
        .collect();
    let mut tokens = Vec::new();
    for task in tasks {
        let token = task.await.unwrap();
        assert_eq!(token.claims.subject(), "K2key");
        tokens.push(token.token);
    }
    assert!(tokens.iter().all(|token| *token == tokens[0]));
    assert_eq!(service.requests(EXCHANGE), 1);

    // A minute before the end, the next one is asked for, and nobody waits for it.
    service.clock.advance(Duration::from_secs(539));
    assert_eq!(key.token().await.unwrap().token, tokens[0]);
    assert_eq!(service.requests(EXCHANGE), 1);
    service.clock.advance(Duration::from_secs(1));
    assert_eq!(key.token().await.unwrap().token, tokens[0]);
    while key.token().await.unwrap().token == tokens[0] {
        tokio::task::yield_now().await;
    }
    assert_eq!(service.requests(EXCHANGE), 2);
}

#[tokio::test]
async fn a_token_that_was_not_exchanged_in_time_is_waited_for() {
    let (service, _server, sessions) = of_descope().await;
    let key = sessions.access_key("K2secret");
    let old = key.token().await.unwrap().token;
    service.clock.advance(Duration::from_secs(3600));
    assert_ne!(key.token().await.unwrap().token, old);
    assert_eq!(service.requests(EXCHANGE), 2);
}

#[tokio::test]
async fn options_are_sent() {
    let (service, _server, sessions) = of_descope().await;
    let clock = service.clock.clone();
    service.route(EXCHANGE, move |request| {
        let expected = json!({"loginOptions": {"customClaims": {"job": "nightly"}, "selectedTenant": "T1"}});
        assert_eq!(request.body_json::<Value>().unwrap(), expected);
        exchanged(&clock)
    });
    let claims = serde_json::Map::from_iter([("job".to_owned(), json!("nightly"))]);
    let options = AccessKeyLoginOptions::default().custom_claims(claims).selected_tenant("T1");
    sessions.access_key_with("K2secret", options).token().await.unwrap();
}

#[tokio::test]
async fn a_failure_is_given_for_a_while_without_asking_again() {
    let (service, _server, sessions) = of_descope().await;
    let key = sessions.access_key("K2secret");
    for (status, retry_after, expected, pause) in [
        (401, None, "the key isn't accepted: descope access_keys_exchange: 401", 5),
        (500, None, "the key can't be exchanged now: descope access_keys_exchange: 500", 5),
        (429, Some("20"), "the key can't be exchanged now: descope access_keys_exchange: 429", 20),
        (429, Some("0"), "the key can't be exchanged now: descope access_keys_exchange: 429", 5),
        (
            429,
            Some("Thu, 01 Jan 1970 00:00:00 GMT"),
            "the key can't be exchanged now: descope access_keys_exchange: 429",
            5,
        ),
        (429, Some("86400"), "the key can't be exchanged now: descope access_keys_exchange: 429", 300),
    ] {
        service.route(EXCHANGE, move |_| {
            let response = ResponseTemplate::new(status).set_body_json(json!({"errorCode": "E1"}));
            match retry_after {
                Some(asked) => response.insert_header("retry-after", asked),
                None => response,
            }
        });
        let before = service.requests(EXCHANGE);
        for _ in 0..50 {
            let error = key.token().await.unwrap_err();
            assert!(error.to_string().starts_with(expected), "{error}");
        }
        assert_eq!(service.requests(EXCHANGE), before + 1, "{status}");
        service.clock.advance(Duration::from_secs(pause - 1));
        key.token().await.unwrap_err();
        assert_eq!(service.requests(EXCHANGE), before + 1, "{retry_after:?}");
        service.clock.advance(Duration::from_secs(1));
    }
    let clock = service.clock.clone();
    service.route(EXCHANGE, move |_| exchanged(&clock));
    key.token().await.unwrap();

    // While the token is good, a failure changes nothing.
    service.route(EXCHANGE, |_| ResponseTemplate::new(401));
    service.clock.advance(Duration::from_secs(590));
    key.token().await.unwrap();
    service.clock.advance(Duration::from_secs(11));
    let error = key.token().await.unwrap_err();
    assert!(matches!(error, ExchangeError::Refused(_)) && error.status() == 401, "{error}");
}

#[tokio::test]
async fn a_token_that_is_not_accepted_is_not_handed_out() {
    let (service, _server, sessions) = of_descope().await;
    let forged = descope_session(PROJECT, "K2key", &service.clock).sign_wrongly(&rsa()).unwrap();
    service.route(EXCHANGE, move |_| ok(json!({"keyId": "K2key", "sessionJwt": forged})));
    let error = sessions.access_key("K2secret").token().await.unwrap_err();
    assert!(matches!(error, ExchangeError::NotAccepted(TokenError::BadSignature)), "{error}");
    let offline = descope::Sessions::offline(PROJECT, keys([&rsa()])).build();
    let error = offline.access_key("K2secret").token().await.unwrap_err();
    assert!(matches!(error, ExchangeError::Offline) && error.status() == 500, "{error}");
}

#[tokio::test]
async fn a_personal_access_token_signs_in_once_for_all() {
    let (service, server) = Service::start().await;
    let sessions = nhost_client(&server).sessions().clock(service.clock.clone()).build();
    let of_clock = service.clone();
    service.route(PAT, move |_| ok(json!({"session": of_clock.nhost_session(1)})));
    let pat = sessions.personal_access_token("2c35b6f3-c4b9-48e3-978a-d4d0f1d42e24");
    let first = pat.token().await.unwrap();
    assert_eq!(first.claims.user_id(), NHOST_USER);
    assert_eq!(pat.clone().token().await.unwrap().token, first.token);
    assert_eq!(service.requests(PAT), 1);
    service.clock.advance(Duration::from_secs(901));
    assert_ne!(pat.token().await.unwrap().token, first.token);

    service.route(PAT, |_| ok(json!({})));
    service.clock.advance(Duration::from_secs(901));
    let error = pat.token().await.unwrap_err();
    assert!(matches!(error, ExchangeError::NotAccepted(TokenError::Missing)), "{error}");
    assert!(!format!("{pat:?}").contains("2c35b6f3"));
}

/// A server that conceals its errors says of a personal access token that is unknown what it says of everything.
#[tokio::test]
async fn a_personal_access_token_is_refused_by_a_server_that_conceals_its_errors_too() {
    let (service, server) = Service::start().await;
    let sessions = nhost_client(&server).sessions().clock(service.clock.clone()).build();
    let concealed =
        json!({"error": "invalid-request", "message": "The request payload is incorrect", "status": 400});
    service.route(PAT, move |_| ResponseTemplate::new(400).set_body_json(&concealed));
    let error = sessions.personal_access_token(NHOST_USER).token().await.unwrap_err();
    assert!(matches!(error, ExchangeError::Refused(_)) && error.status() == 401, "{error}");
}
