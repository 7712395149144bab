//! Signing up and in by a password, with a code of the authenticator app where the user has set one up.

use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Router, routing::get, routing::post};
use generated_client::Secret;
use generated_client::nhost::SignUpOptions;
use generated_client::nhost::signin::SignInResponse;
use generated_client::redirects::Pkce;
use serde::Deserialize;

use super::redirect::PKCE;
use super::{App, Authentication, signed_in};
use crate::failure::{Failure, nhost_words};
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

async fn ask_new() -> Response {
    sign_up_page("", None)
}

/// Where email addresses have to be verified, the service sends a link, which leads to the callback with a code.
async fn sign_up(
    State(app): State<App>,
    authentication: Authentication,
    step: Step,
    Form(form): Form<Typed>,
) -> Result<Response, Failure> {
    let pkce = Pkce::new()?;
    let options = SignUpOptions::default().redirect_to(app.site.url("/callback"));
    let call = app.nhost.signup().email_password(&form.email, form.password).options(options);
    match call.code_challenge(pkce.challenge).send().await {
        Ok(response) => match response.session {
            Some(session) => signed_in(&authentication, &session).await,
            None => {
                step.leave(PKCE, pkce.verifier.expose()).await?;
                Ok(Redirect::to("/verify-first").into_response())
            }
        },
        Err(error) => Ok(sign_up_page(&form.email, Some(nhost_words(&error)))),
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
    match app.nhost.signin().email_password(&form.email, form.password).send().await {
        Ok(SignInResponse::SignedIn(signed)) => signed_in(&authentication, &signed.session).await,
        Ok(SignInResponse::SecondFactorNeeded(needed)) => {
            step.leave(STEP, needed.mfa.ticket.expose()).await?;
            Ok(Redirect::to("/second-factor").into_response())
        }
        Ok(_) => Err(Failure::expired()),
        Err(error) => Ok(sign_in_page(&form.email, Some(nhost_words(&error)))),
    }
}

async fn ask_code() -> Response {
    FormPage::new("Second step", "/second-factor/check", "Sign in")
        .text("Type the code that your authenticator app shows.")
        .code()
        .into_response()
}

/// The ticket works once, whether the code is right or wrong.
async fn check_code(
    State(app): State<App>,
    authentication: Authentication,
    step: Step,
    Form(form): Form<TypedCode>,
) -> Result<Response, Failure> {
    let ticket: String = step.take(STEP).await?;
    match app.nhost.signin().mfa_totp(ticket, form.code.trim()).send().await {
        Ok(signed) => signed_in(&authentication, &signed.session).await,
        Err(error) => Ok(sign_in_page("", Some(nhost_words(&error)))),
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
