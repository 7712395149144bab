//! Both services in one, as far as sessions need them: keys, refreshes with rotation and without grace, sign-out.

use crate::signers::{NOW, PROJECT, USER, rsa};
use generated_client::runtime::RetryPolicy;
use generated_client::sessions::testing::{
    TestClock, descope_refresh, descope_session, key_set, nhost_access,
};
use generated_client::{descope, nhost};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

pub(crate) const NHOST_USER: &str = "7d9d5e5f-4f3e-4a3f-9d5b-0d6f1b2c3a4e";

/// The n-th refresh token of Nhost.
pub(crate) fn uuid(number: usize) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

/// What is sent in response to a request of a path.
type Route = Box<dyn FnMut(&Request) -> ResponseTemplate + Send>;

#[derive(Clone)]
pub(crate) struct Service {
    pub(crate) clock: TestClock,
    state: Arc<Mutex<State>>,
}

struct State {
    /// How often each path was asked for, in order.
    paths: Vec<String>,
    /// The refresh token that is good, of those that were given out.
    current: usize,
    is_rotating: bool,
    /// What takes the place of the usual response, by path.
    routes: Vec<(String, Route)>,
}

impl Service {
    /// Starts the service on loopback.
    pub(crate) async fn start() -> (Self, MockServer) {
        let state = State { paths: Vec::new(), current: 0, is_rotating: true, routes: Vec::new() };
        let service = Self { clock: TestClock::at(NOW), state: Arc::new(Mutex::new(state)) };
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(service.clone()).mount(&server).await;
        (service, server)
    }

    pub(crate) fn without_rotation(&self) {
        self.state.lock().unwrap().is_rotating = false;
    }

    /// Answers requests of a path in another way.
    pub(crate) fn route(&self, path: &str, route: impl FnMut(&Request) -> ResponseTemplate + Send + 'static) {
        let mut state = self.state.lock().unwrap();
        state.routes.retain(|(known, _)| known != path);
        state.routes.push((path.to_owned(), Box::new(route)));
    }

    /// How often a path was asked for.
    pub(crate) fn requests(&self, path: &str) -> usize {
        self.state.lock().unwrap().paths.iter().filter(|asked| *asked == path).count()
    }

    /// The refresh JWT of Descope with this number.
    pub(crate) fn descope_refresh(&self, number: usize) -> String {
        let token = descope_refresh(PROJECT, USER, &TestClock::at(NOW)).claim("jti", json!(number));
        token.sign(&rsa()).unwrap()
    }

    /// A session JWT of Descope from now on.
    pub(crate) fn descope_session(&self) -> String {
        descope_session(PROJECT, USER, &self.clock).sign(&rsa()).unwrap()
    }

    /// An access token of Nhost from now on.
    pub(crate) fn nhost_access(&self) -> String {
        nhost_access(NHOST_USER, &self.clock).sign(&rsa()).unwrap()
    }

    fn respond(&self, state: &mut State, request: &Request) -> ResponseTemplate {
        let path = request.url.path();
        if let Some((_, route)) = state.routes.iter_mut().find(|(known, _)| known == path) {
            return route(request);
        }
        match path {
            "/token" => self.nhost_token(state, request),
            "/v1/auth/refresh" | "/v1/auth/tenant/select" => self.descope_tokens(state, request),
            "/signout" => ok(json!("OK")),
            "/v1/auth/logout" => ok(json!({"sessionJwt": "", "refreshJwt": ""})),
            _ if path.contains("keys") || path.contains("jwks") => {
                ResponseTemplate::new(200).set_body_string(key_set([&rsa()]))
            }
            _ => ResponseTemplate::new(404),
        }
    }

    fn nhost_token(&self, state: &mut State, request: &Request) -> ResponseTemplate {
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        if body["refreshToken"] != uuid(state.current) {
            let error = json!({"error": "invalid-refresh-token", "message": "Invalid or expired refresh token", "status": 401});
            return ResponseTemplate::new(401).set_body_json(error);
        }
        state.current += 1;
        ok(self.nhost_session(state.current))
    }

    /// A session of Nhost with the refresh token of this number.
    pub(crate) fn nhost_session(&self, number: usize) -> Value {
        json!({
            "accessToken": self.nhost_access(),
            "accessTokenExpiresIn": 900,
            "refreshToken": uuid(number),
            "refreshTokenId": "11111111-0000-4000-8000-000000000000",
        })
    }

    fn descope_tokens(&self, state: &mut State, request: &Request) -> ResponseTemplate {
        let sent = request.headers["authorization"].to_str().unwrap().to_owned();
        if sent != format!("Bearer {PROJECT}:{}", self.descope_refresh(state.current)) {
            return ResponseTemplate::new(401).set_body_json(json!({"errorCode": "E064001"}));
        }
        let mut response = json!({"sessionJwt": self.descope_session(), "refreshJwt": ""});
        if state.is_rotating {
            state.current += 1;
            response["refreshJwt"] = json!(self.descope_refresh(state.current));
        }
        ok(response)
    }
}

impl Respond for Service {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mut state = self.state.lock().unwrap();
        state.paths.push(request.url.path().to_owned());
        self.respond(&mut state, request)
    }
}

pub(crate) fn ok(body: Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

pub(crate) fn descope_client(server: &MockServer) -> descope::Client {
    let builder = descope::Client::builder(PROJECT).base_url(server.uri());
    builder.retry_policy(RetryPolicy::disabled()).timeout(Duration::from_secs(30)).build().unwrap()
}

pub(crate) fn nhost_client(server: &MockServer) -> nhost::Client {
    nhost::Client::builder(server.uri())
        .retry_policy(RetryPolicy::disabled())
        .timeout(Duration::from_secs(30))
        .build()
        .unwrap()
}
