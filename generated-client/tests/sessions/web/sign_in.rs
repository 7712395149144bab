//! What keeps a session of a sign-in in cookies, and what doesn't.

use super::layer::{send, set};
use crate::service::{Service, descope_client};
use axum::Router;
use axum::routing::{get, post};
use generated_client::sessions::web::{Authentication, Session, SessionLayer};
use generated_client::sessions::{SessionBackend, Tokens};

#[tokio::test]
async fn a_sign_in_is_checked_before_cookies_are_set() {
    let (service, server) = Service::start().await;
    let sessions = descope_client(&server).sessions().clock(service.clock.clone()).build();
    type S = generated_client::sessions::descope::Sessions;
    let (good, refresh) = (service.descope_session(), service.descope_refresh(0));
    for (session, refresh, status) in [
        (good.clone(), refresh.clone(), 200),
        (refresh.clone(), refresh.clone(), 401),
        (String::new(), refresh.clone(), 401),
        (good.clone(), String::new(), 500),
        (good, "a".repeat(5000), 500),
    ] {
        let tokens = Tokens::new(session, refresh);
        let login = move |it: Authentication<S>| async move { it.sign_in(tokens).await.map(drop) };
        let router = Router::new().route("/login", post(login)).layer(SessionLayer::new(sessions.clone()));
        let response = send(&router, "POST", "/login", &[]).await;
        assert_eq!(response.status(), status);
        assert_eq!(set(&response).len(), if status == 200 { 2 } else { 0 });
    }
}

/// A sign-out of a visitor who has no refresh token says nothing of those who sign in afterwards.
#[tokio::test]
async fn a_sign_out_without_a_refresh_token_ends_no_other_session() {
    let (service, server) = Service::start().await;
    let sessions = descope_client(&server).sessions().clock(service.clock.clone()).build();
    sessions.sign_out("").await.unwrap_err();
    let tokens = Tokens::new(service.descope_session(), service.descope_refresh(0));
    let router = logins(SessionLayer::new(sessions), tokens);
    let response = send(&router, "POST", "/login", &[]).await;
    let kept = [format!("DS={}", service.descope_session()), format!("DSR={}", service.descope_refresh(0))];
    assert_eq!((response.status().as_u16(), set(&response)), (200, kept.to_vec()));

    let without_refresh = format!("DS={}", service.descope_session());
    let response = send(&router, "GET", "/page", &[("cookie", &without_refresh)]).await;
    assert_eq!((response.status().as_u16(), set(&response).len()), (200, 0));
    assert_eq!(service.requests("/v1/auth/logout"), 0);
}

/// Signs in by tokens that the service has just given, in both ways.
fn logins<S: SessionBackend>(layer: SessionLayer<S>, tokens: Tokens) -> Router {
    let callback = tokens.clone();
    let login = move |it: Authentication<S>| async move { it.sign_in(tokens).await.map(drop) };
    let posted =
        move |it: Authentication<S>| async move { it.sign_in_from_callback(callback).await.map(drop) };
    let page = |_: Session<S>| async {};
    let router = Router::new().route("/login", get(login.clone()).post(login)).route("/posted", post(posted));
    router.route("/page", get(page)).layer(layer)
}

#[tokio::test]
async fn no_other_site_signs_a_visitor_in() {
    let (service, server) = Service::start().await;
    let sessions = descope_client(&server).sessions().clock(service.clock.clone()).build();
    let tokens = Tokens::new(service.descope_session(), service.descope_refresh(0));
    let (old, bearer) =
        (format!("DS={}", service.descope_session()), format!("Bearer {}", service.descope_session()));
    let (cookie, bearer) = (("cookie", &*old), ("authorization", &*bearer));
    let (here, evil, host) =
        (("origin", "https://app.example"), ("origin", "https://evil.example"), ("host", "app.example"));
    let (same, cross) = (("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site"));
    let router = logins(SessionLayer::new(sessions.clone()), tokens.clone());
    for (method, path, headers, status) in [
        ("POST", "/login", &[same][..], 200),
        ("POST", "/login", &[("sec-fetch-site", "none")], 200),
        ("POST", "/login", &[cross], 403),
        ("POST", "/login", &[("sec-fetch-site", "same-site"), here, host], 403),
        // Browsers from before 2023 tell the origin alone.
        ("POST", "/login", &[here, host], 200),
        ("POST", "/login", &[evil, host], 403),
        ("POST", "/login", &[("origin", "null"), host], 403),
        ("POST", "/login", &[evil, host, cookie], 403),
        // Basic credentials are sent along by browsers; a bearer token isn't.
        ("POST", "/login", &[evil, host, ("authorization", "Basic YTpi")], 403),
        ("POST", "/login", &[evil, host, bearer], 200),
        // A program says nothing, even if it has an old session.
        ("POST", "/login", &[host], 200),
        ("POST", "/login", &[host, cookie], 200),
        // A provider sends the browser back.
        ("GET", "/login", &[cross, host], 200),
        ("POST", "/posted", &[cross, ("origin", "https://provider.example"), host], 200),
    ] {
        let response = send(&router, method, path, headers).await;
        let cookies = if status == 200 { 2 } else { 0 };
        assert_eq!((response.status().as_u16(), set(&response).len()), (status, cookies), "{headers:?}");
    }

    let spa = SessionLayer::new(sessions.clone()).allow_origin("https://app.example");
    for (layer, headers, status) in [
        (spa.clone(), [cross, here], 200),
        (spa, [cross, evil], 403),
        (SessionLayer::new(sessions.clone()).without_origin_check(), [cross, evil], 200),
        // It stores no session, so no site gains by it.
        (SessionLayer::new(sessions).without_cookies(), [cross, evil], 200),
    ] {
        let response = send(&logins(layer, tokens.clone()), "POST", "/login", &headers).await;
        assert_eq!(response.status(), status, "{headers:?}");
    }
}
