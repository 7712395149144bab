//! Passkeys. The browser's part is in `assets/passkey.js`.

use axum::extract::State;
use axum::response::Response;
use axum::{Json, Router, routing::get, routing::post};
use generated_client::nhost::{CredentialAssertionResponse, CredentialCreationResponse, SignUpOptions};
use generated_client::redirects::Pkce;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::redirect::PKCE;
use super::{App, Authentication};
use crate::failure::{Failure, JsonBody, JsonFailure};
use crate::pages::{PasskeyPage, html};
use crate::step::Step;

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
    let to = SignUpOptions::default().redirect_to(app.site.url("/callback"));
    let options = app.nhost.signup().webauthn(form.email).options(to).send().await?;
    ask_browser(true, &options)
}

/// Where email addresses have to be verified, the service sends a link, which leads to the callback with a code.
async fn sign_up(
    State(app): State<App>,
    authentication: Authentication,
    step: Step,
    JsonBody(credential): JsonBody<CredentialCreationResponse>,
) -> Result<Json<Value>, JsonFailure> {
    let pkce = Pkce::new()?;
    let call = app.nhost.signup().webauthn_verify(credential).code_challenge(pkce.challenge);
    match call.send().await?.session {
        Some(session) => {
            authentication.sign_in(&session).await?;
            Ok(Json(json!({})))
        }
        None => {
            step.leave(PKCE, pkce.verifier.expose()).await?;
            Ok(Json(json!({ "next": "/verify-first" })))
        }
    }
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
