//! Signing in by a code that is sent by email.

use axum::extract::{Form, State};
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::get, routing::post};
use serde::Deserialize;

use super::{App, Authentication, signed_in};
use crate::failure::{Failure, nhost_words};
use crate::pages::FormPage;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/code", get(ask).post(send)).route("/code/check", post(check))
}

#[derive(Deserialize)]
struct Address {
    email: String,
}

#[derive(Deserialize)]
struct Typed {
    email: String,
    code: String,
}

async fn ask() -> Response {
    address_page("", None)
}

/// Sends the code.
async fn send(State(app): State<App>, Form(form): Form<Address>) -> Response {
    match app.nhost.signin().otp_email(&form.email).send().await {
        Ok(_) => code_page(&form.email, None),
        Err(error) => address_page(&form.email, Some(nhost_words(&error))),
    }
}

/// Trades the code for a session. After a wrong one, the user may try again.
async fn check(
    State(app): State<App>,
    authentication: Authentication,
    Form(form): Form<Typed>,
) -> Result<Response, Failure> {
    match app.nhost.signin().otp_email_verify(&form.email, form.code.trim()).send().await {
        Ok(signed) => signed_in(&authentication, &signed.session).await,
        Err(error) if error.is_wrong_code() => Ok(code_page(&form.email, Some(nhost_words(&error)))),
        Err(error) => Ok(address_page(&form.email, Some(nhost_words(&error)))),
    }
}

fn address_page(email: &str, failure: Option<&str>) -> Response {
    FormPage::new("Sign in by a code", "/code", "Send the code").email(email).failure(failure).into_response()
}

fn code_page(email: &str, failure: Option<&str>) -> Response {
    FormPage::new("Type the code", "/code/check", "Sign in")
        .text("We have sent a code to you.")
        .hidden("email", email)
        .code()
        .failure(failure)
        .into_response()
}
