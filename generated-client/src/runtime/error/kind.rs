//! The kinds of errors.

use reqwest::StatusCode;
use std::error::Error;
use std::fmt;

use super::api::ApiError;
use super::invalid_request::InvalidRequest;
use super::invalid_response::InvalidResponse;
use super::transport::TransportError;
use crate::runtime::response::raw::RawResponse;
use crate::runtime::value::decode::DecodeError;

/// What went wrong with a call.
#[non_exhaustive]
pub enum ErrorKind {
    /// The service responded with an error, or with a redirect that was not expected.
    Api(ApiError),
    /// There was no response, or not all of it.
    Transport(TransportError),
    /// The response is not what the operation's description says.
    InvalidResponse(InvalidResponse),
    /// The request can't be sent, and nothing was sent.
    InvalidRequest(InvalidRequest),
    /// The response is a success with more bytes than the client reads. Of an error response, the start is read instead.
    #[non_exhaustive]
    TooLarge {
        /// The status of the response.
        status: StatusCode,
        /// How many bytes the client reads.
        limit: usize,
    },
}

impl ErrorKind {
    pub(crate) fn invalid_response(response: RawResponse, fault: DecodeError) -> Self {
        Self::InvalidResponse(InvalidResponse::new(response, fault))
    }

    /// The status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(api) => Some(api.status()),
            Self::InvalidResponse(decode) => Some(decode.status()),
            Self::TooLarge { status, .. } => Some(*status),
            Self::Transport(_) | Self::InvalidRequest(_) => None,
        }
    }

    /// The error of the HTTP client, if there is one.
    pub(crate) fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Transport(error) => error.source(),
            Self::InvalidRequest(error) => error.source(),
            Self::Api(_) | Self::InvalidResponse(_) | Self::TooLarge { .. } => None,
        }
    }
}

impl From<InvalidRequest> for ErrorKind {
    fn from(invalid: InvalidRequest) -> Self {
        Self::InvalidRequest(invalid)
    }
}

impl From<TransportError> for ErrorKind {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::InvalidResponse(error) => error.fmt(f),
            Self::InvalidRequest(error) => error.fmt(f),
            Self::TooLarge { status, limit } => {
                write!(f, "the response ({status}) has more than {limit} bytes")
            }
        }
    }
}

impl fmt::Debug for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::InvalidResponse(error) => error.fmt(f),
            Self::InvalidRequest(error) => error.fmt(f),
            Self::TooLarge { status, limit } => {
                f.debug_struct("TooLarge").field("status", &status.as_u16()).field("limit", limit).finish()
            }
        }
    }
}
