//! The layer, with the sessions of both services.

use crate::service::{Service, descope_client, nhost_client, uuid};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use axum::routing::{get, post};
use generated_client::sessions::SessionBackend;
use generated_client::sessions::web::{Authentication, Rejection, Session, SessionLayer, require};
use std::time::Duration;
use tower::ServiceExt;
use wiremock::{MockServer, ResponseTemplate};

/// A router with a route for each way to ask for a session.
pub(super) fn router<S: SessionBackend>(layer: SessionLayer<S>) -> Router {
    Router::new()
        .route("/public", get(|| async { "public" }))
        .route("/token", get(|session: Session<S>| async move { session.token.into_inner() }))
        .route("/token", post(|session: Session<S>| async move { session.token.into_inner() }))
        .route(
            "/maybe",
            get(|session: Option<Session<S>>| async move { if session.is_some() { "user" } else { "nobody" } }),
        )
        .route(
            "/refresh-token",
            get(|it: Authentication<S>| async move { it.refresh_token().await.map(|it| it.into_inner()) }),
        )
        .route("/logout", post(|it: Authentication<S>| async move { it.sign_out().await }))
        .route("/layered", get(|| async { "layered" }).route_layer(require::<S, _>(|_| Ok(()))))
        .layer(layer)
}

pub(super) async fn send(
    router: &Router,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
) -> Response<Body> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

async fn text(response: Response<Body>) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The values that the response sets cookies to, by their order.
pub(super) fn set(response: &Response<Body>) -> Vec<String> {
    let first = |text: &str| text.split(';').next().unwrap().to_owned();
    response.headers().get_all("set-cookie").iter().map(|it| first(it.to_str().unwrap())).collect()
}

pub(super) fn header<'r>(response: &'r Response<Body>, name: &str) -> &'r str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

async fn nhost() -> (Service, MockServer, Router) {
    let (service, server) = Service::start().await;
    let sessions = nhost_client(&server).sessions().clock(service.clock.clone()).build();
    (service, server, router(SessionLayer::new(sessions)))
}

pub(super) async fn descope() -> (Service, MockServer, Router) {
    let (service, server) = Service::start().await;
    let sessions = descope_client(&server).sessions().clock(service.clock.clone()).build();
    (service, server, router(SessionLayer::new(sessions)))
}

#[tokio::test]
async fn a_route_that_needs_no_session_asks_for_none() {
    let (service, _server, router) = descope().await;
    let response =
        send(&router, "GET", "/public", &[("authorization", "Bearer x"), ("cookie", "DS=x")]).await;
    assert_eq!((response.status(), header(&response, "vary")), (StatusCode::OK, ""));
    assert_eq!(service.requests("/v1/auth/refresh"), 0);
}

#[tokio::test]
async fn a_good_session_passes_and_nothing_is_set() {
    let (service, _server, router) = descope().await;
    let token = service.descope_session();
    for credential in [("authorization", format!("Bearer {token}")), ("cookie", format!("DS={token}"))] {
        for path in ["/token", "/maybe", "/layered"] {
            let response = send(&router, "GET", path, &[(credential.0, &credential.1)]).await;
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            assert_eq!(header(&response, "vary"), "Cookie, Authorization");
            assert!(set(&response).is_empty() && header(&response, "cache-control").is_empty());
        }
    }
}

/// The Flask decorator of the Python SDK sets the session cookie only, so a rotated refresh token is lost.
#[tokio::test]
async fn an_expired_session_is_refreshed_and_both_cookies_set() {
    let (service, _server, router) = descope().await;
    let cookie = format!("DS={}; DSR={}", service.descope_session(), service.descope_refresh(0));
    service.clock.advance(Duration::from_secs(700));
    for path in ["/token", "/layered"] {
        let response = send(&router, "GET", path, &[("cookie", &cookie)]).await;
        assert_eq!(response.status(), StatusCode::OK);
        let (session, refresh) = (service.descope_session(), service.descope_refresh(1));
        assert_eq!(set(&response), [format!("DS={session}"), format!("DSR={refresh}")]);
        assert_eq!(header(&response, "cache-control"), "no-store");
        let whole = header(&response, "set-cookie");
        // The refresh token is good for four weeks, of which 700 seconds are over.
        let end = format!("; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age={}", 28 * 24 * 60 * 60 - 700);
        assert!(whole.ends_with(&end), "{whole}");
    }
    assert_eq!(service.requests("/v1/auth/refresh"), 1);
}

