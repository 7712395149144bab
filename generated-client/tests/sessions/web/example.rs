//! The example of protected routes, driven over HTTP as a browser does.

use crate::service::{Service, descope_client, ok};
use crate::signers::{PROJECT, USER, other_rsa, rsa};
use generated_client::sessions::testing::{descope_session, key_set};
use reqwest::redirect::Policy;
use reqwest::{Method, StatusCode};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;
use wiremock::{MockServer, ResponseTemplate};

#[path = "../../../examples/protect_routes.rs"]
mod protect_routes;

/// A browser that keeps cookies and follows no redirect.
struct Browser {
    http: reqwest::Client,
    url: String,
    cookies: Mutex<BTreeMap<String, String>>,
}

struct Page {
    status: u16,
    headers: reqwest::header::HeaderMap,
    text: String,
}

impl Page {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Browser {
    async fn send(&self, method: Method, path: &str) -> Page {
        let cookies: Vec<_> =
            self.cookies.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = self.http.request(method, format!("{}{path}", self.url));
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        let response = request.header("origin", &self.url).send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        for cookie in headers.get_all("set-cookie") {
            let (name, value) = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            let mut cookies = self.cookies.lock().unwrap();
            if value.is_empty() {
                cookies.remove(name)
            } else {
                cookies.insert(name.into(), value.into())
            };
        }
        Page { status, headers, text: response.text().await.unwrap() }
    }

    async fn get(&self, path: &str) -> Page {
        self.send(Method::GET, path).await
    }

    fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// Goes to the page of sign-in, and comes back with a code.
    async fn sign_in(&self) -> Page {
        let page = self.get("/login").await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        let back = page.header("location").split_once("?back=").unwrap().1.to_owned();
        self.get(&format!("{}&code=good", back.strip_prefix(&self.url).unwrap())).await
    }
}

/// The service, the application, and a browser in front of it.
async fn start(roles: &'static [&'static str]) -> (Service, MockServer, Browser) {
    let (service, server) = Service::start().await;
    service.route("/v1/auth/oauth/authorize", |request| {
        let back = request.url.query_pairs().find(|(name, _)| name == "redirectUrl").unwrap().1.into_owned();
        ok(json!({"url": format!("https://provider.example/?back={back}")}))
    });
    let (clock, refresh) = (service.clock.clone(), service.descope_refresh(0));
    service.route("/v1/auth/oauth/exchange", move |request| {
        if request.body_json::<serde_json::Value>().unwrap() != json!({"code": "good"}) {
            return ResponseTemplate::new(400).set_body_json(json!({"errorCode": "E1"}));
        }
        let session = descope_session(PROJECT, USER, &clock).claim("roles", json!(roles));
        ok(json!({"sessionJwt": session.sign(&rsa()).unwrap(), "refreshJwt": refresh, "user": {"userId": USER}}))
    });
    let client = descope_client(&server);
    let sessions = client.sessions().clock(service.clock.clone()).build();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let app = protect_routes::app(client, sessions, &url);
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    let http = reqwest::Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
    (service, server, Browser { http, url, cookies: Mutex::default() })
}

#[tokio::test]
async fn a_user_signs_in_and_out() {
    let (service, _server, browser) = start(&[]).await;
    assert_eq!(browser.get("/").await.text, "hello stranger");
    let page = browser.get("/me").await;
    assert_eq!((page.status, page.header("www-authenticate")), (401, "Bearer"));

    let page = browser.sign_in().await;
    assert_eq!((page.status, page.header("location")), (303, "/me"), "{}", page.text);
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(browser.cookie("__Host-sign-in-state"), None);
    assert_eq!(browser.get("/me").await.text, format!("you are {USER}"));
    assert_eq!(browser.get("/").await.text, format!("hello {USER}"));

    let page = browser.send(Method::POST, "/logout").await;
    assert_eq!((page.status, page.header("cache-control")), (204, "no-store"));
    assert_eq!(service.requests("/v1/auth/logout"), 1);
    assert_eq!((browser.cookie("DS"), browser.cookie("DSR")), (None, None));
    assert_eq!(browser.get("/me").await.status, 401);
}

/// nhost 203: a reload of the page used the token in its URL again.
#[tokio::test]
async fn a_reload_of_the_callback_uses_no_code_again() {
    let (service, _server, browser) = start(&[]).await;
    let page = browser.get("/login").await;
    let back = page.header("location").split_once("?back=").unwrap().1.to_owned();
    let callback = format!("{}&code=good", back.strip_prefix(&browser.url).unwrap());
    let page = browser.get(&callback).await;
    assert_eq!((page.status, page.header("location")), (303, "/me"));
    let session = browser.cookie("DS");
    assert_eq!(browser.get(&callback).await.status, 400);
    assert_eq!(service.requests("/v1/auth/oauth/exchange"), 1);
    assert_eq!((browser.cookie("DS"), browser.get("/me").await.status), (session, 200));
}

