//! What a keeper remembers beside the store: which refresh tokens it had better not send, and what the store didn't take.

use crate::Secret;
use crate::sessions::refresh::{Key, key_of, pause_after_failure};
use crate::sessions::{RefreshError, Tokens};
use std::time::Duration;

#[derive(Debug, Default)]
pub(super) struct Memory {
    /// The number of the session that is kept. Each sign-in and sign-out makes it greater.
    pub(super) session: u64,
    /// The number of the first session that wasn't signed out. Those before it are over.
    signed_out_before: u64,
    /// The refresh token that is being written into the store; empty if the store is to have none. Until it is
    /// there, another token in the store belongs to the session before.
    arriving: Option<Secret>,
    /// The refresh token that the session had last, as far as is known here.
    last: Option<Secret>,
    failed: Option<FailedRefresh>,
    /// When the last refresh began, by the monotonic clock.
    pub(super) begun: Option<Duration>,
    /// New tokens that the store didn't take, and the refresh tokens in whose place they belong: the store has one of them.
    pub(super) unsaved: Option<(Vec<Secret>, Tokens)>,
}

/// How many refresh tokens are remembered that a failing store may still have.
const MAX_OLDS: usize = 16;

/// Why a refresh token isn't sent.
#[derive(Debug)]
struct FailedRefresh {
    /// The digest of the refresh token.
    key: Key,
    error: RefreshError,
    /// Until when the token isn't sent; none if it is never sent again.
    until: Option<Duration>,
    /// When the refresh failed.
    since: Duration,
    /// How often it was sent without anybody knowing what became of it.
    unknown: u32,
}

fn key(refresh_token: &Secret) -> Key {
    key_of("keeper", refresh_token.expose())
}

impl Memory {
    /// Why this refresh token isn't sent, if it isn't.
    pub(super) fn last_failure(&self, refresh_token: &Secret, now: Duration) -> Option<RefreshError> {
        let failed = self.failed.as_ref().filter(|failed| failed.key == key(refresh_token))?;
        failed.until.is_none_or(|until| now < until).then(|| failed.error.clone())
    }

    /// Whether this refresh token is never sent again.
    pub(super) fn is_given_up(&self, refresh_token: &Secret) -> bool {
        let failed = self.failed.as_ref().filter(|failed| failed.key == key(refresh_token));
        failed.is_some_and(|failed| failed.until.is_none())
    }

    /// When the refresh with this token failed.
    pub(super) fn refused_at(&self, refresh_token: &Secret) -> Option<Duration> {
        let failed = self.failed.as_ref().filter(|failed| failed.key == key(refresh_token))?;
        Some(failed.since)
    }

    /// The refresh tokens that the store may have while the session has this one: this one itself, and those
    /// before it if the store didn't take it. If the store fails for long, those in the middle are forgotten:
    /// it has what it had when it began to fail, or what it took in spite of a failure, at the beginning or
    /// just now.
    pub(super) fn in_place_of(&self, refresh_token: &Secret) -> Vec<Secret> {
        let mut olds = match &self.unsaved {
            Some((olds, tokens)) if tokens.refresh == *refresh_token => olds.clone(),
            _ => Vec::new(),
        };
        if !olds.contains(refresh_token) {
            olds.push(refresh_token.clone());
        }
        if olds.len() > MAX_OLDS {
            olds.remove(MAX_OLDS / 2);
        }
        olds
    }

    /// Forgets the tokens with this refresh token if the store didn't take them, since they are there now, or newer ones.
    pub(super) fn saved(&mut self, refresh_token: &Secret) {
        self.unsaved.take_if(|(_, left)| left.refresh == *refresh_token);
    }

    /// Remembers that the refresh token of the session with this number is being sent. If nobody tells how
    /// that ended, the outcome counts as unknown. It is false, and nothing is remembered, if there is another
    /// session by now.
    pub(super) fn sending(
        &mut self,
        session: u64,
        refresh_token: &Secret,
        is_rotated: bool,
        now: Duration,
    ) -> bool {
        if self.session != session {
            return false;
        }
        self.begun = Some(now);
        self.failed(refresh_token, &RefreshError::interrupted(), is_rotated, now);
        true
    }

