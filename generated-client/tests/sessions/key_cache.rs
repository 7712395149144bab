//! Where keys come from, how often they are asked for, and what happens while the service is down.

use crate::signers::{PROJECT, USER, clock, other_rsa, rsa, session, signer};
use generated_client::runtime::RetryPolicy;
use generated_client::sessions::testing::{KeyServer, TestClock, descope_session, nhost_access};
use generated_client::sessions::{Algorithm, TokenError, descope, nhost};
use generated_client::{descope as descope_api, nhost as nhost_api};
use serde_json::json;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

fn client(server: &KeyServer) -> descope_api::Client {
    let builder = descope_api::Client::builder(PROJECT).base_url(server.url());
    builder.retry_policy(RetryPolicy::disabled()).build().unwrap()
}

/// A validator whose keys come from a server that has this key, and the clock that it looks at.
pub(crate) fn validator() -> (KeyServer, TestClock, descope::Sessions) {
    let server = KeyServer::start([&rsa()]).unwrap();
    let clock = clock();
    let sessions = client(&server).sessions().clock(clock.clone()).build();
    (server, clock, sessions)
}

/// A token that is valid at whatever time of a test.
pub(crate) fn token(kid: &str) -> String {
    session().valid_for(&clock(), 100_000).sign(&rsa().named(kid)).unwrap()
}

/// Waits until a fetch in the background has reached the server.
async fn fetched(server: &KeyServer, requests: usize) {
    while server.requests() < requests {
        tokio::task::yield_now().await;
    }
    assert_eq!(server.requests(), requests);
}

