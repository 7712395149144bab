//! Signing up and in by a password, with a code of the authenticator app where the user has set one up.

use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Router, routing::get, routing::post};
use generated_client::Secret;
use generated_client::descope::{LoginOptions, SignUpUser};
use serde::{Deserialize, Serialize};

use super::{App, Authentication, signed_in};
use crate::failure::{Failure, descope_words};
use crate::pages::FormPage;
use crate::step::Step;

const STEP: &str = "second factor";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/sign-up", get(ask_new).post(sign_up))
        .route("/password", get(ask).post(sign_in))
        .route("/second-factor", get(ask_code))
        .route("/second-factor/check", post(check_code))
}

#[derive(Deserialize)]
struct Typed {
    email: String,
    password: Secret,
}

#[derive(Deserialize)]
struct TypedCode {
    code: String,
}

/// What the password has brought. The session isn't the browser's before the second factor is checked, too.
#[derive(Serialize, Deserialize)]
struct FirstFactor {
    email: String,
    refresh_token: String,
}

async fn ask_new() -> Response {
    sign_up_page("", None)
}

async fn sign_up(
    State(app): State<App>,
    authentication: Authentication,
    Form(form): Form<Typed>,
) -> Result<Response, Failure> {
    let user = SignUpUser::default().email(&form.email);
    match app.descope.password().sign_up(&form.email, form.password).user(user).send().await {
        Ok(session) => signed_in(&authentication, &session).await,
        Err(error) => Ok(sign_up_page(&form.email, Some(descope_words(&error)))),
    }
}

async fn ask() -> Response {
    sign_in_page("", None)
}

async fn sign_in(
    State(app): State<App>,
    authentication: Authentication,
    step: Step,
    Form(form): Form<Typed>,
) -> Result<Response, Failure> {
    let session = match app.descope.password().sign_in(&form.email, form.password).send().await {
        Ok(session) => session,
        Err(error) => return Ok(sign_in_page(&form.email, Some(descope_words(&error)))),
    };
    if session.user.as_ref().and_then(|user| user.totp) == Some(true) {
        let refresh_token = session.refresh_jwt.into_inner();
        step.leave(STEP, FirstFactor { email: form.email, refresh_token }).await?;
        return Ok(Redirect::to("/second-factor").into_response());
    }
    signed_in(&authentication, &session).await
}

async fn ask_code() -> Response {
    code_page(None)
}

async fn check_code(
    State(app): State<App>,
    authentication: Authentication,
    step: Step,
    Form(form): Form<TypedCode>,
) -> Result<Response, Failure> {
    let first: FirstFactor = step.look(STEP).await?;
    let descope = app.descope.with_refresh_token(first.refresh_token);
    let options = LoginOptions::default().mfa(true);
    match descope.totp().verify(first.email, form.code.trim()).login_options(options).send().await {
        Ok(session) => {
            step.take::<FirstFactor>(STEP).await?;
            signed_in(&authentication, &session).await
        }
        Err(error) if error.is_wrong_code() => Ok(code_page(Some(descope_words(&error)))),
        Err(error) => Err(error.into()),
    }
}

fn sign_up_page(email: &str, failure: Option<&str>) -> Response {
    FormPage::new("Sign up", "/sign-up", "Sign up")
        .email(email)
        .password("new-password")
        .failure(failure)
        .into_response()
}

fn sign_in_page(email: &str, failure: Option<&str>) -> Response {
    FormPage::new("Sign in by password", "/password", "Sign in")
        .email(email)
        .password("current-password")
        .failure(failure)
        .into_response()
}

fn code_page(failure: Option<&str>) -> Response {
    FormPage::new("Second step", "/second-factor/check", "Sign in")
        .text("Type the code that your authenticator app shows.")
        .code()
        .failure(failure)
        .into_response()
}