    /// Remembers how the refresh with this token failed, in place of what was remembered when the token was
    /// sent. It is false, and nothing is remembered, if there is another session by now.
    pub(super) fn failed_after_sending(
        &mut self,
        session: u64,
        refresh_token: &Secret,
        error: &RefreshError,
        is_rotated: bool,
        now: Duration,
    ) -> bool {
        if self.session != session {
            return false;
        }
        if let Some(failed) = &mut self.failed {
            failed.unknown = failed.unknown.saturating_sub(1);
        }
        self.failed(refresh_token, error, is_rotated, now);
        true
    }

    fn failed(&mut self, refresh_token: &Secret, error: &RefreshError, is_rotated: bool, now: Duration) {
        let key = key(refresh_token);
        let before = self.failed.take().filter(|failed| failed.key == key);
        let is_unknown = matches!(error, RefreshError::OutcomeUnknown(_));
        let unknown = before.map_or(0, |failed| failed.unknown) + u32::from(is_unknown);
        // A token that may be spent is sent once more only if the project doesn't rotate refresh tokens.
        let is_for_good = error.is_over() || (is_unknown && (is_rotated || unknown > 1));
        let pause = pause_after_failure(error.retry_after());
        let until = if is_for_good { None } else { Some(now.saturating_add(pause)) };
        self.failed = Some(FailedRefresh { key, error: error.clone(), until, since: now, unknown });
    }

    /// Forgets why the refresh token of the session with this number isn't sent, since it has given new
    /// tokens.
    pub(super) fn forget_failure(&mut self, session: u64) {
        self.failed.take_if(|_| self.session == session);
    }

    /// Remembers the tokens of the session with this number, unless there is another one by now.
    pub(super) fn seen(&mut self, session: u64, tokens: Option<&Tokens>) {
        let refresh = tokens.map(|tokens| &tokens.refresh);
        if self.session == session && self.last.as_ref() != refresh {
            self.last = refresh.cloned();
        }
    }

    /// Remembers the tokens that the store has, and gives the number of the session that they are of. The
    /// store was asked when the session with the given number was kept.
    pub(super) fn found(&mut self, session: u64, tokens: Option<&Tokens>) -> u64 {
        if let (Some(arriving), Some(tokens)) = (&self.arriving, tokens)
            && self.session == session
        {
            if *arriving != tokens.refresh {
                // A sign-in adds one to the number, so these tokens are still those of the session before.
                return session.saturating_sub(1);
            }
            self.arriving = None;
        }
        self.seen(session, tokens);
        session
    }

    /// Forgets everything, since there is another session with this refresh token, and gives its number.
    pub(super) fn sign_in(&mut self, refresh_token: &Secret) -> u64 {
        self.clear(refresh_token.clone());
        self.last = Some(refresh_token.clone());
        self.session
    }

    fn clear(&mut self, arriving: Secret) {
        let (session, signed_out_before) = (self.session.saturating_add(1), self.signed_out_before);
        *self = Self { session, signed_out_before, arriving: Some(arriving), ..Self::default() };
    }

    /// Forgets everything, since the session is over. It gives the number of what follows, and the refresh
    /// token that the session had, as far as is known.
    pub(super) fn sign_out(&mut self) -> (u64, Option<Secret>) {
        let last = self.last.take();
        self.clear(Secret::default());
        self.signed_out_before = self.session;
        (self.session, last)
    }

    /// Remembers that nothing is being written into the store any more for the session of this number.
    pub(super) fn written(&mut self, session: u64) {
        self.arriving.take_if(|_| self.session == session);
    }

    /// Whether the session of this number was signed out.
    pub(super) fn is_signed_out(&self, session: u64) -> bool {
        session < self.signed_out_before
    }
}

#[cfg(test)]
mod tests {
    use super::Memory;
    use crate::Secret;
    use crate::sessions::RefreshError;
    use std::time::Duration;

    #[test]
    fn what_becomes_of_an_earlier_session_says_nothing_of_the_one_that_is_kept() {
        let (old, new, now) = (Secret::from("old"), Secret::from("new"), Duration::from_secs(60));
        let mut memory = Memory::default();
        assert!(memory.sending(0, &old, true, now));
        memory.sign_in(&new);
        assert!(memory.sending(1, &new, true, now));
        let later = 2 * now;
        assert!(!memory.sending(0, &old, true, later));
        assert!(!memory.failed_after_sending(0, &old, &RefreshError::signed_out(), true, later));
        memory.forget_failure(0);
        assert_eq!(
            (memory.begun, memory.is_given_up(&new), memory.is_given_up(&old)),
            (Some(now), true, false)
        );
        memory.forget_failure(1);
        assert!(!memory.is_given_up(&new));
    }
}
