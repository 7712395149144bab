//! The refreshes and sign-outs of a service: each is done once at a time, and a sign-out wins.
//!
//! A refresh token that is rotated is good for one use. So those that are for different things take turns, and the later one
//! goes on with the token that has taken its place.

use super::sign_outs::SignOuts;
use super::uses::Uses;
use super::{GRACE, RefreshError, Refreshed, SingleFlight, key_of};
use crate::Secret;
use crate::sessions::{Clock, TokenError};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OwnedMutexGuard;

/// The refreshes and sign-outs that go on.
#[derive(Debug)]
pub(crate) struct Turns<C, R> {
    refreshes: SingleFlight<Result<Refreshed<C, R>, RefreshError>>,
    revocations: SingleFlight<Result<(), RefreshError>>,
    uses: Arc<Uses>,
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
            uses: Arc::default(),
            sign_outs: Arc::new(SignOuts::new(Arc::clone(clock))),
        }
    }

    /// Whether the session of this refresh token was signed out.
    pub(crate) fn is_signed_out(&self, token: &str) -> bool {
        self.sign_outs.contains(token)
    }

    /// Uses a refresh token, once for all who want the same of it. If it was used up for something else lately, the one that has
    /// taken its place is sent. What a refresh gives after its session was signed out is
    /// revoked, and nobody gets it.
    pub(crate) async fn refresh<F, G>(
        &self,
        use_: &str,
        token: &str,
        send: impl FnOnce(Secret) -> F + Send + 'static,
        revoke: impl FnOnce(Secret) -> G + Send + 'static,
    ) -> Result<Refreshed<C, R>, RefreshError>
    where
        F: Future<Output = Result<Refreshed<C, R>, RefreshError>> + Send + 'static,
        G: Future<Output = Result<(), RefreshError>> + Send + 'static,
    {
        if self.is_signed_out(token) {
            return Err(RefreshError::signed_out());
        }
        let (uses, sign_outs) = (Arc::clone(&self.uses), Arc::clone(&self.sign_outs));
        let thing = || {
            let old = Secret::from(token);
            async move {
                let (old, _turn) = turn(&uses, &sign_outs, old).await;
                if sign_outs.contains(old.expose()) {
                    return (Err(RefreshError::signed_out()), Duration::ZERO);
                }
                let outcome = send(old.clone()).await;
                let Some(new) = refresh_token(&outcome) else { return (outcome, Duration::ZERO) };
                if !sign_outs.follow(old.expose(), new) {
                    drop(revoke(new.clone()).await);
                    return (Err(RefreshError::signed_out()), Duration::ZERO);
                }
                sign_outs.go_on(old.expose(), new);
                let kept_for = kept_for(&outcome, &old);
                (outcome, kept_for)
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

/// Waits until nobody uses the token any more, nor the one that has taken its place meanwhile, which is then the one to send.
async fn turn(uses: &Uses, sign_outs: &SignOuts, mut token: Secret) -> (Secret, OwnedMutexGuard<()>) {
    let mut used_up = Vec::new();
    loop {
        let turn = uses.turn(token.expose()).await;
        match sign_outs.current(token.expose()) {
            // A service may give an old token again.
            Some(new) if !used_up.contains(&new) => used_up.push(std::mem::replace(&mut token, new)),
            _ => return (token, turn),
        }
    }
}

/// The refresh token that is the one to keep after this outcome, if there is a new one.
fn refresh_token<C, R>(outcome: &Result<Refreshed<C, R>, RefreshError>) -> Option<&Secret> {
    match outcome {
        Ok(Refreshed { tokens, .. }) | Err(RefreshError::NotAccepted(_, tokens)) => Some(&tokens.refresh),
        Err(_) => None,
    }
}

/// How long those who come later get this outcome. A session is worth keeping, and so are new tokens that aren't
/// accepted here: the old refresh token is spent. Any other failure may pass.
fn kept_for<T>(outcome: &Result<T, RefreshError>, old: &Secret) -> Duration {
    match outcome {
        Ok(_) => GRACE,
        Err(RefreshError::NotAccepted(_, tokens)) if tokens.refresh != *old => GRACE,
        Err(_) => Duration::ZERO,
    }
}
