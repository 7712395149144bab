//! Sign-ins while the session before is being refreshed.

use super::fake::{Fake, Said, fault};
use super::{SECOND, asking, kept, stored};
use crate::service::uuid;
use generated_client::Secret;
use generated_client::sessions::{Keeper, KeeperError, MemoryStore, RefreshError, SessionStore, Tokens};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

/// The tokens of another session, whose access token is like no other.
fn another(fake: &Fake) -> Tokens {
    fake.state.lock().unwrap().seconds = 1200;
    let tokens = fake.tokens(7);
    fake.state.lock().unwrap().seconds = 900;
    tokens
}

/// Somebody who waits for the token of the session.
fn token<T: SessionStore>(keeper: &Keeper<Fake, T>) -> JoinHandle<Result<Secret, KeeperError>> {
    let keeper = keeper.clone();
    tokio::spawn(async move { keeper.session().await.map(|session| session.token) })
}

/// Nothing of the session before is revoked: it may be the same one at the service.
#[tokio::test]
async fn another_session_wins_over_a_refresh_that_goes_on() {
    for failure in
        [None, Some(RefreshError::Ended(fault("401"))), Some(RefreshError::Unavailable(fault("500")))]
    {
        let (fake, store, keeper) = kept();
        fake.clock.advance(901 * SECOND);
        fake.close_gate();
        let waiting = token(&keeper);
        fake.sending(1).await;
        let other = another(&fake);
        keeper.sign_in(other.clone()).await.unwrap();
        if let Some(failure) = failure {
            fake.fails(failure, false);
        }
        fake.open_gate();
        assert_eq!(waiting.await.unwrap().unwrap(), other.session);
        assert_eq!(stored(&store).await, Some(uuid(7)));
        assert!(fake.state.lock().unwrap().revoked.is_empty());
    }
}

/// A store whose sign-ins wait, and whose swaps fail while it is told so.
#[derive(Clone)]
struct Waiting {
    inner: MemoryStore,
    asked: Arc<Semaphore>,
    gate: Arc<Semaphore>,
    fails_to_swap: Arc<AtomicBool>,
}

impl Waiting {
    fn new(tokens: Tokens) -> Self {
        let [asked, gate] = [(); 2].map(|()| Arc::new(Semaphore::new(0)));
        Self { inner: MemoryStore::new(tokens), asked, gate, fails_to_swap: Arc::default() }
    }
}

impl SessionStore for Waiting {
    type Error = Said;

    async fn load(&self) -> Result<Option<Tokens>, Said> {
        Ok(self.inner.load().await.unwrap())
    }

    async fn store(&self, tokens: Option<Tokens>) -> Result<(), Said> {
        self.asked.add_permits(1);
        self.gate.acquire().await.unwrap().forget();
        self.inner.store(tokens).await.unwrap();
        Ok(())
    }

    async fn compare_and_swap(&self, refresh_token: &Secret, tokens: Option<Tokens>) -> Result<bool, Said> {
        if self.fails_to_swap.load(Ordering::SeqCst) {
            return Err(Said("the disk is full"));
        }
        Ok(self.inner.compare_and_swap(refresh_token, tokens).await.unwrap())
    }
}

/// What the store has until then is of the session before. If it were refreshed in the name of the new one, a
/// store that fails afterwards would leave the keeper with its tokens.
#[tokio::test]
async fn what_the_store_has_while_a_session_is_written_is_of_the_one_before() {
    let fake = Fake::new();
    let store = Waiting::new(fake.tokens(0));
    let keeper = Keeper::new(fake.clone(), store.clone());
    fake.clock.advance(901 * SECOND);
    let other = another(&fake);
    let (signing_in, tokens) = (keeper.clone(), other.clone());
    let signing_in = tokio::spawn(async move { signing_in.sign_in(tokens).await });
    store.asked.acquire().await.unwrap().forget();
    let error = token(&keeper).await.unwrap().unwrap_err();
    assert!(matches!(error, KeeperError::Contended), "{error}");
    store.gate.add_permits(1);
    signing_in.await.unwrap().unwrap();
    store.fails_to_swap.store(true, Ordering::SeqCst);
    assert_eq!(token(&keeper).await.unwrap().unwrap(), other.session);
    assert_eq!((fake.sent(), stored(&store.inner).await), (0, Some(uuid(7))));
}

/// The session before goes on if a sign-in is broken off.
#[tokio::test]
async fn a_sign_in_that_is_broken_off_leaves_the_session_before() {
    let fake = Fake::new();
    let store = Waiting::new(fake.tokens(0));
    let keeper = Keeper::new(fake.clone(), store.clone());
    fake.clock.advance(901 * SECOND);
    let (signing_in, tokens) = (keeper.clone(), another(&fake));
    let signing_in = tokio::spawn(async move { signing_in.sign_in(tokens).await });
    store.asked.acquire().await.unwrap().forget();
    signing_in.abort();
    assert!(signing_in.await.unwrap_err().is_cancelled());
    asking(&keeper).await.unwrap().unwrap();
    assert_eq!((fake.sent(), stored(&store.inner).await), (1, Some(uuid(1))));
}
