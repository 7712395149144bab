//! The cache of a service's keys.
//!
//! - Reading takes no lock, and a validation whose key is known never waits for a fetch, unless the token isn't one
//!   of that key: the key may have been replaced without another name.
//! - Keys are fresh for ten minutes. After that, the next validation starts a fetch and goes on with the keys that there
//!   are, for at most an hour more. So a service that is down signs nobody out, and a key that was withdrawn is forgotten.
//! - One fetch runs at a time, and whoever needs its result waits for it, but no longer than fetches take: one that was begun
//!   in a runtime that nobody drives stands still. Then the next one takes its place.
//! - Fetches begin at least 30 seconds apart, whatever became of the last one. So tokens that name made-up keys or
//!   have made-up signatures can't make this program flood the service.
//! - A fetch runs to its end even if nobody waits for it any more.

use super::{KeySet, VerifyingKey};
use crate::sessions::clock::within;
use crate::sessions::{Algorithm, Clock, KeysUnavailable, TokenError};
use arc_swap::ArcSwap;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::watch;

/// How long keys are used without asking for newer ones.
const FRESH: Duration = Duration::from_secs(10 * 60);
/// How long they are used after that, while the service has none to give.
const STALE: Duration = Duration::from_secs(60 * 60);
/// How far apart fetches begin at least. It is longer than a fetch takes, so one that is as old stands still.
const PAUSE: Duration = Duration::from_secs(30);
/// How long anybody waits for a fetch, which takes five seconds at most.
const PATIENCE: Duration = Duration::from_secs(10);

/// A fetch that is going on: the document that the service has its keys in.
pub(crate) type Fetching = Pin<Box<dyn Future<Output = Result<Vec<u8>, KeysUnavailable>> + Send>>;

/// How keys are fetched.
pub(crate) trait FetchKeys: Send + Sync {
    fn fetch(&self) -> Fetching;
}

impl<F: Fn() -> Fetching + Send + Sync> FetchKeys for F {
    fn fetch(&self) -> Fetching {
        self()
    }
}

/// The keys of a service, kept fresh. Its clones share them.
#[derive(Clone)]
pub(crate) struct KeyCache(Arc<Shared>);

struct Shared {
    current: ArcSwap<Snapshot>,
    flight: Mutex<Flight>,
    fetch: Box<dyn FetchKeys>,
    clock: Arc<dyn Clock>,
}

/// What is known of the keys.
#[derive(Clone, Default)]
struct Snapshot {
    keys: KeySet,
    /// When the fetch of the keys began, by the monotonic clock; none if they never came.
    fetched: Option<Duration>,
    /// What the last fetch failed with, if it did.
    failure: Option<KeysUnavailable>,
}

/// The fetch that goes on, if there is one, and when the last one began, by which it is known.
#[derive(Default)]
struct Flight {
    running: Option<watch::Receiver<()>>,
    begun: Option<Duration>,
}

impl KeyCache {
    pub(crate) fn new(fetch: impl FetchKeys + 'static, clock: Arc<dyn Clock>) -> Self {
        Self(Arc::new(Shared {
            current: ArcSwap::default(),
            flight: Mutex::default(),
            fetch: Box::new(fetch),
            clock,
        }))
    }

    /// The key for a token that names this key and this algorithm. It waits only for a key that isn't known, or that
    /// is known for another algorithm.
    pub(crate) async fn find(
        &self,
        kid: Option<&str>,
        algorithm: Algorithm,
    ) -> Result<Arc<VerifyingKey>, TokenError> {
        if let Ok(Some(key)) = self.known(kid, algorithm) {
            return Ok(key);
        }
        if let Some(fetch) = self.join_fetch() {
            ended(fetch).await;
        }
        self.known(kid, algorithm)?.ok_or_else(|| match self.unavailable() {
            Some(unavailable) => TokenError::KeysUnavailable(unavailable),
            None => TokenError::UnknownKey,
        })
    }

    /// The key for such a token that has taken the place of this one, if there is one. It waits for a fetch if that
    /// may begin.
    pub(crate) async fn find_newer(
        &self,
        kid: Option<&str>,
        algorithm: Algorithm,
        old: &Arc<VerifyingKey>,
    ) -> Option<Arc<VerifyingKey>> {
        let newer = || self.known(kid, algorithm).ok().flatten().filter(|key| !Arc::ptr_eq(key, old));
        if let Some(key) = newer() {
            return Some(key);
        }
        ended(self.join_fetch()?).await;
        newer()
    }

    /// Waits until there are keys, for programs that want them before they need them. Keys that aren't fresh will do.
    pub(crate) async fn load(&self) -> Result<(), KeysUnavailable> {
        match self.usable_age() {
            Some(age) if age < FRESH => return Ok(()),
            Some(_) => drop(self.join_fetch()),
            None => {
                if let Some(fetch) = self.join_fetch() {
                    ended(fetch).await;
                }
            }
        }
        if self.usable_age().is_some() { Ok(()) } else { self.unavailable().map_or(Ok(()), Err) }
    }

