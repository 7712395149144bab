//! Signing in by a link that is sent by email, and opened in the same browser.

use axum::extract::{Form, Query, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::get};
use generated_client::redirects::SignInState;
use serde::Deserialize;

use super::redirect::{arrive, cookie};
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

/// Sends the link. The state ties it to this browser: whoever got a visitor to open their own link would see what the
/// visitor does in their account.
async fn send(State(app): State<App>, Form(form): Form<Address>) -> Result<Response, Failure> {
    let state = SignInState::new("/account")?;
    let link = state.add_to(&app.site.url("/magic-link/open"))?;
    match app.descope.magic_link().sign_up_or_in_email(&form.email).redirect_url(link).send().await {
        Ok(_) => {
            let text = "Open the link in our message, in this browser.";
            let page = MessagePage { title: "Look into your mailbox", text, is_failure: false };
            Ok((cookie(state.set_cookie()), page.html()).into_response())
        }
        Err(error) => Ok(page(&form.email, Some(descope_words(&error)))),
    }
}

/// The user has opened the link. The state is checked first. The token works once, so it leaves the address bar at
/// once, too.
async fn open(
    State(app): State<App>,
    authentication: Authentication,
    headers: HeaderMap,
    Query(link): Query<Link>,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let landing = SignInState::finish(&headers, &query.unwrap_or_default())?;
    let session = app.descope.magic_link().verify(link.t).send().await.map_err(Failure::of_link)?;
    authentication.sign_in(&session).await?;
    arrive(&landing)
}

fn page(email: &str, failure: Option<&str>) -> Response {
    FormPage::new("Sign in by a link", "/magic-link", "Send the link")
        .email(email)
        .failure(failure)
        .into_response()
}
