//! Nothing of a session is printed: no token, no claim of the application's own, no code, no state.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use axum::routing::{get, post};
use generated_client::descope::SignInRedirect;
use generated_client::redirects::SignInState;
use generated_client::runtime::RetryPolicy;
use generated_client::sessions::testing::{
    Signer, TestClock, TestToken, descope_refresh, descope_session, key_set, nhost_access,
};
use generated_client::sessions::web::{Authentication, Rejection, Session, SessionLayer, require};
use generated_client::sessions::{Algorithm, KeySet, SessionBackend, Tokens, descope, nhost};
use serde_json::json;
use std::error::Error;
use std::fmt::Write;
use std::sync::{Arc, Mutex};
use tower::ServiceExt;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

use super::canaries::{Canary, Form};
use super::capture::Log;
use super::search::Search;

const PROJECT: &str = "P2aAc4T2V93bddihGEx2Ryhc8e5Z";
const USER: &str = "7d9d5e5f-4f3e-4a3f-9d5b-0d6f1b2c3a4e";

fn canary(form: Form) -> String {
    Canary { form, number: 5 }.text()
}

/// Everything that is printed, to be searched at the end.
#[derive(Default)]
struct Printed(String);

impl Printed {
    fn error(&mut self, error: &(dyn Error + 'static)) {
        let mut cause = Some(error);
        while let Some(error) = cause {
            writeln!(self.0, "{error} {error:?} {error:#?}").unwrap();
            cause = error.source();
        }
    }

    fn debug(&mut self, value: &dyn std::fmt::Debug) {
        writeln!(self.0, "{value:?} {value:#?}").unwrap();
    }

    /// Its status and headers, of which the cookies are marked as secret, and its body.
    async fn response(&mut self, response: Response<Body>) {
        self.debug(&response);
        let (head, body) = response.into_parts();
        for (name, value) in head.headers.iter().filter(|(name, _)| *name != "set-cookie") {
            writeln!(self.0, "{name}: {value:?}").unwrap();
        }
        self.0.push_str(&String::from_utf8_lossy(&axum::body::to_bytes(body, 100_000).await.unwrap()));
    }
}

/// A service that gives its keys, and responds to everything else as a test says.
struct Service {
    server: MockServer,
    response: Arc<Mutex<ResponseTemplate>>,
    signer: Signer,
    clock: TestClock,
}

impl Service {
    async fn start() -> Self {
        let signer = Signer::new(Algorithm::Es256, "key").unwrap();
        let response = Arc::new(Mutex::new(ResponseTemplate::new(500)));
        let server = MockServer::start().await;
        let (keys, given) = (key_set([&signer]), Arc::clone(&response));
        let respond = move |request: &wiremock::Request| {
            if request.url.path().contains("keys") || request.url.path().contains("jwks") {
                return ResponseTemplate::new(200).set_body_string(&keys);
            }
            given.lock().unwrap().clone()
        };
        Mock::given(any()).respond_with(respond).mount(&server).await;
        Self { server, response, signer, clock: TestClock::at(1_700_000_000) }
    }

    fn responds(&self, status: u16, body: serde_json::Value) {
        *self.response.lock().unwrap() = ResponseTemplate::new(status).set_body_json(body);
    }

