//! What is a session's end, and what only looks like one.

use super::fake::Fake;
use super::{SECOND, asking, kept, stored};
use crate::service::uuid;
use generated_client::Secret;
use generated_client::sessions::{
    Keeper, KeeperError, MemoryStore, RefreshError, SessionStore, TokenError, Tokens,
};
use std::convert::Infallible;
use tokio::task::yield_now;

/// The key may be so new that this process hasn't fetched it yet, and the clock of this machine may be slow.
#[tokio::test]
async fn a_refresh_token_that_may_be_good_later_is_kept() {
    for refused in [TokenError::UnknownKey, TokenError::NotYetValid] {
        let (fake, store, keeper) = kept();
        fake.clock.advance(901 * SECOND);
        fake.fails(RefreshError::RefreshToken(refused), false);
        let error = keeper.session().await.unwrap_err();
        assert!(matches!(error, KeeperError::Refresh(RefreshError::RefreshToken(_))), "{error}");
        assert!(!error.is_signed_out(), "{error}");
        assert_eq!(stored(&store).await, Some(uuid(0)));
        fake.works();
        fake.clock.advance(5 * SECOND);
        keeper.session().await.unwrap();
        assert_eq!(stored(&store).await, Some(uuid(1)));
    }
}

/// A store that others use too: reading takes a while, and putting tokens into it takes longer.
#[derive(Clone)]
struct Slow(MemoryStore);

impl SessionStore for Slow {
    type Error = Infallible;

    async fn load(&self) -> Result<Option<Tokens>, Infallible> {
        yield_now().await;
        self.0.load().await
    }

    async fn store(&self, tokens: Option<Tokens>) -> Result<(), Infallible> {
        self.0.store(tokens).await
    }

    async fn compare_and_swap(
        &self,
        refresh_token: &Secret,
        tokens: Option<Tokens>,
    ) -> Result<bool, Infallible> {
        for _ in 0..if tokens.is_some() { 5 } else { 0 } {
            yield_now().await;
        }
        self.0.compare_and_swap(refresh_token, tokens).await
    }
}

/// Of two processes with one store, one gets the new tokens, and the other one a refusal before they are in the store.
#[tokio::test]
async fn the_loser_of_a_race_waits_for_the_winner_to_write() {
    let fake = Fake::new();
    let store = Slow(MemoryStore::new(fake.tokens(0)));
    let keepers = [(); 2].map(|()| Keeper::new(fake.clone(), store.clone()));
    fake.clock.advance(901 * SECOND);
    fake.close_gate();
    let waiting = keepers.each_ref().map(asking);
    fake.sending(2).await;
    fake.open_gate();
    for outcome in waiting {
        outcome.await.unwrap().unwrap();
    }
    assert_eq!(stored(&store).await, Some(uuid(1)));
    assert!(fake.state.lock().unwrap().revoked.is_empty());
}
