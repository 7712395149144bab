//! Users who sign out or in while other requests of theirs go on: supabase-js 2392, after which the tokens
//! came back.

use super::layer::{header, send, set};
use crate::gate::Gate;
use crate::service::{NHOST_USER, uuid};
use crate::signers::{NOW, keys, rsa};
use axum::Router;
use axum::body::Body;
use axum::http::Response;
use axum::routing::{get, post};
use generated_client::nhost;
use generated_client::sessions::Tokens;
use generated_client::sessions::nhost::Sessions;
use generated_client::sessions::testing::{TestClock, nhost_access};
use generated_client::sessions::web::{Authentication, Session, SessionLayer};
use generated_client::testing::{self, MockTransport};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

const CLEARED: [&str; 2] = ["nhostAccessToken=", "nhostRefreshToken="];

/// A browser whose access token has expired, and whose refreshes wait at a gate. Each refresh gives the next token.
struct Browser {
    gate: Gate,
    clock: TestClock,
    router: Router,
    access: String,
    /// What tells that the handler of `/slow` has begun, and what it waits for.
    slow: [Arc<Semaphore>; 2],
}

fn start() -> Browser {
    let clock = TestClock::at(NOW);
    let access = |seconds: u64| nhost_access(NHOST_USER, &TestClock::at(NOW + seconds)).sign(&rsa()).unwrap();
    let session = |number: usize| {
        let id = "11111111-0000-4000-8000-000000000000";
        let (access, refresh) = (access(1000), uuid(number));
        let body = json!({"accessToken": access, "accessTokenExpiresIn": 900, "refreshToken": refresh, "refreshTokenId": id});
        testing::Response::json(200, &body)
    };
    let mock = MockTransport::new().respond("token_refresh", session(1)).respond("token_refresh", session(2));
    let gate = Gate::before(
        "token_refresh",
        mock.respond("token_sign_out", testing::Response::json(200, &json!("OK"))),
    );
    let client = nhost::Client::builder("https://auth.example/v1").transport(gate.clone()).build().unwrap();
    let sessions = client.sessions().pinned_keys(keys([&rsa()])).clock(clock.clone()).build();
    let slow = [Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0))];
    let [begun, end] = slow.clone();
    let work = move |_: Session<Sessions>| async move {
        begun.add_permits(1);
        end.acquire().await.unwrap().forget();
    };
    let [other, same] = [9, 0].map(|number| Tokens::new(access(1000), uuid(number)));
    let router = Router::new()
        .route("/page", get(|user: Session<Sessions>| async move { user.user_id().to_owned() }))
        .route("/slow", get(work))
        .route("/logout", post(|it: Authentication<Sessions>| async move { it.sign_out().await }))
        .route(
            "/login",
            post(move |it: Authentication<Sessions>| async move { it.sign_in(other).await.map(drop) }),
        )
        .route(
            "/same",
            post(move |it: Authentication<Sessions>| async move { it.sign_in(same).await.map(drop) }),
        )
        .layer(SessionLayer::new(sessions));
    let access = access(0);
    clock.advance(Duration::from_secs(1000));
    Browser { gate, clock, router, access, slow }
}

impl Browser {
    /// Begins a request with the refresh token of this number.
    fn begin(&self, method: &'static str, path: &'static str, number: usize) -> JoinHandle<Response<Body>> {
        let router = self.router.clone();
        let cookie = format!("nhostAccessToken={}; nhostRefreshToken={}", self.access, uuid(number));
        tokio::spawn(async move {
            send(&router, method, path, &[("cookie", &cookie), ("sec-fetch-site", "same-origin")]).await
        })
    }

    /// The refresh tokens that were revoked.
    fn revoked(&self) -> Vec<String> {
        let bodies = self.gate.bodies("token_sign_out").into_iter();
        bodies.map(|body| body["refreshToken"].as_str().unwrap().to_owned()).collect()
    }

    /// Waits until so many refresh tokens were revoked.
    async fn settle(&self, revoked: usize) {
        while self.revoked().len() < revoked {
            tokio::task::yield_now().await;
        }
    }

    /// The response leaves the cookies as they are: that of the sign-out has cleared them, and the user may have
    /// signed in again since.
    fn is_refused(response: &Response<Body>) {
        assert_eq!((response.status().as_u16(), set(response).len()), (401, 0));
        assert_eq!(header(response, "cache-control"), "no-store");
    }
}

#[tokio::test]
async fn a_sign_out_wins_over_a_refresh_in_another_request() {
    let browser = start();
    let pages = [browser.begin("GET", "/page", 0), browser.begin("GET", "/page", 0)];
    browser.gate.wait_for(1).await;
    let logout = browser.begin("POST", "/logout", 0).await.unwrap();
    assert_eq!((logout.status().as_u16(), set(&logout)), (200, CLEARED.map(str::to_owned).to_vec()));
    assert_eq!(browser.revoked(), [uuid(0)]);

    browser.gate.open();
    for page in pages {
        Browser::is_refused(&page.await.unwrap());
    }
    // Nobody has the new session, so it doesn't live on at the service.
    assert_eq!(browser.revoked(), [uuid(0), uuid(1)]);
}

