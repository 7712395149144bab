//! Refreshing sessions of Nhost Auth.

use super::{Claims, Sessions};
use crate::Secret;
use crate::nhost::{Client, Error, Session};
use crate::sessions::refresh::{self, RefreshError, SessionBackend, SessionClaims, Tokens};
use crate::sessions::{AsToken, Clock, Malformed, TokenError};
use std::sync::Arc;
use std::time::SystemTime;

/// A session of Nhost Auth that was refreshed.
pub type Refreshed = refresh::Refreshed<Claims, Session>;

/// A session of Nhost Auth that is good, perhaps after a refresh.
pub type Validated = refresh::Validated<Claims, Session>;

pub(super) type Outcome = Result<Refreshed, RefreshError>;

impl Sessions {
    /// Checks an access token, and refreshes the session if it has expired, is missing, or can't be read any more.
    ///
    /// Nothing is sent if the access token is good. If the result has a new session, both its tokens have to be kept in
    /// place of the old ones: the old refresh token is used up.
    ///
    /// # Errors
    ///
    /// Why the access token isn't accepted, if a refresh wouldn't mend that or there is no refresh token; else those of
    /// [`refresh`](Self::refresh).
    pub async fn validate_and_refresh(
        &self,
        access: &(impl AsToken + ?Sized),
        refresh: &(impl AsToken + ?Sized),
    ) -> Result<Validated, RefreshError> {
        refresh::validate_and_refresh(self, access, refresh).await
    }

    /// Gets the next session with a refresh token, which works only once. The new access token is checked before it is
    /// handed out. It isn't elevated, even if the old one was.
    ///
    /// A refresh token is sent once at a time: whoever comes with one that is being used, or was within the last ten
    /// seconds, gets the same new tokens. That matters because the server lets only one of several calls win, and the
    /// user of the losing one would seem to be signed out. A refresh that was begun runs to its end, even if this
    /// future is dropped.
    ///
    /// # Errors
    ///
    /// Why there is no new session. Nothing is ever sent again by itself.
    pub async fn refresh(&self, refresh_token: &(impl AsToken + ?Sized)) -> Outcome {
        let token = refresh_token.token();
        let client = self.0.client.clone().ok_or(RefreshError::Offline)?;
        check_form(token).map_err(RefreshError::RefreshToken)?;
        // Without keys, the token would be used up for one that can't be checked.
        self.load_keys().await.map_err(|unavailable| RefreshError::Unavailable(unavailable.into()))?;
        let sessions = self.clone();
        let (send, revoking) = (client.clone(), client);
        let send = |old| async move { sessions.accept(send.token().refresh(old).send().await).await };
        self.0.turns.refresh("refresh", token, send, |token| revoke(revoking, token)).await
    }

    /// Signs the user out: ends the session at the service, with the refresh tokens that it has had in the last ten seconds.
    ///
    /// The sign-out wins over a refresh that goes on in this process: whoever waits for the refresh gets
    /// [`RefreshError::Ended`], and the tokens that it brings are revoked. For an hour, the refresh token isn't sent again
    /// from here. The sign-out goes on to its end, even if this future is dropped. The access token is good until it
    /// expires.
    ///
    /// # Errors
    ///
    /// [`RefreshError::RefreshToken`] if what is given is no refresh token, such as an empty text or an access token, in which
    /// case nothing happens; or an error if the service can't be asked or fails. A session that it doesn't know is no error.
    pub async fn sign_out(&self, refresh_token: &(impl AsToken + ?Sized)) -> Result<(), RefreshError> {
        let token = refresh_token.token();
        let client = self.0.client.clone().ok_or(RefreshError::Offline)?;
        check_form(token).map_err(RefreshError::RefreshToken)?;
        self.0.turns.sign_out(token, move |token| revoke(client.clone(), token)).await
    }

    /// Checks the tokens of a response.
    async fn accept(&self, called: Result<Session, Error>) -> Outcome {
        let response = called.map_err(RefreshError::of_call)?;
        let tokens = Tokens::from(&response);
        let checked = match check_form(tokens.refresh.expose()) {
            Ok(()) => self.validate(&tokens.session).await,
            Err(malformed) => Err(malformed),
        };
        match checked {
            Ok(claims) => Ok(Refreshed { claims, tokens, response }),
            Err(error) => Err(RefreshError::NotAccepted(error, tokens)),
        }
    }
}

async fn revoke(client: Client, refresh_token: Secret) -> Result<(), RefreshError> {
    check_form(refresh_token.expose()).map_err(RefreshError::RefreshToken)?;
    let call = client.token().sign_out().refresh_token(refresh_token);
    call.send_raw().await.map(drop).map_err(RefreshError::of_call)
}

/// A refresh token is a UUID in lower case, and nothing else is sent as one: in particular no access token.
fn check_form(refresh_token: &str) -> Result<(), TokenError> {
    if refresh_token.is_empty() {
        return Err(TokenError::Missing);
    }
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let groups = refresh_token.split('-').map(|group| (group.len(), group.bytes().all(is_digit)));
    if groups.eq([8, 4, 4, 4, 12].map(|length| (length, true))) {
        Ok(())
    } else {
        Err(Malformed::NotUuid.into())
    }
}

impl SessionBackend for Sessions {
    type Claims = Claims;
    type Response = Session;

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
        ["nhostAccessToken", "nhostRefreshToken"]
    }
}

/// The tokens of a sign-in.
impl From<&Session> for Tokens {
    fn from(session: &Session) -> Self {
        Self { session: session.access_token.clone(), refresh: session.refresh_token.clone() }
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
