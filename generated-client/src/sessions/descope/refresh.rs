//! Refreshing sessions of Descope, and selecting a tenant in one.

use super::{Claims, Sessions};
use crate::Secret;
use crate::descope::{Client, Error, JwtResponse};
use crate::sessions::refresh::{self, RefreshError, SessionBackend, SessionClaims, Tokens};
use crate::sessions::{AsToken, Clock, Malformed, TokenError};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A session of Descope that was refreshed.
pub type Refreshed = refresh::Refreshed<Claims, JwtResponse>;

/// A session of Descope that is good, perhaps after a refresh.
pub type Validated = refresh::Validated<Claims, JwtResponse>;

pub(super) type Outcome = Result<Refreshed, RefreshError>;

impl Sessions {
    /// Checks a session token, and refreshes the session if it has expired, is missing, or can't be read any more.
    ///
    /// Nothing is sent if the session token is good. If the result has a new session, both its tokens have to be kept in
    /// place of the old ones.
    ///
    /// # Errors
    ///
    /// Why the session token isn't accepted, if a refresh wouldn't mend that or there is no refresh token; else those of
    /// [`refresh`](Self::refresh).
    pub async fn validate_and_refresh(
        &self,
        session: &(impl AsToken + ?Sized),
        refresh: &(impl AsToken + ?Sized),
    ) -> Result<Validated, RefreshError> {
        refresh::validate_and_refresh(self, session, refresh).await
    }

    /// Gets the next session with a refresh token. The token is checked before it is sent, and the new ones before they are
    /// handed out.
    ///
    /// A refresh token is sent once at a time: whoever comes with one that is being used, or was within the last ten
    /// seconds, gets the same new tokens. If it was used to select a tenant, the token that has taken its place is
    /// sent. A refresh that was begun runs to its end, even if this future is dropped.
    ///
    /// # Errors
    ///
    /// Why there is no new session. Nothing is ever sent again by itself.
    pub async fn refresh(&self, refresh_token: &(impl AsToken + ?Sized)) -> Outcome {
        let token = refresh_token.token();
        let client = self.checked_client(token).await?;
        let (sessions, sending) = (self.clone(), client.clone());
        let send = |old| async move {
            let called = sending.with_refresh_token(&old).session().refresh().send().await;
            sessions.accept(called, old).await
        };
        self.0.turns.refresh("refresh", token, send, |token| revoke(client, token)).await
    }

    /// Selects the tenant that the user works in. The new session names it in [`Claims::current_tenant`], and takes the
    /// place of the old one. If the refresh token is being used for something else, or was within the last ten seconds, the one
    /// that has taken its place is sent.
    ///
    /// # Errors
    ///
    /// Those of [`refresh`](Self::refresh).
    pub async fn select_tenant(&self, refresh_token: &(impl AsToken + ?Sized), tenant: &str) -> Outcome {
        let token = refresh_token.token();
        let client = self.checked_client(token).await?;
        let use_ = format!("select {tenant}");
        let (sessions, tenant, sending) = (self.clone(), tenant.to_owned(), client.clone());
        let send = |old| async move {
            let called = sending.with_refresh_token(&old).session().select_tenant(tenant).send().await;
            sessions.accept(called, old).await
        };
        self.0.turns.refresh(&use_, token, send, |token| revoke(client, token)).await
    }

    /// Signs the user out: ends the session at the service, with the refresh tokens that it has had in the last ten seconds.
    ///
    /// The sign-out wins over a refresh that goes on in this process: whoever waits for the refresh gets
    /// [`RefreshError::Ended`], and the tokens that it brings are revoked. For an hour, the refresh token isn't sent again
    /// from here. The sign-out goes on to its end, even if this future is dropped. The session token is good until it
    /// expires.
    ///
    /// # Errors
    ///
    /// [`RefreshError::RefreshToken`] if the refresh token is empty, in which case nothing happens; or an error if the service
    /// can't be asked or fails. A session that it doesn't know is no error.
    pub async fn sign_out(&self, refresh_token: &(impl AsToken + ?Sized)) -> Result<(), RefreshError> {
        let client = self.0.client.clone().ok_or(RefreshError::Offline)?;
        self.0.turns.sign_out(refresh_token.token(), move |token| revoke(client.clone(), token)).await
    }

    /// The client, if the refresh token can be good and there are keys to check the new session with.
    async fn checked_client(&self, refresh_token: &str) -> Result<Client, RefreshError> {
        let client = self.0.client.clone().ok_or(RefreshError::Offline)?;
        self.validate_refresh_token(refresh_token).await.map_err(RefreshError::RefreshToken)?;
        Ok(client)
    }

    /// Checks the tokens of a response.
    async fn accept(&self, called: Result<JwtResponse, Error>, old: Secret) -> Outcome {
        let response = called.map_err(RefreshError::of_call)?;
        let is_rotated = !response.refresh_jwt.is_empty();
        let refresh = if is_rotated { response.refresh_jwt.clone() } else { old };
        let tokens = Tokens { session: response.session_jwt.clone(), refresh };
        match self.check(&tokens, is_rotated).await {
            Ok(claims) => Ok(Refreshed { claims, tokens, response }),
            Err(error) => Err(RefreshError::NotAccepted(error, tokens)),
        }
    }

    async fn check(&self, tokens: &Tokens, is_rotated: bool) -> Result<Claims, TokenError> {
        let claims = self.validate(&tokens.session).await?;
        if is_rotated {
            let refresh = self.validate_refresh_token(&tokens.refresh).await?;
            if refresh.subject() != claims.subject() {
                return Err(Malformed::ClaimType("sub").into());
            }
        }
        Ok(claims)
    }
}

async fn revoke(client: Client, refresh_token: Secret) -> Result<(), RefreshError> {
    let call = client.with_refresh_token(refresh_token).session().logout();
    call.send_raw().await.map(drop).map_err(RefreshError::of_call)
}

impl SessionBackend for Sessions {
    type Claims = Claims;
    type Response = JwtResponse;

    async fn validate_session(&self, token: &str) -> Result<Claims, TokenError> {
        self.validate(token).await
    }

    async fn refresh(&self, refresh_token: &str) -> Outcome {
        self.refresh(refresh_token).await
    }

    async fn revoke(&self, refresh_token: &str) -> Result<(), RefreshError> {
        self.sign_out(refresh_token).await
    }

    fn is_signed_out(&self, refresh_token: &str) -> bool {
        self.0.turns.is_signed_out(refresh_token)
    }

    fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.0.verifier.timing.clock)
    }

    fn cookie_names(&self) -> [&str; 2] {
        [&self.0.rules.session_cookie, &self.0.rules.refresh_cookie]
    }

    async fn refresh_lifetime(&self, refresh_token: &str) -> Option<Duration> {
        let claims = self.validate_refresh_token(refresh_token).await.ok()?;
        let expires_at = claims.expires_at().duration_since(UNIX_EPOCH).ok()?;
        Some(expires_at.saturating_sub(self.clock().calendar()))
    }
}

/// The tokens of a sign-in.
impl From<&JwtResponse> for Tokens {
    fn from(response: &JwtResponse) -> Self {
        Self { session: response.session_jwt.clone(), refresh: response.refresh_jwt.clone() }
    }
}

impl SessionClaims for Claims {
    fn expires_at(&self) -> SystemTime {
        self.expires_at()
    }

    fn issued_at(&self) -> Option<SystemTime> {
        self.issued_at()
    }
}
