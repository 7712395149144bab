//! Where a keeper has the tokens of its session.

use crate::Secret;
use crate::sessions::Tokens;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Where a keeper has the tokens of its session: in memory, in a file, in a database that several processes share.
///
/// Whatever it keeps are credentials: a refresh token is worth a session of weeks.
pub trait SessionStore: Send + Sync + 'static {
    /// What reading and writing can fail with. Its text goes to logs, so it has no token in it.
    type Error: std::error::Error + Send + Sync + 'static;

    /// Gives the tokens; none if nobody is signed in.
    fn load(&self) -> impl Future<Output = Result<Option<Tokens>, Self::Error>> + Send;

    /// Puts these tokens in place of whatever is there; none if nobody is signed in any more.
    fn store(&self, tokens: Option<Tokens>) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// Puts these tokens in place of those with this refresh token, in one step, and tells whether it did. If other tokens
    /// are there, or none, it changes nothing.
    ///
    /// In SQL it is `update ... where refresh_token = ...`, and the number of changed rows tells.
    fn compare_and_swap(
        &self,
        refresh_token: &Secret,
        tokens: Option<Tokens>,
    ) -> impl Future<Output = Result<bool, Self::Error>> + Send;
}

/// A store in memory. Its clones share the tokens.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore(Arc<Mutex<Option<Tokens>>>);

impl MemoryStore {
    /// A store with the tokens of a session.
    #[must_use]
    pub fn new(tokens: Tokens) -> Self {
        Self(Arc::new(Mutex::new(Some(tokens))))
    }

    fn tokens(&self) -> MutexGuard<'_, Option<Tokens>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SessionStore for MemoryStore {
    type Error = Infallible;

    async fn load(&self) -> Result<Option<Tokens>, Infallible> {
        Ok(self.tokens().clone())
    }

    async fn store(&self, tokens: Option<Tokens>) -> Result<(), Infallible> {
        *self.tokens() = tokens;
        Ok(())
    }

    async fn compare_and_swap(
        &self,
        refresh_token: &Secret,
        tokens: Option<Tokens>,
    ) -> Result<bool, Infallible> {
        let mut stored = self.tokens();
        let is_same = stored.as_ref().is_some_and(|stored| stored.refresh == *refresh_token);
        if is_same {
            *stored = tokens;
        }
        Ok(is_same)
    }
}
