//! Clients of both services, whatever they carry, and what their calls come to.

use std::error::Error as _;
use std::future::Future;
use std::pin::Pin;

use generated_client::runtime::{CallById, Code, Error, Kind, Prepared, RawResponse};
use generated_client::{descope, nhost};
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde_json::{Map, Value};

/// A client that calls operations by their ids.
pub(crate) trait Caller {
    fn prepare(&self, id: &str, arguments: Map<String, Value>) -> Result<Prepared, Failed>;

    fn call<'a>(&'a self, id: &'a str, arguments: Map<String, Value>) -> Answering<'a>;
}

/// A response to come.
pub(crate) type Answering<'a> = Pin<Box<dyn Future<Output = Result<RawResponse, Failed>> + 'a>>;

/// Why a call failed, whichever service it was made to.
pub(crate) enum Failed {
    InvalidRequest(String),
    Api(Box<ErrorResponse>),
    NoResponse(String),
}

/// What the service answered instead of what was asked for.
pub(crate) struct ErrorResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    pub(crate) request_id: Option<String>,
    /// One line without secrets.
    pub(crate) text: String,
}

macro_rules! callers {
    ($($service:ident),*) => {$(
        impl<C> Caller for $service::Client<C> {
            fn prepare(&self, id: &str, arguments: Map<String, Value>) -> Result<Prepared, Failed> {
                self.prepare_operation(id, arguments).map_err(|error| Failed::of(&error))
            }

            fn call<'a>(&'a self, id: &'a str, arguments: Map<String, Value>) -> Answering<'a> {
                Box::pin(async move {
                    self.call_operation_raw(id, arguments).await.map_err(|error| Failed::of(&error))
                })
            }
        }
    )*};
}

callers!(descope, nhost);

impl Failed {
    fn of<C: Code>(error: &Error<C>) -> Self {
        match error.kind() {
            Kind::Api(api) => Self::Api(Box::new(ErrorResponse {
                status: api.status(),
                headers: api.headers().clone(),
                body: api.body().to_vec(),
                request_id: api.request_id().map(str::to_owned),
                text: error.to_string(),
            })),
            Kind::InvalidRequest(_) => Self::InvalidRequest(with_causes(error)),
            _ => Self::NoResponse(with_causes(error)),
        }
    }
}

/// The text of an error with those of its causes, which have no URL in them.
fn with_causes<C: Code>(error: &Error<C>) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
