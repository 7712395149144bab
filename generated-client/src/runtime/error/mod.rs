//! What a call can fail with.

mod api;
mod parts;

pub use api::ApiError;
pub use parts::{DecodeError, InvalidRequest, Phase, TransportError};

use super::clock::Clock;
use super::{Code, DecodeFault, RawResponse, Service, Spec, retry};
use reqwest::StatusCode;
use std::fmt;
use std::time::Duration;

/// The error of a call.
///
/// It is as small as a pointer. `Display` is one line for a log; neither that nor `Debug` shows
/// a secret, the response's body or a header.
pub struct Error<C>(Box<Inner<C>>);

struct Inner<C> {
    service: &'static str,
    operation: Option<&'static str>,
    attempts: u32,
    may_retry: bool,
    kind: Kind<C>,
}

/// What went wrong.
#[non_exhaustive]
pub enum Kind<C> {
    /// The service answered with an error, or with a redirect that was not expected.
    Api(ApiError<C>),
    /// There was no response, or not all of it.
    Transport(TransportError),
    /// The response is not what it should be.
    Decode(DecodeError),
    /// The call was refused before anything was sent.
    InvalidRequest(InvalidRequest),
    /// The response has more bytes than the client reads.
    #[non_exhaustive]
    TooLarge {
        /// The status of the response.
        status: StatusCode,
        /// How many bytes the client reads.
        limit: usize,
    },
}

/// What the engine fails with, which does not depend on the service.
pub(super) enum Fault {
    Api(Box<RawResponse>),
    Transport(TransportError),
    Decode(Box<DecodeError>),
    InvalidRequest(InvalidRequest),
    TooLarge { status: StatusCode, limit: usize },
}

/// A fault, and how many attempts were made until then.
pub(super) struct Failure {
    pub(super) fault: Fault,
    pub(super) attempts: u32,
}

impl Fault {
    pub(super) fn decode(raw: RawResponse, fault: DecodeFault) -> Self {
        Self::Decode(Box::new(DecodeError::new(raw, fault)))
    }

    /// How long the service asks to wait.
    pub(super) fn retry_after(&self, clock: &dyn Clock) -> Option<Duration> {
        match self {
            Self::Api(response) => api::retry_after(response.headers(), || clock.date()),
            _ => None,
        }
    }
}

impl From<InvalidRequest> for Fault {
    fn from(refusal: InvalidRequest) -> Self {
        Self::InvalidRequest(refusal)
    }
}

impl From<InvalidRequest> for Failure {
    fn from(refusal: InvalidRequest) -> Self {
        Self { fault: refusal.into(), attempts: 0 }
    }
}

impl From<TransportError> for Fault {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl<C: Code> Error<C> {
    pub(super) fn of<S: Service<Code = C>>(spec: &Spec, failure: Failure) -> Self {
        let Failure { fault, attempts } = failure;
        let may_retry = retry::may_retry(spec.retry, &fault);
        let kind = match fault {
            Fault::Api(raw) => {
                let said = S::read_error(&raw);
                Kind::Api(ApiError::new(*raw, said))
            }
            Fault::Transport(error) => Kind::Transport(error),
            Fault::Decode(error) => Kind::Decode(*error),
            Fault::InvalidRequest(refusal) => Kind::InvalidRequest(refusal),
            Fault::TooLarge { status, limit } => Kind::TooLarge { status, limit },
        };
        Self(Box::new(Inner { service: S::NAME, operation: Some(spec.id), attempts, may_retry, kind }))
    }
}

impl<C> Error<C> {
    pub(crate) fn refused(service: &'static str, refusal: InvalidRequest) -> Self {
        let kind = Kind::InvalidRequest(refusal);
        Self(Box::new(Inner { service, operation: None, attempts: 0, may_retry: false, kind }))
    }

    /// What went wrong, in full.
    #[must_use]
    pub fn kind(&self) -> &Kind<C> {
        &self.0.kind
    }

    /// The id of the operation that was called; none if building a client failed.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// How many attempts were made; none if the call was refused before, or had no time.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Whether calling the operation again does no harm and may help.
    ///
    /// That is so for the failures after which the client itself [sends again](super::RetryPolicy#what-is-sent-again),
    /// so it did as often as it was allowed to. Wait before trying again: as long as
    /// [`retry_after`](Self::retry_after) says, if it does.
    ///
    /// An operation that sends a message or spends a code may be called again only if no connection was made.
    #[must_use]
    pub fn may_retry(&self) -> bool {
        self.0.may_retry
    }

    /// What the service answered, if it answered with an error.
    #[must_use]
    pub fn api(&self) -> Option<&ApiError<C>> {
        match self.kind() {
            Kind::Api(api) => Some(api),
            _ => None,
        }
    }

    /// The status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self.kind() {
            Kind::Api(api) => Some(api.status()),
            Kind::Decode(decode) => Some(decode.status()),
            Kind::TooLarge { status, .. } => Some(*status),
            Kind::Transport(_) | Kind::InvalidRequest(_) => None,
        }
    }

    /// The service's code for the error, if it gave one.
    #[must_use]
    pub fn code(&self) -> Option<&C> {
        self.api()?.code()
    }

    /// The service's text for people, if it gave one. It may repeat what it was sent.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.api()?.message()
    }

    /// How long to wait before the next try, if the service says so.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.api()?.retry_after()
    }

    /// Whether the service asks for fewer requests (429).
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether it took too long.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.kind(), Kind::Transport(error) if error.is_timeout())
    }

    /// Whether no connection was made, so that the request can't have reached the service.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.kind(), Kind::Transport(error) if error.phase() == Phase::Connect)
    }
}

impl<C: AsRef<str>> Error<C> {
    /// Whether the service's code is one of these.
    pub(crate) fn has_code(&self, codes: &[&str]) -> bool {
        self.code().is_some_and(|code| codes.contains(&code.as_ref()))
    }
}

impl<C: AsRef<str>> fmt::Display for Error<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.service)?;
        if let Some(operation) = self.operation() {
            write!(f, " {operation}")?;
        }
        f.write_str(": ")?;
        match self.kind() {
            Kind::Api(api) => api.fmt(f),
            Kind::Transport(error) => error.fmt(f),
            Kind::Decode(error) => error.fmt(f),
            Kind::InvalidRequest(refusal) => refusal.fmt(f),
            Kind::TooLarge { status, limit } => {
                write!(f, "the response ({status}) has more than {limit} bytes")
            }
        }?;
        match self.attempts() {
            0 | 1 => Ok(()),
            attempts => write!(f, ", after {attempts} attempts"),
        }
    }
}

impl<C: AsRef<str>> fmt::Debug for Kind<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(api) => api.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::InvalidRequest(refusal) => refusal.fmt(f),
            Self::TooLarge { status, limit } => {
                f.debug_struct("TooLarge").field("status", &status.as_u16()).field("limit", limit).finish()
            }
        }
    }
}

impl<C: AsRef<str>> fmt::Debug for Error<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("service", &self.0.service)
            .field("operation", &self.0.operation)
            .field("attempts", &self.0.attempts)
            .field("kind", &self.0.kind)
            .finish()
    }
}

impl<C: AsRef<str>> std::error::Error for Error<C> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self.kind() {
            Kind::Transport(error) => std::error::Error::source(error),
            Kind::InvalidRequest(refusal) => std::error::Error::source(refusal),
            Kind::Api(_) | Kind::Decode(_) | Kind::TooLarge { .. } => None,
        }
    }
}
