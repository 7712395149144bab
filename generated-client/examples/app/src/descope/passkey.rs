//! Passkeys. The browser's part is in `assets/passkey.js`.

use axum::extract::State;
use axum::response::Response;
use axum::{Json, Router, routing::get, routing::post};
use generated_client::JsonText;
use generated_client::descope::WebauthnOptions;
use generated_client::descope::webauthn::WebauthnCredential;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::account::login_id;
use super::{App, Authentication};
use crate::failure::{JsonBody, JsonFailure};
use crate::pages::{PasskeyPage, html};
use crate::step::Step;

const STEP: &str = "passkey";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/passkey", get(page))
        .route("/passkey/sign-in/start", post(start_sign_in))
        .route("/passkey/sign-in/finish", post(finish))
        .route("/passkey/sign-up/start", post(start_sign_up))
        .route("/passkey/sign-up/finish", post(finish))
        .route("/passkey/add/start", post(start_to_add))
        .route("/passkey/add/finish", post(finish_to_add))
}

#[derive(Deserialize)]
struct Address {
    email: String,
}

/// What the browser has been asked for.
#[derive(Serialize, Deserialize)]
struct Started {
    transaction: String,
    creates: bool,
}

async fn page() -> Response {
    html(&PasskeyPage)
}

/// Without a login ID, the passkey that the user chooses says who they are.
async fn start_sign_in(State(app): State<App>, step: Step) -> Result<Json<Value>, JsonFailure> {
    let started = app.descope.webauthn().sign_in_start(&app.site.origin).send().await?;
    ask_browser(&step, started.transaction_id, started.options, false).await
}

async fn start_sign_up(
    State(app): State<App>,
    step: Step,
    JsonBody(form): JsonBody<Address>,
) -> Result<Json<Value>, JsonFailure> {
    let started = app.descope.webauthn().sign_up_start(form.email, &app.site.origin).send().await?;
    ask_browser(&step, started.transaction_id, started.options, true).await
}

async fn finish(
    State(app): State<App>,
    authentication: Authentication,
    step: Step,
    JsonBody(credential): JsonBody<WebauthnCredential>,
) -> Result<Json<Value>, JsonFailure> {
    let started: Started = step.take(STEP).await?;
    let credential = JsonText::from(&credential);
    let session = if started.creates {
        app.descope.webauthn().sign_up_finish(started.transaction, credential).send().await?
    } else {
        app.descope.webauthn().sign_in_finish(started.transaction, credential).send().await?
    };
    authentication.sign_in(&session).await?;
    Ok(Json(json!({})))
}

/// A further passkey for the user who is signed in.
async fn start_to_add(
    State(app): State<App>,
    authentication: Authentication,
    step: Step,
) -> Result<Json<Value>, JsonFailure> {
    let descope = app.descope.with_refresh_token(authentication.refresh_token().await?);
    let login_id = login_id(&descope.session().me().send().await?);
    let started = descope.webauthn().update_start(login_id, &app.site.origin).send().await?;
    ask_browser(&step, started.transaction_id, started.options, true).await
}

async fn finish_to_add(
    State(app): State<App>,
    step: Step,
    JsonBody(credential): JsonBody<WebauthnCredential>,
) -> Result<Json<Value>, JsonFailure> {
    let started: Started = step.take(STEP).await?;
    app.descope.webauthn().update_finish(started.transaction, JsonText::from(&credential)).send().await?;
    Ok(Json(json!({})))
}

async fn ask_browser(
    step: &Step,
    transaction: String,
    options: JsonText<WebauthnOptions>,
    creates: bool,
) -> Result<Json<Value>, JsonFailure> {
    step.leave(STEP, Started { transaction, creates }).await?;
    let options: Value =
        serde_json::from_str(options.as_str()).map_err(|_| crate::failure::Failure::expired())?;
    Ok(Json(json!({ "create": creates, "options": options["publicKey"] })))
}
