//! What all routes have in common: headers, files, and pages for what the layers refuse.

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
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

/// Whether axum has refused the request: the layers say nothing, and the extractors speak to programmers.
fn is_without_page(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE);
    kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"))
}

/// Gives people a page where a layer or an extractor refuses a request without one, and sets the headers of all pages.
async fn finish(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if response.status().as_u16() >= 400 && is_without_page(&response) {
        let page = Failure::of_status(response.status()).into_response();
        let (head, body) = page.into_parts();
        *response.body_mut() = body;
        response.headers_mut().extend(head.headers);
    }
    let headers: [(HeaderName, &'static str); 3] = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // With `no-referrer`, older browsers wouldn't say that the forms are those of this site.
        (REFERRER_POLICY, "same-origin"),
    ];
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response.headers_mut().entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::JsonBody;
    use axum::Form;
    use axum::body::{Body, to_bytes};
    use axum::routing::post;
    use std::collections::BTreeMap;
    use tower::ServiceExt;

    /// Status, media type and text of what the site gives back for a `POST`.
    async fn send(path: &str, media_type: &str, body: &'static str) -> (u16, String, String) {
        let site = Arc::new(Site { origin: "http://localhost:3000".to_owned(), outbox: None });
        let pages = Router::new()
            .route("/json", post(|_: JsonBody<BTreeMap<String, String>>| async {}))
            .route("/form", post(|_: Form<BTreeMap<String, u8>>| async {}));
        let request = Request::post(path).header(CONTENT_TYPE, media_type).body(Body::from(body)).unwrap();
        let response = site.router(pages).oneshot(request).await.unwrap();
        let media_type =
            response.headers().get(CONTENT_TYPE).map_or("", |kind| kind.to_str().unwrap()).to_owned();
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, media_type, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_body_that_cannot_be_read_is_refused_as_its_reader_expects() {
        let json = "application/json";
        assert_eq!(send("/json", json, r#"{"a":"b"}"#).await.0, 200);
        for (media_type, body, status) in
            [(json, "{", 400), (json, r#"{"a":1}"#, 422), ("text/plain", r#"{"a":"b"}"#, 415)]
        {
            let words = r#"{"words":"This can't be right. Please check what you typed."}"#;
            assert_eq!(send("/json", media_type, body).await, (status, json.to_owned(), words.to_owned()));
        }
        for (path, body, status, words) in [
            ("/form", "a=b", 422, "Please check what you typed."),
            ("/json/x", "", 404, "There is no such page."),
        ] {
            let (found, media_type, page) = send(path, "application/x-www-form-urlencoded", body).await;
            assert_eq!((found, &*media_type), (status, "text/html; charset=utf-8"), "{path}");
            assert!(page.contains(words), "{page}");
        }
    }
}
