//! Exchanges a key for a session token, and keeps that until shortly before its end.

use super::refresh::{Key, SingleFlight, pause_after_failure};
use super::{CallError, Clock, RefreshError, SessionClaims, TokenError, ValidToken};
use arc_swap::ArcSwapOption;
use reqwest::StatusCode;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

/// How long before the end of a token the next one is asked for; in the last quarter of its life if that is later.
const MARGIN: Duration = Duration::from_secs(60);

/// Why a key has no session token. Nothing of the key or of a token is in it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ExchangeError {
    /// The service refuses the key: it is unknown, expired or deactivated.
    Refused(CallError),
    /// The service couldn't be asked, or gave no response of use.
    Unavailable(CallError),
    /// The service gave a token that isn't accepted here.
    NotAccepted(TokenError),
    /// The validator was built without a client.
    Offline,
}

/// What a key was exchanged for.
pub(crate) type Exchanged<C> = Result<ValidToken<C>, ExchangeError>;

/// The session token of one key.
pub(crate) struct Exchange<C> {
    held: Arc<ArcSwapOption<ValidToken<C>>>,
    flight: SingleFlight<Exchanged<C>>,
    clock: Arc<dyn Clock>,
}

impl<C: SessionClaims> Exchange<C> {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { held: Arc::default(), flight: SingleFlight::new(Arc::clone(&clock)), clock }
    }

    /// The token that is held, or a new one. This waits only if no good token is held.
    pub(crate) async fn token<F>(&self, exchange: impl FnOnce() -> F) -> Exchanged<C>
    where
        F: Future<Output = Exchanged<C>> + Send + 'static,
    {
        let held = self.held.load_full();
        let left = held.as_ref().map_or(Duration::ZERO, |held| self.left(&held.claims));
        let thing = || {
            let (exchanging, held) = (exchange(), Arc::clone(&self.held));
            async move {
                let exchanged = exchanging.await;
                match &exchanged {
                    Ok(token) => {
                        held.store(Some(Arc::new(token.clone())));
                        (exchanged, Duration::ZERO)
                    }
                    Err(error) => {
                        // For that long, the same failure is given without asking again.
                        let pause = pause_after_failure(error.retry_after());
                        (exchanged, pause)
                    }
                }
            }
        };
        match held {
            Some(held) if !left.is_zero() => {
                if left <= margin(&held.claims) {
                    self.flight.begin(Key::default(), thing);
                }
                Ok(ValidToken::clone(&held))
            }
            _ => {
                let exchanged = self.flight.run(Key::default(), thing).await;
                exchanged.unwrap_or_else(|| Err(ExchangeError::Unavailable(CallError::interrupted())))
            }
        }
    }

    /// How long the token is still good.
    fn left(&self, claims: &C) -> Duration {
        let expires_at = claims.expires_at().duration_since(UNIX_EPOCH).unwrap_or_default();
        expires_at.saturating_sub(self.clock.calendar())
    }
}

fn margin(claims: &impl SessionClaims) -> Duration {
    let lifetime = claims.issued_at().and_then(|issued| claims.expires_at().duration_since(issued).ok());
    lifetime.map_or(MARGIN, |lifetime| MARGIN.min(lifetime / 4))
}

impl ExchangeError {
    /// The status for the response to a request whose key has no session: 401 if the key isn't good, 503 if it may work
    /// later, 500 if the program is at fault.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Refused(_) => StatusCode::UNAUTHORIZED,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::NotAccepted(error) => error.status(),
            Self::Offline => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Unavailable(fault) => fault.retry_after(),
            _ => None,
        }
    }
}

/// No token is used up by an exchange, so that all failures but a refusal may pass.
impl From<RefreshError> for ExchangeError {
    fn from(error: RefreshError) -> Self {
        match error {
            RefreshError::Ended(fault) => Self::Refused(fault),
            RefreshError::Unavailable(fault) | RefreshError::OutcomeUnknown(fault) => {
                Self::Unavailable(fault)
            }
            RefreshError::Token(error)
            | RefreshError::RefreshToken(error)
            | RefreshError::NotAccepted(error, _) => Self::NotAccepted(error),
            RefreshError::Offline => Self::Offline,
        }
    }
}

impl fmt::Display for ExchangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(fault) => write!(f, "the key isn't accepted: {fault}"),
            Self::Unavailable(fault) => write!(f, "the key can't be exchanged now: {fault}"),
            Self::NotAccepted(error) => {
                write!(f, "the token that the key was exchanged for isn't accepted: {error}")
            }
            Self::Offline => {
                f.write_str("there is no client to exchange a key with; build this by `Client::sessions`")
            }
        }
    }
}

impl std::error::Error for ExchangeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Refused(fault) | Self::Unavailable(fault) => Some(fault),
            Self::NotAccepted(error) => Some(error),
            Self::Offline => None,
        }
    }
}

impl<C> fmt::Debug for Exchange<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange").finish_non_exhaustive()
    }
}
