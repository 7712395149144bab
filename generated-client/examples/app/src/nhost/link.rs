//! Signing in by a link that is sent by email, and opened in the same browser.

use axum::extract::{Form, State};
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::get};
use generated_client::nhost::SignUpOptions;
use generated_client::redirects::Pkce;
use serde::Deserialize;

use super::App;
use super::redirect::PKCE;
use crate::failure::{Failure, nhost_words};
use crate::pages::{FormPage, MessagePage};
use crate::step::Step;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/link", get(ask).post(send))
}

#[derive(Deserialize)]
struct Address {
    email: String,
}

async fn ask() -> Response {
    page("", None)
}

/// Sends the link. It leads to the callback with a code, which nobody but the holder of the verifier can trade.
async fn send(State(app): State<App>, step: Step, Form(form): Form<Address>) -> Result<Response, Failure> {
    let pkce = Pkce::new()?;
    let options = SignUpOptions::default().redirect_to(app.site.url("/callback"));
    let call = app.nhost.signin().passwordless_email(&form.email).options(options);
    match call.code_challenge(pkce.challenge).send().await {
        Ok(_) => {
            step.leave(PKCE, pkce.verifier.expose()).await?;
            let text = "Open the link in our message, in this browser.";
            Ok(MessagePage { title: "Look into your mailbox", text, is_failure: false }.html())
        }
        Err(error) => Ok(page(&form.email, Some(nhost_words(&error)))),
    }
}

fn page(email: &str, failure: Option<&str>) -> Response {
    FormPage::new("Sign in by a link", "/link", "Send the link").email(email).failure(failure).into_response()
}
