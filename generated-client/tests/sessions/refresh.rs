//! Refreshing sessions of both services.

use crate::service::{Service, descope_client, nhost_client, ok, uuid};
use crate::signers::{PROJECT, USER, clock, keys, other_rsa, rsa, signer};
use generated_client::sessions::testing::{TestToken, descope_refresh};
use generated_client::sessions::{
    Algorithm, Malformed, RefreshError, SessionBackend, TokenError, Tokens, descope, nhost,
};
use serde_json::json;
use std::time::Duration;
use wiremock::{MockServer, ResponseTemplate};

pub(crate) async fn of_descope() -> (Service, MockServer, descope::Sessions) {
    let (service, server) = Service::start().await;
    let sessions = descope_client(&server).sessions().clock(service.clock.clone()).build();
    (service, server, sessions)
}

pub(crate) async fn of_nhost() -> (Service, MockServer, nhost::Sessions) {
    let (service, server) = Service::start().await;
    let sessions = nhost_client(&server).sessions().clock(service.clock.clone()).build();
    (service, server, sessions)
}

pub(crate) const REFRESH: &str = "/v1/auth/refresh";
pub(crate) const TOKEN: &str = "/token";

#[tokio::test]
async fn a_good_session_token_is_not_refreshed() {
    let (service, _server, sessions) = of_descope().await;
    let validated =
        sessions.validate_and_refresh(&service.descope_session(), &service.descope_refresh(0)).await.unwrap();
    assert_eq!(validated.claims.subject(), USER);
    assert!(validated.refreshed.is_none());
    assert_eq!(service.requests(REFRESH), 0);
}

/// python-sdk 407, node-sdk 530, go-sdk 815: the rotated refresh token isn't given to the caller.
#[tokio::test]
async fn a_rotated_refresh_token_is_given_to_the_caller() {
    let (service, _server, sessions) = of_descope().await;
    let old = service.descope_session();
    service.clock.advance(Duration::from_secs(700));
    let validated = sessions.validate_and_refresh(&old, &service.descope_refresh(0)).await.unwrap();
    let refreshed = validated.refreshed.unwrap();
    assert_eq!(refreshed.tokens.refresh.expose(), &service.descope_refresh(1));
    assert_eq!(refreshed.tokens.session, refreshed.response.session_jwt);
    assert!(!refreshed.response.refresh_jwt.is_empty());
    assert_eq!(service.requests(REFRESH), 1);
}

#[tokio::test]
async fn a_refresh_token_that_is_not_rotated_stays_the_one_to_keep() {
    let (service, _server, sessions) = of_descope().await;
    service.without_rotation();
    for _ in 0..2 {
        let refreshed = sessions.refresh(&service.descope_refresh(0)).await.unwrap();
        assert_eq!(refreshed.tokens.refresh.expose(), &service.descope_refresh(0));
        service.clock.advance(Duration::from_secs(11));
    }
    assert_eq!(service.requests(REFRESH), 2);
}

#[tokio::test]
async fn only_faults_that_a_refresh_mends_start_one() {
    let (service, _server, sessions) = of_descope().await;
    let refresh = service.descope_refresh(0);
    let session = || generated_client::sessions::testing::descope_session(PROJECT, USER, &service.clock);
    for token in [
        session().claim("aud", json!("other")),
        session().claim("iss", json!("https://api.descope.com/P2other")),
        session().claim("drn", json!("DSR")),
        session().claim("cnf", json!({"jkt": "x"})),
        session().claim("nbf", json!(service.clock.seconds() + 60)),
    ] {
        let error = sessions.validate_and_refresh(&token.sign(&rsa()).unwrap(), &refresh).await.unwrap_err();
        assert!(matches!(error, RefreshError::Token(_)), "{error}");
    }
    assert_eq!(service.requests(REFRESH), 0);

    let (number, mut refresh) = (std::cell::Cell::new(0), refresh);
    for token in [
        String::new(),
        "not a token".to_owned(),
        session().sign(&other_rsa()).unwrap(),
        session().sign_wrongly(&rsa()).unwrap(),
        session().claim("exp", json!(service.clock.seconds() - 60)).sign(&rsa()).unwrap(),
    ] {
        let refreshed = sessions.validate_and_refresh(&token, &refresh).await.unwrap().refreshed.unwrap();
        refresh = refreshed.tokens.refresh.into_inner();
        number.set(number.get() + 1);
    }
    assert_eq!(service.requests(REFRESH), number.get());
}

