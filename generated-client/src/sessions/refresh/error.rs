//! Why there is no new session.

use super::Tokens;
use crate::runtime::{ApiError, Error, ErrorKind, UNAUTHENTICATED, decode};
use crate::sessions::{KeysUnavailable, TokenError};
use reqwest::StatusCode;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The statuses by which gateways say that they have lost the response of the service; the last two are Cloudflare's.
const LOST: [u16; 4] = [502, 504, 520, 524];

/// Why there is no new session.
///
/// Neither `Display` nor `Debug` has anything of a token in it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum RefreshError {
    /// The session token isn't accepted, and there is no refresh token, or a refresh wouldn't mend it.
    Token(TokenError),
    /// The refresh token isn't accepted here, so it wasn't sent. The user has to sign in again, unless it may be accepted
    /// later, as [`is_over`](RefreshError::is_over) tells.
    RefreshToken(TokenError),
    /// The service says that the session is over (401 or 403, and not with a page for people; or 400 with the code by which
    /// Nhost Auth conceals that), or the user has signed out of it in this process. The user has to sign in again.
    Ended(CallError),
    /// The service couldn't be asked or failed, and the refresh token is as good as before. Try again later.
    Unavailable(CallError),
    /// Nobody knows whether the service has used up the refresh token, as its response didn't arrive.
    ///
    /// Where refresh tokens are rotated, it may be spent, so it isn't sent again by itself. The session token is good until
    /// it expires.
    ///
    /// A refresh goes on in the Tokio runtime that it was begun in. If nobody drives that one any more, such
    /// as a runtime of one thread outside `block_on`, whoever waits in another runtime gets this error after
    /// five minutes: the token may have been sent, so nobody else may send it. One that hasn't been begun yet
    /// is done by whoever waits.
    OutcomeUnknown(CallError),
    /// The service gave new tokens, and they aren't accepted here. They are what there is of the session now: keep them, as
    /// the old ones may be spent.
    NotAccepted(TokenError, Tokens),
    /// The validator was built without a client, so it can't refresh anything.
    Offline,
}

/// What a call to the service failed with. Its source is the error of the call, of the type of the service.
#[derive(Clone, Debug)]
pub struct CallError {
    error: Arc<dyn std::error::Error + Send + Sync>,
    retry_after: Option<Duration>,
}

impl CallError {
    /// What a call failed with, for implementations of [`SessionBackend`](super::SessionBackend). Its text goes to logs, so it has no token in
    /// it.
    pub fn new(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self { error: Arc::new(error), retry_after: None }
    }

    /// Sets how long to wait before the next try.
    #[must_use]
    pub fn with_retry_after(self, pause: Duration) -> Self {
        Self { retry_after: Some(pause), ..self }
    }

    /// Nobody knows how the call ended.
    pub(crate) fn interrupted() -> Self {
        Self::new(Unsent::Interrupted)
    }

    /// How long to wait before the next try, if the service says so.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }
}

impl<C: AsRef<str> + Send + Sync + 'static> From<Error<C>> for CallError {
    fn from(error: Error<C>) -> Self {
        let retry_after = error.retry_after();
        Self { error: Arc::new(error), retry_after }
    }
}

impl From<KeysUnavailable> for CallError {
    fn from(unavailable: KeysUnavailable) -> Self {
        let retry_after = unavailable.retry_after();
        Self { error: Arc::new(unavailable), retry_after }
    }
}

/// Why a refresh failed without an error of a call.
#[derive(Debug)]
enum Unsent {
    /// The task of the call was broken off.
    Interrupted,
    /// The user has signed out, so there is no session to refresh.
    SignedOut,
    /// The service has refused the refresh token before.
    #[cfg(feature = "tower")]
    Refused,
}

impl RefreshError {
    /// Nobody knows how the refresh ended.
    pub(crate) fn interrupted() -> Self {
        Self::OutcomeUnknown(CallError::interrupted())
    }

    /// The session was signed out in this process.
    pub(crate) fn signed_out() -> Self {
        Self::Ended(CallError::new(Unsent::SignedOut))
    }

    /// The refresh token was refused before, so it wasn't sent again.
    #[cfg(feature = "tower")]
    pub(crate) fn refused() -> Self {
        Self::Ended(CallError::new(Unsent::Refused))
    }