    /// How old the keys are, if they may still be used.
    fn usable_age(&self) -> Option<Duration> {
        self.age(&self.0.current.load()).filter(|age| *age < FRESH + STALE)
    }

    /// The key if it is among those that may still be used. Starts a fetch if they aren't fresh, and doesn't wait for it.
    fn known(
        &self,
        kid: Option<&str>,
        algorithm: Algorithm,
    ) -> Result<Option<Arc<VerifyingKey>>, TokenError> {
        let snapshot = self.0.current.load();
        let Some(age) = self.age(&snapshot).filter(|age| *age < FRESH + STALE) else {
            return Ok(None);
        };
        let found = snapshot.keys.find(kid, algorithm);
        // Whoever finds no key joins the fetch by itself.
        if age >= FRESH && matches!(found, Ok(Some(_))) {
            drop(self.join_fetch());
        }
        found
    }

    fn age(&self, snapshot: &Snapshot) -> Option<Duration> {
        Some(self.0.clock.monotonic().saturating_sub(snapshot.fetched?))
    }

    /// Why a key that isn't there may still exist; nothing if the keys are fresh.
    fn unavailable(&self) -> Option<KeysUnavailable> {
        let snapshot = self.0.current.load();
        if snapshot.failure.is_none() && self.age(&snapshot).is_some_and(|age| age < FRESH) {
            return None;
        }
        let failure = snapshot.failure.clone();
        Some(
            failure
                .unwrap_or_else(|| KeysUnavailable::new("they could not be fetched"))
                .retry_after_pause(self.pause()),
        )
    }

    /// How long it takes until a fetch may begin.
    fn pause(&self) -> Duration {
        let begun = self.0.flight().begun;
        begun.map_or(Duration::ZERO, |begun| (begun + PAUSE).saturating_sub(self.0.clock.monotonic()))
    }

    /// The fetch that goes on, or a new one if it is time for that.
    fn join_fetch(&self) -> Option<watch::Receiver<()>> {
        let mut flight = self.0.flight();
        let now = self.0.clock.monotonic();
        if flight.begun.is_some_and(|begun| now < begun + PAUSE) {
            return flight.running.clone();
        }
        // Without a runtime there would be no connection either.
        let runtime = Handle::try_current().ok()?;
        let (end, running) = watch::channel(());
        *flight = Flight { running: Some(running.clone()), begun: Some(now) };
        // A runtime that is shutting down drops the task at once, which ends the flight.
        drop(flight);
        let landing = Landing { shared: Arc::clone(&self.0), begun: now, _end: end };
        runtime.spawn(async move {
            if !landing.is_replaced() {
                let outcome = landing.shared.fetch.fetch().await;
                landing.store(outcome);
            }
            drop(landing);
        });
        Some(running)
    }
}

/// Waits until the fetch has ended, which drops the other end.
async fn ended(mut fetch: watch::Receiver<()>) {
    within(PATIENCE, async { while fetch.changed().await.is_ok() {} }).await;
}

/// Ends the flight whatever becomes of the task. The waiting ones wake up when the sender is dropped, after that.
struct Landing {
    shared: Arc<Shared>,
    begun: Duration,
    _end: watch::Sender<()>,
}

impl Landing {
    /// Whether this fetch stood still for so long that another one has taken its place.
    fn is_replaced(&self) -> bool {
        self.shared.flight().begun != Some(self.begun)
    }

    /// Keys that came take the place of all others; a failure leaves those that there are. The keys are as old as the fetch,
    /// whose response may have been there for long before its task went on.
    fn store(&self, outcome: Result<Vec<u8>, KeysUnavailable>) {
        let keys = outcome.and_then(|json| {
            KeySet::from_service(&json).map_err(|invalid| KeysUnavailable::new(invalid.to_string()))
        });
        if self.is_replaced() {
            return;
        }
        let current = &self.shared.current;
        let snapshot = match keys {
            Ok(keys) => Snapshot { keys, fetched: Some(self.begun), failure: None },
            Err(failure) => Snapshot { failure: Some(failure), ..Snapshot::clone(&current.load()) },
        };
        current.store(Arc::new(snapshot));
    }
}

impl Drop for Landing {
    fn drop(&mut self) {
        let mut flight = self.shared.flight();
        if flight.begun == Some(self.begun) {
            flight.running = None;
        }
    }
}

impl Shared {
    fn flight(&self) -> MutexGuard<'_, Flight> {
        self.flight.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for KeyCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyCache").field("keys", &self.0.current.load().keys).finish_non_exhaustive()
    }
}
