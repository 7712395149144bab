//! Setting up an authenticator app.

use axum::extract::{Form, State};
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::post};
use generated_client::Secret;
use generated_client::descope::totp::TotpResponse;
use serde::{Deserialize, Serialize};

use super::account::login_id;
use super::{App, Authentication, signed_in};
use crate::failure::{Failure, descope_words};
use crate::pages::FormPage;
use crate::step::Step;

const STEP: &str = "authenticator app";

pub(super) fn routes() -> Router<App> {
    Router::new().route("/authenticator", post(begin)).route("/authenticator/check", post(check))
}

#[derive(Deserialize)]
struct Typed {
    code: String,
}

/// The key that the app has to know, until it has shown that it does.
#[derive(Serialize, Deserialize)]
struct NewKey {
    login_id: String,
    image: String,
    key: String,
}

/// Shows the key as a picture.
async fn begin(
    State(app): State<App>,
    authentication: Authentication,
    step: Step,
) -> Result<Response, Failure> {
    let descope = app.descope.with_refresh_token(authentication.refresh_token().await?);
    let login_id = login_id(&descope.session().me().send().await?);
    let TotpResponse { image, key, .. } = descope.totp().update(&login_id).send().await?;
    let new = NewKey { login_id, image: image.into_inner(), key: key.into_inner() };
    step.leave(STEP, &new).await?;
    Ok(page(&new, None))
}

/// The first code shows that the app has the key.
async fn check(
    State(app): State<App>,
    authentication: Authentication,
    step: Step,
    Form(form): Form<Typed>,
) -> Result<Response, Failure> {
    let new: NewKey = step.look(STEP).await?;
    let code = Secret::from(form.code.trim());
    match app.descope.totp().verify(&new.login_id, code).send().await {
        Ok(session) => {
            step.take::<NewKey>(STEP).await?;
            signed_in(&authentication, &session).await
        }
        Err(error) if error.is_wrong_code() => Ok(page(&new, Some(descope_words(&error)))),
        Err(error) => Err(error.into()),
    }
}

fn page(new: &NewKey, failure: Option<&str>) -> Response {
    FormPage::new("Set up an authenticator app", "/authenticator/check", "Go on")
        .text("Scan the picture with the app. Then type the code that it shows.")
        .picture(&format!("data:image/png;base64,{}", new.image), &new.key)
        .code()
        .failure(failure)
        .into_response()
}
