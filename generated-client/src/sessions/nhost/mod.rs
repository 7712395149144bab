//! Sessions of Nhost Auth.
//!
//! A session is an access token, which is a JWT, and a refresh token, which isn't. [`Sessions`] checks the access token of
//! each request by itself:
//!
//! ```no_run
//! # async fn example(access_token: generated_client::Secret) -> Result<(), Box<dyn std::error::Error>> {
//! use generated_client::nhost;
//!
//! let nhost = nhost::Client::builder("https://abc.auth.eu-central-1.nhost.run/v1").build()?;
//! let sessions = nhost.sessions().build();
//!
//! let user = sessions.validate(&access_token).await?; // usually without a request
//! user.require_role("editor")?;
//! println!("hello {}", user.user_id());
//! # Ok(())
//! # }
//! ```
//!
//! A project that signs with a shared secret (`HS256`) has no public keys. Give the secret to
//! [`shared_secret`](SessionsBuilder::shared_secret) then. A validator takes either public keys or a secret, never both.

mod claims;
mod client;
mod custom;
#[cfg(feature = "nhost-signin")]
mod personal_access_token;
mod refresh;

pub use claims::Claims;
#[cfg(feature = "nhost-signin")]
pub use personal_access_token::PersonalAccessTokenSession;
pub use refresh::{Refreshed, Validated};

#[cfg(feature = "test-util")]
use super::Clock;
use super::keys::{KeyCache, Keys};
use super::refresh::Turns;
use super::verifier::{Accepts, Timing, Verifier};
use super::{Algorithm, AsToken, InvalidKeys, KeySet, KeysUnavailable, TokenError};
use crate::Secret;
use crate::nhost::{Client, Session};
use std::sync::Arc;
use std::time::Duration;

/// The issuer that servers name before version 0.43, unless they are told another one. Newer servers name their URL.
const USUAL_ISSUER: &str = "hasura-auth";

/// The usual name of the object with Hasura's claims.
const NAMESPACE: &str = "https://hasura.io/jwt/claims";

/// Validates the access tokens of a server. It is cheap to clone, and its clones share the keys.
///
/// A token has to pass these checks, in this order:
///
/// 1. It is written as a signed JWT in compact form, of at most 16 KiB, in canonical base64url and JSON without a member
///    that is there twice.
/// 2. Its header names an algorithm with a public key, or exactly the one of the shared secret, and no extension (`crit`,
///    `b64`), and brings no key along (`jwk`, `jku`, `x5c`, `x5u`).
/// 3. The server has the key, and the key is for this algorithm. A token that names no key has to have the algorithm of
///    exactly one key.
/// 4. The signature is the key's. Nothing of the claims is looked at before.
/// 5. `exp` is there and hasn't passed, `nbf` and `iat` aren't in the future, each by more than five seconds.
/// 6. `iss` is one of the issuers.
/// 7. There is neither `aud` nor `scope`, unless an audience was set, which `aud` then has to name.
/// 8. There are Hasura's claims, whose user is that of `sub`. So no other token that the server signs is taken for a session.
#[derive(Clone, Debug)]
pub struct Sessions(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    verifier: Verifier,
    rules: Rules,
    client: Option<Client>,
    turns: Turns<Claims, Session>,
}

/// What claims are compared with.
#[derive(Debug)]
struct Rules {
    issuers: Vec<String>,
    audiences: Vec<String>,
    namespace: String,
}

/// The settings of [`Sessions`]; [`Client::sessions`] and [`Sessions::offline`] give it.
#[derive(Debug)]
#[must_use = "a builder does nothing until it is built"]
pub struct SessionsBuilder {
    usual_issuers: Vec<String>,
    rules: Rules,
    keys: Option<(KeySet, Accepts)>,
    client: Option<Client>,
    timing: Timing,
}

impl Sessions {
    /// Starts building a validator that never asks the server: it has its keys from you, and can't refresh a session.
    ///
    /// Issuers are what servers call themselves in `iss`: `hasura-auth` unless the server was told another name, and its own
    /// URL in newer versions.
    pub fn offline(issuer: impl Into<String>, keys: KeySet) -> SessionsBuilder {
        SessionsBuilder::new(Vec::new(), None).issuer(issuer).pinned_keys(keys)
    }

    /// Like [`offline`](Self::offline), for a server that signs with a shared secret.
    ///
    /// # Errors
    ///
    /// Those of [`SessionsBuilder::shared_secret`].
    pub fn offline_with_secret(
        issuer: impl Into<String>,
        algorithm: Algorithm,
        secret: impl Into<Secret>,
    ) -> Result<SessionsBuilder, InvalidKeys> {
        SessionsBuilder::new(Vec::new(), None).issuer(issuer).shared_secret(algorithm, secret)
    }