#[tokio::test]
async fn without_a_refresh_token_the_fault_of_the_session_token_counts() {
    let (_service, _server, sessions) = of_descope().await;
    for (session, expected) in [("", TokenError::Missing), ("x", Malformed::NotThreeParts.into())] {
        let error = sessions.validate_and_refresh(session, "").await.unwrap_err();
        assert!(matches!(&error, RefreshError::Token(token) if *token == expected), "{error}");
        assert_eq!((error.status().as_u16(), error.is_over()), (401, false));
    }
}

#[tokio::test]
async fn a_refresh_token_is_checked_before_it_is_sent() {
    let (service, _server, sessions) = of_descope().await;
    let expired = descope_refresh(PROJECT, USER, &service.clock).claim("exp", json!(1)).sign(&rsa()).unwrap();
    for (token, expected) in [
        (expired, TokenError::Expired),
        (service.descope_session(), TokenError::WrongTokenType),
        ("x".to_owned(), Malformed::NotThreeParts.into()),
        (String::new(), TokenError::Missing),
    ] {
        let error = sessions.refresh(&token).await.unwrap_err();
        assert!(matches!(&error, RefreshError::RefreshToken(token) if *token == expected), "{error}");
        assert_eq!((error.status().as_u16(), error.is_over()), (401, true));
    }
    assert_eq!(service.requests(REFRESH), 0);
}

/// The key may be so new that this process hasn't fetched it yet, the clock of this machine may be slow, and the
/// settings may be wrong: a program that is deployed with another project must not sign everyone out.
#[tokio::test]
async fn a_refresh_token_that_the_service_may_accept_is_not_over() {
    let (service, _server, sessions) = of_descope().await;
    let refresh = || descope_refresh(PROJECT, USER, &service.clock);
    let rsa_signed = |token: TestToken| token.sign(&rsa()).unwrap();
    let with = |name, value| rsa_signed(refresh().claim(name, value));
    for (token, expected) in [
        (refresh().sign(&other_rsa()).unwrap(), TokenError::UnknownKey),
        (with("nbf", json!(service.clock.seconds() + 60)), TokenError::NotYetValid),
        (with("iss", json!("https://api.descope.com/P2other")), TokenError::WrongIssuer),
        (with("cnf", json!({"jkt": "x"})), TokenError::ProofRequired),
        (refresh().sign(&signer(Algorithm::Es256).named("key-rsa")).unwrap(), TokenError::WrongAlgorithm),
        (refresh().sign_wrongly(&rsa()).unwrap(), TokenError::BadSignature),
    ] {
        let error = sessions.refresh(&token).await.unwrap_err();
        assert!(matches!(&error, RefreshError::RefreshToken(token) if *token == expected), "{error}");
        assert_eq!((error.status().as_u16(), error.is_over()), (401, false), "{error}");
    }
    assert_eq!(service.requests(REFRESH), 0);
}

#[tokio::test]
async fn the_service_is_not_asked_while_the_keys_are_unavailable() {
    let (service, _server, sessions) = of_nhost().await;
    service.route("/.well-known/jwks.json", |_| ResponseTemplate::new(500));
    let error = sessions.refresh(&uuid(0)).await.unwrap_err();
    assert!(matches!(error, RefreshError::Unavailable(_)), "{error}");
    assert_eq!((error.status().as_u16(), error.is_over()), (503, false));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
    assert_eq!(service.requests(TOKEN), 0);
}

/// An audience is asked of session tokens alone, as Node's SDK does.
#[tokio::test]
async fn the_audience_of_a_refresh_token_does_not_count() {
    let (service, server) = Service::start().await;
    let app = descope_client(&server).sessions().audience("app").clock(service.clock.clone()).build();
    let session = generated_client::sessions::testing::descope_session(PROJECT, USER, &service.clock);
    let session = session.claim("aud", json!("app")).sign(&rsa()).unwrap();
    let rotated = descope_refresh(PROJECT, USER, &service.clock).claim("aud", json!("other"));
    let body = json!({"sessionJwt": session, "refreshJwt": rotated.sign(&rsa()).unwrap()});
    service.route(REFRESH, move |_| ok(body.clone()));
    let refreshed = app.refresh(&service.descope_refresh(0)).await.unwrap();
    assert_eq!(refreshed.claims.audience(), ["app"]);
    let other = app.validate_refresh_token(&refreshed.tokens.refresh).await.unwrap();
    assert_eq!(other.subject(), USER);
    assert_eq!(
        app.validate(&service.descope_session()).await,
        Err(TokenError::WrongAudience { is_configured: true })
    );
}

