//! All services in one form, for tests that go through all operations.

use std::error::Error as _;
use std::fmt::Debug;

use generated_client::runtime::{
    AnyClient, Builder, Code, Decoded, Error, ErrorKind, InvalidResponse, OperationInfo, Phase, RawResponse,
    SchemeRole, ServiceInfo,
};
use generated_client::services;
use serde_json::{Map, Value};

pub(crate) type Arguments = Map<String, Value>;

/// A failed call of any service.
pub(crate) trait Failure: std::error::Error {
    /// In short what went wrong: `api`, `invalid_response`.
    fn what(&self) -> &'static str;
    fn invalid_response(&self) -> Option<&InvalidResponse>;
    /// Everything that is printed of the error, of its parts and of all its sources.
    fn printed(&self) -> Vec<String>;
}

impl<C: Code> Failure for Error<C> {
    fn what(&self) -> &'static str {
        match self.kind() {
            ErrorKind::Api(_) => "api",
            ErrorKind::Transport(error) => match (error.is_timeout(), error.phase()) {
                (false, _) => "transport",
                (true, Phase::Connect) => "no connection in time",
                (true, Phase::Exchange) => "no response in time",
                (true, _) => "no whole response in time",
            },
            ErrorKind::InvalidResponse(_) => "invalid_response",
            ErrorKind::InvalidRequest(_) => "invalid_request",
            ErrorKind::TooLarge { .. } => "too large",
            _ => "unknown",
        }
    }

    fn invalid_response(&self) -> Option<&InvalidResponse> {
        match self.kind() {
            ErrorKind::InvalidResponse(error) => Some(error),
            _ => None,
        }
    }

    fn printed(&self) -> Vec<String> {
        let mut printed = vec![self.to_string()];
        printed.extend(debugged(self));
        printed.extend(debugged(self.kind()));
        if let Some(invalid) = self.invalid_response() {
            printed.extend([invalid.to_string(), invalid.excerpt().to_owned()]);
            printed.extend(debugged(invalid.response()));
        }
        let mut source = self.source();
        while let Some(cause) = source {
            printed.push(cause.to_string());
            printed.extend(debugged(cause));
            source = cause.source();
        }
        printed
    }
}

/// Both forms of `Debug`.
pub(crate) fn debugged(value: &(impl Debug + ?Sized)) -> [String; 2] {
    [format!("{value:?}"), format!("{value:#?}")]
}

pub(crate) type Outcome = Result<Decoded, Error<String>>;

/// All operations of all services.
pub(crate) fn operations() -> Vec<&'static OperationInfo> {
    services().iter().flat_map(|service| (service.operations)()).collect()
}

/// The service of an operation.
pub(crate) fn service_of(info: &OperationInfo) -> &'static ServiceInfo {
    services().iter().copied().find(|service| service.spec.name == info.service).unwrap()
}

/// What an operation makes of a response, without sending anything.
pub(crate) fn read_response(info: &OperationInfo, response: RawResponse) -> Outcome {
    service_of(info).read_response(info.spec.id, response)
}

/// Starts building a client of a service at this URL. It has the values that every client of the service needs.
pub(crate) fn builder(service: &'static ServiceInfo, url: &str) -> Builder<AnyClient> {
    let base = service.spec.schemes.iter().filter(|scheme| scheme.role == SchemeRole::Base);
    let builder = base.fold(service.builder(), |builder, scheme| builder.value(scheme.name, BASE));
    builder.base_url(url)
}

/// The value of what every client carries, which is no secret.
const BASE: &str = "P2aAc4T2V93bddihGEx2Ryhc8e5Z";
