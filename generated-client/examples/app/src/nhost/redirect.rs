//! Signing in at a provider: the browser goes there and comes back. Links in emails come back here, too.

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Router, routing::get};
use generated_client::nhost::{RedirectOutcome, SignInRedirect, TicketKind};
use generated_client::redirects::Pkce;

use super::{App, Authentication};
use crate::failure::Failure;
use crate::pages::MessagePage;
use crate::step::Step;

/// The verifier of the sign-in that this browser began.
pub(super) const PKCE: &str = "PKCE";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/social/{provider}", get(social))
        .route("/callback", get(callback))
        .route("/callback/refused", get(refused))
        .route("/verified", get(verified))
}

/// Sends the browser to the provider. What ties the callback to this browser is the verifier, which stays on the server.
async fn social(
    State(app): State<App>,
    Path(provider): Path<String>,
    step: Step,
) -> Result<Response, Failure> {
    let pkce = Pkce::new()?;
    step.leave(PKCE, pkce.verifier.expose()).await?;
    let call = app.nhost.signin().provider(provider).redirect_to(app.site.url("/callback"));
    let redirect = call.code_challenge(pkce.challenge).send().await?;
    Ok(Redirect::to(redirect.as_str()).into_response())
}

/// Trades the code for a session. It leaves the address bar at once, where a reload would use it again.
async fn callback(
    State(app): State<App>,
    authentication: Authentication,
    step: Step,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let back = SignInRedirect::from_query(&query.unwrap_or_default());
    match back.outcome {
        RedirectOutcome::Code(code) => {
            let verifier: String = match step.take(PKCE).await {
                Ok(verifier) => verifier,
                // The link was opened in another browser, which isn't signed in by it. The address is verified
                // nevertheless.
                Err(_) if back.ticket == Some(TicketKind::VerifyEmail) => return go_on("/verified"),
                Err(failure) => return Err(failure),
            };
            let signed = app.nhost.token().exchange(code, verifier).send().await?;
            authentication.sign_in(&signed.session).await?;
            go_on("/account")
        }
        // A refresh token in a URL may be anybody's: this application asks for codes alone.
        RedirectOutcome::SignedIn(_) => go_on("/callback/refused"),
        RedirectOutcome::NoSession => Ok(Redirect::to("/").into_response()),
        _ => Err(Failure::not_signed_in()),
    }
}

/// A page without the code or the token in its URL.
fn go_on(path: &str) -> Result<Response, Failure> {
    Ok((StatusCode::SEE_OTHER, SignInRedirect::redirect_headers(path)?).into_response())
}

async fn refused() -> Failure {
    Failure::expired()
}

async fn verified() -> Response {
    let text = "Your email address is verified. Please sign in.";
    MessagePage { title: "Thank you", text, is_failure: false }.html()
}