#[tokio::test]
async fn nhost_is_protected_in_the_same_way() {
    let (service, _server, router) = nhost().await;
    let cookie = format!("nhostAccessToken={}; nhostRefreshToken={}", service.nhost_access(), uuid(0));
    let response = send(&router, "GET", "/token", &[("cookie", &cookie)]).await;
    assert_eq!((response.status(), set(&response).len()), (StatusCode::OK, 0));
    service.clock.advance(Duration::from_secs(1000));

    // A browser sends several requests at once.
    let headers = [("cookie", &*cookie)];
    let sending: Vec<_> = (0..20).map(|_| send(&router, "GET", "/token", &headers)).collect();
    for mut response in futures_util::future::join_all(sending).await {
        let cookies = set(&response);
        assert_eq!(
            cookies,
            [
                format!("nhostAccessToken={}", service.nhost_access()),
                format!("nhostRefreshToken={}", uuid(1))
            ]
        );
        assert!(header(&response, "set-cookie").ends_with("Max-Age=2592000"));
        let body = std::mem::take(response.body_mut());
        assert_eq!(text(Response::new(body)).await, service.nhost_access());
    }
    assert_eq!(service.requests("/token"), 1);
}

#[tokio::test]
async fn an_expired_token_in_the_header_is_not_refreshed() {
    let (service, _server, router) = descope().await;
    let bearer = format!("Bearer {}", service.descope_session());
    let refresh = format!("DSR={}", service.descope_refresh(0));
    service.clock.advance(Duration::from_secs(700));
    for path in ["/token", "/maybe", "/layered"] {
        let response = send(&router, "GET", path, &[("authorization", &bearer), ("cookie", &refresh)]).await;
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED, "{path}");
        assert!(set(&response).is_empty());
    }
    assert_eq!(service.requests("/v1/auth/refresh"), 0);
}

#[tokio::test]
async fn a_visitor_is_a_request_without_credentials() {
    let (service, _server, router) = descope().await;
    let bound = format!("DPoP {}", service.descope_session());
    for (headers, status) in [
        (&[][..], 200),
        (&[("authorization", "Basic YTpi")], 200),
        (&[("authorization", "Bearer ")], 200),
        (&[("authorization", &*bound)], 401),
        (&[("authorization", "Bearer \u{e9}")], 401),
        (&[("authorization", "Bearer x")], 401),
        (&[("authorization", "Bearer x"), ("cookie", "DS=x")], 400),
    ] {
        let response = send(&router, "GET", "/maybe", headers).await;
        assert_eq!(response.status(), status, "{headers:?}");
    }
}

/// web-js wipes the tokens after a 429.
#[tokio::test]
async fn a_service_that_is_down_signs_nobody_out() {
    let (service, _server, router) = descope().await;
    let cookie = format!("DS={}; DSR={}", service.descope_session(), service.descope_refresh(0));
    let down = || ResponseTemplate::new(429).insert_header("retry-after", "7");
    service.clock.advance(Duration::from_secs(700));
    service.route("/v1/auth/refresh", move |_| down());
    for path in ["/token", "/layered", "/maybe"] {
        let response = send(&router, "GET", path, &[("cookie", &cookie)]).await;
        assert_eq!((response.status().as_u16(), header(&response, "retry-after")), (503, "7"), "{path}");
        assert!(set(&response).is_empty());
    }
}

/// A refresh token that was rotated is kept, even if the session token beside it isn't accepted.
#[tokio::test]
async fn tokens_that_are_not_accepted_are_kept_nevertheless() {
    let (service, _server, router) = descope().await;
    let cookie = format!("DSR={}", service.descope_refresh(0));
    let rotated = service.descope_refresh(1);
    let body = serde_json::json!({"sessionJwt": "x", "refreshJwt": rotated});
    service.route("/v1/auth/refresh", move |_| ResponseTemplate::new(200).set_body_json(&body));
    let response = send(&router, "GET", "/token", &[("cookie", &cookie)]).await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(set(&response), ["DS=x".to_owned(), format!("DSR={rotated}")]);
}

