//! The table of services, and clients that don't depend on the type of their service.

use std::fmt;

use serde_json::{Map, Value};

use super::builder::Builder;
use super::by_id;
use super::operation_pages::OperationPages;
use super::service::ServiceClient;
use super::table::OperationInfo;
use crate::runtime::engine::core::Core;
use crate::runtime::engine::service::ServiceSpec;
use crate::runtime::error::Error;
use crate::runtime::request::prepared::PreparedRequest;
use crate::runtime::response::decoded::Decoded;
use crate::runtime::response::raw::RawResponse;

/// A service, for programs that handle all services alike.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ServiceInfo {
    /// Its name, base URL and security schemes.
    pub spec: &'static ServiceSpec,
    /// Its operations whose groups are switched on.
    pub operations: fn() -> Vec<&'static OperationInfo>,
}

impl ServiceInfo {
    pub(crate) const fn new(
        spec: &'static ServiceSpec,
        operations: fn() -> Vec<&'static OperationInfo>,
    ) -> Self {
        Self { spec, operations }
    }

    /// Starts building a client. Give it the value of each [base scheme](crate::runtime::SchemeRole::Base) by
    /// [`value`](Builder::value), and a base URL if the service has none.
    pub fn builder(&'static self) -> Builder<AnyClient> {
        Builder::new(self.spec, move |core| AnyClient { core, service: self })
    }

    /// Decodes a response that was stored or made up, as [`AnyClient::call_operation_typed`] does.
    ///
    /// # Errors
    ///
    /// Those of [`Call::send`](crate::runtime::Call::send) for such a response; the request is invalid if there is no such
    /// operation.
    pub fn read_response(&self, id: &str, response: RawResponse) -> Result<Decoded, Error<String>> {
        by_id::read_response(self.spec, self.operations, id, response).map_err(Error::from)
    }
}

/// A client of any service. It calls operations by their ids, as each service's `Client` can, too; the codes of its errors
/// are texts.
#[derive(Clone)]
pub struct AnyClient {
    core: Core,
    service: &'static ServiceInfo,
}

impl ServiceClient for AnyClient {
    type Code = String;
}

impl AnyClient {
    /// The same client with the value of a security scheme of the service. The value of HTTP Basic is the user name, a
    /// colon and the password.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidRequest`](crate::runtime::ErrorKind::InvalidRequest) if no client can carry such a value.
    pub fn with_value(&self, scheme: &str, value: &str) -> Result<Self, Error<String>> {
        let (scheme, values) = by_id::value_of(self.service.spec, scheme, value).map_err(Error::from)?;
        Ok(Self { core: self.core.with_value(scheme, &values), service: self.service })
    }

    /// Calls the operation with this id, and gives the response as it came.
    ///
    /// # Errors
    ///
    /// Those of [`Call::send`](crate::runtime::Call::send), save that a response which can't be decoded is no error. The
    /// request is invalid if there is no such operation, if the operation has no such argument, and if the client lacks
    /// the credential.
    pub async fn call_operation_raw(
        &self,
        id: &str,
        arguments: Map<String, Value>,
    ) -> Result<RawResponse, Error<String>> {
        by_id::call_raw(&self.core, self.service.operations, id, arguments).await.map_err(Error::from)
    }

    /// Calls the operation with this id, and decodes the response as its type.
    ///
    /// # Errors
    ///
    /// Those of [`call_operation_raw`](Self::call_operation_raw), and that the response can't be decoded.
    pub async fn call_operation_typed(
        &self,
        id: &str,
        arguments: Map<String, Value>,
    ) -> Result<Decoded, Error<String>> {
        by_id::call_typed(&self.core, self.service.operations, id, arguments).await.map_err(Error::from)
    }

    /// The pages of the list that the operation with this id gives, beginning with the one that the arguments ask for.
    /// Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidRequest`](crate::runtime::ErrorKind::InvalidRequest) if there is no such operation, or if it doesn't give a
    /// list in pages.
    pub fn operation_pages(
        &self,
        id: &str,
        arguments: Map<String, Value>,
    ) -> Result<OperationPages<String>, Error<String>> {
        OperationPages::new(&self.core, self.service.operations, id, arguments)
    }

    /// The request that [`call_operation_raw`](Self::call_operation_raw) would send. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidRequest`](crate::runtime::ErrorKind::InvalidRequest) if the request is invalid.
    pub fn prepare_operation(
        &self,
        id: &str,
        arguments: Map<String, Value>,
    ) -> Result<PreparedRequest, Error<String>> {
        by_id::prepare(&self.core, self.service.operations, id, arguments).map_err(Error::from)
    }
}

impl fmt::Debug for AnyClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.core.fmt(f)
    }
}
