//! The uses of refresh tokens that go on, of whatever kind they are.

use super::{Key, key_of};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use tokio::sync::OwnedMutexGuard;

/// Lets one use of a refresh token go on at a time, since a token that is rotated is good for one. Tokens are known by their
/// digests.
#[derive(Debug, Default)]
pub(crate) struct Uses(Mutex<BTreeMap<Key, Weak<tokio::sync::Mutex<()>>>>);

impl Uses {
    /// Waits until nobody uses the token. Others have to wait until what this gives is dropped.
    pub(crate) async fn turn(&self, token: &str) -> OwnedMutexGuard<()> {
        self.lock(token).lock_owned().await
    }

    fn lock(&self, token: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut uses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        uses.retain(|_, lock| lock.strong_count() > 0);
        let lock = uses.entry(key_of("use", token)).or_default();
        lock.upgrade().unwrap_or_else(|| {
            let new = Arc::default();
            *lock = Arc::downgrade(&new);
            new
        })
    }
}
