//! Sessions of Descope.
//!
//! A session is a pair of JWTs. [`Sessions`] checks the session token of each request by itself, with the public keys of
//! the project, which it fetches once and keeps fresh:
//!
//! ```no_run
//! # async fn example(session_jwt: generated_client::Secret) -> Result<(), Box<dyn std::error::Error>> {
//! use generated_client::descope;
//!
//! let descope = descope::Client::builder("P2aAc4T2V93bddihGEx2Ryhc8e5Z").build()?;
//! let sessions = descope.sessions().build();
//!
//! let user = sessions.validate(&session_jwt).await?; // usually without a request
//! user.require_role("admin")?;
//! user.tenant("T2aAc4T2V93bddihGEx2Ryhc8e5Z").require_permission("invoices.read")?;
//! println!("hello {}", user.subject());
//! # Ok(())
//! # }
//! ```

#[cfg(feature = "descope-access-keys")]
mod access_key;
mod claims;
mod client;
mod issuer;
mod refresh;
mod tenants;
#[cfg(any(feature = "descope-enchanted-link", feature = "descope-notp"))]
mod wait;

#[cfg(feature = "descope-access-keys")]
pub use access_key::AccessKeySession;
pub use claims::{Claims, RefreshClaims};
pub use refresh::{Refreshed, Validated};
#[cfg(feature = "stream")]
#[cfg(any(feature = "descope-enchanted-link", feature = "descope-notp"))]
pub use wait::WaitStates;
#[cfg(any(feature = "descope-enchanted-link", feature = "descope-notp"))]
pub use wait::{SessionWait, WaitError, WaitState};

#[cfg(feature = "test-util")]
use super::Clock;
use super::keys::{KeyCache, Keys};
use super::refresh::Turns;
use super::verifier::{Accepts, Timing, Verifier};
use super::{AsToken, KeySet, KeysUnavailable, TokenError};
use crate::descope::{Client, JwtResponse};
use std::sync::Arc;
use std::time::Duration;

/// The usual names of the two cookies.
const SESSION_COOKIE: &str = "DS";
const REFRESH_COOKIE: &str = "DSR";

/// Validates the tokens of a project. It is cheap to clone, and its clones share the keys.
///
/// A token has to pass these checks, in this order:
///
/// 1. It is written as a signed JWT in compact form, of at most 16 KiB, in canonical base64url and JSON without a member
///    that is there twice.
/// 2. Its header names an algorithm with a public key and the key, and no extension (`crit`, `b64`), and brings no key
///    along (`jwk`, `jku`, `x5c`, `x5u`).
/// 3. The project has the key, and the key is for this algorithm.
/// 4. The signature is the key's. Nothing of the claims is looked at before.
/// 5. `exp` is there and hasn't passed, `nbf` and `iat` aren't in the future, each by more than five seconds.
/// 6. `iss` names the project.
/// 7. `aud` of a session token names one of the audiences that were set. If none was set, it is absent or names the
///    project. A refresh token is for Descope alone, which judges its `aud`.
/// 8. `sub` is there.
/// 9. `drn` doesn't say that it is a token of the other kind.
/// 10. `cnf` doesn't bind the token to a key, since no proof of that is looked at.
#[derive(Clone, Debug)]
pub struct Sessions(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    verifier: Verifier,
    rules: Rules,
    client: Option<Client>,
    turns: Turns<Claims, JwtResponse>,
}

/// What claims are compared with.
#[derive(Debug)]
struct Rules {
    project_id: String,
    audiences: Vec<String>,
    session_cookie: String,
    refresh_cookie: String,
}

/// The settings of [`Sessions`]; [`Client::sessions`] and [`Sessions::offline`] give it.
#[derive(Debug)]
#[must_use = "a builder does nothing until it is built"]
pub struct SessionsBuilder {
    rules: Rules,
    pinned: Option<KeySet>,
    client: Option<Client>,
    timing: Timing,
}

impl Sessions {
    /// Starts building a validator of a project's tokens that never asks the service: it has its keys from you, and can't
    /// refresh a session.
    pub fn offline(project_id: impl Into<String>, keys: KeySet) -> SessionsBuilder {
        SessionsBuilder::new(project_id.into(), None).pinned_keys(keys)
    }

    /// Checks a session token and gives what it says.
    ///
    /// It waits for the service only if the token names a key that isn't known yet, or has a signature that isn't of
    /// that key. Dropping the future is harmless.
    ///
    /// # Errors
    ///
    /// Why the token isn't accepted.
    pub async fn validate(&self, token: &(impl AsToken + ?Sized)) -> Result<Claims, TokenError> {
        let claims = self.claims(token.token()).await?;
        self.0.rules.check_audience(&claims)?;
        self.0.rules.refuse_cookie(&claims, [&*self.0.rules.refresh_cookie, REFRESH_COOKIE])?;
        Ok(claims)
    }

