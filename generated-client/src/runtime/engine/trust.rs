//! Whether pooled connections are good for requests that must not be sent twice.
//!
//! Some servers close each connection after its response, and don't announce it. If the next request is written at that
//! moment, it is lost, and nobody can say whether the server has read it. So such a request gets a new connection until the
//! server has shown that it keeps connections: by a second response on one of them, or by leaving one idle for a while.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long a connection has to be idle until a server that closes it at once must have done so.
const SETTLED: Duration = Duration::from_millis(100);

/// How many connections are remembered.
const REMEMBERED: usize = 64;

#[derive(Default)]
pub(super) struct Trust {
    /// Whether the server has responded twice on one connection, and none has broken since.
    is_proven: AtomicBool,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    /// When a connection last became idle or broke.
    last: Option<Instant>,
    /// The connections that had a response most recently.
    connections: VecDeque<SocketAddr>,
}

impl Trust {
    /// Whether the server keeps connections. This takes no time, so that it can be asked for every request.
    pub(super) fn is_proven(&self) -> bool {
        self.is_proven.load(Ordering::Relaxed)
    }

    /// Whether a request that must not be sent twice may be sent on a pooled connection now.
    pub(super) fn allows(&self, now: Instant) -> bool {
        let is_settled = |last: Instant| now.saturating_duration_since(last) >= SETTLED;
        self.is_proven() || self.seen().last.is_none_or(is_settled)
    }

    /// Notes a response on a connection, which is idle from now on.
    pub(super) fn responded(&self, connection: SocketAddr, now: Instant) {
        if self.is_proven() {
            return;
        }
        let mut seen = self.seen();
        if seen.connections.contains(&connection) {
            self.is_proven.store(true, Ordering::Relaxed);
            seen.connections.clear();
            return;
        }
        seen.last = Some(now);
        seen.connections.push_back(connection);
        if seen.connections.len() > REMEMBERED {
            seen.connections.pop_front();
        }
    }

    /// Notes that a connection broke before there was a response.
    pub(super) fn broke(&self, now: Instant) {
        self.is_proven.store(false, Ordering::Relaxed);
        let mut seen = self.seen();
        seen.last = Some(now);
        seen.connections.clear();
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{SETTLED, Trust};
    use std::net::SocketAddr;
    use std::time::{Duration, Instant};

    fn connection(port: u16) -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], port))
    }

    #[test]
    fn a_connection_that_has_just_become_idle_is_not_trusted() {
        let (trust, start) = (Trust::default(), Instant::now());
        assert!(trust.allows(start));
        for (port, millis) in [(1, 0), (2, 50), (3, 250)] {
            let now = start + Duration::from_millis(millis);
            trust.responded(connection(port), now);
            assert!(!trust.allows(now) && !trust.allows(now + SETTLED / 2));
            assert!(trust.allows(now + SETTLED));
        }
    }

    #[test]
    fn a_second_response_on_a_connection_proves_that_the_server_keeps_them() {
        let (trust, now) = (Trust::default(), Instant::now());
        (1..=64).for_each(|port| trust.responded(connection(port), now));
        assert!(!trust.allows(now));
        trust.responded(connection(1), now);
        assert!(trust.allows(now));
        trust.broke(now);
        assert!(!trust.allows(now));
        trust.responded(connection(1), now);
        assert!(!trust.allows(now));
    }

    #[test]
    fn only_some_connections_are_remembered() {
        let (trust, now) = (Trust::default(), Instant::now());
        (1..=65).for_each(|port| trust.responded(connection(port), now));
        trust.responded(connection(1), now);
        assert!(!trust.allows(now));
    }
}
