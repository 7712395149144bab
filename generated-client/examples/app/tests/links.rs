//! Links in messages: they sign in the browser that asked for them, and leave nothing in the address bar.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Query;
use axum::http::{Request, Response, StatusCode, Uri};
use example_app::{Site, demo};
use generated_client::nhost::Client;
use generated_client_fake::{Authenticator, FakeNhost, NhostSettings};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tower::ServiceExt;

const ORIGIN: &str = "http://localhost:3000";
const EMAIL: &str = "jane@example.com";

/// A browser, as far as cookies go.
struct Browser<'r> {
    router: &'r Router,
    cookies: BTreeMap<String, String>,
}

impl<'r> Browser<'r> {
    fn new(router: &'r Router) -> Self {
        Self { router, cookies: BTreeMap::new() }
    }

    async fn send(&mut self, method: &str, path: &str, kind: &str, body: String) -> Response<Body> {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder().method(method).uri(path).header("cookie", cookies.join("; "));
        let request = request.header("content-type", kind).header("sec-fetch-site", "same-origin");
        let response = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        for set in response.headers().get_all("set-cookie") {
            let (name, value) = set.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        response
    }

    /// Sends a form, and gives the status.
    async fn form(&mut self, path: &str, form: &str) -> Response<Body> {
        self.send("POST", path, "application/x-www-form-urlencoded", form.to_owned()).await
    }

    /// Sends JSON, and gives what comes back.
    async fn json(&mut self, path: &str, body: &Value) -> Value {
        let response = self.send("POST", path, "application/json", body.to_string()).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        serde_json::from_slice(&to_bytes(response.into_body(), usize::MAX).await.unwrap()).unwrap()
    }

    /// Opens a URL of the application.
    async fn open(&mut self, url: &str) -> Response<Body> {
        let path = url.strip_prefix(ORIGIN).unwrap_or(url);
        self.send("GET", path, "text/plain", String::new()).await
    }

    /// Opens the page of the account, and gives the status.
    async fn account(&mut self) -> u16 {
        self.open("/account").await.status().as_u16()
    }
}

fn location(response: &Response<Body>) -> (u16, &str) {
    let location = response.headers().get("location").map_or("", |url| url.to_str().unwrap());
    (response.status().as_u16(), location)
}

async fn text(response: Response<Body>) -> String {
    String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
}

/// Whoever gets a visitor to open their own link would see what the visitor does in their account.
#[tokio::test]
async fn a_magic_link_signs_in_nobody_but_the_browser_that_asked_for_it() {
    let (router, fake) = demo::descope(ORIGIN).await.unwrap();
    let (mut own, mut other) = (Browser::new(&router), Browser::new(&router));
    let sent = own.form("/magic-link", "email=jane@example.com").await;
    assert_eq!(sent.status(), StatusCode::OK);
    let link = fake.outbox().link(EMAIL).unwrap();
    let refused = other.open(&link).await;
    assert!(refused.status().is_client_error() && !refused.headers().contains_key("set-cookie"));
    assert_eq!(other.account().await, 401);
    // Nor does it sign in a browser that has asked for another one.
    other.form("/magic-link", "email=joe@example.com").await;
    assert!(other.open(&link).await.status().is_client_error());
    assert_eq!(other.account().await, 401);

    assert_eq!(location(&own.open(&link).await), (303, "/account"));
    assert_eq!(own.account().await, 200);
    // It works once.
    assert!(own.open(&link).await.status().is_client_error());
}

/// The application with a server that lets nobody in before the email address is verified.
async fn nhost() -> (Router, FakeNhost) {
    let mut settings = NhostSettings::default();
    settings.client_url = ORIGIN.to_owned();
    settings.webauthn_domain = "localhost".to_owned();
    settings.webauthn_origins = vec![ORIGIN.to_owned()];
    settings.verify_email = true;
    let fake = FakeNhost::with(settings).await.unwrap();
    let client = fake.client().unwrap();
    let sessions = client.sessions().clock(fake.clock().clone()).build();
    let site = Site { origin: ORIGIN.to_owned(), outbox: None };
    (example_app::nhost::router(client, sessions, site), fake)
}

/// Where the link in the message leads to, after the service.
async fn follow(fake: &FakeNhost) -> String {
    let link: Uri = fake.outbox().link(EMAIL).unwrap().parse().unwrap();
    let Query(parts) = Query::<BTreeMap<String, String>>::try_from_uri(&link).unwrap();
    let client: Client = fake.client().unwrap();
    let call = client.verification().verify(&*parts["ticket"], &parts["redirectTo"]);
    let url = call.send().await.unwrap().as_str().to_owned();
    assert!(url.starts_with("http://localhost:3000/callback?code="), "{url}");
    url
}

async fn sign_up_by_password(browser: &mut Browser<'_>) {
    let signed_up = browser.form("/sign-up", "email=jane@example.com&password=correct-Horse-7-battery").await;
    assert_eq!(location(&signed_up), (303, "/verify-first"));
    assert!(text(browser.open("/verify-first").await).await.contains("Look into your mailbox"));
}

#[tokio::test]
async fn the_link_after_a_sign_up_by_password_signs_in() {
    let (router, fake) = nhost().await;
    let mut browser = Browser::new(&router);
    sign_up_by_password(&mut browser).await;
    assert_eq!(browser.account().await, 401);
    assert_eq!(location(&browser.open(&follow(&fake).await).await), (303, "/account"));
    assert_eq!(browser.account().await, 200);
}

#[tokio::test]
async fn the_link_after_a_sign_up_by_passkey_signs_in() {
    let (router, fake) = nhost().await;
    let mut browser = Browser::new(&router);
    let mut authenticator = Authenticator::new(ORIGIN).unwrap();
    let started = browser.json("/passkey/sign-up/start", &json!({"email": EMAIL})).await;
    let credential = authenticator.create(&started["options"]).unwrap();
    let finished = browser.json("/passkey/sign-up/finish", &credential).await;
    assert_eq!(finished, json!({"next": "/verify-first"}));
    assert_eq!(location(&browser.open(&follow(&fake).await).await), (303, "/account"));
    assert_eq!(browser.account().await, 200);
}

#[tokio::test]
async fn the_link_after_a_sign_up_signs_no_other_browser_in() {
    let (router, fake) = nhost().await;
    sign_up_by_password(&mut Browser::new(&router)).await;
    let mut other = Browser::new(&router);
    assert_eq!(location(&other.open(&follow(&fake).await).await), (303, "/verified"));
    assert!(text(other.open("/verified").await).await.contains("Your email address is verified."));
    assert_eq!(other.account().await, 401);
}

#[tokio::test]
async fn a_refresh_token_does_not_stay_in_the_address_bar() {
    let (router, _fake) = nhost().await;
    let mut browser = Browser::new(&router);
    let back =
        browser.open("/callback?refreshToken=6b1e7c52-90c4-4b3f-8a35-2f0d3cf1a7e9&type=verifyEmail").await;
    assert_eq!(location(&back), (303, "/callback/refused"));
    assert_eq!(browser.open("/callback/refused").await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(browser.account().await, 401);
}
