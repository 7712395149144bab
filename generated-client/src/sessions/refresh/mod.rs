//! Refreshing sessions: what both services share.

mod error;
mod flight;
mod pause;
mod sign_outs;
mod turns;
mod uses;

pub use error::{CallError, RefreshError};
pub(crate) use flight::{Key, SingleFlight};
pub(crate) use pause::{MIN_PAUSE, pause_after_failure};
pub(crate) use turns::Turns;

use super::{AsToken, Clock, TokenError};
use crate::Secret;
use aws_lc_rs::digest::{Context, SHA256};
use std::fmt::Debug;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// How long a refresh token that was used up still gives the session that came of it. A browser sends several requests
/// at once, and some of them arrive when the first one has had its response.
pub(crate) const GRACE: Duration = Duration::from_secs(10);

/// The tokens of a session. Keep both or neither, and never one of them with one of another session.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tokens {
    /// The session token of Descope, or the access token of Nhost.
    pub session: Secret,
    /// The refresh token. It is always the one to keep: if the service gave no new one, it is the one from before.
    pub refresh: Secret,
}

impl Tokens {
    /// The tokens of a session.
    pub fn new(session: impl Into<Secret>, refresh: impl Into<Secret>) -> Self {
        Self { session: session.into(), refresh: refresh.into() }
    }
}

/// A session token that was checked.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ValidToken<C> {
    /// What the token says.
    pub claims: C,
    /// The token itself.
    pub token: Secret,
}

/// A session that was refreshed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Refreshed<C, R> {
    /// What the new session token says; it has been validated.
    pub claims: C,
    /// The tokens to keep from now on, in place of both old ones.
    pub tokens: Tokens,
    /// The response of the service.
    pub response: R,
}

impl<C, R> Refreshed<C, R> {
    /// A session that was refreshed, for implementations of [`SessionBackend`].
    pub fn new(claims: C, tokens: Tokens, response: R) -> Self {
        Self { claims, tokens, response }
    }
}

/// A session that is good, perhaps after a refresh.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Validated<C, R> {
    /// What the session token says.
    pub claims: C,
    /// The new session, if it was refreshed. Its tokens have to be kept in place of the old ones.
    pub refreshed: Option<Refreshed<C, R>>,
}

/// The claims of a session token: who somebody is, and for how long.
pub trait SessionClaims: Clone + Debug + Send + Sync + 'static {
    /// When the token expires.
    fn expires_at(&self) -> SystemTime;

    /// When the token was made.
    fn issued_at(&self) -> Option<SystemTime>;
}

/// What validates and refreshes the sessions of one service; a [`Keeper`](super::Keeper) needs no more of it.
pub trait SessionBackend: Clone + Debug + Send + Sync + 'static {
    /// What a session token says.
    type Claims: SessionClaims;
    /// What the service responds to a refresh.
    type Response: Clone + Debug + Send + Sync + 'static;

    /// Checks a session token.
    fn validate_session(&self, token: &str) -> impl Future<Output = Result<Self::Claims, TokenError>> + Send;

    /// Gets the next session with a refresh token.
    fn refresh(
        &self,
        refresh_token: &str,
    ) -> impl Future<Output = Result<Refreshed<Self::Claims, Self::Response>, RefreshError>> + Send;

    /// Ends the session of a refresh token at the service. A refresh that goes on must not bring it back.
    fn revoke(&self, refresh_token: &str) -> impl Future<Output = Result<(), RefreshError>> + Send;

    /// Whether the session of this refresh token was ended by [`revoke`](Self::revoke) lately, in this process. Requests of a
    /// browser that began before its user signed out still bring the token along.
    fn is_signed_out(&self, refresh_token: &str) -> bool {
        _ = refresh_token;
        false
    }

    /// The clock that times are compared with.
    fn clock(&self) -> Arc<dyn Clock>;

    /// The names of the cookies for the session token and the refresh token.
    fn cookie_names(&self) -> [&str; 2] {
        ["session", "refresh"]
    }

    /// How long a refresh token is still good, if it says so. Cookies are kept as long.
    fn refresh_lifetime(&self, refresh_token: &str) -> impl Future<Output = Option<Duration>> + Send {
        _ = refresh_token;
        std::future::ready(None)
    }
}

/// Checks a session token, and refreshes the session if that mends it.
pub(crate) async fn validate_and_refresh<S: SessionBackend>(
    sessions: &S,
    session: &(impl AsToken + ?Sized),
    refresh: &(impl AsToken + ?Sized),
) -> Result<Validated<S::Claims, S::Response>, RefreshError> {
    let refreshing = async { sessions.refresh(refresh.token()).await };
    validate_or_else(sessions, session, refresh, refreshing).await
}

/// Checks a session token, and refreshes the session in the given way if that mends it.
pub(crate) async fn validate_or_else<S: SessionBackend>(
    sessions: &S,
    session: &(impl AsToken + ?Sized),
    refresh: &(impl AsToken + ?Sized),
    refreshing: impl Future<Output = Result<Refreshed<S::Claims, S::Response>, RefreshError>>,
) -> Result<Validated<S::Claims, S::Response>, RefreshError> {
    let (session, refresh) = (session.token(), refresh.token());
    let refused = match sessions.validate_session(session).await {
        Ok(claims) => return Ok(Validated { claims, refreshed: None }),
        Err(refused) => refused,
    };
    if refresh.is_empty() || !refused.is_fixed_by_refresh() {
        return Err(RefreshError::Token(refused));
    }
    let refreshed = refreshing.await?;
    Ok(Validated { claims: refreshed.claims.clone(), refreshed: Some(refreshed) })
}

/// The digest by which the use of a token is known. It doesn't give the token away. The parts are hashed one by one, so
/// that the token isn't copied into another text.
pub(crate) fn key_of(use_: &str, token: &str) -> Key {
    let mut digest = Context::new(&SHA256);
    for part in [use_, "\n", token] {
        digest.update(part.as_bytes());
    }
    let digest = digest.finish();
    let mut key = Key::default();
    for (byte, digested) in key.iter_mut().zip(digest.as_ref()) {
        *byte = *digested;
    }
    key
}
