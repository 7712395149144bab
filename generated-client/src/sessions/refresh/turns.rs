//! The refreshes and sign-outs of a service: each is done once at a time, and a sign-out wins.

use super::sign_outs::SignOuts;
use super::{GRACE, RefreshError, Renewed, SingleFlight, key_of};
use crate::Secret;
use crate::sessions::{Clock, TokenError};
use std::sync::Arc;
use std::time::Duration;

/// The refreshes and sign-outs that go on.
#[derive(Debug)]
pub(crate) struct Turns<C, R> {
    refreshes: SingleFlight<Result<Renewed<C, R>, RefreshError>>,
    revocations: SingleFlight<Result<(), RefreshError>>,
    sign_outs: Arc<SignOuts>,
}

impl<C, R> Turns<C, R>
where
    C: Clone + Send + Sync + 'static,
    R: Clone + Send + Sync + 'static,
{
    pub(crate) fn new(clock: &Arc<dyn Clock>) -> Self {
        Self {
            refreshes: SingleFlight::new(Arc::clone(clock)),
            revocations: SingleFlight::new(Arc::clone(clock)),
            sign_outs: Arc::new(SignOuts::new(Arc::clone(clock))),
        }
    }

    /// Whether the session of this refresh token was signed out.
    pub(crate) fn is_signed_out(&self, token: &str) -> bool {
        self.sign_outs.contains(token)
    }

    /// Uses a refresh token, once for all who want the same of it. What a refresh gives after its session was signed out is
    /// revoked, and nobody gets it.
    pub(crate) async fn refresh<F, G>(
        &self,
        use_: &str,
        token: &str,
        send: impl FnOnce() -> F,
        revoke: impl FnOnce(Secret) -> G + Send + 'static,
    ) -> Result<Renewed<C, R>, RefreshError>
    where
        F: Future<Output = Result<Renewed<C, R>, RefreshError>> + Send + 'static,
        G: Future<Output = Result<(), RefreshError>> + Send + 'static,
    {
        if self.is_signed_out(token) {
            return Err(RefreshError::signed_out());
        }
        let sign_outs = Arc::clone(&self.sign_outs);
        let thing = || {
            let (sending, old) = (send(), Secret::from(token));
            async move {
                let outcome = sending.await;
                if let Some(new) = refresh_token(&outcome)
                    && !sign_outs.follow(old.expose(), new)
                {
                    drop(revoke(new.clone()).await);
                    return kept(Err(RefreshError::signed_out()));
                }
                kept(outcome)
            }
        };
        let outcome = self.refreshes.run(key_of(use_, token), thing).await;
        let outcome = outcome.unwrap_or_else(|| Err(RefreshError::interrupted()));
        match refresh_token(&outcome) {
            Some(new) if self.is_signed_out(new.expose()) => Err(RefreshError::signed_out()),
            _ => outcome,
        }
    }

    /// Signs a session out here at once, and then ends it at the service with all refresh tokens that it has had lately.
    /// Without a refresh token, there is no session to end.
    pub(crate) async fn sign_out<G>(
        &self,
        token: &str,
        revoke: impl Fn(Secret) -> G + Send + 'static,
    ) -> Result<(), RefreshError>
    where
        G: Future<Output = Result<(), RefreshError>> + Send + 'static,
    {
        if token.is_empty() {
            return Err(RefreshError::RefreshToken(TokenError::Missing));
        }
        let tokens = self.sign_outs.sign_out(token);
        let thing = || async move {
            let mut outcome = Ok(());
            for token in tokens {
                match revoke(token).await {
                    Err(error) if !error.is_over() => outcome = Err(error),
                    _ => {}
                }
            }
            (outcome, Duration::ZERO)
        };
        let outcome = self.revocations.run(key_of("revoke", token), thing).await;
        outcome.unwrap_or_else(|| Err(RefreshError::interrupted()))
    }
}

/// The refresh token that is the one to keep after this outcome, if there is a new one.
fn refresh_token<C, R>(outcome: &Result<Renewed<C, R>, RefreshError>) -> Option<&Secret> {
    match outcome {
        Ok(Renewed { tokens, .. }) | Err(RefreshError::NotAccepted(_, tokens)) => Some(&tokens.refresh),
        Err(_) => None,
    }
}

/// How long those who come later get this outcome: a success is worth keeping, and a failure may pass.
fn kept<T>(outcome: Result<T, RefreshError>) -> (Result<T, RefreshError>, Duration) {
    let kept_for = if outcome.is_ok() { GRACE } else { Duration::ZERO };
    (outcome, kept_for)
}
