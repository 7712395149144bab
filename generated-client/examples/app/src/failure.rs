//! Failures, in words for people.

use axum::Json;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use generated_client::redirects::StateError;
use generated_client::runtime::{ErrorKind, InvalidRequest};
use generated_client::sessions::web::Rejection;
use generated_client::{descope, nhost};
use serde::de::DeserializeOwned;

use crate::pages::MessagePage;

const FAULT: &str = "Something went wrong on our side. Please try again later.";
const CHECK: &str = "This can't be right. Please check what you typed.";
const EXPIRED: &str = "This can't be used any more. Please begin again.";
const RATE_LIMITED: &str = "That was too often. Please wait a moment.";

/// Why there is no other page.
pub(crate) struct Failure {
    status: StatusCode,
    words: &'static str,
}

impl Failure {
    pub(crate) fn new(status: StatusCode, words: &'static str) -> Self {
        Self { status, words }
    }

    /// The visitor has to begin again.
    pub(crate) fn expired() -> Self {
        Self::new(StatusCode::BAD_REQUEST, EXPIRED)
    }

    /// What to tell the person who opened a link that the service doesn't accept.
    pub(crate) fn of_link(error: descope::Error) -> Self {
        let is_refused = error.status().is_some_and(|status| status.is_client_error());
        if is_refused && !error.is_rate_limited() { Self::expired() } else { error.into() }
    }

    /// The browser came back without a sign-in.
    pub(crate) fn not_signed_in() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "Nobody has signed in. Did you cancel?")
    }

    /// The words for a refusal that says its status alone.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        let words = match status {
            StatusCode::UNAUTHORIZED => "Please sign in first.",
            StatusCode::FORBIDDEN => "You may not do this.",
            StatusCode::SERVICE_UNAVAILABLE => {
                "We can't reach our sign-in service. Please try again in a moment."
            }
            status if status.is_client_error() => CHECK,
            _ => FAULT,
        };
        Self { status, words }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let page = MessagePage { title: self.words, text: "", is_failure: true };
        (self.status, page.html()).into_response()
    }
}

/// A failure as the script of passkeys reads it.
pub(crate) struct JsonFailure(Failure);

impl<E: Into<Failure>> From<E> for JsonFailure {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for JsonFailure {
    fn into_response(self) -> Response {
        (self.0.status, Json(serde_json::json!({ "words": self.0.words }))).into_response()
    }
}

/// The body that the script of passkeys sends. One that can't be read is refused as the script expects it.
pub(crate) struct JsonBody<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = JsonFailure;

    async fn from_request(request: Request, state: &S) -> Result<Self, JsonFailure> {
        match Json::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(rejection) => Err(Failure::of_status(rejection.status()).into()),
        }
    }
}

/// What to tell the person who signs in by Descope.
pub(crate) fn descope_words(error: &descope::Error) -> &'static str {
    // One line for the log. It holds no secret.
    eprintln!("{error}");
    if error.is_wrong_code() {
        "This code is wrong. Please look again."
    } else if error.is_wrong_password() || error.is_user_not_found() {
        "The email address or the password is wrong."
    } else if error.is_password_expired() {
        "This password can't be used any more. Please have it reset."
    } else if error.is_user_exists() {
        "There is an account with this email address already. Please sign in."
    } else if error.is_expired() || error.is_out_of_attempts() {
        EXPIRED
    } else if error.is_unauthenticated() {
        "Please sign in first."
    } else {
        words_of(error)
    }
}

/// What to tell the person who signs in by Nhost Auth.
pub(crate) fn nhost_words(error: &nhost::Error) -> &'static str {
    eprintln!("{error}");
    if error.is_wrong_code() {
        "This code is wrong. Please look again."
    } else if error.is_wrong_password() {
        "The email address or the password is wrong."
    } else if error.is_unverified() {
        "Please open the link in our email first."
    } else if error.is_user_exists() {
        "There is an account with this email address already. Please sign in."
    } else if error.is_expired() || error.is_out_of_attempts() {
        EXPIRED
    } else if error.is_unauthenticated() || error.is_elevation_required() {
        "Please sign in first."
    } else {
        words_of(error)
    }
}

/// What doesn't depend on the service.
fn words_of<C: AsRef<str>>(error: &generated_client::runtime::Error<C>) -> &'static str {
    match error.kind() {
        _ if error.is_rate_limited() => RATE_LIMITED,
        ErrorKind::InvalidRequest(_) => CHECK,
        ErrorKind::Api(api) if api.status().is_client_error() => CHECK,
        _ => FAULT,
    }
}

/// The status of a page that tells of a failed call.
fn status_of<C: AsRef<str>>(error: &generated_client::runtime::Error<C>) -> StatusCode {
    match error.kind() {
        _ if error.is_rate_limited() => StatusCode::TOO_MANY_REQUESTS,
        ErrorKind::InvalidRequest(_) => StatusCode::BAD_REQUEST,
        ErrorKind::Api(api) if api.status().is_client_error() => StatusCode::BAD_REQUEST,
        _ => StatusCode::BAD_GATEWAY,
    }
}

impl From<descope::Error> for Failure {
    fn from(error: descope::Error) -> Self {
        Self::new(status_of(&error), descope_words(&error))
    }
}

impl From<nhost::Error> for Failure {
    fn from(error: nhost::Error) -> Self {
        Self::new(status_of(&error), nhost_words(&error))
    }
}

impl From<Rejection> for Failure {
    fn from(refusal: Rejection) -> Self {
        eprintln!("{refusal}");
        match refusal {
            Rejection::CrossOrigin => Self::new(refusal.status(), "This form belongs to another site."),
            refusal => Self::of_status(refusal.status()),
        }
    }
}

impl From<StateError> for Failure {
    fn from(error: StateError) -> Self {
        Self::new(error.status(), EXPIRED)
    }
}

impl From<InvalidRequest> for Failure {
    fn from(error: InvalidRequest) -> Self {
        eprintln!("{error}");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, FAULT)
    }
}

impl From<tower_sessions::session::Error> for Failure {
    fn from(error: tower_sessions::session::Error) -> Self {
        eprintln!("{error}");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, FAULT)
    }
}
