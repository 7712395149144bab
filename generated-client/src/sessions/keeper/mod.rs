//! Keeps one session fresh, for programs that live long and call other services with its token.
//!
//! - The session is refreshed shortly before its token expires, by one task at a time, for all who want it.
//! - New tokens take the place of the old ones in the store only if those are still there. So a sign-out wins over a
//!   refresh that is going on, and of several processes with one store none overwrites what another has got.
//! - A refresh that was begun runs to its end, whoever stops waiting for it. It does so in the runtime that
//!   it was begun in: if that stands still, others wait for five minutes, and the outcome is unknown then.
//! - Nothing is sent twice: after a lost response the keeper goes on with the session token to its end. Then the user
//!   has to sign in again, unless another process puts new tokens into the store.
//! - Only a refusal by the service ends the session, or a refresh token that can't be good any more, such as an
//!   expired one; and only when the session token has expired too and nobody else has put new tokens into the store.
//!   An outage, a rate limit, a lost response or a fault of the settings doesn't.
//! - No lock is held while foreign code runs: neither the store nor who listens to events can bring about a deadlock.

mod error;
mod event;
mod memory;
mod refresh;
mod store;

pub use error::KeeperError;
pub use event::{Event, Events};
pub use store::{MemoryStore, SessionStore};

use super::refresh::{Key, MIN_PAUSE, SingleFlight, key_of};
use super::{Clock, RefreshError, SessionBackend, SessionClaims, TokenError, Tokens, ValidToken};
use crate::Secret;
use memory::Memory;
use refresh::Outcome;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::broadcast;

/// How long before the end of a session token the session is refreshed.
const MARGIN: Duration = Duration::from_secs(60);
/// How often the store is read again because others changed it.
const ROUNDS: usize = 5;
/// How many events are kept for those who don't ask for them at once.
const EVENTS: usize = 64;

/// Keeps one session fresh. It is cheap to clone, and its clones keep the same session.
///
/// ```no_run
/// # #[cfg(all(feature = "nhost-system", feature = "nhost-token"))]
/// # async fn example(nhost: generated_client::nhost::Client, session: generated_client::nhost::Session)
/// # -> Result<(), Box<dyn std::error::Error>> {
/// use generated_client::sessions::{Keeper, MemoryStore, Tokens};
///
/// let tokens = Tokens::new(session.access_token, session.refresh_token);
/// let keeper = Keeper::new(nhost.sessions().build(), MemoryStore::new(tokens));
///
/// // Each time that a token is needed:
/// let current = keeper.session().await?;
/// let user = nhost.with_access_token(&current.token).user().get().send().await?;
/// # Ok(())
/// # }
/// ```
pub struct Keeper<S: SessionBackend, T: SessionStore>(Arc<Inner<S, T>>);

struct Inner<S: SessionBackend, T> {
    sessions: S,
    store: T,
    margin: Duration,
    is_rotated: bool,
    clock: Arc<dyn Clock>,
    flight: SingleFlight<Outcome<S::Claims>>,
    memory: Mutex<Memory>,
    events: broadcast::Sender<Event>,
}

impl<S: SessionBackend, T: SessionStore> Keeper<S, T> {
    /// Keeps the session whose tokens are in the store, if there are any.
    ///
    /// It is refreshed a minute before its token expires, or in the last quarter of its life if that is later.
    pub fn new(sessions: S, store: T) -> Self {
        let clock = sessions.clock();
        let flight = SingleFlight::new(Arc::clone(&clock));
        let (events, _) = broadcast::channel(EVENTS);
        let memory = Mutex::default();
        Self(Arc::new(Inner {
            sessions,
            store,
            margin: MARGIN,
            is_rotated: true,
            clock,
            flight,
            memory,
            events,
        }))
    }