#[tokio::test]
async fn a_session_that_is_refused_gives_no_refresh_token() {
    let (service, server) = Service::start().await;
    let sessions = descope_client(&server).sessions().clock(service.clock.clone()).build();
    type S = generated_client::sessions::descope::Sessions;
    let twice = |it: Authentication<S>| async move {
        let first = it.refresh_token().await.is_ok();
        it.refresh_token().await.map(|_| first.to_string())
    };
    let visitor = |session: Option<Session<S>>, it: Authentication<S>| async move {
        it.refresh_token().await.map(|_| session.is_some().to_string())
    };
    let router = Router::new().route("/twice", get(twice)).route("/visitor", get(visitor));
    let router = router.layer(SessionLayer::new(sessions));
    let cookie = format!("DSR={}", service.descope_refresh(0));
    let body = serde_json::json!({"sessionJwt": "x", "refreshJwt": service.descope_refresh(1)});
    service.route("/v1/auth/refresh", move |_| ResponseTemplate::new(200).set_body_json(&body));
    for path in ["/twice", "/visitor"] {
        let response = send(&router, "GET", path, &[("cookie", &cookie)]).await;
        assert_eq!((response.status().as_u16(), set(&response).len()), (401, 2), "{path}");
    }
}

#[tokio::test]
async fn what_changes_something_has_to_come_from_this_site() {
    let (service, _server, router) = descope().await;
    let token = service.descope_session();
    let (cookie, bearer) = (format!("DS={token}"), format!("Bearer {token}"));
    let (cookie, bearer) = (("cookie", &*cookie), ("authorization", &*bearer));
    let evil = ("origin", "https://evil.example");
    for (method, headers, status) in [
        ("POST", &[cookie][..], 403),
        ("POST", &[cookie, evil, ("host", "app.example")], 403),
        ("POST", &[cookie, ("origin", "https://app.example"), ("host", "app.example")], 200),
        ("POST", &[cookie, ("sec-fetch-site", "same-origin")], 200),
        ("POST", &[bearer, evil], 200),
        ("GET", &[cookie, evil], 200),
        ("POST", &[evil], 401),
    ] {
        let response = send(&router, method, "/token", headers).await;
        assert_eq!(response.status(), status, "{method} {headers:?}");
    }
    // No site signs its visitors out here.
    // Their forms have no cookies with `SameSite=Lax`, so nothing shows that there is a session.
    for headers in [&[cookie, evil][..], &[evil], &[("sec-fetch-site", "cross-site")], &[cookie]] {
        let response = send(&router, "POST", "/logout", headers).await;
        assert_eq!((response.status().as_u16(), set(&response).len()), (403, 0), "{headers:?}");
    }
    let response = send(&router, "POST", "/logout", &[bearer, evil]).await;
    assert_eq!((response.status().as_u16(), set(&response).len()), (200, 2));
}

#[tokio::test]
async fn the_layer_can_admit_others_and_leave_cookies_alone() {
    let (service, server) = Service::start().await;
    let sessions = descope_client(&server).sessions().clock(service.clock.clone()).build();
    let cookie = format!("DS={}", service.descope_session());
    let from = |origin| [("cookie", &*cookie), ("origin", origin), ("sec-fetch-site", "cross-site")];

    let spa = router(SessionLayer::new(sessions.clone()).allow_origin("https://spa.example"));
    assert_eq!(send(&spa, "POST", "/token", &from("https://spa.example")).await.status(), 200);
    assert_eq!(send(&spa, "POST", "/token", &from("https://evil.example")).await.status(), 403);
    let open = router(SessionLayer::new(sessions.clone()).without_origin_check());
    assert_eq!(send(&open, "POST", "/token", &from("https://evil.example")).await.status(), 200);
    let blind = router(SessionLayer::new(sessions).without_cookies());
    assert_eq!(send(&blind, "GET", "/token", &[("cookie", &cookie)]).await.status(), 401);
}

#[tokio::test]
async fn signing_out_clears_the_cookies_and_ends_the_session() {
    let (service, _server, router) = nhost().await;
    let cookie = format!("nhostAccessToken={}; nhostRefreshToken={}", service.nhost_access(), uuid(0));
    let here = ("sec-fetch-site", "same-origin");
    let response = send(&router, "POST", "/logout", &[("cookie", &cookie), here]).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(set(&response), ["nhostAccessToken=", "nhostRefreshToken="]);
    assert_eq!(service.requests("/signout"), 1);

    // The cookies are cleared even if the service fails, and without cookies there is nothing to end.
    service.route("/signout", |_| ResponseTemplate::new(500));
    let response = send(&router, "POST", "/logout", &[("cookie", &cookie), here]).await;
    assert_eq!((response.status().as_u16(), set(&response).len()), (503, 2));
    let bearer = format!("Bearer {}", service.nhost_access());
    for headers in [&[here][..], &[], &[("authorization", &*bearer)]] {
        let response = send(&router, "POST", "/logout", headers).await;
        assert_eq!((response.status().as_u16(), service.requests("/signout")), (200, 2), "{headers:?}");
    }
}

