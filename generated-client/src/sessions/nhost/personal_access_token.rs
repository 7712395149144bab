//! Sessions of programs, which sign in with a personal access token of their user.

use super::{Claims, Sessions};
use crate::Secret;
use crate::sessions::exchange::{Exchange, Exchanged};
use crate::sessions::{ExchangeError, RefreshError, SessionBackend, ValidToken};
use std::sync::Arc;

/// The session of a program that has a personal access token. It is cheap to clone, and its clones share one access token.
#[derive(Clone, Debug)]
pub struct PersonalAccessTokenSession(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    sessions: Sessions,
    token: Secret,
    exchange: Exchange<Claims>,
}

impl Sessions {
    /// The session of a program that has this personal access token. Build it once for each token and keep it; nothing is
    /// sent yet.
    pub fn personal_access_token(&self, token: impl Into<Secret>) -> PersonalAccessTokenSession {
        let exchange = Exchange::new(self.clock());
        PersonalAccessTokenSession(Arc::new(Inner { sessions: self.clone(), token: token.into(), exchange }))
    }
}

impl PersonalAccessTokenSession {
    /// An access token of the user, with what it says.
    ///
    /// The program signs in once for all who ask, and again shortly before the access token expires. While that is good,
    /// nobody waits. The refresh tokens of these sessions aren't used: a personal access token doesn't wear out.
    ///
    /// # Errors
    ///
    /// Why there is no token. After a failure, nobody signs in again for five seconds, or as long as the server asks to wait,
    /// up to five minutes.
    pub async fn token(&self) -> Result<ValidToken<Claims>, ExchangeError> {
        let inner = Arc::clone(&self.0);
        self.0.exchange.token(|| inner.exchanged()).await
    }
}

impl Inner {
    async fn exchanged(self: Arc<Self>) -> Exchanged<Claims> {
        let client = self.sessions.0.client.as_ref().ok_or(ExchangeError::Offline)?;
        let call = client.signin().pat(&self.token);
        let response = call.send().await.map_err(RefreshError::of_call)?;
        let session = response.session;
        let validated = self.sessions.validate(&session.access_token).await;
        let claims = validated.map_err(ExchangeError::NotAccepted)?;
        Ok(ValidToken { claims, token: session.access_token })
    }
}
