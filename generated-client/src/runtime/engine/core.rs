//! The state that all clones of a client, its groups and its calls share.

use reqwest::Url;
use reqwest::header::HeaderMap;
use serde_json::Value;
use std::fmt;
use std::sync::Arc;
use tokio::sync::Semaphore;

use super::budget::Bucket;
use super::clients::Clients;
use super::clock::Clock;
use super::credential::Credential;
use super::known_urls::KnownUrls;
use super::scheme::{SchemeRole, SecurityScheme};
use super::servers::OtherServer;
use super::service::ServiceSpec;
use super::timing::Timing;
use super::values::Values;
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::request::parameter::Parameter;
use crate::runtime::request::spec::Spec;
use crate::runtime::request::url;
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
    /// The servers of operations that aren't at the base URL.
    pub(crate) others: Box<[OtherServer]>,
    pub(crate) urls: KnownUrls,
    pub(crate) headers: HeaderMap,
    pub(crate) timing: Timing,
    /// What may be spent on sending again.
    pub(crate) budget: Bucket,
    /// A permit for each request that may be under way at once; none if there may be any number.
    pub(crate) permits: Option<Arc<Semaphore>>,
    pub(crate) max_body: usize,
    pub(crate) max_error_body: usize,
    /// The schemes of apps that a redirect may lead to.
    pub(crate) app_schemes: Arc<[String]>,
    pub(crate) clock: Box<dyn Clock>,
    /// What stands in for the network in tests.
    #[cfg(feature = "test-util")]
    pub(crate) transport: Option<Box<dyn super::transport::Transport>>,
}

#[derive(Clone)]
struct Credentials {
    /// The credentials that the client was built with, such as the project ID.
    base: Arc<[Credential]>,
    /// The credential that a `with_*` method gave to the client, and those that this credential consists of.
    carried: Arc<[Credential]>,
    /// What goes with every request, whatever credential the request carries.
    settings: Arc<[Credential]>,
    /// The values that the client was built with, for credentials that are joined of several values.
    values: Arc<Values>,
}

impl Connection {
    /// The server of an operation, if it isn't that of the base URL.
    pub(crate) fn other_server(&self, spec: &Spec) -> Option<&OtherServer> {
        self.others.iter().find(|other| spec.server.is_some_and(|name| other.is_named(name)))
    }

    /// The URL that the path of an operation is under.
    ///
    /// # Errors
    ///
    /// If the server of the operation has a URL that can't be used.
    pub(crate) fn base(&self, spec: &Spec) -> Result<&Url, InvalidRequest> {
        self.other_server(spec).map_or(Ok(&self.base), OtherServer::base)
    }

    /// The URL of a call.
    ///
    /// # Errors
    ///
    /// If the server of the operation has a URL that can't be used, or an argument can't be sent.
    pub(super) fn url(
        &self,
        spec: &'static Spec,
        arguments: &[(&'static Parameter, &Value)],
    ) -> Result<Url, InvalidRequest> {
        let url = self.urls.of(spec, || url::of_path(self.base(spec)?, spec, arguments))?;
        url::add_query(url, arguments)
    }

    /// The HTTP clients for the requests of an operation.
    ///
    /// # Errors
    ///
    /// If none can be built for the server of the operation.
    pub(super) fn http(&self, spec: &Spec) -> Result<&Clients, InvalidRequest> {
        self.other_server(spec).map_or(Ok(&self.http), OtherServer::http)
    }
}

impl Core {
    /// A connection with the credentials that every client of the service has.
    pub(crate) fn new(connection: Connection, values: Values) -> Self {
        let of_role = |role| connection.service.schemes.iter().filter(move |scheme| scheme.role == role);
        let base = of_role(SchemeRole::Base);
        let base =
            base.map(|scheme| Credential::of(scheme, values.all(scheme.name).unwrap_or_default(), &values));
        let settings = of_role(SchemeRole::Setting)
            .filter_map(|scheme| Some(Credential::of(scheme, values.all(scheme.name)?, &values)));
        let (base, settings) = (base.collect(), settings.collect());
        let credentials = Credentials { base, carried: Arc::default(), settings, values: Arc::new(values) };
        Self { connection: Arc::new(connection), credentials: Arc::new(credentials) }
    }

    /// The same connection with a credential of this scheme carried.
    pub(crate) fn with_value(&self, scheme: &'static SecurityScheme, given: &[Secret]) -> Self {
        self.carrying(Credential::of(scheme, given, &self.credentials.values))
    }

    /// The same connection with another credential carried.
    pub(crate) fn carrying(&self, credential: Credential) -> Self {
        self.with_credentials(Credentials {
            carried: credential.with_parts().into(),
            ..(*self.credentials).clone()
        })
    }

    /// The same connection with a value that goes with every request, beside the credential. One that was set before is
    /// replaced.
    #[allow(dead_code, reason = "not every service has such a value")]
    pub(crate) fn with_setting(&self, scheme: &'static SecurityScheme, given: Secret) -> Self {
        let mut values = (*self.credentials.values).clone();
        let credential = Credential::of(scheme, std::slice::from_ref(&given), &values);
        values.set(scheme.name, vec![given]);
        let others = self.credentials.settings.iter().filter(|other| other.scheme() != scheme.name).cloned();
        let settings = others.chain([credential]).collect();
        self.with_credentials(Credentials {
            settings,
            values: Arc::new(values),
            ..(*self.credentials).clone()
        })
    }

    fn with_credentials(&self, credentials: Credentials) -> Self {
        Self { connection: Arc::clone(&self.connection), credentials: Arc::new(credentials) }
    }

    /// What goes with every request, beside the credential.
    pub(crate) fn settings(&self) -> &[Credential] {
        &self.credentials.settings
    }

    /// The values that the client has.
    pub(crate) fn values(&self) -> &Values {
        &self.credentials.values
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
        let Credentials { base, settings, .. } = &*self.credentials;
        base.iter().chain(&**settings).try_for_each(Credential::check)
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
        self.credentials.carried.iter().any(|credential| spec.credentials.contains(&credential.scheme()))
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
            .field("carried", &self.credentials.carried.first())
            .field("settings", &self.credentials.settings)
            .finish_non_exhaustive()
    }
}
