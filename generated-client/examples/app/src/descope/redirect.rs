//! Signing in at a provider, or at the identity provider of an organization: the browser goes there and comes back.

use axum::extract::{Form, Path, RawQuery, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use axum::{Router, routing::get};
use generated_client::Secret;
use generated_client::descope::{RedirectOutcome, SignInRedirect};
use generated_client::redirects::SignInState;
use serde::Deserialize;

use super::{App, Authentication};
use crate::failure::{Failure, descope_words};
use crate::pages::FormPage;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/social/{provider}", get(social))
        .route("/callback/social", get(social_callback))
        .route("/sso", get(ask_tenant).post(sso))
        .route("/callback/sso", get(sso_callback))
}

#[derive(Deserialize)]
struct Tenant {
    tenant: String,
}

/// Sends the browser to the provider. The state ties the callback to this browser.
async fn social(State(app): State<App>, Path(provider): Path<String>) -> Result<Response, Failure> {
    let state = SignInState::new("/account")?;
    let back = state.add_to(&app.site.url("/callback/social"))?;
    let started = app.descope.oauth().authorize(provider).redirect_url(back).send().await?;
    Ok(leave(&state, &started.url))
}

async fn ask_tenant() -> Response {
    tenant_page("", None)
}

/// Sends the browser to the identity provider of the organization.
async fn sso(State(app): State<App>, Form(form): Form<Tenant>) -> Result<Response, Failure> {
    let state = SignInState::new("/account")?;
    let back = state.add_to(&app.site.url("/callback/sso"))?;
    match app.descope.sso().authorize(&form.tenant).redirect_url(back).send().await {
        Ok(started) => Ok(leave(&state, &started.url)),
        Err(error) => Ok(tenant_page(&form.tenant, Some(descope_words(&error)))),
    }
}

async fn social_callback(
    State(app): State<App>,
    authentication: Authentication,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let (code, landing) = came_back(&headers, query)?;
    authentication.sign_in(&app.descope.oauth().exchange(code).send().await?).await?;
    arrive(&landing)
}

async fn sso_callback(
    State(app): State<App>,
    authentication: Authentication,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let (code, landing) = came_back(&headers, query)?;
    authentication.sign_in(&app.descope.sso().exchange(code).send().await?).await?;
    arrive(&landing)
}

/// The code, and the page to go on with. The state is checked first: anybody can make a URL with a code.
fn came_back(headers: &HeaderMap, query: Option<String>) -> Result<(Secret, String), Failure> {
    let query = query.unwrap_or_default();
    let landing = SignInState::finish(headers, &query)?;
    match SignInRedirect::from_query(&query).outcome {
        RedirectOutcome::Code(code) => Ok((code, landing)),
        _ => Err(Failure::not_signed_in()),
    }
}

fn leave(state: &SignInState, url: &str) -> Response {
    (cookie(state.set_cookie()), Redirect::to(url)).into_response()
}

/// The code doesn't stay in the address bar, where a reload would use it again.
pub(super) fn arrive(landing: &str) -> Result<Response, Failure> {
    let headers = SignInRedirect::redirect_headers(landing)?;
    Ok((StatusCode::SEE_OTHER, cookie(SignInState::clear_cookie()), headers).into_response())
}

pub(super) fn cookie(value: HeaderValue) -> impl axum::response::IntoResponseParts {
    AppendHeaders([(SET_COOKIE, value)])
}

fn tenant_page(tenant: &str, failure: Option<&str>) -> Response {
    FormPage::new("Single sign-on", "/sso", "Go on").tenant(tenant).failure(failure).into_response()
}