/// What each response means for the session.
#[tokio::test]
async fn only_401_and_403_end_a_session() {
    let (service, _server, sessions) = of_descope().await;
    for (status, is_over, status_of_ours) in [
        (401, true, 401),
        (403, true, 401),
        (400, false, 503),
        (404, false, 503),
        (429, false, 503),
        (500, false, 503),
        (502, false, 503),
        (503, false, 503),
        (504, false, 503),
        // Cloudflare's, by which it says that the response of the service was unreadable or didn't come.
        (520, false, 503),
        (524, false, 503),
    ] {
        service.route(REFRESH, move |_| {
            ResponseTemplate::new(status)
                .insert_header("retry-after", "7")
                .set_body_json(json!({"errorCode": "E1"}))
        });
        let error = sessions.refresh(&service.descope_refresh(0)).await.unwrap_err();
        assert_eq!((error.is_over(), error.status().as_u16()), (is_over, status_of_ours), "{status}");
        let is_lost = [502, 504, 520, 524].contains(&status);
        assert_eq!(matches!(error, RefreshError::OutcomeUnknown(_)), is_lost, "{status}");
        if status == 429 {
            assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
            assert!(error.to_string().contains("descope session_refresh: 429"), "{error}");
        }
    }
    assert_eq!(service.requests(REFRESH), 11);
}

