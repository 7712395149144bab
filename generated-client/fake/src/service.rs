//! What a service adds to what all fakes have in common.

use generated_client::runtime::ServiceInfo;

use crate::check::RequestFault;
use crate::clock::FakeClock;
use crate::keys::FakeKeys;
use crate::outbox::Outbox;
use crate::providers::Providers;
use crate::request::{RawRequest, Request};
use crate::response::Response;
use generated_client::sessions::testing::SigningError;

/// What a service works with. Its clones are the same tools.
#[derive(Clone, Debug)]
pub(crate) struct Tools {
    /// Where the fake listens: `http://127.0.0.1:40123`.
    pub(crate) url: String,
    pub(crate) clock: FakeClock,
    pub(crate) keys: FakeKeys,
    pub(crate) outbox: Outbox,
    pub(crate) providers: Providers,
}

/// What an operation does. The request has been admitted and checked.
pub(crate) type Behaviour<S> = fn(&mut S, &Request) -> Result<Response, <S as Service>::Error>;

/// A service: the state of a fake, and what the fake does with it.
pub(crate) trait Service: Sized + Send + 'static {
    /// How the service is set up.
    type Settings: Clone + Default + Send + Sync + 'static;
    /// Why the service refuses a request.
    type Error;

    /// The services of the client that it stands for.
    fn services() -> Vec<&'static ServiceInfo>;

    /// A service without users.
    fn new(settings: Self::Settings, tools: Tools) -> Self;

    /// The keys that sign tokens.
    ///
    /// # Errors
    ///
    /// If no key can be made.
    fn keys(settings: &Self::Settings) -> Result<FakeKeys, SigningError>;

    /// What is before the paths of all operations.
    fn prefix(settings: &Self::Settings) -> &str;

    /// What the operations do, by their ids.
    fn behaviours() -> Vec<(&'static str, Behaviour<Self>)>;

    /// Why operations have no behaviour, although others of their groups have one.
    fn left_out() -> &'static [(&'static str, &'static str)] {
        &[]
    }

    /// Refuses a request before it is read: because of its credential, or because there were too many. The claims of its
    /// credential may be kept in the request.
    fn admit(&mut self, request: &mut Request) -> Result<(), Self::Error>;

    /// Refuses a request because of what is wrong with it. There may be nothing wrong, and a service may overlook a fault.
    fn check(&mut self, request: &Request, faults: &[RequestFault]) -> Result<(), Self::Error>;

    /// The response for an error.
    fn refuse(&self, request: &Request, error: Self::Error) -> Response;

    /// The response to a request that is one too many.
    fn too_many(&self, retry_after: Option<u64>) -> Response;

    /// The response to a request for no operation: an unknown path, another method, or a page of the service.
    fn other(&mut self, request: &RawRequest) -> Response;

    /// Changes a response of any path before it leaves.
    fn finish(&self, _request: &RawRequest, response: Response) -> Response {
        response
    }
}
