//! Does a thing once for all who want it at the same time.

use crate::sessions::Clock;
use crate::sessions::clock::within;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::runtime::{Handle, Id};
use tokio::sync::watch;

/// What is done, such as the refresh with this token, of which only a digest is kept.
pub(crate) type Key = [u8; 32];

/// Outcomes are kept for no more things than these.
const MAX_KEPT: usize = 10_000;

/// How long anybody waits for an outcome, which is longer than calls and stores take. A task that was begun in a runtime that
/// nobody drives stands still, and there may be no outcome ever.
const PATIENCE: Duration = Duration::from_secs(5 * 60);

/// Things that are being done, by their keys. Whoever wants one that is being done waits for its outcome.
///
/// A thing that was begun is done to its end in a task of its own, so that nobody who stops waiting breaks it off. A task that
/// its runtime hasn't come to yet leaves the thing to whoever waits for it in another runtime.
pub(crate) struct SingleFlight<V>(Arc<Shared<V>>);

struct Shared<V> {
    flights: Mutex<BTreeMap<Key, Flight<V>>>,
    clock: Arc<dyn Clock>,
}

struct Flight<V> {
    outcome: watch::Sender<Option<V>>,
    /// Where its task is.
    runtime: Id,
    /// Whether the thing is being done. Whoever sets it does it.
    is_begun: Arc<AtomicBool>,
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
    /// There is no outcome if the thing was broken off, because it panicked or its runtime ended, if there is no runtime to
    /// begin it in, or if it takes minutes.
    pub(crate) async fn run<F>(&self, key: Key, thing: impl FnOnce() -> F) -> Option<V>
    where
        F: Future<Output = (V, Duration)> + Send + 'static,
    {
        let mut outcome = self.join(key, thing, Flight::is_left_to)?;
        let outcome = within(PATIENCE, outcome.wait_for(Option::is_some)).await?.ok()?;
        outcome.clone()
    }

    /// Begins the thing unless it is being done, and waits for nothing.
    pub(crate) fn begin<F>(&self, key: Key, thing: impl FnOnce() -> F)
    where
        F: Future<Output = (V, Duration)> + Send + 'static,
    {
        drop(self.join(key, thing, |_, _| false));
    }

    /// Begins the thing unless there is a flight already, or if that may be taken over in this runtime.
    fn join<F>(
        &self,
        key: Key,
        thing: impl FnOnce() -> F,
        is_left_to: fn(&Flight<V>, &Handle) -> bool,
    ) -> Option<watch::Receiver<Option<V>>>
    where
        F: Future<Output = (V, Duration)> + Send + 'static,
    {
        let mut flights = self.0.flights();
        let now = self.0.clock.monotonic();
        flights.retain(|_, flight| flight.kept_until.is_none_or(|until| now < until));
        let runtime = Handle::try_current();
        let sender = match flights.get(&key) {
            Some(flight) if runtime.as_ref().is_ok_and(|here| is_left_to(flight, here)) => {
                flight.outcome.clone()
            }
            Some(flight) => return Some(flight.outcome.subscribe()),
            None => watch::Sender::new(None),
        };
        let runtime = runtime.ok()?;
        let outcome = sender.subscribe();
        let is_begun = Arc::new(AtomicBool::new(false));
        let flight = Flight {
            outcome: sender.clone(),
            runtime: runtime.id(),
            is_begun: Arc::clone(&is_begun),
            kept_until: None,
        };
        flights.insert(key, flight);
        drop(flights);
        let mut landing = Landing { shared: Arc::clone(&self.0), key, is_begun, kept_for: Duration::ZERO };
        let thing = thing();
        runtime.spawn(async move {
            if landing.is_begun.swap(true, Ordering::SeqCst) {
                return;
            }
            let (outcome, kept_for) = thing.await;
            landing.kept_for = kept_for;
            // The outcome is there before the flight ends, so that nobody begins another one in between.
            sender.send_replace(Some(outcome));
            drop(landing);
        });
        Some(outcome)
    }
}

impl<V> Flight<V> {
    /// Whether the thing is to be done by a task of this runtime, because that of another one hasn't begun. If so, that task
    /// won't begin any more.
    fn is_left_to(&self, runtime: &Handle) -> bool {
        self.runtime != runtime.id() && !self.is_begun.swap(true, Ordering::SeqCst)
    }
}

impl<V> Shared<V> {
    fn flights(&self) -> MutexGuard<'_, BTreeMap<Key, Flight<V>>> {
        self.flights.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends the flight whatever becomes of the task, unless another task does the thing.
struct Landing<V> {
    shared: Arc<Shared<V>>,
    key: Key,
    is_begun: Arc<AtomicBool>,
    kept_for: Duration,
}

impl<V> Drop for Landing<V> {
    fn drop(&mut self) {
        let now = self.shared.clock.monotonic();
        let mut flights = self.shared.flights();
        if !flights.get(&self.key).is_some_and(|flight| Arc::ptr_eq(&flight.is_begun, &self.is_begun)) {
            return;
        }
        if self.kept_for.is_zero() || flights.len() > MAX_KEPT {
            let ended = flights.remove(&self.key);
            // Those who wait are woken without the lock.
            drop(flights);
            drop(ended);
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
