//! The keys that tokens are checked with: one key, the set of a moment, and the cache that keeps the set fresh.

mod cache;
mod key;
mod key_set;

pub(crate) use cache::{FetchKeys, Fetching, KeyCache};
pub(crate) use key::VerifyingKey;
pub use key_set::{InvalidKeys, KeySet};

use super::{Algorithm, KeysUnavailable, TokenError};
use std::sync::Arc;

/// Where a validator has its keys from.
#[derive(Clone, Debug)]
pub(crate) enum Keys {
    /// They are given once and for all, and nothing is ever fetched.
    Pinned(KeySet),
    /// They are fetched from the service.
    Cached(KeyCache),
}

impl Keys {
    /// The key for a token that names this key and this algorithm.
    pub(crate) async fn find(
        &self,
        kid: Option<&str>,
        algorithm: Algorithm,
    ) -> Result<Arc<VerifyingKey>, TokenError> {
        match self {
            Self::Pinned(keys) => keys.find(kid, algorithm)?.ok_or(TokenError::UnknownKey),
            Self::Cached(cache) => cache.find(kid, algorithm).await,
        }
    }

    /// The key for such a token that has taken the place of this one, if there is one.
    pub(crate) async fn find_newer(
        &self,
        kid: Option<&str>,
        algorithm: Algorithm,
        old: &Arc<VerifyingKey>,
    ) -> Option<Arc<VerifyingKey>> {
        match self {
            Self::Pinned(_) => None,
            Self::Cached(cache) => cache.find_newer(kid, algorithm, old).await,
        }
    }

    /// Makes sure that there are keys.
    pub(crate) async fn load(&self) -> Result<(), KeysUnavailable> {
        match self {
            Self::Pinned(_) => Ok(()),
            Self::Cached(cache) => cache.load().await,
        }
    }
}
