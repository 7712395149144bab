//! One refresh of a keeper, from the store to the store.

use super::{Event, Keeper, KeeperError, SessionStore};
use crate::Secret;
use crate::sessions::{RefreshError, Refreshed, SessionBackend, Tokens, ValidToken};
use std::time::Duration;

/// How long a session is given after a refusal. Of two processes that refresh it at once, one may be refused before the other
/// one has read its response and written it to the store, which both use.
const RACE: Duration = Duration::from_secs(5);
/// How often the store is read in that time.
const LOOKS: u32 = 10;

/// How a refresh ended.
#[derive(Clone, Debug)]
pub(super) enum Outcome<C> {
    Refreshed(ValidToken<C>),
    /// The store has other tokens by now, or none: look there.
    Changed,
    Failed(KeeperError),
}

impl<C> From<KeeperError> for Outcome<C> {
    fn from(error: KeeperError) -> Self {
        Self::Failed(error)
    }
}

impl<S: SessionBackend, T: SessionStore> Keeper<S, T> {
    /// Refreshes the session with this number and these tokens, if it is still the one in the store.
    pub(super) async fn refresh_once(self, session: u64, tokens: Tokens) -> Outcome<S::Claims> {
        match self.is_stored(&tokens).await {
            Ok(true) => {}
            Ok(false) => return Outcome::Changed,
            Err(error) => return error.into(),
        }
        let now = self.monotonic();
        let refused = self.memory().last_failure(&tokens.refresh, now);
        if let Some(refused) = refused {
            return self.failed(&tokens, refused).await;
        }
        if !self.memory().sending(session, &tokens.refresh, self.0.is_rotated, now) {
            return Outcome::Changed;
        }
        match self.0.sessions.refresh(tokens.refresh.expose()).await {
            Ok(refreshed) => self.keep(session, &tokens, refreshed).await,
            Err(error) => {
                let kept = match &error {
                    // The new tokens are all that is left of the session, even if they aren't accepted yet.
                    RefreshError::NotAccepted(_, new) => {
                        self.save(session, &tokens, new).await;
                        new
                    }
                    _ => &tokens,
                };
                let now = self.monotonic();
                let is_rotated = self.0.is_rotated;
                if !self.memory().failed_after_sending(session, &kept.refresh, &error, is_rotated, now) {
                    return Outcome::Changed;
                }
                self.failed(&tokens, error).await
            }
        }
    }

    /// Puts new tokens into the store, unless the session was changed there in the meantime: a sign-out wins.
    async fn keep(
        &self,
        session: u64,
        old: &Tokens,
        refreshed: Refreshed<S::Claims, S::Response>,
    ) -> Outcome<S::Claims> {
        let Refreshed { claims, tokens, .. } = refreshed;
        self.memory().forget_failure(session);
        match self.save(session, old, &tokens).await {
            true => Outcome::Refreshed(ValidToken { claims, token: tokens.session }),
            false => Outcome::Changed,
        }
    }

    /// Whether the new tokens are kept. If nobody is signed in any more, their session must not live on at
    /// the service either. If another session is kept by now, it may be the same one there, so it is left
    /// alone.
    async fn save(&self, session: u64, old: &Tokens, new: &Tokens) -> bool {
        if self.put(session, old, new).await {
            return true;
        }
        let is_signed_out =
            self.memory().is_signed_out(session) || matches!(self.0.store.load().await, Ok(None));
        if is_signed_out {
            drop(self.0.sessions.revoke(new.refresh.expose()).await);
        }
        false
    }

