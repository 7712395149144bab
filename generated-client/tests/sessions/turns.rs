//! Uses of one refresh token that come at the same time, or soon after one another.

use crate::refresh::{REFRESH, TOKEN, of_descope, of_nhost};
use crate::service::{NHOST_USER, ok, uuid};
use crate::signers::PROJECT;
use generated_client::sessions::{RefreshError, TokenError};
use serde_json::json;
use std::time::Duration;
use wiremock::ResponseTemplate;

/// nhost-js-sdk 65, nhost 555, hasura-backend-plus 220: tabs refresh at once, and the losers sign everyone out.
#[tokio::test]
async fn a_hundred_requests_with_one_refresh_token_make_one_refresh() {
    let (service, _server, sessions) = of_nhost().await;
    let old = service.nhost_access();
    service.clock.advance(Duration::from_secs(1000));
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let (sessions, old) = (sessions.clone(), old.clone());
            tokio::spawn(async move { sessions.validate_and_refresh(&old, &uuid(0)).await.unwrap() })
        })
        .collect();
    for task in tasks {
        let validated = task.await.unwrap();
        assert_eq!(validated.claims.user_id(), NHOST_USER);
        assert_eq!(validated.refreshed.unwrap().tokens.refresh.expose(), &uuid(1));
    }
    assert_eq!(service.requests(TOKEN), 1);

    // Those that come a little later get the same, and after that the token is spent.
    service.clock.advance(Duration::from_secs(9));
    assert_eq!(sessions.refresh(&uuid(0)).await.unwrap().tokens.refresh.expose(), &uuid(1));
    assert_eq!(service.requests(TOKEN), 1);
    service.clock.advance(Duration::from_secs(1));
    assert!(sessions.refresh(&uuid(0)).await.unwrap_err().is_over());
    assert_eq!(service.requests(TOKEN), 2);
}

/// hasura-backend-plus 220: the request is cancelled after the server has rotated.
#[tokio::test]
async fn a_refresh_goes_on_when_the_one_who_waited_is_gone() {
    let (service, _server, sessions) = of_nhost().await;
    sessions.load_keys().await.unwrap();
    for _ in 0..20 {
        let (refresh, old) = (sessions.clone(), uuid(0));
        let mut waiting = Box::pin(async move { refresh.refresh(&old).await });
        std::future::poll_fn(|context| std::task::Poll::Ready(waiting.as_mut().poll(context).is_ready()))
            .await;
    }
    assert_eq!(sessions.refresh(&uuid(0)).await.unwrap().tokens.refresh.expose(), &uuid(1));
    assert_eq!(service.requests(TOKEN), 1);
}

/// A refresh token that is rotated is good for one use.
#[tokio::test]
async fn different_uses_of_one_refresh_token_take_turns() {
    let (service, _server, sessions) = of_descope().await;
    let old = service.descope_refresh(0);
    let (refreshed, first, second) = tokio::join!(
        sessions.refresh(&old),
        sessions.select_tenant(&old, "T1"),
        sessions.select_tenant(&old, "T2"),
    );
    let mut kept = [refreshed, first, second].map(|outcome| outcome.unwrap().tokens.refresh.into_inner());
    let mut expected = [1, 2, 3].map(|number| service.descope_refresh(number));
    kept.sort();
    expected.sort();
    assert_eq!(kept, expected);

    // The one who comes a little later goes on with the last of them, and after that the token is spent.
    service.clock.advance(Duration::from_secs(9));
    let later = sessions.select_tenant(&old, "T3").await.unwrap();
    assert_eq!(later.tokens.refresh.expose(), &service.descope_refresh(4));
    service.clock.advance(Duration::from_secs(10));
    assert!(sessions.select_tenant(&old, "T4").await.unwrap_err().is_over());
}

/// The old token is spent: sent once more, it would give a refusal, and the new one would be lost.
#[tokio::test]
async fn a_token_that_gave_tokens_which_are_not_accepted_is_not_sent_again() {
    let (service, _server, sessions) = of_descope().await;
    let (old, new) = (service.descope_refresh(0), service.descope_refresh(1));
    let body = json!({"sessionJwt": "x", "refreshJwt": new});
    let mut bodies = vec![ok(body)];
    service.route(REFRESH, move |_| bodies.pop().unwrap_or_else(|| ResponseTemplate::new(401)));
    for seconds in [0, 0, 9] {
        service.clock.advance(Duration::from_secs(seconds));
        let error = sessions.refresh(&old).await.unwrap_err();
        let RefreshError::NotAccepted(TokenError::Malformed(_), tokens) = error else { panic!("{error}") };
        assert_eq!(tokens.refresh.expose(), &new);
    }
    assert_eq!(service.requests(REFRESH), 1);
    // Another use goes on with the new one.
    let selecting = service.clone();
    service.route("/v1/auth/tenant/select", move |request| {
        let sent = request.headers["authorization"].to_str().unwrap();
        assert_eq!(sent, format!("Bearer {PROJECT}:{}", selecting.descope_refresh(1)));
        ok(json!({"sessionJwt": selecting.descope_session(), "refreshJwt": selecting.descope_refresh(2)}))
    });
    sessions.select_tenant(&old, "T1").await.unwrap();
    service.clock.advance(Duration::from_secs(10));
    assert!(sessions.refresh(&old).await.unwrap_err().is_over());
    assert_eq!(service.requests(REFRESH), 2);
}

/// Where refresh tokens aren't rotated, the next try may give a session that is accepted.
#[tokio::test]
async fn a_token_that_was_not_rotated_is_sent_again_after_one_that_is_not_accepted() {
    let (service, _server, sessions) = of_descope().await;
    service.without_rotation();
    service.route(REFRESH, |_| ok(json!({"sessionJwt": "x", "refreshJwt": ""})));
    let old = service.descope_refresh(0);
    let error = sessions.refresh(&old).await.unwrap_err();
    assert!(matches!(error, RefreshError::NotAccepted(..)), "{error}");
    let session = service.descope_session();
    service.route(REFRESH, move |_| ok(json!({"sessionJwt": session, "refreshJwt": ""})));
    assert_eq!(sessions.refresh(&old).await.unwrap().tokens.refresh.expose(), &old);
    assert_eq!(service.requests(REFRESH), 2);
}
