//! The user's own page, the page for administrators, and the end of a session.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Router, routing::get, routing::post};
use generated_client::descope::User;
use generated_client::descope::session::{SessionHistoryEntry, SessionHistoryResponse};
use generated_client::sessions::Forbidden;
use generated_client::sessions::descope::{Claims, Sessions};
use generated_client::sessions::web::{Authorized, Rule};

use super::{App, Authentication, Session};
use crate::failure::Failure;
use crate::pages::{self, AccountPage, AdminPage, html};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/account", get(account))
        .route("/admin", get(admin))
        .route("/sign-out", post(sign_out))
        .route("/sign-out-everywhere", post(sign_out_everywhere))
}

/// The service knows the user; the claims of the session say what the user may do.
async fn account(
    State(app): State<App>,
    authentication: Authentication,
    session: Session,
) -> Result<Response, Failure> {
    let descope = app.descope.with_refresh_token(authentication.refresh_token().await?);
    let user = descope.session().me().send().await?;
    let history = descope.session().me_history().send().await?;
    let tenants = user.user_tenants.iter().map(|tenant| {
        (tenant.tenant_name.clone().unwrap_or_else(|| tenant.tenant_id.clone()), tenant.role_names.join(", "))
    });
    Ok(html(&AccountPage {
        name: user.name.clone().unwrap_or_else(|| login_id(&user)),
        email: user.email.clone().unwrap_or_default(),
        facts: facts(&session),
        roles: session.project().roles().to_vec(),
        tenants: tenants.collect(),
        history: sign_ins(history),
    }))
}

struct Admin;

impl Rule<Claims> for Admin {
    fn check(claims: &Claims) -> Result<(), Forbidden> {
        claims.require_role("admin")
    }
}

async fn admin(user: Authorized<Sessions, Admin>) -> Response {
    html(&AdminPage { user: user.subject() })
}

/// Ends the session of this browser.
async fn sign_out(authentication: Authentication) -> Result<Response, Failure> {
    authentication.sign_out().await?;
    Ok(Redirect::to("/").into_response())
}

/// Ends all sessions of the user.
async fn sign_out_everywhere(
    State(app): State<App>,
    authentication: Authentication,
) -> Result<Response, Failure> {
    let descope = app.descope.with_refresh_token(authentication.refresh_token().await?);
    descope.session().logout_all().send().await?;
    sign_out(authentication).await
}

/// By what the user signs in: an email address, in this application.
pub(super) fn login_id(user: &User) -> String {
    user.login_ids.first().unwrap_or(&user.user_id).clone()
}

fn facts(session: &Session) -> Vec<(&'static str, String)> {
    vec![
        ("ID", session.subject().to_owned()),
        ("Signed in by", session.methods().join(", ")),
        ("Second factor", if session.is_multi_factor() { "checked" } else { "not asked for" }.to_owned()),
    ]
}

fn sign_ins(history: SessionHistoryResponse) -> Vec<(String, String)> {
    let entries: Vec<SessionHistoryEntry> = match history {
        SessionHistoryResponse::Array(entries) => entries,
        SessionHistoryResponse::SessionHistory(history) => history.auth_history,
        _ => Vec::new(),
    };
    let place =
        |entry: &SessionHistoryEntry| entry.city.clone().or_else(|| entry.ip.clone()).unwrap_or_default();
    entries.iter().map(|entry| (pages::date(entry.login_time), place(entry))).collect()
}
