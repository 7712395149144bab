//! What a call can fail with.

pub(crate) mod api;
pub(crate) mod body;
pub(crate) mod invalid_request;
pub(crate) mod invalid_response;
pub(crate) mod kind;
pub(crate) mod meaning;
pub(crate) mod transport;
pub(crate) mod upload;

use reqwest::StatusCode;
use std::fmt::{self, Debug};
use std::time::Duration;

use self::api::ApiError;
use self::invalid_request::InvalidRequest;
use self::kind::ErrorKind;
use self::meaning::Meanings;
use self::transport::Phase;
use crate::runtime::request::spec::Spec;

/// A type that error codes of a service can have. Every open enum can be one.
pub trait Code: Clone + Debug + PartialEq + AsRef<str> + From<String> + Send + Sync + 'static {}

impl<T> Code for T where T: Clone + Debug + PartialEq + AsRef<str> + From<String> + Send + Sync + 'static {}

/// The error of a call. `C` is the type of the service's error codes.
///
/// It is as small as a pointer. `Display` is one line for a log; neither that nor `Debug` shows
/// a secret, the response's body or a header.
pub struct Error<C>(Box<Inner<C>>);

struct Inner<C> {
    failure: Failure,
    code: Option<C>,
}

/// A failed call, whichever service it was made to.
pub(crate) struct Failure {
    pub(crate) service: &'static str,
    /// The operation; none if a client could not be built.
    pub(crate) spec: Option<&'static Spec>,
    /// Whether the call carried the credential of a user or program, not only what every client of the service carries.
    pub(crate) is_signed: bool,
    pub(crate) attempts: u32,
    pub(crate) may_retry: bool,
    pub(crate) kind: ErrorKind,
}

impl<C: Code> From<Box<Failure>> for Error<C> {
    fn from(failure: Box<Failure>) -> Self {
        let code = match &failure.kind {
            ErrorKind::Api(api) => api.code().map(|code| C::from(code.to_owned())),
            _ => None,
        };
        Self(Box::new(Inner { failure: *failure, code }))
    }
}

impl Failure {
    /// The failure of something that can't be used, be it a setting or the id of an operation.
    pub(crate) fn invalid(service: &'static str, invalid: InvalidRequest) -> Box<Self> {
        let kind = ErrorKind::InvalidRequest(invalid);
        Box::new(Self { service, spec: None, is_signed: false, attempts: 0, may_retry: false, kind })
    }

    /// The id of the operation.
    fn operation(&self) -> Option<&'static str> {
        self.spec.map(|spec| spec.id)
    }
}

impl<C> Error<C> {
    /// What went wrong, in full.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0.failure.kind
    }

    /// The name of the service, such as `descope`.
    #[must_use]
    pub fn service(&self) -> &'static str {
        self.0.failure.service
    }

    /// The id of the operation that was called; none if building a client failed.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.0.failure.operation()
    }

    /// How many attempts were made; none if the request is invalid, or if there was no time for one. Each attempt sends the
    /// request once at most, so no more requests than this have left.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.failure.attempts
    }

    /// Whether calling the operation again does no harm and may help.
    ///
    /// It is true of failures after which the client itself [sends again](crate::runtime::RetryPolicy#what-is-sent-again).
    /// The client has already done so as often as it was allowed to. Wait before trying again: as long as
    /// [`retry_after`](Self::retry_after) says, if it does.
    ///
    /// An operation that sends a message or spends a code may be called again only if nothing of the request has left.
    #[must_use]
    pub fn may_retry(&self) -> bool {
        self.0.failure.may_retry
    }

    /// The error response, if the service sent one.
    #[must_use]
    pub fn api(&self) -> Option<&ApiError> {
        match self.kind() {
            ErrorKind::Api(api) => Some(api),
            _ => None,
        }
    }

    /// The status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.kind().status()
    }

    /// The service's code for the error, if it gave one.
    #[must_use]
    pub fn code(&self) -> Option<&C> {
        self.0.code.as_ref()
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

    /// Whether the time for connecting, for an attempt or for the call ran out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.kind(), ErrorKind::Transport(error) if error.is_timeout())
    }

    /// Whether no connection was made, so that the request can't have reached the service.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.kind(), ErrorKind::Transport(error) if error.phase() == Phase::Connect)
    }

    /// The failure, for tests.
    #[cfg(feature = "test-util")]
    pub(crate) fn failure_mut(&mut self) -> &mut Failure {
        &mut self.0.failure
    }

    /// Whether this question is true of the error. `codes` says what the codes of the service mean.
    #[allow(dead_code, reason = "not every service has questions")]
    pub(crate) fn means(&self, question: &str, codes: Meanings) -> bool {
        self.0.failure.meaning(codes) == Some(question)
    }
}

impl<C> fmt::Display for Error<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.failure.service)?;
        if let Some(operation) = self.operation() {
            write!(f, " {operation}")?;
        }
        write!(f, ": {}", self.kind())?;
        match self.attempts() {
            0 | 1 => Ok(()),
            attempts => write!(f, ", after {attempts} attempts"),
        }
    }
}

impl<C> Debug for Error<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failure { service, attempts, kind, .. } = &self.0.failure;
        f.debug_struct("Error")
            .field("service", service)
            .field("operation", &self.operation())
            .field("attempts", attempts)
            .field("kind", kind)
            .finish()
    }
}

impl<C> std::error::Error for Error<C> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.kind().source()
    }
}