    /// Checks an access token and gives what it says.
    ///
    /// It waits for the server only if the token names a key that isn't known yet, or has a signature that isn't of
    /// the known key. Dropping the future is harmless.
    ///
    /// # Errors
    ///
    /// Why the token isn't accepted.
    pub async fn validate(&self, token: &(impl AsToken + ?Sized)) -> Result<Claims, TokenError> {
        let payload = self.0.verifier.verify(token.token()).await?;
        let claims = Claims::read(&payload, &self.0.rules.namespace)?;
        self.0.verifier.timing.check(claims.times())?;
        self.0.rules.check(&claims)?;
        Ok(claims)
    }

    /// Waits until the keys of the server are there, so that the check of the first token needn't wait. A program may call
    /// it when it starts, and when somebody asks whether it is ready.
    ///
    /// # Errors
    ///
    /// If the server has no keys to give.
    pub async fn load_keys(&self) -> Result<(), KeysUnavailable> {
        self.0.verifier.keys.load().await
    }
}

impl Rules {
    fn check(&self, claims: &Claims) -> Result<(), TokenError> {
        // Servers write their URL with or without a slash at the end.
        let issuer = claims.issuer().trim_end_matches('/');
        if !self.issuers.iter().any(|accepted| accepted.trim_end_matches('/') == issuer) {
            return Err(TokenError::WrongIssuer);
        }
        let is_configured = !self.audiences.is_empty();
        let audience = claims.audience();
        if is_configured {
            let is_for_us = audience.iter().any(|audience| self.audiences.contains(audience));
            return if is_for_us { Ok(()) } else { Err(TokenError::WrongAudience { is_configured }) };
        }
        if !audience.is_empty() {
            return Err(TokenError::WrongAudience { is_configured });
        }
        if claims.is_scoped() { Err(TokenError::WrongTokenType) } else { Ok(()) }
    }
}

impl SessionsBuilder {
    fn new(usual_issuers: Vec<String>, client: Option<Client>) -> Self {
        let rules = Rules { issuers: Vec::new(), audiences: Vec::new(), namespace: NAMESPACE.to_owned() };
        Self { usual_issuers, rules, keys: None, client, timing: Timing::new() }
    }

    /// Adds an issuer: only tokens of those that were added are accepted. By default they are `hasura-auth` and the URL of
    /// the client, which are the two names that servers have unless they are told another.
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.rules.issuers.push(issuer.into());
        self
    }

    /// Adds an audience: from then on, only tokens for one of those that were added are accepted, which are tokens that the
    /// server made for applications as an OAuth 2.0 provider. Tokens of sessions have none.
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.rules.audiences.push(audience.into());
        self
    }

    /// Sets the name of the object with Hasura's claims, where the project changed it.
    pub fn claims_namespace(mut self, namespace: impl Into<String>) -> Self {
        self.rules.namespace = namespace.into();
        self
    }

    /// Sets how far the clocks of this machine and of the server may be apart, five seconds by default and five minutes at
    /// most. Fractions of a second don't count.
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.timing.set_leeway(leeway);
        self
    }

    /// Sets the public keys of the server, in place of those that it has: they are never fetched.
    pub fn pinned_keys(mut self, keys: KeySet) -> Self {
        self.keys = Some((keys, Accepts::PublicKeys));
        self
    }

    /// Sets the secret that the server signs with, and the algorithm (`HS256`, `HS384` or `HS512`). Nothing is fetched, and
    /// tokens with any other algorithm are refused.
    ///
    /// # Errors
    ///
    /// If the secret is shorter than 32, 48 or 64 bytes, in the order of the algorithms, or the algorithm takes no secret.
    pub fn shared_secret(
        mut self,
        algorithm: Algorithm,
        secret: impl Into<Secret>,
    ) -> Result<Self, InvalidKeys> {
        let keys = KeySet::from_secret(algorithm, secret.into().expose().as_bytes())?;
        self.keys = Some((keys, Accepts::Secret(algorithm)));
        Ok(self)
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
        let Self { usual_issuers, mut rules, keys, client, timing } = self;
        if rules.issuers.is_empty() {
            rules.issuers = usual_issuers;
        }
        let (keys, accepts) = match (keys, &client) {
            (Some((keys, accepts)), _) => (Keys::Pinned(keys), accepts),
            (None, Some(client)) => {
                let cache = KeyCache::new(client::fetch_keys(client.clone()), Arc::clone(&timing.clock));
                (Keys::Cached(cache), Accepts::PublicKeys)
            }
            (None, None) => (Keys::Pinned(KeySet::default()), Accepts::PublicKeys),
        };
        let verifier = Verifier { keys, accepts, timing };
        let turns = Turns::new(&verifier.timing.clock);
        Sessions(Arc::new(Inner { verifier, rules, client, turns }))
    }
}
