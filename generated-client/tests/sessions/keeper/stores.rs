//! Stores that fail.

use super::fake::{Fake, Said};
use super::{SECOND, asking, event, stored};
use crate::service::uuid;
use generated_client::Secret;
use generated_client::sessions::{Event, Keeper, KeeperError, MemoryStore, SessionStore, Tokens};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// A store whose writes or reads fail while it is told so.
#[derive(Clone, Default)]
struct Failing {
    inner: MemoryStore,
    fails_to_write: Arc<AtomicBool>,
    fails_to_read: Arc<AtomicBool>,
    /// How often it was asked to put tokens in place of others.
    swaps: Arc<AtomicUsize>,
}

impl SessionStore for Failing {
    type Error = Said;

    async fn load(&self) -> Result<Option<Tokens>, Said> {
        if self.fails_to_read.load(Ordering::SeqCst) {
            return Err(Said("the disk is on fire"));
        }
        Ok(self.inner.load().await.unwrap())
    }

    async fn store(&self, tokens: Option<Tokens>) -> Result<(), Said> {
        if self.fails_to_write.load(Ordering::SeqCst) {
            return Err(Said("the disk is full"));
        }
        self.inner.store(tokens).await.unwrap();
        Ok(())
    }

    async fn compare_and_swap(&self, refresh_token: &Secret, tokens: Option<Tokens>) -> Result<bool, Said> {
        self.swaps.fetch_add(1, Ordering::SeqCst);
        if self.fails_to_write.load(Ordering::SeqCst) {
            return Err(Said("the disk is full"));
        }
        Ok(self.inner.compare_and_swap(refresh_token, tokens).await.unwrap())
    }
}

#[tokio::test]
async fn tokens_that_the_store_does_not_take_are_not_lost() {
    let fake = Fake::new();
    let store = Failing::default();
    store.inner.store(Some(fake.tokens(0))).await.unwrap();
    let keeper = Keeper::new(fake.clone(), store.clone());
    let mut events = keeper.events();
    fake.clock.advance(901 * SECOND);
    store.fails_to_write.store(true, Ordering::SeqCst);
    let session = keeper.session().await.unwrap();
    assert_eq!(event(&mut events).await, Event::NotStored);
    assert_eq!(stored(&store.inner).await, Some(uuid(0)));
    assert_eq!(keeper.session().await.unwrap().token, session.token);
    store.fails_to_write.store(false, Ordering::SeqCst);
    assert_eq!(keeper.session().await.unwrap().token, session.token);
    assert_eq!((fake.sent(), stored(&store).await), (1, Some(uuid(1))));
}

/// The store still has the tokens from before the first of several refreshes, or those of any in between.
#[tokio::test]
async fn tokens_of_several_refreshes_that_the_store_does_not_take_are_not_lost() {
    let fake = Fake::new();
    let store = Failing::default();
    store.inner.store(Some(fake.tokens(0))).await.unwrap();
    let keeper = Keeper::new(fake.clone(), store.clone());
    store.fails_to_write.store(true, Ordering::SeqCst);
    for refreshes in 1..=3 {
        fake.clock.advance(901 * SECOND);
        keeper.session().await.unwrap();
        assert_eq!((fake.sent(), stored(&store.inner).await), (refreshes, Some(uuid(0))));
    }
    store.fails_to_write.store(false, Ordering::SeqCst);
    keeper.session().await.unwrap();
    assert_eq!((fake.sent(), stored(&store).await), (3, Some(uuid(3))));

    // A refresh finds the place for its tokens too, and what was left before it is forgotten.
    store.fails_to_write.store(true, Ordering::SeqCst);
    fake.clock.advance(901 * SECOND);
    keeper.session().await.unwrap();
    fake.clock.advance(901 * SECOND);
    fake.close_gate();
    let waiting = asking(&keeper);
    fake.sending(5).await;
    store.fails_to_write.store(false, Ordering::SeqCst);
    fake.open_gate();
    waiting.await.unwrap().unwrap();
    assert_eq!((fake.sent(), stored(&store.inner).await), (5, Some(uuid(5))));
    keeper.session().await.unwrap();
    assert_eq!((fake.sent(), stored(&store.inner).await), (5, Some(uuid(5))));
    assert!(fake.state.lock().unwrap().revoked.is_empty());
}

/// A keeper whose store has failed to take the tokens of so many refreshes.
async fn failed_for(refreshes: usize) -> (Fake, Failing, Keeper<Fake, Failing>) {
    let fake = Fake::new();
    let store = Failing::default();
    store.inner.store(Some(fake.tokens(0))).await.unwrap();
    let keeper = Keeper::new(fake.clone(), store.clone());
    store.fails_to_write.store(true, Ordering::SeqCst);
    for _ in 0..refreshes {
        fake.clock.advance(901 * SECOND);
        keeper.session().await.unwrap();
    }
    store.fails_to_write.store(false, Ordering::SeqCst);
    store.swaps.store(0, Ordering::SeqCst);
    (fake, store, keeper)
}

