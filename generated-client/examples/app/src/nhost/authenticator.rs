//! Setting up an authenticator app.

use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Router, routing::post};
use generated_client::nhost::mfa::MfaType;
use serde::{Deserialize, Serialize};

use super::{App, Session};
use crate::failure::{Failure, nhost_words};
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
    image: String,
    key: String,
}

/// Shows the key as a picture.
async fn begin(State(app): State<App>, session: Session, step: Step) -> Result<Response, Failure> {
    let made = app.nhost.with_access_token(session.token).mfa().generate_totp().send().await?;
    let new = NewKey { image: made.image_url.into_inner(), key: made.totp_secret.into_inner() };
    step.leave(STEP, &new).await?;
    Ok(page(&new, None))
}

/// The first code shows that the app has the key.
async fn check(
    State(app): State<App>,
    session: Session,
    step: Step,
    Form(form): Form<Typed>,
) -> Result<Response, Failure> {
    let new: NewKey = step.look(STEP).await?;
    let nhost = app.nhost.with_access_token(session.token);
    match nhost.mfa().update(form.code.trim()).active_mfa_type(MfaType::Totp).send().await {
        Ok(_) => {
            step.take::<NewKey>(STEP).await?;
            Ok(Redirect::to("/account").into_response())
        }
        Err(error) if error.is_wrong_code() => Ok(page(&new, Some(nhost_words(&error)))),
        Err(error) => Err(error.into()),
    }
}

fn page(new: &NewKey, failure: Option<&str>) -> Response {
    FormPage::new("Set up an authenticator app", "/authenticator/check", "Go on")
        .text("Scan the picture with the app. Then type the code that it shows.")
        .picture(&new.image, &new.key)
        .code()
        .failure(failure)
        .into_response()
}