    /// A token that holds canaries wherever an application may put something.
    fn sign(&self, token: TestToken) -> String {
        let token = token.claim("email", json!(canary(Form::Email))).claim("jti", json!(canary(Form::Hex)));
        let token = token.claim("nsec", json!({"own": canary(Form::Letters)}));
        token.hasura_claim("x-hasura-own", json!(canary(Form::Digits))).sign(&self.signer).unwrap()
    }
}

/// Asks for a session in every way, with each of these headers.
async fn ask<S: SessionBackend>(
    sessions: S,
    tokens: &Tokens,
    headers: &[(&str, String)],
    printed: &mut Printed,
) {
    let (kept, tokens) = (Arc::new(Mutex::new(Vec::new())), tokens.clone());
    let seen = Arc::clone(&kept);
    let show = |it: Authentication<S>| async move {
        let session = it.session().await;
        seen.lock().unwrap().push(format!("{it:?} {session:?}"));
    };
    let login = |it: Authentication<S>| async move { it.sign_in(tokens).await.map(drop) };
    let router = Router::new()
        .route("/show", get(show))
        .route("/session", get(|_: Session<S>| async {}))
        .route("/maybe", get(|_: Option<Session<S>>| async {}))
        .route("/layered", get(|| async {}).route_layer(require::<S, _>(|_| Ok(()))))
        .route("/login", post(login))
        .route("/logout", post(|it: Authentication<S>| async move { it.sign_out().await }))
        .layer(SessionLayer::new(sessions));
    printed.debug(&router);
    for (name, value) in headers {
        for (method, path) in [
            ("GET", "/show"),
            ("GET", "/session"),
            ("GET", "/maybe"),
            ("GET", "/layered"),
            ("POST", "/login"),
            ("POST", "/logout"),
        ] {
            let request = Request::builder().method(method).uri(path).header(*name, value);
            let request = request.header("sec-fetch-site", "same-origin").body(Body::empty()).unwrap();
            printed.response(router.clone().oneshot(request).await.unwrap()).await;
        }
    }
    kept.lock().unwrap().iter().for_each(|shown| printed.0.push_str(shown));
}

/// What a service may respond to a refresh, a sign-out and a question.
fn responses(tokens: &Tokens) -> Vec<(u16, serde_json::Value)> {
    let (session, refresh) = (tokens.session.expose(), tokens.refresh.expose());
    let descope = json!({"sessionJwt": session, "refreshJwt": refresh, "user": {"userId": USER}});
    let nhost = json!({"accessToken": session, "refreshToken": refresh, "accessTokenExpiresIn": 900, "refreshTokenId": "x"});
    let error = json!({"errorCode": "E1", "errorDescription": session, "error": refresh, "message": refresh});
    let bad = json!({"sessionJwt": {"x": session}, "accessToken": [refresh], "refreshToken": refresh});
    let mut responses = vec![(200, descope), (200, nhost), (200, bad)];
    responses.extend([400, 401, 502].map(|status| (status, error.clone())));
    responses
}

async fn of_descope(service: &Service, printed: &mut Printed) {
    let session = descope_session(PROJECT, USER, &service.clock);
    let refresh = service.sign(descope_refresh(PROJECT, USER, &service.clock));
    let good = service.sign(session.clone());
    let expired = service.sign(session.claim("exp", json!(1)));
    let client = generated_client::descope::Client::builder(PROJECT).base_url(service.server.uri());
    let client = client.retry_policy(RetryPolicy::disabled()).build().unwrap();
    let tokens = Tokens::new(&*good, &*refresh);
    let headers = [
        ("authorization", format!("Bearer {good}")),
        ("authorization", format!("Bearer {expired}")),
        ("authorization", format!("Bearer {refresh}")),
        ("authorization", format!("Basic {good}")),
        ("authorization", format!("DPoP {good}")),
        // A session that was signed out isn't refreshed, so the refresh comes first.
        ("cookie", format!("DS={expired}; DSR={refresh}")),
        ("cookie", format!("DS={good}; DSR={refresh}")),
        ("cookie", format!("DS={expired}; DSR={good}")),
        ("cookie", format!("DS={good}; DS={expired}")),
        ("cookie", format!("DS={}; DSR=x", canary(Form::Jwt))),
    ];
    for (status, body) in responses(&tokens) {
        service.responds(status, body);
        let sessions = client.sessions().clock(service.clock.clone()).build();
        ask(sessions, &tokens, &headers, printed).await;
        let wait = client.enchanted_link().wait_for_session(canary(Form::Hex)).clock(service.clock.clone());
        printed.debug(&wait);
        match wait.await {
            Ok(session) => printed.debug(&session),
            Err(error) => printed.error(&error),
        }
    }
}

async fn of_nhost(service: &Service, printed: &mut Printed) {
    let refresh = canary(Form::Uuid);
    let session = nhost_access(USER, &service.clock);
    let (good, expired) = (service.sign(session.clone()), service.sign(session.claim("exp", json!(1))));
    let client = generated_client::nhost::Client::builder(service.server.uri());
    let client = client.retry_policy(RetryPolicy::disabled()).build().unwrap();
    let tokens = Tokens::new(&*good, &*refresh);
    let cookies = |access: &str, refresh: &str| {
        ("cookie", format!("nhostAccessToken={access}; nhostRefreshToken={refresh}"))
    };
    let headers = [
        cookies(&expired, &refresh),
        cookies(&good, &refresh),
        cookies(&expired, &good),
        cookies("x", &expired),
    ];
    for (status, body) in responses(&tokens) {
        service.responds(status, body);
        let sessions = client.sessions().clock(service.clock.clone()).build();
        ask(sessions, &tokens, &headers, printed).await;
    }
}

/// Tokens with each flaw, as the validators print them.
async fn validators(service: &Service, printed: &mut Printed) {
    let keys = KeySet::from_json(&key_set([&service.signer])).unwrap();
    let descope = descope::Sessions::offline(PROJECT, keys.clone()).clock(service.clock.clone()).build();
    let nhost = nhost::Sessions::offline("hasura-auth", keys).clock(service.clock.clone()).build();
    printed.debug(&(&descope, &nhost));
    for session in [descope_session(PROJECT, USER, &service.clock), nhost_access(USER, &service.clock)] {
        // Who the user is and who made the token is printed, as it is no secret.
        for name in ["exp", "nbf", "iat", "aud", "drn", "cnf", "https://hasura.io/jwt/claims"] {
            for value in
                [json!(canary(Form::Letters)), json!({"jkt": canary(Form::Hex)}), json!(null), json!(1)]
            {
                let token = service.sign(session.clone().claim(name, value));
                for token in [&token[..], &token[1..], &format!("{token}.x"), &token.replace('.', "")] {
                    match descope.validate(token).await {
                        Ok(claims) => printed.debug(&claims),
                        Err(error) => printed.error(&error),
                    }
                    match nhost.validate(token).await {
                        Ok(claims) => printed.debug(&claims),
                        Err(error) => printed.error(&error),
                    }
                }
            }
        }
    }
}

fn redirects(printed: &mut Printed) -> String {
    let state = SignInState::new(&format!("/{}", canary(Form::Letters))).unwrap();
    let value = state.value().expose().clone();
    printed.debug(&(&state, state.set_cookie()));
    for query in ["code", "err", "error", "refreshToken", "app_state", "state"] {
        for form in [Form::Hex, Form::Letters, Form::Jwt, Form::Uuid] {
            let query = format!("{query}={}", canary(form));
            printed.debug(&SignInRedirect::from_query(&query));
            printed.debug(&generated_client::nhost::SignInRedirect::from_query(&query));
            printed.debug(&SignInState::in_query(&query));
            let came_back = SignInState::in_query(&query);
            let error = SignInState::check(Some(state.cookie_value()), came_back.as_ref()).unwrap_err();
            printed.error(&error);
        }
    }
    value
}

#[tokio::test]
async fn no_canary_is_seen_of_a_session() {
    let (search, (log, _guard)) = (Search::shared(), Log::start());
    let (service, mut printed) = (Service::start().await, Printed::default());
    of_descope(&service, &mut printed).await;
    of_nhost(&service, &mut printed).await;
    validators(&service, &mut printed).await;
    let state = redirects(&mut printed);
    printed.error(&Rejection::Ambiguous);

    let logged = log.take();
    assert!(logged.contains("session_refresh") && logged.contains("token_refresh"), "{logged}");
    for text in [&printed.0, &logged] {
        assert!(!text.contains(&state));
        let found = search.find(text);
        assert!(found.is_empty(), "{:#?}", found.first());
    }
}