    /// The error for a call that failed. It says whether the refresh token may have been used up.
    pub(crate) fn of_call<C: AsRef<str> + Send + Sync + 'static>(error: Error<C>) -> Self {
        let kind = match error.kind() {
            ErrorKind::Api(api) => match api.status() {
                StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN if is_of_the_service(api) => Self::Ended,
                // A server that conceals its errors has one code for all of them, which has a meaning in this operation.
                StatusCode::BAD_REQUEST if error.means(UNAUTHENTICATED, &[]) => Self::Ended,
                status if LOST.contains(&status.as_u16()) => Self::OutcomeUnknown,
                _ => Self::Unavailable,
            },
            ErrorKind::Transport(transport) if transport.is_unsent() => Self::Unavailable,
            ErrorKind::InvalidRequest(_) => Self::Unavailable,
            _ => Self::OutcomeUnknown,
        };
        kind(error.into())
    }

    /// Whether the session is over, so that the user has to sign in again and what is kept of it can be forgotten.
    ///
    /// It is about this session, while
    /// [`KeeperError::is_signed_out`](crate::sessions::KeeperError::is_signed_out) is about the user, who may
    /// have to sign in again although nobody knows whether the session is over.
    ///
    /// A refresh token that isn't accepted here ends the session only if the token itself can't be good: it is
    /// missing or malformed, has expired, or is of another kind. Otherwise the keys or the settings of this program
    /// may be at fault, or its clock may be slow, and the service, which wasn't asked, may still accept the token.
    ///
    /// After a refusal by the service, another process that has the same tokens may have the new session. Look there
    /// first: a [`Keeper`](crate::sessions::Keeper) reads its store again, and the layer of `sessions::web` leaves
    /// cookies alone for ten seconds.
    #[must_use]
    pub fn is_over(&self) -> bool {
        match self {
            Self::Ended(_) => true,
            Self::RefreshToken(error) => matches!(
                error,
                TokenError::Missing
                    | TokenError::Malformed(_)
                    | TokenError::Expired
                    | TokenError::WrongTokenType
            ),
            _ => false,
        }
    }

    /// The status for the response to a request whose session can't be refreshed: 401 if a token isn't accepted or the session
    /// is over, 503 if it may work later, 500 if the program is at fault.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Token(error) | Self::RefreshToken(error) | Self::NotAccepted(error, _) => error.status(),
            Self::Ended(_) => StatusCode::UNAUTHORIZED,
            Self::Unavailable(_) | Self::OutcomeUnknown(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Offline => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The value of the header `WWW-Authenticate` for that response, if it is a 401.
    #[must_use]
    pub fn www_authenticate(&self) -> Option<&'static str> {
        match self {
            Self::Token(error) | Self::RefreshToken(error) | Self::NotAccepted(error, _) => {
                error.www_authenticate()
            }
            Self::Ended(_) => {
                Some(r#"Bearer error="invalid_token", error_description="the session is over""#)
            }
            Self::Unavailable(_) | Self::OutcomeUnknown(_) | Self::Offline => None,
        }
    }

    /// How long to wait before the next try, if that is known.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Token(TokenError::KeysUnavailable(keys))
            | Self::RefreshToken(TokenError::KeysUnavailable(keys))
            | Self::NotAccepted(TokenError::KeysUnavailable(keys), _) => keys.retry_after(),
            Self::Unavailable(fault) => fault.retry_after(),
            _ => None,
        }
    }
}

/// Whether a refusal is the service's own. A firewall or a proxy before it refuses requests with a page for people, and
/// that says nothing of the session. If it were taken for the service's word, everyone who comes during the fault would be
/// signed out.
fn is_of_the_service(refusal: &ApiError) -> bool {
    let body = decode::without_mark(refusal.body());
    body.iter().all(u8::is_ascii_whitespace) || decode::json::<serde::de::IgnoredAny>(body).is_ok()
}

impl fmt::Display for RefreshError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Token(error) => error.fmt(f),
            Self::RefreshToken(error) => write!(f, "the refresh token isn't accepted: {error}"),
            Self::Ended(fault) => write!(f, "the session is over, sign in again: {fault}"),
            Self::Unavailable(fault) => write!(f, "the session can't be refreshed now: {fault}"),
            Self::OutcomeUnknown(fault) => {
                write!(f, "the session may have been refreshed, but the response is lost: {fault}")
            }
            Self::NotAccepted(error, _) => write!(f, "the refreshed session isn't accepted: {error}"),
            Self::Offline => {
                f.write_str("there is no client to refresh with; build this by `Client::sessions`")
            }
        }
    }
}

impl std::error::Error for RefreshError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Token(error) | Self::RefreshToken(error) | Self::NotAccepted(error, _) => Some(error),
            Self::Ended(fault) | Self::Unavailable(fault) | Self::OutcomeUnknown(fault) => Some(fault),
            Self::Offline => None,
        }
    }
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for CallError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.error)
    }
}

impl fmt::Display for Unsent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Interrupted => {
                "the task that made the call was broken off, or there is no Tokio runtime to make it in"
            }
            Self::SignedOut => "the user has signed out",
            #[cfg(feature = "tower")]
            Self::Refused => "the service has refused the refresh token before",
        })
    }
}

impl std::error::Error for Unsent {}
