//! The types that stand for operations.

use super::service::Service;
use crate::runtime::request::spec::Spec;
use crate::runtime::response::format::ResponseFormat;
#[cfg(feature = "operations")]
use crate::runtime::value::shape::Shape;

/// An operation of a service. Generated code implements it.
pub trait Operation: 'static {
    /// The service that the operation belongs to.
    type Service: Service;
    /// The type of the request's body; `()` if it has none.
    type Body;
    /// The type of a successful response.
    type Response;
    /// The format of the response.
    type Format: ResponseFormat<Self::Response>;
    /// The rest of the description.
    const SPEC: &'static Spec;
    /// The arguments for the parameters, in the order of [`Spec::parameters`].
    #[cfg(feature = "operations")]
    const ARGUMENTS: &'static [ArgumentInfo] = &[];
}

/// An operation that a browser calls by following a link, so that its URL is useful without being requested.
pub trait BrowserOperation: Operation {}

/// The argument of the client for a parameter.
#[cfg(feature = "operations")]
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ArgumentInfo {
    /// The name of the argument or setter in Rust.
    pub name: &'static str,
    /// The shape of its value.
    pub shape: fn() -> Shape,
    /// Its description in the spec, in Markdown. It is empty for a required one, whose text is part of the
    /// [documentation of the method](crate::runtime::Documentation::argument).
    pub documentation: &'static str,
}