#[tokio::test]
async fn a_callback_that_somebody_else_made_signs_nobody_in() {
    let (service, _server, browser) = start(&[]).await;
    // A link of a stranger, to a browser that began nothing.
    assert_eq!(browser.get("/callback?code=good&app_state=x").await.status, 400);
    // A browser that began a sign-in of its own.
    assert_eq!(browser.get("/login").await.status, 303);
    for query in ["code=good", "code=good&app_state=", "code=good&app_state=x"] {
        let page = browser.get(&format!("/callback?{query}")).await;
        assert_eq!(page.status, 400, "{query}");
        assert!(page.text.ends_with("begin the sign-in again"), "{}", page.text);
    }
    assert_eq!(service.requests("/v1/auth/oauth/exchange"), 0);
    assert_eq!(browser.cookie("DS"), None);
}

#[tokio::test]
async fn a_session_goes_on_after_its_token_has_expired() {
    let (service, _server, browser) = start(&[]).await;
    browser.sign_in().await;
    let before = (browser.cookie("DS"), browser.cookie("DSR"));
    service.clock.advance(Duration::from_secs(700));
    let page = browser.get("/me").await;
    assert_eq!((page.status, page.header("vary")), (200, "Cookie, Authorization"));
    let after = (browser.cookie("DS"), browser.cookie("DSR"));
    assert!(before.0 != after.0 && before.1 != after.1);
    assert_eq!(after.1, Some(service.descope_refresh(1)));
    assert_eq!(browser.get("/me").await.status, 200);
    assert_eq!(service.requests("/v1/auth/refresh"), 1);

    // It is ended at the service.
    service.clock.advance(Duration::from_secs(700));
    service.route("/v1/auth/refresh", |_| ResponseTemplate::new(401));
    assert_eq!(browser.get("/me").await.status, 401);
    assert_eq!(browser.cookie("DSR"), after.1);
    // Once no other process can have the new session, the browser forgets it.
    service.clock.advance(Duration::from_secs(10));
    assert_eq!(browser.get("/me").await.status, 401);
    assert_eq!((browser.cookie("DS"), browser.cookie("DSR")), (None, None));
    assert_eq!(service.requests("/v1/auth/refresh"), 2);
}

#[tokio::test]
async fn roles_and_permissions_decide() {
    let (_service, _server, browser) = start(&["admin"]).await;
    browser.sign_in().await;
    assert_eq!(browser.get("/admin").await.text, format!("{USER} may do everything"));
    let page = browser.send(Method::POST, "/invoices").await;
    assert_eq!((page.status, page.header("www-authenticate")), (403, r#"Bearer error="insufficient_scope""#));

    let (_service, _server, browser) = start(&["editor"]).await;
    browser.sign_in().await;
    assert_eq!(browser.get("/admin").await.status, 403);
}

#[tokio::test]
async fn keys_are_rotated_under_signed_in_users() {
    let (service, _server, browser) = start(&[]).await;
    browser.sign_in().await;
    assert_eq!(browser.get("/me").await.status, 200);
    let keys = format!("/v2/keys/{PROJECT}");
    service.route(&keys, |_| ResponseTemplate::new(200).set_body_string(key_set([&rsa(), &other_rsa()])));
    service.clock.advance(Duration::from_secs(31));
    let token = descope_session(PROJECT, USER, &service.clock).sign(&other_rsa()).unwrap();
    let request = browser.http.get(format!("{}/me", browser.url)).bearer_auth(token);
    assert_eq!(request.send().await.unwrap().status(), 200);
    assert_eq!(browser.get("/me").await.status, 200);
    assert_eq!(service.requests(&keys), 2);
}

#[tokio::test]
async fn a_key_server_that_is_down_signs_nobody_out() {
    let (service, _server, browser) = start(&[]).await;
    browser.sign_in().await;
    let keys = format!("/v2/keys/{PROJECT}");
    service.route(&keys, |_| ResponseTemplate::new(500));
    service.clock.advance(Duration::from_secs(500));
    assert_eq!(browser.get("/me").await.status, 200);
    let token = descope_session(PROJECT, USER, &service.clock).sign(&other_rsa()).unwrap();
    let request = browser.http.get(format!("{}/me", browser.url)).bearer_auth(token);
    let response = request.send().await.unwrap();
    assert_eq!(
        (response.status().as_u16(), &response.headers()["retry-after"]),
        (503, &"30".parse().unwrap())
    );
}