/// What stands before the service refuses requests, too, such as a firewall in an attack, and says nothing of the session.
#[tokio::test]
async fn a_refusal_that_is_not_the_service_s_own_ends_no_session() {
    let (service, _server, sessions) = of_nhost().await;
    for (status, body, is_over) in [
        (401, "<html><h1>401 Authorization Required</h1></html>", false),
        (403, "<!DOCTYPE html><title>Attention Required!</title>", false),
        (403, "error code: 1020", false),
        (401, r#"{"error":"invalid-refresh-token"}"#, true),
        (401, "\u{feff}{\"error\":\"invalid-refresh-token\"}", true),
        (401, r#"{"message":"no"}"#, true),
        (401, r#"{"message":"\ud83d"}"#, true),
        (401, "", true),
        (403, "\r\n", true),
        (403, "\u{feff}", true),
        (403, "\u{feff}error code: 1020", false),
    ] {
        service.route(TOKEN, move |_| ResponseTemplate::new(status).set_body_string(body));
        let error = sessions.refresh(&uuid(0)).await.unwrap_err();
        assert_eq!(error.is_over(), is_over, "{status} {body}");
        assert_eq!(error.status(), if is_over { 401 } else { 503 }, "{status} {body}");
    }
}

/// A server that conceals its errors (`AUTH_CONCEAL_ERRORS`) says of a refresh token that is spent what it says of everything.
#[tokio::test]
async fn a_refusal_whose_reason_is_concealed_ends_the_session_too() {
    let (service, _server, sessions) = of_nhost().await;
    let concealed =
        r#"{"error":"invalid-request","message":"The request payload is incorrect","status":400}"#;
    let filtered = r#"{"error":"error in openapi3filter.RequestError: request body has an error"}"#;
    for (status, body, is_over) in
        [(400, concealed, true), (500, concealed, false), (400, filtered, false), (400, "", false)]
    {
        service.route(TOKEN, move |_| ResponseTemplate::new(status).set_body_string(body));
        let error = sessions.refresh(&uuid(0)).await.unwrap_err();
        assert_eq!(error.is_over(), is_over, "{status} {body}");
        assert_eq!(error.status(), if is_over { 401 } else { 503 }, "{status} {body}");
    }
}

#[tokio::test]
async fn a_response_that_is_lost_leaves_the_outcome_unknown() {
    let (service, server) = Service::start().await;
    let client = descope_client(&server);
    let refresh = service.descope_refresh(0);
    service.route(REFRESH, |_| ResponseTemplate::new(200).set_body_string("<html>"));
    let sessions = client.sessions().clock(service.clock.clone()).build();
    let error = sessions.refresh(&refresh).await.unwrap_err();
    assert!(matches!(error, RefreshError::OutcomeUnknown(_)), "{error}");

    // Where nothing was sent, nothing can be lost.
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client = generated_client::descope::Client::builder(PROJECT).base_url(format!("http://{nobody}"));
    let sessions = client.build().unwrap().sessions().pinned_keys(keys([&rsa()])).clock(clock()).build();
    let error = sessions.refresh(&refresh).await.unwrap_err();
    assert!(matches!(error, RefreshError::Unavailable(_)), "{error}");
}

/// go-sdk 654, 656: a nil pointer after a refresh in cookie mode.
#[tokio::test]
async fn a_response_without_a_session_token_is_an_error() {
    let (service, _server, sessions) = of_descope().await;
    let rotated = service.descope_refresh(1);
    let body = json!({"refreshJwt": rotated});
    service.route(REFRESH, move |_| ok(body.clone()));
    let error = sessions.refresh(&service.descope_refresh(0)).await.unwrap_err();
    let RefreshError::NotAccepted(TokenError::Missing, Tokens { refresh, .. }) = error else {
        panic!("{error}");
    };
    assert_eq!(refresh.expose(), &rotated);
}

#[tokio::test]
async fn new_tokens_are_checked_before_they_are_handed_out() {
    let (service, _server, sessions) = of_descope().await;
    let session = generated_client::sessions::testing::descope_session(PROJECT, USER, &service.clock);
    let good = session.sign(&rsa()).unwrap();
    let of_another = descope_refresh(PROJECT, "U2other", &service.clock).sign(&rsa()).unwrap();
    for (session, refresh, expected) in [
        (session.sign_wrongly(&rsa()).unwrap(), String::new(), TokenError::BadSignature),
        (service.descope_refresh(1), String::new(), TokenError::WrongTokenType),
        (good.clone(), good.clone(), TokenError::WrongTokenType),
        (good.clone(), of_another, Malformed::ClaimType("sub").into()),
    ] {
        let body = json!({"sessionJwt": session, "refreshJwt": refresh});
        service.route(REFRESH, move |_| ok(body.clone()));
        let error = sessions.refresh(&service.descope_refresh(0)).await.unwrap_err();
        assert!(matches!(&error, RefreshError::NotAccepted(token, _) if *token == expected), "{error}");
        assert!(!error.is_over());
        // For ten seconds, whoever comes with a token that was rotated gets the same.
        service.clock.advance(Duration::from_secs(10));
    }
}

#[tokio::test]
async fn nothing_but_a_uuid_is_sent_to_nhost() {
    let (service, _server, sessions) = of_nhost().await;
    for token in
        [&*service.nhost_access(), "x", &uuid(0).to_uppercase().replace('0', "A"), &uuid(0)[1..], "-----"]
    {
        let outcomes = [sessions.refresh(token).await.map(drop), sessions.sign_out(token).await];
        for error in outcomes.map(Result::unwrap_err) {
            assert!(
                matches!(error, RefreshError::RefreshToken(TokenError::Malformed(Malformed::NotUuid))),
                "{error}"
            );
        }
        assert!(!sessions.is_signed_out(token));
    }
    assert_eq!((service.requests(TOKEN), service.requests("/signout")), (0, 0));
}

#[tokio::test]
async fn a_tenant_is_selected_with_new_tokens() {
    let (service, _server, sessions) = of_descope().await;
    let session = generated_client::sessions::testing::descope_session(PROJECT, USER, &service.clock);
    let selected = session.claim("dct", json!("T1")).claim("roles", json!(["owner"])).sign(&rsa()).unwrap();
    let body = json!({"sessionJwt": selected, "refreshJwt": service.descope_refresh(1)});
    service.route("/v1/auth/tenant/select", move |request| {
        assert_eq!(request.body_json::<serde_json::Value>().unwrap(), json!({"tenant": "T1"}));
        ok(body.clone())
    });
    let refreshed = sessions.select_tenant(&service.descope_refresh(0), "T1").await.unwrap();
    assert_eq!(refreshed.claims.current_tenant(), Some("T1"));
    assert!(refreshed.claims.tenant("T1").has_role("owner"));
    assert_eq!(refreshed.tokens.refresh.expose(), &service.descope_refresh(1));
}

#[tokio::test]
async fn a_validator_without_a_client_refreshes_nothing() {
    let offline = descope::Sessions::offline(PROJECT, keys([&rsa()])).clock(clock()).build();
    let refresh = descope_refresh(PROJECT, USER, &clock()).sign(&rsa()).unwrap();
    let error = offline.validate_and_refresh("", &refresh).await.unwrap_err();
    assert_eq!(error.to_string(), "there is no client to refresh with; build this by `Client::sessions`");
    assert_eq!(error.status(), 500);
}
