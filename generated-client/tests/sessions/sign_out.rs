//! Sign-outs, and what goes on with the same session at that time.

use crate::gate::Gate;
use crate::service::{NHOST_USER, Service, descope_client, nhost_client, ok, uuid};
use crate::signers::{NOW, PROJECT, USER, clock, keys, rsa};
use generated_client::sessions::testing::{TestClock, descope_refresh, descope_session, nhost_access};
use generated_client::sessions::{
    Keeper, MemoryStore, RefreshError, SessionBackend, SessionStore, TokenError, Tokens,
};
use generated_client::testing::{MockTransport, Response};
use generated_client::{descope, nhost};
use serde_json::json;
use wiremock::ResponseTemplate;

fn refresh_jwt(number: usize) -> String {
    descope_refresh(PROJECT, USER, &clock()).claim("jti", json!(number)).sign(&rsa()).unwrap()
}

/// A validator of Descope, whose responses to one operation wait at the gate.
fn descope(operation: &'static str) -> (Gate, generated_client::sessions::descope::Sessions) {
    let session = descope_session(PROJECT, USER, &clock()).sign(&rsa()).unwrap();
    let tokens = Response::json(200, &json!({"sessionJwt": session, "refreshJwt": refresh_jwt(1)}));
    let mock = MockTransport::new()
        .respond(operation, tokens)
        .respond("session_logout", Response::json(200, &json!({})));
    let gate = Gate::before(operation, mock);
    let client = descope::Client::builder(PROJECT).transport(gate.clone()).build().unwrap();
    let sessions = client.sessions().pinned_keys(keys([&rsa()])).clock(clock()).build();
    (gate, sessions)
}

/// The numbers of the refresh JWTs that were revoked at Descope.
fn revoked(gate: &Gate) -> Vec<usize> {
    let requests = gate.mock.requests().into_iter();
    let logouts = requests.filter(|request| request.operation() == "session_logout");
    let number = |sent: &str| (0..9).find(|number| sent.ends_with(&refresh_jwt(*number))).unwrap();
    logouts.map(|request| number(request.header("authorization").unwrap())).collect()
}

fn is_signed_out<T: std::fmt::Debug>(outcome: Result<T, RefreshError>) {
    let error = outcome.unwrap_err();
    assert!(error.is_over());
    assert_eq!(error.to_string(), "the session is over, sign in again: the user has signed out");
    assert_eq!(error.status(), 401);
}

#[tokio::test]
async fn whoever_waits_for_a_refresh_learns_of_the_sign_out() {
    let (gate, sessions) = descope("session_refresh");
    let waiting = [(); 2].map(|()| {
        let sessions = sessions.clone();
        tokio::spawn(async move { sessions.refresh(&refresh_jwt(0)).await })
    });
    gate.wait_for(1).await;
    sessions.sign_out(&refresh_jwt(0)).await.unwrap();
    gate.open();
    for outcome in waiting {
        is_signed_out(outcome.await.unwrap());
    }
    assert_eq!(revoked(&gate), [0, 1]);
    // Neither token is sent again.
    for number in [0, 1] {
        is_signed_out(sessions.refresh(&refresh_jwt(number)).await);
    }
    assert!(sessions.is_signed_out(&refresh_jwt(0)) && !sessions.is_signed_out(&refresh_jwt(2)));
}

#[tokio::test]
async fn a_tenant_that_is_being_selected_is_signed_out_of_too() {
    let (gate, sessions) = descope("session_select_tenant");
    let selecting = sessions.clone();
    let selecting = tokio::spawn(async move { selecting.select_tenant(&refresh_jwt(0), "T1").await });
    gate.wait_for(1).await;
    sessions.sign_out(&refresh_jwt(0)).await.unwrap();
    gate.open();
    is_signed_out(selecting.await.unwrap());
    assert_eq!(revoked(&gate), [0, 1]);
}

#[tokio::test]
async fn a_use_that_waits_for_its_turn_is_not_sent_after_a_sign_out() {
    let (gate, sessions) = descope("session_refresh");
    let (refreshing, selecting) = (sessions.clone(), sessions.clone());
    let refreshing = tokio::spawn(async move { refreshing.refresh(&refresh_jwt(0)).await });
    gate.wait_for(1).await;
    let selecting = tokio::spawn(async move { selecting.select_tenant(&refresh_jwt(0), "T1").await });
    tokio::task::yield_now().await;
    sessions.sign_out(&refresh_jwt(0)).await.unwrap();
    gate.open();
    is_signed_out(refreshing.await.unwrap());
    is_signed_out(selecting.await.unwrap());
    assert_eq!(revoked(&gate), [0, 1]);
    assert!(gate.bodies("session_select_tenant").is_empty());
}

