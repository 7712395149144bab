//! What is a session's end, and what only looks like one.

use super::{SECOND, kept, stored};
use crate::service::uuid;
use generated_client::sessions::{KeeperError, RefreshError, TokenError};

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
