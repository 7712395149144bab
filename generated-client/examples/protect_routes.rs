//! A web application with axum that signs users in with Google by way of Descope, keeps their sessions in cookies, and
//! protects its routes.
//!
//! ```sh
//! DESCOPE_PROJECT_ID=P2... cargo run -p generated-client --features axum,pkce --example protect_routes
//! ```

use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::response::{AppendHeaders, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Router, http::StatusCode};
use generated_client::descope::{self, RedirectOutcome, SignInRedirect};
use generated_client::redirects::{SignInState, StateError};
use generated_client::runtime::InvalidRequest;
use generated_client::sessions::Forbidden;
use generated_client::sessions::descope::{Claims, Sessions};
use generated_client::sessions::web::{
    Authentication, Authorized, Rejection, Rule, Session, SessionLayer, require,
};

/// The application. Its callback is at `{url}/callback`, which Descope has to accept as a redirect URL.
pub(crate) fn app(descope: descope::Client, sessions: Sessions, url: &str) -> Router {
    let may_write = require::<Sessions, _>(|user| user.require_permission("invoices.write"));
    Router::new()
        .route("/", get(home))
        .route("/login", get(login))
        .route("/callback", get(callback))
        .route("/logout", post(logout))
        .route("/me", get(me))
        .route("/admin", get(admin))
        .route("/invoices", post(write_invoice).route_layer(may_write))
        .layer(SessionLayer::new(sessions))
        .with_state(App { descope, callback: format!("{url}/callback") })
}

#[derive(Clone)]
struct App {
    descope: descope::Client,
    callback: String,
}

/// A page for everybody.
async fn home(user: Option<Session<Sessions>>) -> String {
    match user {
        Some(user) => format!("hello {}", user.subject()),
        None => "hello stranger".to_owned(),
    }
}

/// A page for users.
async fn me(user: Session<Sessions>) -> String {
    format!("you are {}", user.subject())
}

struct Admin;

impl Rule<Claims> for Admin {
    fn check(claims: &Claims) -> Result<(), Forbidden> {
        claims.require_role("admin")
    }
}

/// A page for users with a role.
async fn admin(user: Authorized<Sessions, Admin>) -> String {
    format!("{} may do everything", user.subject())
}

/// A request that changes something; the layer of its route lets only users with a permission pass.
async fn write_invoice() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// Sends the browser to Google by way of Descope.
async fn login(State(app): State<App>) -> Result<impl IntoResponse, Failure> {
    let state = SignInState::new("/me")?;
    let start = app.descope.oauth().authorize("google").redirect_url(state.add_to(&app.callback)?);
    let started = start.send().await?;
    let cookie = AppendHeaders([(SET_COOKIE, state.set_cookie())]);
    Ok((StatusCode::SEE_OTHER, [(LOCATION, started.url)], cookie))
}

/// The browser comes back.
async fn callback(
    State(app): State<App>,
    authentication: Authentication<Sessions>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<impl IntoResponse, Failure> {
    let query = query.unwrap_or_default();
    let landing = SignInState::finish(&headers, &query)?;
    let RedirectOutcome::Code(code) = SignInRedirect::from_query(&query).outcome else {
        return Err(Failure::NotSignedIn);
    };
    let response = app.descope.oauth().exchange(code).send().await?;
    authentication.sign_in(&response).await?;
    // The code doesn't stay in the address bar, where a reload would use it again.
    let headers = SignInRedirect::redirect_headers(&landing)?;
    let cookie = AppendHeaders([(SET_COOKIE, SignInState::clear_cookie())]);
    Ok((StatusCode::SEE_OTHER, headers, cookie))
}

async fn logout(authentication: Authentication<Sessions>) -> Result<StatusCode, Failure> {
    authentication.sign_out().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Why a request isn't answered as it should be.
enum Failure {
    Refused(Rejection),
    State(StateError),
    NotSignedIn,
    Descope(descope::Error),
    Settings(InvalidRequest),
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Self::Refused(refusal) => refusal.into_response(),
            Self::State(error) => (error.status(), error.to_string()).into_response(),
            Self::NotSignedIn => (StatusCode::BAD_REQUEST, "nobody has signed in").into_response(),
            Self::Descope(error) => (StatusCode::BAD_GATEWAY, error.to_string()).into_response(),
            Self::Settings(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
        }
    }
}

impl From<Rejection> for Failure {
    fn from(refusal: Rejection) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StateError> for Failure {
    fn from(error: StateError) -> Self {
        Self::State(error)
    }
}

impl From<descope::Error> for Failure {
    fn from(error: descope::Error) -> Self {
        Self::Descope(error)
    }
}

impl From<InvalidRequest> for Failure {
    fn from(error: InvalidRequest) -> Self {
        Self::Settings(error)
    }
}

#[tokio::main(flavor = "current_thread")]
#[allow(dead_code, reason = "the test of this example starts the application by itself")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let project = std::env::var("DESCOPE_PROJECT_ID")
        .map_err(|_| "set DESCOPE_PROJECT_ID to the ID of your project")?;
    let descope = descope::Client::builder(project).build()?;
    let sessions = descope.sessions().build();
    sessions.load_keys().await?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    println!("open http://localhost:3000/login");
    axum::serve(listener, app(descope, sessions, "http://localhost:3000")).await?;
    Ok(())
}