#[tokio::test]
async fn keys_are_fetched_once() {
    let (server, clock, sessions) = validator();
    assert_eq!(server.requests(), 0);
    for _ in 0..10 {
        sessions.validate(&token("key-rsa")).await.unwrap();
    }
    clock.advance(9 * MINUTE);
    sessions.clone().validate(&token("key-rsa")).await.unwrap();
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn a_thousand_validations_on_an_empty_cache_make_one_fetch() {
    let (server, _, sessions) = validator();
    let tasks: Vec<_> = (0..1000)
        .map(|_| {
            let (sessions, token) = (sessions.clone(), token("key-rsa"));
            tokio::spawn(
                async move { sessions.validate(&token).await.map(|claims| claims.subject().to_owned()) },
            )
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap().unwrap(), USER);
    }
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn keys_can_be_loaded_beforehand() {
    let (server, _, sessions) = validator();
    sessions.load_keys().await.unwrap();
    sessions.load_keys().await.unwrap();
    sessions.validate(&token("key-rsa")).await.unwrap();
    assert_eq!(server.requests(), 1);
}

/// fastapi-zitadel-auth 156, go-oidc 482, libjwt 313: made-up keys flood the issuer.
#[tokio::test]
async fn a_flood_of_unknown_keys_makes_one_fetch_per_cooldown() {
    let (server, clock, sessions) = validator();
    sessions.validate(&token("key-rsa")).await.unwrap();
    clock.advance(30 * SECOND);
    for number in 0..10_000 {
        // Only the header differs, since the key is looked for before the signature is checked.
        let token = format!("{}.e30.AA", header(&format!("made-up-{number}")));
        assert_eq!(sessions.validate(&token).await, Err(TokenError::UnknownKey));
    }
    assert_eq!(server.requests(), 2);
    clock.advance(29 * SECOND);
    assert_eq!(sessions.validate(&token("made-up")).await, Err(TokenError::UnknownKey));
    assert_eq!(server.requests(), 2);
    clock.advance(SECOND);
    assert_eq!(sessions.validate(&token("made-up")).await, Err(TokenError::UnknownKey));
    assert_eq!(server.requests(), 3);
    sessions.validate(&token("key-rsa")).await.unwrap();
}

fn header(kid: &str) -> String {
    use base64::Engine;
    base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(json!({"alg": "RS256", "kid": kid}).to_string())
}

/// airflow 73472, mobula 28: the cooldown is passed over while fetches fail or give nothing.
#[tokio::test]
async fn the_cooldown_holds_while_fetches_fail_or_give_nothing() {
    for (status, body) in
        [(500, "{}"), (200, r#"{"keys":[]}"#), (200, "no JSON"), (404, ""), (200, r#"{"keys":null}"#)]
    {
        let (server, clock, sessions) = validator();
        server.respond(status, body);
        for _ in 0..100 {
            let error = sessions.validate(&token("key-rsa")).await.unwrap_err();
            assert!(matches!(error, TokenError::KeysUnavailable(_)), "{status} {body}: {error}");
            assert_eq!((error.status().as_u16(), error.www_authenticate()), (503, None));
        }
        assert_eq!(server.requests(), 1, "{status} {body}");
        clock.advance(30 * SECOND);
        server.set_keys([&rsa()]);
        sessions.validate(&token("key-rsa")).await.unwrap();
        assert_eq!(server.requests(), 2, "{status} {body}");
    }
}

#[tokio::test]
async fn the_error_says_what_is_wrong_with_the_keys() {
    let (server, clock, sessions) = validator();
    server.respond(200, r#"{"keys":[{"kty":"RSA"}]}"#);
    let unavailable = sessions.load_keys().await.unwrap_err();
    assert_eq!(
        unavailable.to_string(),
        "the keys for checking tokens are unavailable: there is no key that can be used"
    );
    assert_eq!(unavailable.retry_after(), Some(30 * SECOND));
    clock.advance(30 * SECOND);
    server.respond(500, "");
    let unavailable = sessions.load_keys().await.unwrap_err();
    assert!(unavailable.to_string().contains("descope keys_get_v2: 500"), "{unavailable}");
}

/// dotnet 186: a new key is refused for minutes.
#[tokio::test]
async fn a_new_key_is_learnt_at_once_and_an_old_one_forgotten() {
    let (server, clock, sessions) = validator();
    sessions.validate(&token("key-rsa")).await.unwrap();
    server.set_keys([&other_rsa()]);
    clock.advance(31 * SECOND);
    let new = session().sign(&other_rsa()).unwrap();
    sessions.validate(&new).await.unwrap();
    assert_eq!(server.requests(), 2);
    // Node's SDK merges and never forgets; here the set is replaced as a whole.
    clock.advance(31 * SECOND);
    assert_eq!(sessions.validate(&token("key-rsa")).await, Err(TokenError::UnknownKey));
}

/// A new key may have the name of the old one.
#[tokio::test]
async fn a_key_that_was_replaced_under_the_same_name_is_learnt_at_once() {
    let es256 = signer(Algorithm::Es256).named("key-rsa");
    for new in [other_rsa().named("key-rsa"), es256] {
        let (server, clock, sessions) = validator();
        sessions.validate(&token("key-rsa")).await.unwrap();
        server.set_keys([&new]);
        clock.advance(30 * SECOND);
        sessions.validate(&session().sign(&new).unwrap()).await.unwrap();
        assert_eq!(server.requests(), 2);
        // The old one is forgotten, and nothing is asked again so soon.
        assert!(sessions.validate(&token("key-rsa")).await.is_err());
        assert_eq!(server.requests(), 2);
    }
}

/// Nhost's tokens don't name their key unless the server is told a name for it.
#[tokio::test]
async fn a_key_without_a_name_that_was_replaced_is_learnt_at_once() {
    let server = KeyServer::start([&rsa()]).unwrap();
    let clock = clock();
    let client = nhost_api::Client::builder(format!("{}/v1", server.url())).build().unwrap();
    let sessions = client.sessions().clock(clock.clone()).build();
    let token = |signer| {
        let token = nhost_access("7d9d5e5f-4f3e-4a3f-9d5b-0d6f1b2c3a4e", &clock).header("kid", json!(null));
        token.sign(&signer).unwrap()
    };
    sessions.validate(&token(rsa())).await.unwrap();
    server.set_keys([&other_rsa()]);
    assert_eq!(sessions.validate(&token(other_rsa())).await, Err(TokenError::BadSignature));
    clock.advance(30 * SECOND);
    let new = token(other_rsa());
    let (one, other) = tokio::join!(sessions.validate(&new), sessions.validate(&new));
    one.and(other).unwrap();
    assert_eq!(server.requests(), 2);
    assert_eq!(sessions.validate(&token(rsa())).await, Err(TokenError::BadSignature));
}

#[tokio::test]
async fn a_flood_of_forged_tokens_makes_one_fetch_per_cooldown() {
    let (server, clock, sessions) = validator();
    sessions.validate(&token("key-rsa")).await.unwrap();
    let forged = session().valid_for(&clock, 100_000).sign_wrongly(&rsa()).unwrap();
    for requests in 1..4 {
        for _ in 0..100 {
            assert_eq!(sessions.validate(&forged).await, Err(TokenError::BadSignature));
        }
        assert_eq!(server.requests(), requests);
        clock.advance(30 * SECOND);
    }
    // That the keys can't be fetched makes no forged token better.
    server.respond(500, "");
    assert_eq!(sessions.validate(&forged).await, Err(TokenError::BadSignature));
    sessions.validate(&token("key-rsa")).await.unwrap();
    assert_eq!(server.requests(), 4);
}

#[tokio::test]
async fn a_key_that_cannot_be_used_does_not_spoil_the_others() {
    let (server, _, sessions) = validator();
    let mut broken = rsa().jwk();
    broken["n"] = json!("***");
    let document =
        json!({"keys": [null, 5, broken, {"kty": "oct", "k": "c2VjcmV0", "alg": "HS256"}, rsa().jwk()]});
    server.respond(200, document.to_string());
    sessions.validate(&token("key-rsa")).await.unwrap();
}

#[tokio::test]
async fn what_cannot_be_read_of_one_key_does_not_spoil_the_document() {
    let good = rsa().jwk().to_string();
    for document in [
        format!("\u{feff}{{\"keys\":[{good}]}}"),
        format!(r#"{{"keys":[{{"kty":"RSA","kid":"\ud83d"}},{good}]}}"#),
        format!(r#"{{"keys":[{{"kty":"RSA","exp":1e999}},{good}]}}"#),
    ] {
        let (server, _, sessions) = validator();
        server.respond(200, document);
        sessions.validate(&token("key-rsa")).await.unwrap();
    }
}

#[tokio::test]
async fn keys_are_refreshed_in_the_background() {
    let (server, clock, sessions) = validator();
    sessions.validate(&token("key-rsa")).await.unwrap();
    clock.advance(10 * MINUTE);
    server.set_keys([&other_rsa()]);
    // The known key is used without waiting, and the fetch that it started replaces it.
    sessions.validate(&token("key-rsa")).await.unwrap();
    let error = loop {
        match sessions.validate(&token("key-rsa")).await {
            Ok(_) => tokio::task::yield_now().await,
            Err(error) => break error,
        }
    };
    assert_eq!((error, server.requests()), (TokenError::UnknownKey, 2));
    sessions.validate(&session().valid_for(&clock, 60).sign(&other_rsa()).unwrap()).await.unwrap();
}

#[tokio::test]
async fn tokens_with_the_wrong_algorithm_keep_the_keys_fresh_too() {
    let (server, clock, sessions) = validator();
    let wrong = session().sign(&signer(Algorithm::Es256).named("key-rsa")).unwrap();
    assert_eq!(sessions.validate(&wrong).await, Err(TokenError::WrongAlgorithm));
    assert_eq!(server.requests(), 1);
    clock.advance(10 * MINUTE);
    assert_eq!(sessions.validate(&wrong).await, Err(TokenError::WrongAlgorithm));
    fetched(&server, 2).await;
}

#[tokio::test]
async fn a_service_that_is_down_for_half_an_hour_signs_nobody_out() {
    let (server, clock, sessions) = validator();
    sessions.validate(&token("key-rsa")).await.unwrap();
    server.respond(503, "");
    for _ in 0..30 {
        clock.advance(MINUTE);
        sessions.validate(&token("key-rsa")).await.unwrap();
    }
    // A key that isn't known may be a new one: that is no fault of the token.
    clock.advance(MINUTE);
    let error = sessions.validate(&token("new")).await.unwrap_err();
    assert!(matches!(error, TokenError::KeysUnavailable(_)), "{error}");
    sessions.validate(&token("key-rsa")).await.unwrap();
    server.set_keys([&rsa()]);
    clock.advance(MINUTE);
    sessions.validate(&token("key-rsa")).await.unwrap();
}

#[tokio::test]
async fn keys_do_not_outlive_an_outage_of_more_than_an_hour() {
    let (server, clock, sessions) = validator();
    sessions.validate(&token("key-rsa")).await.unwrap();
    server.respond(503, "");
    clock.advance(70 * MINUTE - SECOND);
    sessions.validate(&token("key-rsa")).await.unwrap();
    fetched(&server, 2).await;
    clock.advance(SECOND);
    let error = sessions.validate(&token("key-rsa")).await.unwrap_err();
    assert!(matches!(error, TokenError::KeysUnavailable(_)), "{error}");
    server.set_keys([&rsa()]);
    clock.advance(30 * SECOND);
    sessions.validate(&token("key-rsa")).await.unwrap();
}

#[tokio::test]
async fn a_fetch_goes_on_when_the_one_who_waited_is_gone() {
    let (server, _, sessions) = validator();
    let first = token("key-rsa");
    let mut waiting = Box::pin(sessions.validate(&first));
    // It is polled once, so that the fetch begins, and then dropped.
    let polled =
        std::future::poll_fn(|context| std::task::Poll::Ready(waiting.as_mut().poll(context).is_ready()));
    assert!(!polled.await);
    drop(waiting);
    fetched(&server, 1).await;
    sessions.validate(&token("key-rsa")).await.unwrap();
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn pinned_keys_are_never_fetched() {
    let (server, clock, _) = validator();
    let keys = crate::signers::keys([&rsa()]);
    let sessions = client(&server).sessions().pinned_keys(keys).clock(clock.clone()).build();
    sessions.validate(&token("key-rsa")).await.unwrap();
    clock.advance(20 * MINUTE);
    sessions.validate(&token("key-rsa")).await.unwrap();
    assert_eq!(sessions.validate(&token("made-up")).await, Err(TokenError::UnknownKey));
    sessions.load_keys().await.unwrap();
    assert_eq!(server.requests(), 0);
}

#[tokio::test]
async fn a_token_with_a_shared_secret_fetches_nothing() {
    let (server, _, sessions) = validator();
    let token = session().sign(&signer(Algorithm::Hs256)).unwrap();
    assert_eq!(sessions.validate(&token).await, Err(TokenError::WrongAlgorithm));
    assert_eq!(server.requests(), 0);
}

#[tokio::test]
async fn nhosts_keys_are_fetched_from_its_server() {
    let server = KeyServer::start([&rsa()]).unwrap();
    let url = format!("{}/v1", server.url());
    let client = nhost_api::Client::builder(&url).build().unwrap();
    let sessions = client.sessions().clock(clock()).build();
    let token = |issuer: &str| {
        let token =
            nhost_access("7d9d5e5f-4f3e-4a3f-9d5b-0d6f1b2c3a4e", &clock()).claim("iss", json!(issuer));
        token.header("kid", json!(null)).sign(&rsa()).unwrap()
    };
    // What servers call themselves: the old name, and their URL.
    sessions.validate(&token("hasura-auth")).await.unwrap();
    sessions.validate(&token(&url)).await.unwrap();
    assert_eq!(sessions.validate(&token("https://evil.example")).await, Err(TokenError::WrongIssuer));
    assert_eq!(server.requests(), 1);
    let sessions = client.sessions().issuer("own").clock(clock()).build();
    sessions.validate(&token("own")).await.unwrap();
    assert_eq!(sessions.validate(&token("hasura-auth")).await, Err(TokenError::WrongIssuer));
    _ = nhost::Sessions::offline("x", crate::signers::keys([&rsa()])).build();
    _ = descope_session(PROJECT, USER, &clock());
}
