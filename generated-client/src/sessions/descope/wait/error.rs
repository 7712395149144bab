//! Why a wait ended without a session.

use crate::descope::Error;
use std::fmt;

/// Why a wait ended without a session. The error of the last question is its source.
#[derive(Debug)]
#[non_exhaustive]
pub enum WaitError {
    /// The service says something that won't change: the link has expired or is unknown, or the request is invalid.
    Ended(Error),
    /// The time is over, or the service asks for a pause that ends later. The user may still sign in: the error of the
    /// last question says how things stood.
    TimedOut(Error),
}

impl WaitError {
    /// The error of the last question.
    #[must_use]
    pub fn last(&self) -> &Error {
        match self {
            Self::Ended(error) | Self::TimedOut(error) => error,
        }
    }

    /// Whether the time is over, so that waiting longer might have helped.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::TimedOut(_))
    }
}

impl fmt::Display for WaitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ended(error) => write!(f, "the user can't sign in any more: {error}"),
            Self::TimedOut(error) => write!(f, "the user hasn't signed in in time: {error}"),
        }
    }
}

impl std::error::Error for WaitError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.last())
    }
}
