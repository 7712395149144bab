//! Does a thing once for all who want it at the same time.

use crate::sessions::Clock;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::watch;

/// What is done, such as the refresh with this token, of which only a digest is kept.
pub(crate) type Key = [u8; 32];

/// Outcomes are kept for no more things than these.
const MAX_KEPT: usize = 10_000;

/// Things that are being done, by their keys. Whoever wants one that is being done waits for its outcome.
///
/// A thing that was begun is done to its end in a task of its own, so that nobody who stops waiting breaks it off.
pub(crate) struct SingleFlight<V>(Arc<Shared<V>>);

struct Shared<V> {
    flights: Mutex<BTreeMap<Key, Flight<V>>>,
    clock: Arc<dyn Clock>,
}

struct Flight<V> {
    outcome: watch::Receiver<Option<V>>,
    /// Until when the outcome is kept; none while it isn't there.
    kept_until: Option<Duration>,
}

impl<V: Clone + Send + Sync + 'static> SingleFlight<V> {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self(Arc::new(Shared { flights: Mutex::default(), clock }))
    }

    /// Does the thing, or waits for whoever is doing it. With its outcome, the thing says how long those who come later get
    /// the same.
    ///
    /// There is no outcome if the thing was broken off, because it panicked or its runtime ended, or if there is no runtime
    /// to begin it in.
    pub(crate) async fn run<F>(&self, key: Key, thing: impl FnOnce() -> F) -> Option<V>
    where
        F: Future<Output = (V, Duration)> + Send + 'static,
    {
        let mut outcome = self.join(key, thing)?;
        let outcome = outcome.wait_for(Option::is_some).await.ok()?;
        outcome.clone()
    }

    /// Begins the thing unless it is being done, and waits for nothing.
    pub(crate) fn join<F>(&self, key: Key, thing: impl FnOnce() -> F) -> Option<watch::Receiver<Option<V>>>
    where
        F: Future<Output = (V, Duration)> + Send + 'static,
    {
        let mut flights = self.0.flights();
        let now = self.0.clock.monotonic();
        flights.retain(|_, flight| flight.kept_until.is_none_or(|until| now < until));
        if let Some(flight) = flights.get(&key) {
            return Some(flight.outcome.clone());
        }
        let runtime = Handle::try_current().ok()?;
        let (sender, outcome) = watch::channel(None);
        flights.insert(key, Flight { outcome: outcome.clone(), kept_until: None });
        drop(flights);
        let mut landing = Landing { shared: Arc::clone(&self.0), key, kept_for: Duration::ZERO };
        let thing = thing();
        runtime.spawn(async move {
            let (outcome, kept_for) = thing.await;
            landing.kept_for = kept_for;
            // The outcome is there before the flight ends, so that nobody begins another one in between.
            sender.send_replace(Some(outcome));
            drop(landing);
        });
        Some(outcome)
    }
}

impl<V> Shared<V> {
    fn flights(&self) -> MutexGuard<'_, BTreeMap<Key, Flight<V>>> {
        self.flights.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends the flight whatever becomes of the task.
struct Landing<V> {
    shared: Arc<Shared<V>>,
    key: Key,
    kept_for: Duration,
}

impl<V> Drop for Landing<V> {
    fn drop(&mut self) {
        let now = self.shared.clock.monotonic();
        let mut flights = self.shared.flights();
        if self.kept_for.is_zero() || flights.len() > MAX_KEPT {
            flights.remove(&self.key);
        } else if let Some(flight) = flights.get_mut(&self.key) {
            flight.kept_until = Some(now.saturating_add(self.kept_for));
        }
    }
}

impl<V> fmt::Debug for SingleFlight<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SingleFlight").field("flights", &self.0.flights().len()).finish()
    }
}
