//! The table of operations.

#[cfg(feature = "both-directions")]
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::documentation::Documentation;
use super::operation::{ArgumentInfo, Operation};
use super::service::Service;
use crate::runtime::engine::exchange::Decode;
use crate::runtime::request::spec::Spec;
use crate::runtime::response::decoded::Decoded;
#[cfg(feature = "both-directions")]
use crate::runtime::response::decoded::Printable;
use crate::runtime::response::format::ResponseFormat;
use crate::runtime::response::raw::RawResponse;
use crate::runtime::value::decode::DecodeError;
use crate::runtime::value::shape::{Shape, Shaped};

/// An operation, for programs that handle all operations alike.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct OperationInfo {
    /// The service: `descope`.
    pub service: &'static str,
    /// The group, as its feature spells it: `enchanted-link`.
    pub group: &'static str,
    /// Id, method, path, parameters, credentials and retry class.
    pub spec: &'static Spec,
    /// The arguments of the client for the parameters, in the order of [`Spec::parameters`].
    pub arguments: &'static [ArgumentInfo],
    /// The shape of the request's body; [`Shape::Nothing`] if it has none.
    pub request: fn() -> Shape,
    /// Whether the body may be left out.
    pub request_is_optional: bool,
    /// The shape of a successful response.
    pub response: fn() -> Shape,
    /// What the documentation of its method says.
    pub documentation: Documentation,
    pub(super) read: Decode<Value>,
    pub(super) read_typed: Decode<Decoded>,
    #[cfg(feature = "both-directions")]
    read_request: fn(&Value) -> Result<Decoded, DecodeError>,
}

/// The handle of a group, which lists the group's operations.
pub(crate) trait OperationGroup {
    /// The operations, in the order of the spec.
    fn operations() -> &'static [OperationInfo];
}

/// The operations that a group lists.
#[inline]
pub(crate) fn listed<G: OperationGroup>() -> &'static [OperationInfo] {
    G::operations()
}

/// A type that the table accepts for the body of a request.
#[cfg(not(feature = "both-directions"))]
pub trait RequestBody: Shaped {}

#[cfg(not(feature = "both-directions"))]
impl<T: Shaped> RequestBody for T {}

/// A type that the table accepts for the body of a request.
#[cfg(feature = "both-directions")]
pub trait RequestBody: Shaped + Printable + DeserializeOwned {}

#[cfg(feature = "both-directions")]
impl<T: Shaped + Printable + DeserializeOwned> RequestBody for T {}

impl OperationInfo {
    /// The entry of an operation.
    pub(crate) const fn of<O: Operation<Body: RequestBody>>(
        group: &'static str,
        documentation: Documentation,
    ) -> Self {
        Self {
            service: <O::Service as Service>::SPEC.name,
            group,
            documentation,
            spec: O::SPEC,
            arguments: O::ARGUMENTS,
            request: <O::Body as Shaped>::shape,
            request_is_optional: <O::Body as Shaped>::IS_OPTIONAL,
            response: <O::Format as ResponseFormat<O::Response>>::shape,
            read: <O::Format as ResponseFormat<O::Response>>::read_value,
            read_typed: <O::Format as ResponseFormat<O::Response>>::read_typed,
            #[cfg(feature = "both-directions")]
            read_request: Decoded::read::<O::Body>,
        }
    }

    /// Reads the body of a request as the operation's type; null where it takes none.
    ///
    /// # Errors
    ///
    /// If the body is not of this type, or lacks a required member.
    #[cfg(feature = "both-directions")]
    pub fn read_request(&self, body: &Value) -> Result<Decoded, DecodeError> {
        (self.read_request)(body)
    }

    /// Reads a response of this operation without its type. A redirect is read as `{"status": .., "location": ..}`.
    ///
    /// # Errors
    ///
    /// If the response is not in the format of the operation's responses.
    pub fn read(&self, raw: &RawResponse) -> Result<Value, DecodeError> {
        (self.read)(raw)
    }
}