/// Nobody can tell which session is to be ended, so the handler must not say that it is.
#[tokio::test]
async fn signing_out_of_one_of_several_sessions_is_refused() {
    let (service, _server, router) = nhost().await;
    let cookie = format!("nhostAccessToken={}; nhostRefreshToken={}", service.nhost_access(), uuid(0));
    let two = format!("{cookie}; nhostRefreshToken={}", uuid(1));
    let here = ("sec-fetch-site", "same-origin");
    for headers in
        [&[here, ("cookie", &*cookie), ("authorization", "Basic YTpi")][..], &[here, ("cookie", &two)]]
    {
        let response = send(&router, "POST", "/logout", headers).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{headers:?}");
        assert_eq!(set(&response), ["nhostAccessToken=", "nhostRefreshToken="]);
    }
    let response = send(&router, "POST", "/logout", &[("cookie", &two)]).await;
    assert_eq!((response.status().as_u16(), set(&response).len()), (403, 0));
    assert_eq!(service.requests("/signout"), 0);
}

/// supabase-js 2392: a sign-out while a refresh is in flight, after which the tokens come back.
#[tokio::test]
async fn a_sign_out_wins_over_the_refresh_of_its_request() {
    let (service, server) = Service::start().await;
    let sessions = nhost_client(&server).sessions().clock(service.clock.clone()).build();
    type S = generated_client::sessions::nhost::Sessions;
    let logout = |user: Session<S>, it: Authentication<S>| async move {
        it.sign_out().await?;
        Ok::<_, Rejection>(user.token.into_inner())
    };
    let early = |it: Authentication<S>| async move {
        it.sign_out().await?;
        it.session().await.map(drop)
    };
    let router = Router::new().route("/logout", post(logout)).route("/early", post(early));
    let router = router.layer(SessionLayer::new(sessions));
    let cookie = format!("nhostAccessToken={}; nhostRefreshToken={}", service.nhost_access(), uuid(0));
    service.clock.advance(Duration::from_secs(1000));
    service.route("/signout", |request| {
        let body: serde_json::Value = request.body_json().unwrap();
        assert_eq!(body["refreshToken"], uuid(1));
        crate::service::ok(serde_json::json!("OK"))
    });
    let headers = [("cookie", &*cookie), ("sec-fetch-site", "same-origin")];
    let response = send(&router, "POST", "/logout", &headers).await;
    assert_eq!(set(&response), ["nhostAccessToken=", "nhostRefreshToken="]);
    assert_eq!((service.requests("/token"), service.requests("/signout")), (1, 1));

    service.route("/signout", |_| crate::service::ok(serde_json::json!("OK")));
    let response = send(&router, "POST", "/early", &headers).await;
    assert_eq!(set(&response), ["nhostAccessToken=", "nhostRefreshToken="]);
}

#[tokio::test]
async fn the_refresh_token_for_further_calls_is_the_newest_one() {
    let (service, _server, router) = descope().await;
    let (session, refresh) = (service.descope_session(), service.descope_refresh(0));
    let cookie = format!("DS={session}; DSR={refresh}");
    let ask = async |name, value: &str| send(&router, "GET", "/refresh-token", &[(name, value)]).await;
    assert_eq!(text(ask("cookie", &cookie).await).await, refresh);
    // Neither brings a refresh token, and nobody who isn't signed in gets what a cookie has.
    for (name, value) in [("authorization", format!("Bearer {session}")), ("cookie", format!("DS={session}"))]
    {
        assert_eq!(ask(name, &value).await.status(), StatusCode::UNAUTHORIZED, "{name}");
    }
    assert_eq!(ask("cookie", "DSR=abc").await.status(), StatusCode::UNAUTHORIZED);

    service.clock.advance(Duration::from_secs(700));
    assert_eq!(text(ask("cookie", &cookie).await).await, service.descope_refresh(1));
    assert_eq!(service.requests("/v1/auth/refresh"), 1);
}

#[tokio::test]
async fn a_route_without_the_layer_is_a_fault_of_the_program() {
    type S = generated_client::sessions::descope::Sessions;
    let router = Router::new()
        .route("/a", get(|_: Session<S>| async {}))
        .route("/b", get(|_: Option<Session<S>>| async {}))
        .route("/c", get(|| async {}).route_layer(require::<S, _>(|_| Ok(()))));
    for path in ["/a", "/b", "/c"] {
        assert_eq!(send(&router, "GET", path, &[]).await.status(), StatusCode::INTERNAL_SERVER_ERROR);
    }
}