    /// Sets how long before the end of its token the session is refreshed. Call it before the keeper is cloned; after that it
    /// has no effect.
    #[must_use]
    pub fn margin(mut self, margin: Duration) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.margin = margin;
        }
        self
    }

    /// Says that the project doesn't rotate refresh tokens: then one whose response was lost is sent once more. Never say it
    /// of Nhost Auth, which always rotates. Call it before the keeper is cloned; after that it has no effect.
    #[must_use]
    pub fn without_rotation(mut self) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.is_rotated = false;
        }
        self
    }

    /// The session token, checked, and refreshed if it has to be.
    ///
    /// While the token is good, nobody waits: a refresh that is due is begun and goes on by itself. Only if
    /// the token has expired does this wait for the new one. Dropping the future breaks nothing off. Call it
    /// in a runtime that goes on: [`RefreshError::OutcomeUnknown`] says what becomes of a refresh whose
    /// runtime stands still.
    ///
    /// # Errors
    ///
    /// Why there is no session. [`KeeperError::is_signed_out`] tells whether the user has to sign in again; before that, the
    /// store is read for five seconds, as another process may have refreshed the session at the same time. After a failure
    /// that may pass, nothing is sent for five seconds, or as long as the service asks to wait, up to five minutes.
    pub async fn session(&self) -> Result<ValidToken<S::Claims>, KeeperError> {
        for _ in 0..ROUNDS {
            let (number, tokens) = self.load().await?;
            let tokens = tokens.ok_or(KeeperError::SignedOut)?;
            match self.claims(&tokens).await {
                Ok(claims) => {
                    let token = tokens.session.clone();
                    if self.is_due(&claims) {
                        self.begin(number, tokens);
                    }
                    return Ok(ValidToken { claims, token });
                }
                Err(refused) if !refused.is_fixed_by_refresh() => return Err(KeeperError::Token(refused)),
                Err(_) => {}
            }
            match self.refresh(number, tokens).await {
                Outcome::Refreshed(session) => return Ok(session),
                Outcome::Failed(error) => return Err(error),
                Outcome::Changed => {}
            }
        }
        Err(KeeperError::Contended)
    }

    /// Keeps another session from now on. A refresh of the session before that goes on is of no account then:
    /// its tokens are dropped, and whoever waits for it gets the new session.
    ///
    /// The session before isn't ended at the service, and neither are those tokens: the new session may be
    /// the same one there, after a tenant was selected for example. If it is to end, [sign
    /// out](Self::sign_out) first.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn sign_in(&self, tokens: Tokens) -> Result<(), KeeperError> {
        let number = self.memory().sign_in(&tokens.refresh);
        self.write(number, Some(tokens)).await?;
        self.tell(Event::SignedIn);
        Ok(())
    }

    /// Forgets the session, and then ends it at the service. A session token that was handed out before is good until it
    /// expires.
    ///
    /// # Errors
    ///
    /// The first failure of the store or of the service. Each of them is told in any case: a session that the store
    /// can't forget is over nevertheless, and one that the service can't end is forgotten. If the store can't be
    /// read, the session that this keeper read or refreshed last is ended; if it never did, there is none that it can
    /// end at the service.
    pub async fn sign_out(&self) -> Result<(), KeeperError> {
        let unsaved = self.memory().unsaved.as_ref().map(|(_, tokens)| tokens.refresh.clone());
        let stored = self.load().await;
        let (number, known) = self.memory().sign_out();
        let forgotten = self.write(number, None).await;
        if forgotten.is_ok() {
            self.tell(Event::SignedOut);
        }
        let (refresh, read) = match stored {
            Ok((_, tokens)) => (tokens.map(|tokens| tokens.refresh), Ok(())),
            Err(error) => (known, Err(error)),
        };
        // The store may have had other tokens than those that it didn't take before.
        let unsaved = unsaved.filter(|unsaved| refresh.as_ref() != Some(unsaved));
        let mut outcome = read.and(forgotten);
        for refresh in refresh.into_iter().chain(unsaved) {
            outcome = outcome.and(self.revoke(&refresh).await);
        }
        outcome
    }

    /// Writes into the store what the session of this number begins with.
    async fn write(&self, number: u64, tokens: Option<Tokens>) -> Result<(), KeeperError> {
        let _writing = Writing(self, number);
        self.0.store.store(tokens).await.map_err(KeeperError::store)
    }

    /// Ends the session of a refresh token at the service, which may have ended it before.
    async fn revoke(&self, refresh: &Secret) -> Result<(), KeeperError> {
        match self.0.sessions.revoke(refresh.expose()).await {
            Err(error) if !error.is_over() => Err(KeeperError::Refresh(error)),
            _ => Ok(()),
        }
    }

    /// What happens to the session from now on.
    #[must_use]
    pub fn events(&self) -> Events {
        Events::of(&self.0.events)
    }

    /// What the session token says, if it is good. Other services may allow for no difference between clocks, so the token
    /// counts as good no longer than it says.
    async fn claims(&self, tokens: &Tokens) -> Result<S::Claims, TokenError> {
        let claims = self.0.sessions.validate_session(tokens.session.expose()).await?;
        if self.left(&claims).is_zero() { Err(TokenError::Expired) } else { Ok(claims) }
    }

    fn left(&self, claims: &S::Claims) -> Duration {
        since_epoch(claims.expires_at()).saturating_sub(self.0.clock.calendar())
    }

    /// Whether the token expires so soon that it should be refreshed, and the last refresh wasn't just now.
    fn is_due(&self, claims: &S::Claims) -> bool {
        let lifetime = |issued| since_epoch(claims.expires_at()).saturating_sub(since_epoch(issued));
        let quarter = claims.issued_at().map(|issued| lifetime(issued) / 4);
        let margin = quarter.map_or(self.0.margin, |quarter| self.0.margin.min(quarter));
        let begun = self.memory().begun;
        self.left(claims) <= margin && begun.is_none_or(|begun| self.monotonic() >= begun + MIN_PAUSE)
    }

    /// Refreshes the session of this number in a task of its own, or waits for the one that does so with this
    /// refresh token.
    async fn refresh(&self, number: u64, tokens: Tokens) -> Outcome<S::Claims> {
        let (keeper, key) = (self.clone(), flight_key(&tokens));
        let thing = || async move { (keeper.refresh_once(number, tokens).await, Duration::ZERO) };
        let outcome = self.0.flight.run(key, thing).await;
        outcome.unwrap_or_else(|| KeeperError::Refresh(RefreshError::interrupted()).into())
    }

    /// Like [`refresh`](Self::refresh), without waiting.
    fn begin(&self, number: u64, tokens: Tokens) {
        let (keeper, key) = (self.clone(), flight_key(&tokens));
        self.0
            .flight
            .begin(key, || async move { (keeper.refresh_once(number, tokens).await, Duration::ZERO) });
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.0.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn monotonic(&self) -> Duration {
        self.0.clock.monotonic()
    }

    /// Tells an event to all who listen, which may be nobody.
    fn tell(&self, event: Event) {
        drop(self.0.events.send(event));
    }
}

/// The session of this number is being written into the store, until this is dropped.
struct Writing<'k, S: SessionBackend, T: SessionStore>(&'k Keeper<S, T>, u64);

impl<S: SessionBackend, T: SessionStore> Drop for Writing<'_, S, T> {
    fn drop(&mut self) {
        self.0.memory().written(self.1);
    }
}

/// The key of the refresh with these tokens.
fn flight_key(tokens: &Tokens) -> Key {
    key_of("keeper", tokens.refresh.expose())
}

fn since_epoch(time: SystemTime) -> Duration {
    time.duration_since(UNIX_EPOCH).unwrap_or_default()
}

impl<S: SessionBackend, T: SessionStore> Clone for Keeper<S, T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<S: SessionBackend, T: SessionStore> fmt::Debug for Keeper<S, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keeper").field("sessions", &self.0.sessions).finish_non_exhaustive()
    }
}
