//! Extractors of axum, and responses.

use super::{Authentication, Rejection, Session};
use crate::sessions::{Forbidden, SessionBackend};
use axum_core::extract::{FromRequestParts, OptionalFromRequestParts};
use axum_core::response::{IntoResponse, Response};
use http::request::Parts;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

/// What a session has to be allowed, for the extractor [`Authorized`].
///
/// ```
/// # #[cfg(all(feature = "descope-keys", feature = "descope-session"))] {
/// use generated_client::sessions::{Forbidden, web::{Authorized, Rule}};
/// use generated_client::sessions::descope::{Claims, Sessions};
///
/// struct Admin;
///
/// impl Rule<Claims> for Admin {
///     fn check(claims: &Claims) -> Result<(), Forbidden> {
///         claims.require_role("admin")
///     }
/// }
///
/// async fn admins_only(user: Authorized<Sessions, Admin>) -> String {
///     format!("hello {}", user.subject())
/// }
/// # drop(admins_only);
/// # }
/// ```
pub trait Rule<C> {
    /// Refuses a session that may not do it.
    ///
    /// # Errors
    ///
    /// What is missing.
    fn check(claims: &C) -> Result<(), Forbidden>;
}

/// The session of a request that may do what the rule `P` says. It derefs to its claims.
#[non_exhaustive]
pub struct Authorized<S: SessionBackend, P> {
    /// The session.
    pub session: Session<S>,
    rule: PhantomData<fn() -> P>,
}

impl<S: SessionBackend, P> Deref for Authorized<S, P> {
    type Target = S::Claims;

    fn deref(&self) -> &S::Claims {
        &self.session.claims
    }
}

impl<S: SessionBackend, P> fmt::Debug for Authorized<S, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorized").field("session", &self.session).finish_non_exhaustive()
    }
}

/// What the layer has put into the request.
impl<S: SessionBackend, T: Send + Sync> FromRequestParts<T> for Authentication<S> {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, _state: &T) -> Result<Self, Rejection> {
        parts.extensions.get::<Self>().cloned().ok_or(Rejection::NoLayer)
    }
}

/// Refuses a request without a session.
impl<S: SessionBackend, T: Send + Sync> FromRequestParts<T> for Session<S> {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &T) -> Result<Self, Rejection> {
        Authentication::<S>::from_request_parts(parts, state).await?.session().await
    }
}

/// `Option<Session<S>>` is none for a visitor who isn't signed in.
impl<S: SessionBackend, T: Send + Sync> OptionalFromRequestParts<T> for Session<S> {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &T) -> Result<Option<Self>, Rejection> {
        let authentication =
            <Authentication<S> as FromRequestParts<T>>::from_request_parts(parts, state).await?;
        authentication.optional_session().await
    }
}

/// Refuses a request whose session may not do what the rule says.
impl<S: SessionBackend, P: Rule<S::Claims>, T: Send + Sync> FromRequestParts<T> for Authorized<S, P> {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &T) -> Result<Self, Rejection> {
        let session = <Session<S> as FromRequestParts<T>>::from_request_parts(parts, state).await?;
        P::check(&session.claims)?;
        Ok(Self { session, rule: PhantomData })
    }
}

/// A response without a body.
impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        self.response()
    }
}

/// A response without a body.
impl IntoResponse for Forbidden {
    fn into_response(self) -> Response {
        Rejection::from(self).into_response()
    }
}
