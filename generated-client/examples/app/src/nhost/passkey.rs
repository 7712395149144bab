//! Passkeys. The browser's part is in `assets/passkey.js`.

use axum::extract::State;
use axum::response::Response;
use axum::{Json, Router, routing::get, routing::post};
use generated_client::nhost::{CredentialAssertionResponse, CredentialCreationResponse};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{App, Authentication};
use crate::failure::{Failure, JsonBody, JsonFailure};
use crate::pages::{PasskeyPage, html};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/passkey", get(page))
        .route("/passkey/sign-in/start", post(start_sign_in))
        .route("/passkey/sign-in/finish", post(sign_in))
        .route("/passkey/sign-up/start", post(start_sign_up))
        .route("/passkey/sign-up/finish", post(sign_up))
        .route("/passkey/add/start", post(start_to_add))
        .route("/passkey/add/finish", post(add))
}

#[derive(Deserialize)]
struct Address {
    email: String,
}

async fn page() -> Response {
    html(&PasskeyPage)
}

/// Without an email address, the passkey that the user chooses says who they are.
async fn start_sign_in(State(app): State<App>) -> Result<Json<Value>, JsonFailure> {
    let options = app.nhost.signin().webauthn().send().await?;
    ask_browser(false, &options)
}

async fn sign_in(
    State(app): State<App>,
    authentication: Authentication,
    JsonBody(credential): JsonBody<CredentialAssertionResponse>,
) -> Result<Json<Value>, JsonFailure> {
    let signed = app.nhost.signin().webauthn_verify(credential).send().await?;
    authentication.sign_in(&signed.session).await?;
    Ok(Json(json!({})))
}

async fn start_sign_up(
    State(app): State<App>,
    JsonBody(form): JsonBody<Address>,
) -> Result<Json<Value>, JsonFailure> {
    let options = app.nhost.signup().webauthn(form.email).send().await?;
    ask_browser(true, &options)
}

async fn sign_up(
    State(app): State<App>,
    authentication: Authentication,
    JsonBody(credential): JsonBody<CredentialCreationResponse>,
) -> Result<Json<Value>, JsonFailure> {
    let response = app.nhost.signup().webauthn_verify(credential).send().await?;
    // Without a session, the user has to verify the email address first.
    if let Some(session) = response.session {
        authentication.sign_in(&session).await?;
    }
    Ok(Json(json!({})))
}

/// A further passkey for the user who is signed in.
async fn start_to_add(
    State(app): State<App>,
    authentication: Authentication,
) -> Result<Json<Value>, JsonFailure> {
    let session = authentication.session().await?;
    let options = app.nhost.with_access_token(session.token).security_key().add().send().await?;
    ask_browser(true, &options)
}

async fn add(
    State(app): State<App>,
    authentication: Authentication,
    JsonBody(credential): JsonBody<CredentialCreationResponse>,
) -> Result<Json<Value>, JsonFailure> {
    let session = authentication.session().await?;
    app.nhost.with_access_token(session.token).security_key().add_verify(credential).send().await?;
    Ok(Json(json!({})))
}

fn ask_browser(creates: bool, options: &impl Serialize) -> Result<Json<Value>, JsonFailure> {
    let options = serde_json::to_value(options).map_err(|_| Failure::expired())?;
    Ok(Json(json!({ "create": creates, "options": options })))
}
