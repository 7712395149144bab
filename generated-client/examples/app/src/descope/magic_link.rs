//! Signing in by a link that is sent by email, and opened in the same browser.

use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::get};
use generated_client::descope::SignInRedirect;
use serde::Deserialize;

use super::{App, Authentication};
use crate::failure::{Failure, descope_words};
use crate::pages::{FormPage, MessagePage};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/magic-link", get(ask).post(send)).route("/magic-link/open", get(open))
}

#[derive(Deserialize)]
struct Address {
    email: String,
}

/// What the service adds to the URL in the message.
#[derive(Deserialize)]
struct Link {
    t: String,
}

async fn ask() -> Response {
    page("", None)
}

async fn send(State(app): State<App>, Form(form): Form<Address>) -> Response {
    let link = app.site.url("/magic-link/open");
    match app.descope.magic_link().sign_up_or_in_email(&form.email).redirect_url(link).send().await {
        Ok(_) => {
            let text = "Open the link in our message, in this browser.";
            MessagePage { title: "Look into your mailbox", text, is_failure: false }.html()
        }
        Err(error) => page(&form.email, Some(descope_words(&error))),
    }
}

/// The user has opened the link. Its token works once, so it leaves the address bar at once, too.
async fn open(
    State(app): State<App>,
    authentication: Authentication,
    Query(link): Query<Link>,
) -> Result<Response, Failure> {
    let session = app.descope.magic_link().verify(link.t).send().await.map_err(Failure::of_link)?;
    authentication.sign_in(&session).await?;
    Ok((StatusCode::SEE_OTHER, SignInRedirect::redirect_headers("/account")?).into_response())
}

fn page(email: &str, failure: Option<&str>) -> Response {
    FormPage::new("Sign in by a link", "/magic-link", "Send the link")
        .email(email)
        .failure(failure)
        .into_response()
}