#[tokio::test]
async fn a_sign_out_goes_on_when_the_one_who_waited_is_gone() {
    let (gate, sessions) = descope("session_logout");
    let mut waiting = Box::pin(sessions.sign_out(refresh_jwt(0).leak()));
    std::future::poll_fn(|context| std::task::Poll::Ready(waiting.as_mut().poll(context).is_ready())).await;
    drop(waiting);
    gate.wait_for(1).await;
    gate.open();
    while revoked(&gate).is_empty() {
        tokio::task::yield_now().await;
    }
    is_signed_out(sessions.refresh(&refresh_jwt(0)).await);
}

#[tokio::test]
async fn a_sign_out_that_fails_can_be_tried_again() {
    let (service, server) = Service::start().await;
    let sessions = descope_client(&server).sessions().clock(service.clock.clone()).build();
    let token = service.descope_refresh(0);
    service.route("/v1/auth/logout", |_| ResponseTemplate::new(503));
    let error = sessions.sign_out(&token).await.unwrap_err();
    assert!(!error.is_over());
    is_signed_out(sessions.refresh(&token).await);
    assert_eq!(service.requests("/v1/auth/refresh"), 0);
    service.route("/v1/auth/logout", |_| ok(json!({})));
    sessions.sign_out(&token).await.unwrap();
    assert_eq!(service.requests("/v1/auth/logout"), 2);

    // A session that the service doesn't know any more is over as well.
    service.route("/v1/auth/logout", |_| ResponseTemplate::new(401));
    sessions.sign_out(&service.descope_refresh(1)).await.unwrap();
}

#[tokio::test]
async fn the_sign_out_of_a_keeper_reaches_the_refresh_that_goes_on() {
    let clock = TestClock::at(NOW);
    let access = nhost_access(NHOST_USER, &clock).sign(&rsa()).unwrap();
    let id = "11111111-0000-4000-8000-000000000000";
    let session = json!({"accessToken": access, "accessTokenExpiresIn": 900, "refreshToken": uuid(1), "refreshTokenId": id});
    let mock = MockTransport::new().respond("token_refresh", Response::json(200, &session));
    let gate =
        Gate::before("token_refresh", mock.respond("token_sign_out", Response::json(200, &json!("OK"))));
    let client = nhost::Client::builder("https://auth.example/v1").transport(gate.clone()).build().unwrap();
    let sessions = client.sessions().pinned_keys(keys([&rsa()])).clock(clock).build();
    let store = MemoryStore::new(Tokens::new("", uuid(0)));
    let keeper = Keeper::new(sessions, store.clone());
    let waiting = keeper.clone();
    let waiting = tokio::spawn(async move { waiting.session().await });
    gate.wait_for(1).await;
    keeper.sign_out().await.unwrap();
    gate.open();
    assert!(waiting.await.unwrap().unwrap_err().is_signed_out());
    assert!(store.load().await.unwrap().is_none());
    let revoked: Vec<_> =
        gate.bodies("token_sign_out").iter().map(|body| body["refreshToken"].clone()).collect();
    assert_eq!(revoked, [uuid(0), uuid(1)]);
}

/// nhost-js: a comment suggests to sign out with the ID of the refresh token, which the server takes and which ends nothing.
#[test]
fn the_id_of_a_refresh_token_is_never_taken_for_the_token() {
    let body = json!({
        "accessToken": "eyJ.a.b", "accessTokenExpiresIn": 900, "refreshToken": uuid(1), "refreshTokenId": uuid(2),
    });
    let session: nhost::Session = serde_json::from_value(body).unwrap();
    // They are of different types, and what signs out takes tokens.
    let (_, id): (&generated_client::Secret, &String) = (&session.refresh_token, &session.refresh_token_id);
    assert_eq!(id, &uuid(2));
    assert_eq!(Tokens::from(&session), Tokens::new("eyJ.a.b", uuid(1)));
}

#[tokio::test]
async fn nobody_is_signed_out_without_a_refresh_token() {
    let (service, server) = Service::start().await;
    let descope = descope_client(&server).sessions().clock(service.clock.clone()).build();
    let nhost = nhost_client(&server).sessions().clock(service.clock.clone()).build();
    for outcome in [descope.sign_out("").await, nhost.sign_out("").await] {
        let error = outcome.unwrap_err();
        assert!(matches!(error, RefreshError::RefreshToken(TokenError::Missing)), "{error}");
    }
    assert!(!descope.is_signed_out("") && !nhost.is_signed_out(""));
    assert_eq!((service.requests("/v1/auth/logout"), service.requests("/signout")), (0, 0));
}

#[tokio::test]
async fn two_sign_outs_at_once_are_one() {
    let (service, server) = Service::start().await;
    let sessions = nhost_client(&server).sessions().clock(service.clock.clone()).build();
    let token = uuid(0);
    let (one, other) = tokio::join!(sessions.sign_out(&token), sessions.sign_out(&token));
    one.and(other).unwrap();
    assert_eq!(service.requests("/signout"), 1);
}
