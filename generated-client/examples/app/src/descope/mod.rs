//! The application with Descope.

mod account;
mod authenticator;
mod enchanted_link;
mod magic_link;
mod one_time_code;
mod passkey;
mod password;
mod redirect;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use generated_client::descope::{Client, JwtResponse};
use generated_client::sessions::descope::Sessions;
use generated_client::sessions::web::{self, SessionLayer};
use std::sync::Arc;

use crate::failure::Failure;
use crate::pages::{HomePage, Way, html};
use crate::site::Site;

type Authentication = web::Authentication<Sessions>;
type Session = web::Session<Sessions>;

/// What the pages need.
#[derive(Clone)]
struct App {
    descope: Client,
    site: Arc<Site>,
}

const WAYS: &[Way] = &[
    Way { href: "/code", name: "One-time code", note: "by email" },
    Way { href: "/magic-link", name: "Magic link", note: "by email, opened in this browser" },
    Way { href: "/enchanted-link", name: "Enchanted link", note: "by email, opened anywhere" },
    Way { href: "/password", name: "Password", note: "with an authenticator app, if you have set one up" },
    Way { href: "/sign-up", name: "Sign up", note: "with a password" },
    Way { href: "/passkey", name: "Passkey", note: "of this device" },
    Way { href: "/social/google", name: "Google", note: "" },
    Way { href: "/social/github", name: "GitHub", note: "" },
    Way { href: "/sso", name: "Single sign-on", note: "of your organization" },
];

/// The pages. The project has to accept redirect URLs that begin with the origin of the site.
pub fn router(descope: Client, sessions: Sessions, site: Site) -> Router {
    let site = Arc::new(site);
    let pages = Router::new()
        .route("/", get(home))
        .merge(account::routes())
        .merge(authenticator::routes())
        .merge(enchanted_link::routes())
        .merge(magic_link::routes())
        .merge(one_time_code::routes())
        .merge(passkey::routes())
        .merge(password::routes())
        .merge(redirect::routes())
        .layer(SessionLayer::new(sessions))
        .with_state(App { descope, site: site.clone() });
    site.router(pages)
}

async fn home(State(app): State<App>, user: Option<Session>) -> Response {
    let user = user.map(|user| user.subject().to_owned());
    let has_outbox = app.site.outbox.is_some();
    html(&HomePage { service: "Descope", user: user.as_deref(), ways: WAYS, has_outbox })
}

/// Keeps the session in cookies, and shows the account.
async fn signed_in(authentication: &Authentication, session: &JwtResponse) -> Result<Response, Failure> {
    authentication.sign_in(session).await?;
    Ok(Redirect::to("/account").into_response())
}
