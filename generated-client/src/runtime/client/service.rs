//! The types of a service, and its clients.

use crate::runtime::engine::service::ServiceSpec;
use crate::runtime::error::{Code, Error};

/// A service. Generated code implements it.
pub trait Service: 'static {
    /// The codes of the service's errors.
    type Code: Code;
    /// The description of the service.
    const SPEC: &'static ServiceSpec;
}

/// A client that a [`Builder`](crate::runtime::Builder) builds. Generated code implements it.
pub trait ServiceClient: 'static {
    /// The codes of the service's errors.
    type Code: Code;
}

/// The type of a service's errors.
pub(crate) type ErrorOf<S> = Error<<S as Service>::Code>;
