//! What a sign-in remembers between two of its pages: on the server, where no page and no URL shows it.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tower_sessions::Session;

use crate::failure::Failure;

/// What the last page left for the next one.
pub(crate) struct Step(Session);

impl Step {
    /// Leaves something for the page that has to come next. The browser gets a new number for it, so that nobody knows it from
    /// before.
    pub(crate) async fn leave(&self, name: &str, value: impl Serialize) -> Result<(), Failure> {
        self.0.cycle_id().await?;
        Ok(self.0.insert(name, value).await?)
    }

    /// Looks at what was left, for a page that may be loaded several times.
    pub(crate) async fn look<T: DeserializeOwned>(&self, name: &str) -> Result<T, Failure> {
        self.0.get(name).await?.ok_or_else(Failure::expired)
    }

    /// Takes what was left, which works once.
    pub(crate) async fn take<T: DeserializeOwned>(&self, name: &str) -> Result<T, Failure> {
        self.0.remove(name).await?.ok_or_else(Failure::expired)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Step {
    type Rejection = <Session as FromRequestParts<S>>::Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        Session::from_request_parts(parts, state).await.map(Self)
    }
}