/// The store has what it had at the beginning, or what it took last while it said that it failed.
#[tokio::test]
async fn a_store_that_fails_for_long_costs_no_more_and_loses_no_session() {
    for (has, swaps) in [(0, 1), (1, 2), (39, 16)] {
        let (fake, store, keeper) = failed_for(40).await;
        store.inner.store(Some(fake.tokens(has))).await.unwrap();
        keeper.session().await.unwrap();
        assert_eq!((stored(&store).await, store.swaps.load(Ordering::SeqCst)), (Some(uuid(40)), swaps));
        keeper.sign_out().await.unwrap();
        assert_eq!(fake.state.lock().unwrap().revoked, [uuid(40)]);
    }
}

/// Another process has put tokens of its own into the store, or those are there that were forgotten.
#[tokio::test]
async fn a_sign_out_ends_what_the_store_did_not_take_as_well() {
    for has in [90, 20] {
        let (fake, store, keeper) = failed_for(40).await;
        store.inner.store(Some(fake.tokens(has))).await.unwrap();
        keeper.sign_out().await.unwrap();
        assert_eq!((stored(&store).await, store.swaps.load(Ordering::SeqCst)), (None, 16));
        assert_eq!(fake.state.lock().unwrap().revoked, [uuid(has), uuid(40)]);
    }
}

/// What the store doesn't forget is worth nothing then.
#[tokio::test]
async fn a_sign_out_ends_the_session_even_if_the_store_fails() {
    let fake = Fake::new();
    let store = Failing::default();
    store.inner.store(Some(fake.tokens(0))).await.unwrap();
    let keeper = Keeper::new(fake.clone(), store.clone());
    store.fails_to_write.store(true, Ordering::SeqCst);
    fake.clock.advance(901 * SECOND);
    keeper.session().await.unwrap();
    let error = keeper.sign_out().await.unwrap_err();
    assert!(matches!(error, KeeperError::Store(_)), "{error}");
    assert_eq!(fake.state.lock().unwrap().revoked, [uuid(1)]);
}

/// What was read or refreshed last is worth nothing then, and there is nothing to end of what was never read.
#[tokio::test]
async fn a_sign_out_ends_the_session_even_if_the_store_cannot_be_read() {
    for (is_read, fails_to_write, revoked) in
        [(true, false, vec![uuid(0)]), (true, true, vec![uuid(0)]), (false, false, Vec::new())]
    {
        let fake = Fake::new();
        let store = Failing::default();
        store.inner.store(Some(fake.tokens(0))).await.unwrap();
        let keeper = Keeper::new(fake.clone(), store.clone());
        if is_read {
            keeper.session().await.unwrap();
        }
        store.fails_to_read.store(true, Ordering::SeqCst);
        store.fails_to_write.store(fails_to_write, Ordering::SeqCst);
        let error = keeper.sign_out().await.unwrap_err();
        assert_eq!(error.to_string(), "the store of the session failed: the disk is on fire");
        assert_eq!(stored(&store.inner).await, fails_to_write.then(|| uuid(0)));
        assert_eq!(fake.state.lock().unwrap().revoked, revoked);
    }
}

/// The store has the old tokens all along, and works again before the refresh ends.
#[tokio::test]
async fn a_refresh_that_goes_on_brings_no_session_back_into_a_store_that_failed() {
    let fake = Fake::new();
    let store = Failing::default();
    store.inner.store(Some(fake.tokens(0))).await.unwrap();
    let keeper = Keeper::new(fake.clone(), store.clone());
    fake.clock.advance(901 * SECOND);
    fake.close_gate();
    let waiting = asking(&keeper);
    fake.sending(1).await;
    store.fails_to_read.store(true, Ordering::SeqCst);
    store.fails_to_write.store(true, Ordering::SeqCst);
    keeper.sign_out().await.unwrap_err();
    store.fails_to_read.store(false, Ordering::SeqCst);
    store.fails_to_write.store(false, Ordering::SeqCst);
    fake.open_gate();
    assert!(waiting.await.unwrap().unwrap_err().is_signed_out());
    assert_ne!(stored(&store.inner).await, Some(uuid(1)));
    assert_eq!(fake.state.lock().unwrap().revoked, [uuid(0), uuid(1)]);
}

/// The tokens of a refresh that goes on are those of a session which is over.
#[tokio::test]
async fn a_sign_out_wins_if_the_store_fails_afterwards() {
    let fake = Fake::new();
    let store = Failing::default();
    store.inner.store(Some(fake.tokens(0))).await.unwrap();
    let keeper = Keeper::new(fake.clone(), store.clone());
    fake.clock.advance(901 * SECOND);
    fake.close_gate();
    let waiting = asking(&keeper);
    fake.sending(1).await;
    keeper.sign_out().await.unwrap();
    store.fails_to_write.store(true, Ordering::SeqCst);
    store.fails_to_read.store(true, Ordering::SeqCst);
    fake.open_gate();
    assert!(matches!(waiting.await.unwrap(), Err(KeeperError::Store(_))));
    store.fails_to_read.store(false, Ordering::SeqCst);
    assert!(matches!(keeper.session().await, Err(KeeperError::SignedOut)));
    assert_eq!(fake.state.lock().unwrap().revoked, [uuid(0), uuid(1)]);
}

#[tokio::test]
async fn a_store_that_cannot_be_read_is_an_error_of_its_own() {
    let fake = Fake::new();
    let store = Failing::default();
    store.fails_to_read.store(true, Ordering::SeqCst);
    let error = Keeper::new(fake, store).session().await.unwrap_err();
    assert_eq!(error.to_string(), "the store of the session failed: the disk is on fire");
    assert!(!error.is_signed_out());
}
