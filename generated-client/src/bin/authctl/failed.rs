//! What a failed call comes to.

use std::error::Error as _;

use generated_client::runtime::{Error, ErrorKind};
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

/// Why a call failed.
pub(crate) enum Failed {
    InvalidRequest(String),
    Api(Box<ErrorResponse>),
    NoResponse(String),
}

/// The error response of the service.
pub(crate) struct ErrorResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    pub(crate) request_id: Option<String>,
    /// One line without secrets.
    pub(crate) text: String,
}

impl From<Error<String>> for Failed {
    fn from(error: Error<String>) -> Self {
        match error.kind() {
            ErrorKind::Api(api) => Self::Api(Box::new(ErrorResponse {
                status: api.status(),
                headers: api.headers().clone(),
                body: api.body().to_vec(),
                request_id: api.request_id().map(str::to_owned),
                text: error.to_string(),
            })),
            ErrorKind::InvalidRequest(_) => Self::InvalidRequest(with_causes(&error)),
            _ => Self::NoResponse(with_causes(&error)),
        }
    }
}

/// The text of an error with those of its causes, which have no URL in them.
fn with_causes(error: &Error<String>) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