#[tokio::test]
async fn a_sign_out_reaches_a_session_that_was_refreshed_just_before() {
    let browser = start();
    browser.gate.open();
    let page = browser.begin("GET", "/page", 0).await.unwrap();
    assert_eq!(
        (page.status().as_u16(), set(&page)[1].clone()),
        (200, format!("nhostRefreshToken={}", uuid(1)))
    );
    // It was sent before the response with the new tokens came.
    let logout = browser.begin("POST", "/logout", 0).await.unwrap();
    assert_eq!((logout.status().as_u16(), set(&logout)), (200, CLEARED.map(str::to_owned).to_vec()));
    assert_eq!(browser.revoked(), [uuid(0), uuid(1)]);

    // The browser may have set the cookies of the page afterwards, and comes with either token.
    for number in [0, 1] {
        Browser::is_refused(&browser.begin("GET", "/page", number).await.unwrap());
    }
    browser.clock.advance(Duration::from_secs(10));
    for number in [0, 1] {
        let page = browser.begin("GET", "/page", number).await.unwrap();
        assert_eq!((page.status().as_u16(), set(&page)), (401, CLEARED.map(str::to_owned).to_vec()));
    }
    assert_eq!(browser.gate.bodies("token_refresh").len(), 1);
}

#[tokio::test]
async fn a_sign_out_wins_over_a_request_that_goes_on_for_long() {
    let browser = start();
    browser.gate.open();
    let slow = browser.begin("GET", "/slow", 0);
    browser.slow[0].acquire().await.unwrap().forget();
    // What took the place of the token isn't remembered any more.
    browser.clock.advance(Duration::from_secs(60));
    browser.begin("POST", "/logout", 0).await.unwrap();
    browser.slow[1].add_permits(1);
    let slow = slow.await.unwrap();
    assert_eq!((slow.status().as_u16(), set(&slow).len()), (200, 0));
    browser.settle(2).await;
    assert_eq!(browser.revoked(), [uuid(0), uuid(1)]);
}

#[tokio::test]
async fn a_sign_out_of_one_session_leaves_others_alone() {
    let browser = start();
    let page = browser.begin("GET", "/page", 7);
    browser.gate.wait_for(1).await;
    browser.begin("POST", "/logout", 0).await.unwrap();
    browser.gate.open();
    let page = page.await.unwrap();
    assert_eq!(
        (page.status().as_u16(), set(&page)[1].clone()),
        (200, format!("nhostRefreshToken={}", uuid(1)))
    );
    assert_eq!(browser.revoked(), [uuid(0)]);
}

/// The cookies that a response sets the refresh token to, and its status.
fn refresh_cookie(response: &Response<Body>) -> (u16, Option<String>) {
    (response.status().as_u16(), set(response).get(1).cloned())
}

fn refresh_token(number: usize) -> Option<String> {
    Some(format!("nhostRefreshToken={}", uuid(number)))
}

#[tokio::test]
async fn a_sign_in_wins_over_a_refresh_in_another_request() {
    let browser = start();
    let page = browser.begin("GET", "/page", 0);
    browser.gate.wait_for(1).await;
    let login = browser.begin("POST", "/login", 0).await.unwrap();
    assert_eq!(refresh_cookie(&login), (200, refresh_token(9)));
    browser.gate.open();
    // The request itself is that of a user who was signed in.
    assert_eq!(refresh_cookie(&page.await.unwrap()), (200, None));
    // So is one that the browser sent before it got the cookies of the sign-in.
    assert_eq!(refresh_cookie(&browser.begin("GET", "/page", 0).await.unwrap()), (200, None));
    // Whether the session before is another one at the service isn't known here.
    assert_eq!(browser.revoked(), [""; 0]);
}

#[tokio::test]
async fn a_sign_in_wins_over_a_request_that_goes_on_for_long() {
    let browser = start();
    browser.gate.open();
    let slow = browser.begin("GET", "/slow", 0);
    browser.slow[0].acquire().await.unwrap().forget();
    browser.clock.advance(Duration::from_secs(60));
    // The browser has the new token by another response.
    browser.begin("POST", "/login", 1).await.unwrap();
    browser.slow[1].add_permits(1);
    assert_eq!(refresh_cookie(&slow.await.unwrap()), (200, None));
}

/// It clears the cookies of a session that is over, and those are the ones of the sign-in by then.
#[tokio::test]
async fn a_sign_in_wins_over_a_response_that_clears_cookies() {
    let browser = start();
    browser.begin("POST", "/logout", 0).await.unwrap();
    browser.begin("GET", "/page", 0).await.unwrap();
    browser.clock.advance(Duration::from_secs(10));
    browser.begin("POST", "/login", 0).await.unwrap();
    Browser::is_refused(&browser.begin("GET", "/page", 0).await.unwrap());
    // If the browser had got the cookies of the sign-in, it wouldn't come with the old ones now.
    browser.clock.advance(Duration::from_secs(10));
    let page = browser.begin("GET", "/page", 0).await.unwrap();
    assert_eq!((page.status().as_u16(), set(&page)), (401, CLEARED.map(str::to_owned).to_vec()));
}

#[tokio::test]
async fn a_sign_in_leaves_others_alone() {
    for (path, number) in [
        // Another browser signs in.
        ("/login", 5),
        // The refresh token stays the same, so the session is the same, and a refresh may be using it up.
        ("/same", 0),
    ] {
        let browser = start();
        let page = browser.begin("GET", "/page", 0);
        browser.gate.wait_for(1).await;
        let login = browser.begin("POST", path, number).await.unwrap();
        assert_eq!(login.status(), 200);
        browser.gate.open();
        assert_eq!(refresh_cookie(&page.await.unwrap()), (200, refresh_token(1)), "{path}");
    }
}
