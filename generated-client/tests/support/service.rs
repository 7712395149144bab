//! Both services in one form, for tests that go through all operations.

use std::error::Error as _;
use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;

use generated_client::runtime::{
    CallById, Code, DecodeError, Decoded, Error, Kind, OperationInfo, Phase, RawResponse,
};
use generated_client::{descope, nhost};
use serde_json::{Map, Value};

pub(crate) type Arguments = Map<String, Value>;

/// A failed call of either service.
pub(crate) trait Failure: std::error::Error {
    /// In short what went wrong: `api`, `decode`.
    fn what(&self) -> &'static str;
    fn status(&self) -> Option<u16>;
    fn decode(&self) -> Option<&DecodeError>;
    /// Everything that is printed of the error, of its parts and of all its sources.
    fn printed(&self) -> Vec<String>;
}

impl<C: Code> Failure for Error<C> {
    fn what(&self) -> &'static str {
        match self.kind() {
            Kind::Api(_) => "api",
            Kind::Transport(error) => match (error.is_timeout(), error.phase()) {
                (false, _) => "transport",
                (true, Phase::Connect) => "no connection in time",
                (true, Phase::Exchange) => "no response in time",
                (true, _) => "no whole response in time",
            },
            Kind::Decode(_) => "decode",
            Kind::InvalidRequest(_) => "refused",
            Kind::TooLarge { .. } => "too large",
            _ => "unknown",
        }
    }

    fn status(&self) -> Option<u16> {
        Error::status(self).map(|status| status.as_u16())
    }

    fn decode(&self) -> Option<&DecodeError> {
        match self.kind() {
            Kind::Decode(error) => Some(error),
            _ => None,
        }
    }

    fn printed(&self) -> Vec<String> {
        let mut printed = vec![self.to_string()];
        printed.extend(debugged(self));
        printed.extend(debugged(self.kind()));
        if let Some(decode) = self.decode() {
            printed.extend([decode.to_string(), decode.excerpt().to_owned()]);
            printed.extend(debugged(decode.response()));
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

pub(crate) type Outcome = Result<Decoded, Box<dyn Failure>>;

/// A client of either service, whatever credential it carries.
pub(crate) trait Caller: Debug {
    fn call<'a>(&'a self, id: &'a str, arguments: Arguments) -> Pin<Box<dyn Future<Output = Outcome> + 'a>>;
}

impl<C> Caller for descope::Client<C> {
    fn call<'a>(&'a self, id: &'a str, arguments: Arguments) -> Pin<Box<dyn Future<Output = Outcome> + 'a>> {
        Box::pin(async move { boxed(self.call_operation_typed(id, arguments).await) })
    }
}

impl<C> Caller for nhost::Client<C> {
    fn call<'a>(&'a self, id: &'a str, arguments: Arguments) -> Pin<Box<dyn Future<Output = Outcome> + 'a>> {
        Box::pin(async move { boxed(self.call_operation_typed(id, arguments).await) })
    }
}

fn boxed<C: Code>(outcome: Result<Decoded, Error<C>>) -> Outcome {
    outcome.map_err(|error| Box::new(error) as Box<dyn Failure>)
}

/// All operations of both services.
pub(crate) fn operations() -> Vec<&'static OperationInfo> {
    [descope::operations(), nhost::operations()].concat()
}

/// What an operation makes of a response, without sending anything.
pub(crate) fn read_response(info: &OperationInfo, response: RawResponse) -> Outcome {
    match info.service {
        "descope" => boxed(<descope::Client>::read_response(info.spec.id, response)),
        "nhost" => boxed(<nhost::Client>::read_response(info.spec.id, response)),
        other => panic!("the tests don't know the service {other}"),
    }
}
