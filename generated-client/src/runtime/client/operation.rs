//! The types that stand for operations.

use super::service::Service;
use crate::runtime::request::spec::Spec;
use crate::runtime::response::format::ResponseFormat;

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
}

/// An operation that a browser calls by following a link, so that its URL is useful without being requested.
pub trait BrowserOperation: Operation {}
