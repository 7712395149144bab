//! What all routes have in common: headers, files, and pages for what the layers refuse.

use axum::Router;
use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use std::sync::Arc;
use tower_sessions::cookie::SameSite;
use tower_sessions::{MemoryStore, SessionManagerLayer};

use crate::failure::Failure;

/// Pages run no script but those of this site. Forms lead to the pages of identity providers, too, so there is no `form-action`.
const POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src data:; \
    frame-ancestors 'none'; base-uri 'none'";

/// Where the application is.
#[derive(Clone, Debug)]
pub struct Site {
    /// Its origin, as the browser sees it: `https://app.example.com`.
    pub origin: String,
    /// The page that shows the messages of a fake service, which nobody gets by email.
    pub outbox: Option<String>,
}

impl Site {
    /// The URL of one of its pages.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// The pages, with what goes around them.
    pub(crate) fn router(self: Arc<Self>, pages: Router) -> Router {
        // What a sign-in has to remember between two pages. Several processes need a store that they share.
        let steps = SessionManagerLayer::new(MemoryStore::default())
            .with_name("__Host-step")
            .with_same_site(SameSite::Lax);
        pages
            .layer(steps)
            .route("/style.css", get(|| file("text/css", include_str!("../assets/style.css"))))
            .route("/passkey.js", get(|| file("text/javascript", include_str!("../assets/passkey.js"))))
            .route("/outbox", get(move || outbox(self)))
            .fallback(|| async { Failure::new(StatusCode::NOT_FOUND, "There is no such page.") })
            .layer(middleware::from_fn(finish))
            .layer(middleware::from_fn(same_origin))
    }
}

async fn file(kind: &'static str, text: &'static str) -> impl IntoResponse {
    ([(CONTENT_TYPE, kind)], text)
}

async fn outbox(site: Arc<Site>) -> Response {
    match &site.outbox {
        Some(url) => Redirect::to(url).into_response(),
        None => Failure::new(StatusCode::NOT_FOUND, "The messages went to your own mailbox.").into_response(),
    }
}

/// Nobody but this site sends its forms: another one could sign a visitor in to an account of its own.
async fn same_origin(request: Request, next: Next) -> Response {
    if request.method() == Method::POST && !is_from_here(request.headers()) {
        return Failure::new(StatusCode::FORBIDDEN, "This form belongs to another site.").into_response();
    }
    next.run(request).await
}

fn is_from_here(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site == "same-origin" || site == "none")
}

/// Gives people a page where a layer or an extractor refuses a request without one, and sets the headers of all pages.
async fn finish(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if response.status().as_u16() >= 400 && !response.headers().contains_key(CONTENT_TYPE) {
        let page = Failure::of_status(response.status()).into_response();
        let (head, body) = page.into_parts();
        *response.body_mut() = body;
        response.headers_mut().extend(head.headers);
    }
    let headers: [(HeaderName, &'static str); 3] = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
    ];
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response.headers_mut().entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
