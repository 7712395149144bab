//! The application with Nhost Auth.

mod account;
mod authenticator;
mod link;
mod one_time_code;
mod passkey;
mod password;
mod redirect;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use generated_client::nhost::{self, Client, RedirectOutcome, SignInRedirect};
use generated_client::sessions::nhost::Sessions;
use generated_client::sessions::web::{self, SessionLayer};
use std::sync::Arc;

use crate::failure::Failure;
use crate::pages::{HomePage, MessagePage, Way, html};
use crate::site::Site;

type Authentication = web::Authentication<Sessions>;
type Session = web::Session<Sessions>;

/// What the pages need.
#[derive(Clone)]
struct App {
    nhost: Client,
    site: Arc<Site>,
}

const WAYS: &[Way] = &[
    Way { href: "/code", name: "One-time code", note: "by email" },
    Way { href: "/link", name: "Link", note: "by email, opened in this browser" },
    Way { href: "/password", name: "Password", note: "with an authenticator app, if you have set one up" },
    Way { href: "/sign-up", name: "Sign up", note: "with a password" },
    Way { href: "/passkey", name: "Passkey", note: "of this device" },
    Way { href: "/social/github", name: "GitHub", note: "" },
    Way { href: "/social/google", name: "Google", note: "" },
];

/// The pages. The project has to accept redirect URLs that begin with the origin of the site.
pub fn router(nhost: Client, sessions: Sessions, site: Site) -> Router {
    let site = Arc::new(site);
    let pages = Router::new()
        .route("/", get(home))
        .route("/verify-first", get(verify_first))
        .merge(account::routes())
        .merge(authenticator::routes())
        .merge(link::routes())
        .merge(one_time_code::routes())
        .merge(passkey::routes())
        .merge(password::routes())
        .merge(redirect::routes())
        .layer(SessionLayer::new(sessions))
        .with_state(App { nhost, site: site.clone() });
    site.router(pages)
}

/// The browser comes here, too, where the sign-in at a provider failed.
async fn home(
    State(app): State<App>,
    user: Option<Session>,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    if let RedirectOutcome::Failed(_) = SignInRedirect::from_query(&query.unwrap_or_default()).outcome {
        return Err(Failure::not_signed_in());
    }
    let user = user.map(|user| user.user_id().to_owned());
    let has_outbox = app.site.outbox.is_some();
    Ok(html(&HomePage { service: "Nhost Auth", user: user.as_deref(), ways: WAYS, has_outbox }))
}

/// Keeps the session in cookies, and shows the account.
async fn signed_in(authentication: &Authentication, session: &nhost::Session) -> Result<Response, Failure> {
    authentication.sign_in(session).await?;
    Ok(Redirect::to("/account").into_response())
}

/// The account is there, and the session comes when the email address is verified.
async fn verify_first() -> Response {
    let text = "Open the link in our message, in this browser.";
    MessagePage { title: "Look into your mailbox", text, is_failure: false }.html()
}
