//! The state that all clones of a client, its groups and its calls share.

use reqwest::Url;
use reqwest::header::HeaderMap;
use std::fmt;
use std::sync::Arc;
use tokio::sync::Semaphore;

use super::budget::Bucket;
use super::clients::Clients;
use super::clock::Clock;
use super::credential::Credential;
use super::scheme::{SchemeRole, SecurityScheme};
use super::service::ServiceSpec;
use super::timing::Timing;
use super::values::Values;
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::request::spec::Spec;
use crate::runtime::value::secret::Secret;

/// A connection to a service and the credentials for it.
#[derive(Clone)]
pub(crate) struct Core {
    connection: Arc<Connection>,
    credentials: Arc<Credentials>,
}

/// The part that does not depend on who is signed in.
pub(crate) struct Connection {
    pub(crate) service: &'static ServiceSpec,
    pub(crate) http: Clients,
    pub(crate) base: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) timing: Timing,
    /// What may be spent on sending again.
    pub(crate) budget: Bucket,
    /// A permit for each request that may be under way at once; none if there may be any number.
    pub(crate) permits: Option<Semaphore>,
    pub(crate) max_body: usize,
    pub(crate) max_error_body: usize,
    /// The schemes of apps that a redirect may lead to.
    pub(crate) app_schemes: Arc<[String]>,
    pub(crate) clock: Box<dyn Clock>,
}

struct Credentials {
    /// The credentials that the client was built with, such as the project ID.
    base: Arc<[Credential]>,
    /// The credential that it was given by a `with_*` method.
    carried: Option<Credential>,
    /// What the client was built with, for the credentials that are joined of several values.
    values: Arc<Values>,
}

impl Core {
    /// A connection with the credentials that every client of the service has.
    pub(crate) fn new(connection: Connection, values: Values) -> Self {
        let schemes = connection.service.schemes.iter();
        let base = schemes.filter(|scheme| scheme.role == SchemeRole::Base);
        let base =
            base.map(|scheme| Credential::of(scheme, values.all(scheme.name).unwrap_or_default(), &values));
        let credentials = Credentials { base: base.collect(), carried: None, values: Arc::new(values) };
        Self { connection: Arc::new(connection), credentials: Arc::new(credentials) }
    }

    /// The same connection with a credential of this scheme carried.
    pub(crate) fn with_value(&self, scheme: &'static SecurityScheme, given: &[Secret]) -> Self {
        self.carrying(Credential::of(scheme, given, &self.credentials.values))
    }

    /// The same connection with another credential carried.
    pub(crate) fn carrying(&self, credential: Credential) -> Self {
        let Credentials { base, values, .. } = &*self.credentials;
        let (base, values) = (Arc::clone(base), Arc::clone(values));
        Self {
            connection: Arc::clone(&self.connection),
            credentials: Arc::new(Credentials { base, carried: Some(credential), values }),
        }
    }

    /// The value that the client was built with for a scheme.
    #[allow(dead_code, reason = "only sessions ask for it")]
    pub(crate) fn value(&self, scheme: &str) -> Option<&Secret> {
        self.credentials.values.get(scheme)
    }

    /// The service.
    pub(crate) fn service(&self) -> &'static ServiceSpec {
        self.connection.service
    }

    /// # Errors
    ///
    /// If a credential that every client has can't be sent.
    pub(crate) fn check_base(&self) -> Result<(), InvalidRequest> {
        self.credentials.base.iter().try_for_each(Credential::check)
    }

    /// The URL that the paths of all operations are under.
    #[allow(dead_code, reason = "only sessions ask for it")]
    pub(crate) fn base_url(&self) -> &str {
        self.connection.base.as_str()
    }

    /// The same connection with an HTTP client that no builder accepts.
    #[cfg(test)]
    pub(crate) fn with_http(mut self, http: reqwest::Client) -> Self {
        if let Some(connection) = Arc::get_mut(&mut self.connection) {
            connection.http = Clients::new(http, None);
        }
        self
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Whether a call of an operation carries the credential of a user or program.
    pub(crate) fn is_signed(&self, spec: &Spec) -> bool {
        let carried = self.credentials.carried.as_ref();
        carried.is_some_and(|credential| spec.credentials.contains(&credential.scheme()))
    }

    /// The credential for an operation: the one that is carried if the operation accepts its scheme, else the first of the
    /// base ones that the operation accepts, else none.
    pub(crate) fn credential(&self, spec: &Spec) -> Option<&Credential> {
        let Credentials { base, carried, .. } = &*self.credentials;
        carried.iter().chain(&**base).find(|credential| spec.credentials.contains(&credential.scheme()))
    }
}

/// The base URL contains no secret. Headers may, so they are left out.
impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.connection.base.as_str())
            .field("base", &self.credentials.base)
            .field("carried", &self.credentials.carried)
            .finish_non_exhaustive()
    }
}
