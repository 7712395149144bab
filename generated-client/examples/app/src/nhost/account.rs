//! The user's own page, the page for administrators, and the end of a session.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Router, routing::get, routing::post};
use generated_client::sessions::Forbidden;
use generated_client::sessions::nhost::{Claims, Sessions};
use generated_client::sessions::web::{Authorized, Rule};

use super::{App, Authentication, Session};
use crate::failure::Failure;
use crate::pages::{AccountPage, AdminPage, html};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/account", get(account))
        .route("/admin", get(admin))
        .route("/sign-out", post(sign_out))
        .route("/sign-out-everywhere", post(sign_out_everywhere))
}

/// The service knows the user; the claims of the session say what the user may do.
async fn account(State(app): State<App>, session: Session) -> Result<Response, Failure> {
    let user = app.nhost.with_access_token(session.token.clone()).user().get().send().await?;
    let verified = if user.email_verified { "verified" } else { "not verified" };
    Ok(html(&AccountPage {
        name: user.display_name,
        email: user.email.unwrap_or_default(),
        facts: vec![
            ("ID", user.id),
            ("Since", user.created_at.to_string()),
            ("Address", verified.to_owned()),
        ],
        roles: session.allowed_roles().to_vec(),
        // Nhost Auth keeps neither.
        tenants: Vec::new(),
        history: Vec::new(),
    }))
}

struct Admin;

impl Rule<Claims> for Admin {
    fn check(claims: &Claims) -> Result<(), Forbidden> {
        claims.require_role("admin")
    }
}

async fn admin(user: Authorized<Sessions, Admin>) -> Response {
    html(&AdminPage { user: user.user_id() })
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
    let session = authentication.session().await?;
    app.nhost.with_access_token(session.token).token().sign_out().all(true).send().await?;
    sign_out(authentication).await
}
