//! Signing in by a link that may be opened on another device, while this browser waits.

use axum::extract::{Form, Query, State};
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::get};
use serde::{Deserialize, Serialize};

use super::{App, Authentication, signed_in};
use crate::failure::{Failure, descope_words};
use crate::pages::{FormPage, MessagePage, WaitPage, html};
use crate::step::Step;

const STEP: &str = "enchanted link";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/enchanted-link", get(ask).post(send))
        .route("/enchanted-link/wait", get(wait))
        .route("/enchanted-link/open", get(open))
}

#[derive(Deserialize)]
struct Address {
    email: String,
}

/// What the service adds to the URLs in the message.
#[derive(Deserialize)]
struct Link {
    t: String,
}

/// A link that hasn't been opened yet. Whoever has the reference gets the session, so it stays on the server.
#[derive(Serialize, Deserialize)]
struct Pending {
    reference: String,
    number: String,
    email: String,
}

async fn ask() -> Response {
    page("", None)
}

/// Sends a message with several links, of which the one with this number is the right one.
async fn send(State(app): State<App>, step: Step, Form(form): Form<Address>) -> Result<Response, Failure> {
    let link = app.site.url("/enchanted-link/open");
    let started =
        app.descope.enchanted_link().sign_up_or_in_email(&form.email).redirect_url(link).send().await;
    let started = match started {
        Ok(started) => started,
        Err(error) => return Ok(page(&form.email, Some(descope_words(&error)))),
    };
    let reference = started.pending_ref.into_inner();
    let pending = Pending { reference, number: started.link_id, email: form.email };
    step.leave(STEP, &pending).await?;
    Ok(wait_page(&pending))
}

/// Asks whether the link has been opened. The page comes back every two seconds.
async fn wait(
    State(app): State<App>,
    authentication: Authentication,
    step: Step,
) -> Result<Response, Failure> {
    let pending: Pending = step.look(STEP).await?;
    match app.descope.enchanted_link().pending_session(&*pending.reference).send().await {
        Ok(session) => {
            step.take::<Pending>(STEP).await?;
            signed_in(&authentication, &session).await
        }
        Err(error) if error.is_pending() => Ok(wait_page(&pending)),
        Err(error) => Err(error.into()),
    }
}

/// The user has opened a link: the browser that waits is signed in, not this one.
async fn open(State(app): State<App>, Query(link): Query<Link>) -> Result<Response, Failure> {
    app.descope.enchanted_link().verify(link.t).send().await.map_err(Failure::of_link)?;
    let text = "Go back to the page where you began. You may close this one.";
    Ok(MessagePage { title: "Thank you", text, is_failure: false }.html())
}

fn page(email: &str, failure: Option<&str>) -> Response {
    FormPage::new("Sign in by an enchanted link", "/enchanted-link", "Send the link")
        .email(email)
        .failure(failure)
        .into_response()
}

fn wait_page(pending: &Pending) -> Response {
    html(&WaitPage { number: &pending.number, address: &pending.email })
}
