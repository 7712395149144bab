//! Chooses the HTTP client that sends a request, so that no request goes to a connection that is lost already.
//!
//! A pooled connection may be useless without showing it, for two reasons. First, it belongs to the runtime that made it,
//! and is stuck while that runtime isn't running: a current-thread runtime runs only in its `block_on`. So each runtime has
//! a client with a pool of its own. Second, the server may be closing the connection at this moment. The module `trust`
//! deals with that.

use std::sync::{Mutex, OnceLock, PoisonError};

use hyper_util::client::legacy::connect::HttpInfo;
use reqwest::{Client, Response};
use tokio::runtime::{Handle, Id};

use super::clock::Clock;
use super::trust::Trust;
use crate::runtime::request::spec::Retry;
use crate::runtime::response::unread::Reading;

/// Builds another client, with or without a pool.
pub(crate) type Make = Box<dyn Fn(Pool) -> reqwest::Result<Client> + Send + Sync>;

/// Whether a client keeps connections for the next request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pool {
    On,
    Off,
}

/// For how many runtimes clients are kept, beside the first one. Programs have one runtime or one for each thread; test
/// programs have many, one after the other.
const MOST_RUNTIMES: usize = 64;

/// The HTTP clients of a connection to a service.
pub(crate) struct Clients {
    first: Client,
    /// The runtime that used the first client first.
    home: OnceLock<Id>,
    /// How further clients are built; none if the first one came from outside.
    make: Option<Make>,
    others: Mutex<Vec<(Id, Client)>>,
    without_pool: OnceLock<Client>,
    trust: Trust,
}

impl Clients {
    pub(crate) fn new(first: Client, make: Option<Make>) -> Self {
        let (home, others, without_pool) = (OnceLock::new(), Mutex::default(), OnceLock::new());
        Self { first, home, make, others, without_pool, trust: Trust::default() }
    }

    /// The client that was built first.
    pub(crate) fn first(&self) -> &Client {
        &self.first
    }

    /// The client for a request that is sent now, from the current runtime, and whether it has a pool.
    pub(super) fn client(&self, class: Retry, reading: Reading, clock: &dyn Clock) -> (Client, Pool) {
        let Some(make) = &self.make else {
            return (self.first.clone(), Pool::On);
        };
        let needs_another = match reading {
            // What may be sent again may meet a lost connection.
            Reading::Whole => class == Retry::Never && !self.trust.allows(clock.monotonic()),
            // When the connection becomes idle depends on the caller, so nobody would note it.
            Reading::Head => true,
        };
        if needs_another && !self.trust.is_proven() {
            return (self.without_pool(make), Pool::Off);
        }
        (self.of_runtime(make), Pool::On)
    }

    /// Notes a response that has been read from a pooled connection, which is idle from now on.
    pub(super) fn responded(&self, response: &Response, clock: &dyn Clock) {
        if self.make.is_none() || self.trust.is_proven() {
            return;
        }
        // The address of this end distinguishes a connection from all others.
        let connection = response.extensions().get::<HttpInfo>().map(HttpInfo::local_addr);
        if let Some(connection) = connection {
            self.trust.responded(connection, clock.monotonic());
        }
    }

    /// Notes that a connection broke before there was a response.
    pub(super) fn broke(&self, clock: &dyn Clock) {
        self.trust.broke(clock.monotonic());
    }

    fn without_pool(&self, make: &Make) -> Client {
        if let Some(client) = self.without_pool.get() {
            return client.clone();
        }
        // Building hardly ever fails, since the first client was built from the same settings.
        let Ok(built) = make(Pool::Off) else { return self.first.clone() };
        self.without_pool.get_or_init(|| built).clone()
    }

    fn of_runtime(&self, make: &Make) -> Client {
        let Ok(here) = Handle::try_current().map(|handle| handle.id()) else {
            return self.first.clone();
        };
        if *self.home.get_or_init(|| here) == here {
            return self.first.clone();
        }
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, client)) = others.iter().find(|(id, _)| *id == here) {
            return client.clone();
        }
        let Ok(built) = make(Pool::On) else { return self.first.clone() };
        if others.len() == MOST_RUNTIMES {
            others.remove(0);
        }
        others.push((here, built.clone()));
        built
    }
}