    /// Checks a refresh token and gives what it says. It is checked like a session token, but it has to be of the other
    /// kind, and its audience doesn't count.
    ///
    /// # Errors
    ///
    /// Why the token isn't accepted. The service may accept it nevertheless, if the keys or the settings of this
    /// validator are at fault.
    pub async fn validate_refresh_token(
        &self,
        token: &(impl AsToken + ?Sized),
    ) -> Result<RefreshClaims, TokenError> {
        let claims = self.claims(token.token()).await?;
        self.0.rules.refuse_cookie(&claims, [&*self.0.rules.session_cookie, SESSION_COOKIE])?;
        Ok(RefreshClaims::new(claims))
    }

    /// Waits until the keys of the project are there, so that the check of the first token needn't wait. A program may call
    /// it when it starts, and when somebody asks whether it is ready.
    ///
    /// # Errors
    ///
    /// If the service has no keys to give.
    pub async fn load_keys(&self) -> Result<(), KeysUnavailable> {
        self.0.verifier.keys.load().await
    }

    async fn claims(&self, token: &str) -> Result<Claims, TokenError> {
        let payload = self.0.verifier.verify(token).await?;
        let claims = Claims::read(&payload)?;
        self.0.verifier.timing.check(claims.times())?;
        self.0.rules.check_issuer(&claims)?;
        Ok(claims)
    }
}

impl Rules {
    fn check_issuer(&self, claims: &Claims) -> Result<(), TokenError> {
        let is_of_project = issuer::is_of_project(claims.issuer(), &self.project_id);
        if is_of_project { Ok(()) } else { Err(TokenError::WrongIssuer) }
    }

    fn check_audience(&self, claims: &Claims) -> Result<(), TokenError> {
        let is_configured = !self.audiences.is_empty();
        let is_accepted = |audience: &String| {
            if is_configured { self.audiences.contains(audience) } else { *audience == self.project_id }
        };
        let audience = claims.audience();
        if audience.iter().any(is_accepted) || (audience.is_empty() && !is_configured) {
            Ok(())
        } else {
            Err(TokenError::WrongAudience { is_configured })
        }
    }

    /// Refuses a token that says that it belongs in one of these cookies.
    fn refuse_cookie(&self, claims: &Claims, names: [&str; 2]) -> Result<(), TokenError> {
        match claims.cookie_name() {
            Some(name) if names.contains(&name) => Err(TokenError::WrongTokenType),
            _ => Ok(()),
        }
    }
}

impl SessionsBuilder {
    fn new(project_id: String, client: Option<Client>) -> Self {
        let rules = Rules {
            project_id,
            audiences: Vec::new(),
            session_cookie: SESSION_COOKIE.to_owned(),
            refresh_cookie: REFRESH_COOKIE.to_owned(),
        };
        Self { rules, pinned: None, client, timing: Timing::new() }
    }

    /// Adds an audience: from then on, a session token has to name one of those that were added.
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.rules.audiences.push(audience.into());
        self
    }

    /// Sets how far the clocks of this machine and of the service may be apart, five seconds by default and five minutes at
    /// most. Fractions of a second don't count.
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.timing.set_leeway(leeway);
        self
    }

    /// Sets the keys of the project, in place of those that the service has: they are never fetched, and a token that names
    /// another key is refused.
    pub fn pinned_keys(mut self, keys: KeySet) -> Self {
        self.pinned = Some(keys);
        self
    }

    /// Sets the names of the cookies, where the project doesn't call them `DS` and `DSR`, and the client wasn't told the names
    /// either. Tokens say by these names of which kind they are.
    pub fn cookie_names(mut self, session: impl Into<String>, refresh: impl Into<String>) -> Self {
        self.rules.session_cookie = session.into();
        self.rules.refresh_cookie = refresh.into();
        self
    }

    /// Sets the clock.
    #[cfg(feature = "test-util")]
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.timing.clock = Arc::new(clock);
        self
    }

    /// Builds the validator. Nothing is fetched until there is a token.
    #[must_use]
    pub fn build(self) -> Sessions {
        let Self { rules, pinned, client, timing } = self;
        let keys = match (pinned, &client) {
            (None, Some(client)) => {
                let fetch = client::fetch_keys(client.clone(), rules.project_id.clone());
                Keys::Cached(KeyCache::new(fetch, Arc::clone(&timing.clock)))
            }
            (pinned, _) => Keys::Pinned(pinned.unwrap_or_default()),
        };
        let verifier = Verifier { keys, accepts: Accepts::NamedKeys, timing };
        let turns = Turns::new(&verifier.timing.clock);
        Sessions(Arc::new(Inner { verifier, rules, client, turns }))
    }
}
