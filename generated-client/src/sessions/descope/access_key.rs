//! Sessions of programs, which sign in with an access key.

use super::{Claims, Sessions};
use crate::Secret;
use crate::descope::access_keys::{AccessKeyExchangeRequest, AccessKeyLoginOptions};
use crate::sessions::exchange::{Exchange, Exchanged};
use crate::sessions::{ExchangeError, RefreshError, SessionBackend, ValidToken};
use std::sync::Arc;

/// The session of a program that has an access key. It is cheap to clone, and its clones share one session token.
#[derive(Clone, Debug)]
pub struct AccessKeySession(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    sessions: Sessions,
    key: Secret,
    options: Option<AccessKeyLoginOptions>,
    exchange: Exchange<Claims>,
}

impl Sessions {
    /// The session of a program that has this access key. Build it once for each key and keep it; nothing is sent yet.
    pub fn access_key(&self, key: impl Into<Secret>) -> AccessKeySession {
        self.exchange(key.into(), None)
    }

    /// Like [`access_key`](Self::access_key), with custom claims or a selected tenant.
    pub fn access_key_with(
        &self,
        key: impl Into<Secret>,
        options: AccessKeyLoginOptions,
    ) -> AccessKeySession {
        self.exchange(key.into(), Some(options))
    }

    fn exchange(&self, key: Secret, options: Option<AccessKeyLoginOptions>) -> AccessKeySession {
        let exchange = Exchange::new(self.clock());
        AccessKeySession(Arc::new(Inner { sessions: self.clone(), key, options, exchange }))
    }
}

impl AccessKeySession {
    /// A session token of the key, with what it says.
    ///
    /// The key is exchanged once for all who ask, and again shortly before the token expires. While the token is good,
    /// nobody waits.
    ///
    /// # Errors
    ///
    /// Why there is no token. After a failure, the key isn't exchanged again for five seconds, or as long as the service asks
    /// to wait, up to five minutes.
    pub async fn token(&self) -> Result<ValidToken<Claims>, ExchangeError> {
        let inner = Arc::clone(&self.0);
        self.0.exchange.token(|| inner.exchanged()).await
    }
}

impl Inner {
    async fn exchanged(self: Arc<Self>) -> Exchanged<Claims> {
        let client = self.sessions.0.client.as_ref().ok_or(ExchangeError::Offline)?;
        let mut request = AccessKeyExchangeRequest::default();
        request.login_options.clone_from(&self.options);
        let call = client.with_access_key(&self.key).access_keys().exchange().body(request);
        let response = call.send().await.map_err(RefreshError::of_call)?;
        let claims =
            self.sessions.validate(&response.session_jwt).await.map_err(ExchangeError::NotAccepted)?;
        Ok(ValidToken { claims, token: response.session_jwt })
    }
}