    /// Puts the new tokens in place of the old ones: in the store, or in memory if that fails. It doesn't where the
    /// session was signed out or replaced, as a store that failed then may still have the old ones.
    async fn put(&self, session: u64, old: &Tokens, new: &Tokens) -> bool {
        let olds = {
            let memory = self.memory();
            if memory.session != session {
                return false;
            }
            memory.in_place_of(&old.refresh)
        };
        let swapped = self.swap(&olds, new).await;
        let mut memory = self.memory();
        // What a sign-in or a sign-out writes into the store in the meantime takes the place of the new
        // tokens.
        if memory.session != session || matches!(swapped, Ok(false)) {
            return false;
        }
        let event = match swapped {
            Ok(_) => {
                memory.saved(&old.refresh);
                Event::Refreshed
            }
            Err(_) => {
                memory.unsaved = Some((olds, new.clone()));
                Event::NotStored
            }
        };
        memory.seen(session, Some(new));
        drop(memory);
        self.tell(event);
        true
    }

    /// Puts the new tokens in place of those in the store, if they are some of the old ones.
    async fn swap(&self, olds: &[Secret], new: &Tokens) -> Result<bool, T::Error> {
        for old in olds {
            if self.0.store.compare_and_swap(old, Some(new.clone())).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What follows from a refresh that failed. It ends the session only if the service says so, if the store still has the
    /// token that was refused, and goes on having it, and if its session token is of no use either.
    async fn failed(&self, tokens: &Tokens, error: RefreshError) -> Outcome<S::Claims> {
        if self.is_lost(tokens, &error).await {
            return KeeperError::Lost(error).into();
        }
        if !error.is_over() {
            return KeeperError::Refresh(error).into();
        }
        for _ in 0..LOOKS {
            match self.is_stored(tokens).await {
                Ok(true) => {}
                Ok(false) => return Outcome::Changed,
                Err(error) => return error.into(),
            }
            if self.claims(tokens).await.is_ok() {
                return KeeperError::Refresh(error).into();
            }
            if !self.may_have_lost_a_race(tokens, &error) {
                break;
            }
            self.0.clock.sleep(RACE / LOOKS).await;
        }
        match self.0.store.compare_and_swap(&tokens.refresh, None).await {
            Ok(true) => self.tell(Event::Ended),
            Ok(false) => return Outcome::Changed,
            Err(error) => return KeeperError::store(error).into(),
        }
        KeeperError::Refresh(error).into()
    }

    /// Whether nothing is left of the session: nobody knows whether the service has used up the refresh token, which
    /// isn't sent again, and the session token is of no use either.
    async fn is_lost(&self, tokens: &Tokens, error: &RefreshError) -> bool {
        matches!(error, RefreshError::OutcomeUnknown(_))
            && self.memory().is_given_up(&tokens.refresh)
            && self.claims(tokens).await.is_err_and(|refused| refused.is_fixed_by_refresh())
    }

    /// Whether the refresh token was refused just now, perhaps since another process has used it. What isn't accepted here was
    /// refused without a race.
    fn may_have_lost_a_race(&self, tokens: &Tokens, error: &RefreshError) -> bool {
        let refused = self.memory().refused_at(&tokens.refresh);
        matches!(error, RefreshError::Ended(_))
            && refused.is_some_and(|refused| self.monotonic() < refused.saturating_add(RACE))
    }

    async fn is_stored(&self, tokens: &Tokens) -> Result<bool, KeeperError> {
        let (_, stored) = self.load().await?;
        Ok(stored.is_some_and(|stored| stored.refresh == tokens.refresh))
    }

    /// The tokens that are in the store, or belong there, and the number of the session that they are of.
    pub(super) async fn load(&self) -> Result<(u64, Option<Tokens>), KeeperError> {
        let (session, unsaved) = {
            let memory = self.memory();
            (memory.session, memory.unsaved.clone())
        };
        if let Some((olds, tokens)) = unsaved {
            if self.swap(&olds, &tokens).await.is_err() {
                return Ok((session, Some(tokens)));
            }
            // A refresh may have left newer ones in the meantime.
            self.memory().saved(&tokens.refresh);
        }
        let stored = self.0.store.load().await.map_err(KeeperError::store)?;
        let session = self.memory().found(session, stored.as_ref());
        Ok((session, stored))
    }
}
