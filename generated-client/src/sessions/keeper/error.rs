//! Why a keeper has no session to give.

use crate::sessions::{RefreshError, TokenError};
use std::fmt;
use std::sync::Arc;

/// Why a keeper has no session to give. Nothing of a token is in it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum KeeperError {
    /// Nobody is signed in.
    SignedOut,
    /// The session token that is kept isn't accepted, and a refresh wouldn't mend it.
    Token(TokenError),
    /// The session token that is kept has expired, and it can't be refreshed.
    Refresh(RefreshError),
    /// The response of the last refresh was lost ([`RefreshError::OutcomeUnknown`]), so the refresh token may be
    /// spent and isn't sent again, and the session token has expired, too.
    Lost(RefreshError),
    /// The store failed.
    Store(Arc<dyn std::error::Error + Send + Sync>),
    /// Others changed the session in the store again and again while it was being read.
    Contended,
}

impl KeeperError {
    pub(super) fn store(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Store(Arc::new(error))
    }

    /// Whether the user has to sign in again: nobody is signed in, the session is over, or the response to its
    /// refresh was lost and its session token has expired. Tokens that may be accepted later are kept, so they don't
    /// call for that.
    ///
    /// It is about the user, while [`RefreshError::is_over`] is about one session: after a lost response, for
    /// which the user has to sign in again as well, the session may go on where its new tokens are.
    #[must_use]
    pub fn is_signed_out(&self) -> bool {
        match self {
            Self::SignedOut | Self::Lost(_) => true,
            Self::Refresh(error) => error.is_over(),
            _ => false,
        }
    }
}

impl fmt::Display for KeeperError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SignedOut => f.write_str("nobody is signed in"),
            Self::Token(error) => error.fmt(f),
            Self::Refresh(error) => error.fmt(f),
            Self::Lost(error) => write!(f, "the session is lost, sign in again: {error}"),
            Self::Store(error) => write!(f, "the store of the session failed: {error}"),
            Self::Contended => f.write_str("the session in the store changes all the time"),
        }
    }
}

impl std::error::Error for KeeperError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Token(error) => Some(error),
            Self::Refresh(error) | Self::Lost(error) => Some(error),
            Self::Store(error) => Some(&**error),
            Self::SignedOut | Self::Contended => None,
        }
    }
}
