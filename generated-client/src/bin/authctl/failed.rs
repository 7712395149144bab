//! What a failed call comes to.

use std::error::Error as _;

use generated_client::runtime::{DecodeError, Error, ErrorKind, Remedy};
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

/// The text of an error, in which options of this program stand in place of settings of the library.
pub(crate) fn text(error: &Error<String>) -> String {
    let ErrorKind::InvalidRequest(invalid) = error.kind() else { return error.to_string() };
    let mut about = error.service().to_owned();
    if let Some(operation) = error.operation() {
        about = format!("{about} {operation}");
    }
    format!("{about}: {} {}{}", invalid.what(), invalid.why(), help(invalid.remedies()))
}

/// Why a response can't be read, in the same way.
pub(crate) fn unreadable(fault: &DecodeError) -> String {
    let help = help(fault.remedy());
    let near = if fault.excerpt().is_empty() { String::new() } else { format!("; near {}", fault.excerpt()) };
    format!("can't be read at `{}`: {}{help}{near}", fault.path(), fault.problem())
}

/// What mends a fault, as far as this program can.
fn help<'a>(remedies: impl IntoIterator<Item = &'a Remedy>) -> String {
    let remedies: Vec<String> = remedies.into_iter().filter_map(in_options).collect();
    if remedies.is_empty() { String::new() } else { format!(": {}", remedies.join(", or ")) }
}

/// A remedy by the option that does what the setting does; none if there is no such option.
fn in_options(remedy: &Remedy) -> Option<String> {
    let option = match remedy.setting() {
        None => return Some(remedy.text().to_owned()),
        Some("accepting") => "--accept",
        Some("allow_insecure_http") => "--allow-insecure-http",
        Some("app_scheme") => "--app-scheme",
        Some("base_url") => "--base-url",
        Some("server") => "--server",
        Some(_) => return None,
    };
    Some(format!("{} `{option}`", remedy.text()))
}

/// The text of an error with those of its causes, which have no URL in them.
fn with_causes(error: &Error<String>) -> String {
    let mut text = text(error);
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
