//! Building a client.

use super::app_scheme;
#[cfg(feature = "operations")]
use super::by_id;
use super::own_headers;
use super::service::ServiceClient;
use crate::runtime::engine::budget::{Bucket, RetryBudget};
use crate::runtime::engine::clock::{Clock, SystemClock};
use crate::runtime::engine::core::{Connection, Core};
use crate::runtime::engine::credential::Credential;
use crate::runtime::engine::http::{Http, HttpSettings};
use crate::runtime::engine::known_urls::KnownUrls;
use crate::runtime::engine::retry::RetryPolicy;
use crate::runtime::engine::scheme::SchemeRole;
use crate::runtime::engine::servers::{GivenServers, HttpSource, OtherServer};
use crate::runtime::engine::service::ServiceSpec;
use crate::runtime::engine::timing::Timing;
use crate::runtime::engine::values::Values;
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::error::{Error, Failure};
use crate::runtime::request::url;
use crate::runtime::value::remedy::Remedy;
use crate::runtime::value::secret::Secret;
use reqwest::header::{HeaderMap, HeaderValue, USER_AGENT};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

const MAX_BODY: usize = 8 * 1024 * 1024;
const MAX_ERROR_BODY: usize = 64 * 1024;
const AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// Makes the client of a connection.
type MakeClient<C> = Box<dyn FnOnce(Core) -> C + Send + Sync>;

/// The settings of a client of type `C`. Each service's `Client::builder` gives one.
#[must_use = "a builder does nothing until it is built"]
pub struct Builder<C> {
    service: &'static ServiceSpec,
    client: MakeClient<C>,
    /// The values of the credentials that every client of this builder has.
    values: Values,
    base_url: Option<String>,
    servers: GivenServers,
    pub(super) http: Http,
    pub(super) http_settings: HttpSettings,
    /// How many requests may be under way at once.
    pub(super) max_connections: Option<usize>,
    headers: HeaderMap,
    timing: Timing,
    budget: RetryBudget,
    max_body: usize,
    max_error_body: usize,
    app_schemes: Vec<String>,
    insecure_http: bool,
    clock: Box<dyn Clock>,
    #[cfg(feature = "test-util")]
    pub(super) transport: Option<Box<dyn crate::runtime::engine::transport::Transport>>,
    /// The first setting that can't be used.
    invalid: Option<InvalidRequest>,
}

impl<C> Builder<C> {
    pub(crate) fn new(
        service: &'static ServiceSpec,
        client: impl FnOnce(Core) -> C + Send + Sync + 'static,
    ) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
        Self {
            service,
            client: Box::new(client),
            values: Values::default(),
            base_url: None,
            servers: GivenServers::new(),
            http: Http::Own,
            http_settings: HttpSettings::default(),
            max_connections: None,
            headers,
            timing: Timing::default(),
            budget: RetryBudget::new(),
            max_body: MAX_BODY,
            max_error_body: MAX_ERROR_BODY,
            app_schemes: Vec::new(),
            insecure_http: false,
            clock: Box::new(SystemClock),
            #[cfg(feature = "test-util")]
            transport: None,
            invalid: None,
        }
    }

    /// Sets the URL that the paths of all operations are under. A path in it is kept, a slash at
    /// its end makes no difference; user name, query and fragment are refused.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sets the URL of a server that some operations use in place of the base URL, and lets the client's credentials and
    /// headers go there. `server` is the URL that the documentation of the operations and of the client's `builder` has for
    /// it.
    ///
    /// Without this, such an operation is called at the URL of the documentation. If its host, port or scheme differs from
    /// that of the base URL, no credential and no header of the client goes there, and a call that needs a credential is
    /// invalid. So what is meant for one server is never sent to another unless you ask for it. To send credentials to the
    /// server of the documentation, set its URL.
    ///
    /// The URL is checked as that of [`base_url`](Self::base_url). [`build`](Self::build) refuses a server that the service
    /// doesn't have.
    pub fn server(mut self, server: impl Into<String>, url: impl Into<String>) -> Self {
        self.servers.push((server.into(), url.into()));
        self
    }

    /// Allows plain HTTP to other machines than this one. It shows every credential and token to
    /// whoever sees the network's traffic.
    pub fn allow_insecure_http(mut self) -> Self {
        self.insecure_http = true;
        self
    }

    /// Sets how long a call may take, from `send` to the end of the response, with all its attempts
    /// and the pauses between. By default it is 60 seconds; [`Call::timeout`](crate::runtime::Call::timeout)
    /// sets it for one call.
    ///
    /// A call that takes longer fails. If the next pause would last beyond that, the call ends at once, with the error of
    /// its last attempt.
    ///
    /// Keep the time of a single call longer than the [`connect_timeout`](Self::connect_timeout), for the reason that
    /// [`attempt_timeout`](Self::attempt_timeout) gives. A short time here also shortens the default of `connect_timeout`.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timing.timeout = Some(timeout);
        self
    }

    /// Sets how long each attempt of a call may take, within what is left of the call's
    /// [`timeout`](Self::timeout). [`Call::attempt_timeout`](crate::runtime::Call::attempt_timeout) sets it
    /// for one call.
    ///
    /// By default it is 20 seconds where the operation may be sent again after that. Where it may
    /// not, an attempt has all the time of the call, since cutting it short would only lose a late
    /// response. The time that is set here counts for every operation.
    ///
    /// Keep it longer than the [`connect_timeout`](Self::connect_timeout), if you set that. An attempt that is cut
    /// while its connection is made can't be told from one that was sent, so an operation that
    /// must not be sent twice is not tried again then.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.timing.attempt_timeout = Some(timeout);
        self
    }

    /// Sets how often requests are sent, and how long the pauses between are:
    /// [three times](RetryPolicy::new) by default, and only where that is
    /// [harmless](RetryPolicy#what-is-sent-again). [`Call::retry_policy`](crate::runtime::Call::retry_policy) sets it
    /// for one call.
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.timing.retries = Some(policy);
        self
    }

    /// Sets how much the calls of this client and its clones may be sent again in all:
    /// [500 tokens](RetryBudget) by default.
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.budget = budget;
        self
    }

    /// Sets the clock, so that a test waits for nothing.
    #[cfg(test)]
    pub(crate) fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// Sets how many bytes the body of a successful response may have, 8 MiB by default. A call with a longer one fails
    /// with [`ErrorKind::TooLarge`](crate::runtime::ErrorKind::TooLarge).
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// Sets how many bytes of the body of an error response are read, 64 KiB by default. Of a longer one the start is kept
    /// ([`RawResponse::is_truncated`](crate::runtime::RawResponse::is_truncated)), and the error has its status but no code.
    pub fn max_error_body(mut self, bytes: usize) -> Self {
        self.max_error_body = bytes;
        self
    }

    /// Allows redirects to an app whose URLs have this scheme of its own, such as `com.example.app`. It may be called for
    /// several.
    ///
    /// A response whose `Location` has any other scheme than these, `http` and `https` can't be decoded, since a page that
    /// shows it as a link could be made to run a script.
    ///
    /// [`build`](Self::build) refuses a text that is no scheme, such as `myapp://`, and schemes whose URLs show or run
    /// their own content, such as `javascript`.
    pub fn app_scheme(mut self, scheme: impl AsRef<str>) -> Self {
        // URLs have their schemes in lower case.
        let scheme = scheme.as_ref().to_ascii_lowercase();
        match app_scheme::check(&scheme) {
            Ok(()) => self.app_schemes.push(scheme),
            Err(invalid) => self.invalid = self.invalid.or(Some(invalid)),
        }
        self
    }

    /// Sets the `User-Agent` header, which is `generated-client/` and the version of this crate by default.
    pub fn user_agent(self, agent: impl AsRef<str>) -> Self {
        self.header(USER_AGENT.as_str(), agent)
    }

    /// Adds a header to every request. An argument of a call that is a header of the same name takes its place in that
    /// call; cookies that are arguments are sent beside those of a header `Cookie`.
    ///
    /// [`build`](Self::build) refuses a header that is set elsewhere, and says where:
    ///
    /// - `Authorization`, and every header in which the service takes a credential, `Cookie` among them.
    /// - `Host`, `Accept`, and those that describe the body: the client sets them for each call.
    /// - `Accept-Encoding`, and those about the connection, such as `Connection` and `Upgrade`: the HTTP client sets them.
    /// - `Proxy-Authorization`, which would tell the service the password of a proxy.
    /// - Those that identify the client to the service, save `User-Agent`.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        match own_headers::of_application(self.service.schemes, name.as_ref(), value.as_ref()) {
            Ok((name, value)) => {
                self.headers.insert(name, value);
            }
            Err(invalid) => self.invalid = self.invalid.or(Some(invalid)),
        }
        self
    }

    /// Sets the value of a credential that every client has, or of a setting.
    pub(crate) fn given(mut self, scheme: &'static str, values: Vec<Secret>) -> Self {
        self.values.set(scheme, values);
        self
    }

    /// The base URL of a client for which [`base_url`](Self::base_url) isn't set; none if it has to be set.
    #[cfg(feature = "operations")]
    #[must_use]
    pub fn usual_base_url(&self) -> Option<String> {
        let of_values = (self.service.conventions.base_url)(&self.values).ok().flatten();
        of_values.or_else(|| self.service.base_url.map(str::to_owned))
    }

    /// Makes the connection that the settings describe.
    fn connect(mut self) -> Result<(Core, MakeClient<C>), InvalidRequest> {
        let conventions = &self.service.conventions;
        let base_url = (conventions.base_url)(&self.values)?;
        self.check_values()?;
        if let Some(invalid) = self.invalid {
            return Err(invalid);
        }
        for (name, value) in (conventions.headers)(&self.values) {
            own_headers::add_own(&mut self.headers, name, &value)?;
        }
        let base_url = self.base_url.or(base_url).or(self.service.base_url.map(str::to_owned));
        let missing =
            || InvalidRequest::new("the base URL", "is missing").or(Remedy::by("set it by", "base_url"));
        let base = url::base(&base_url.ok_or_else(missing)?, self.insecure_http)?;
        let is_own = matches!(self.http, Http::Own);
        if is_own {
            self.http_settings.connect_within(self.timing.shortest());
        }
        // A transport of tests needs no HTTP client, and so no certificates.
        #[cfg(feature = "test-util")]
        let http = match &self.transport {
            Some(_) => Http::Own.clients(&url::base("http://localhost", false)?, HttpSettings::default())?,
            None => self.http.clients(&base, self.http_settings)?,
        };
        #[cfg(not(feature = "test-util"))]
        let http = self.http.clients(&base, self.http_settings)?;
        let source = match is_own {
            true => HttpSource::Own(self.http_settings),
            false => HttpSource::Shared(http.first().clone()),
        };
        let others =
            OtherServer::all(self.service.servers, &base, &self.servers, self.insecure_http, &source)?;
        let connection = Connection {
            service: self.service,
            http,
            base,
            others,
            urls: KnownUrls::default(),
            headers: self.headers,
            timing: self.timing,
            budget: Bucket::full(self.budget),
            permits: self
                .max_connections
                .map(|most| Arc::new(Semaphore::new(most.clamp(1, Semaphore::MAX_PERMITS)))),
            max_body: self.max_body,
            max_error_body: self.max_error_body,
            app_schemes: self.app_schemes.into(),
            clock: self.clock,
            #[cfg(feature = "test-util")]
            transport: self.transport,
        };
        let core = Core::new(connection, self.values);
        core.check_base()?;
        Ok((core, self.client))
    }

    /// Checks each value by itself, so that the error names it and not the credential that it is a part of.
    fn check_values(&self) -> Result<(), InvalidRequest> {
        let given = self.service.schemes.iter();
        let mut given = given.filter_map(|scheme| Some((scheme, self.values.get(scheme.name)?)));
        given.try_for_each(|(scheme, value)| match scheme.role {
            SchemeRole::Part => Credential::check_part(scheme, value),
            _ => Ok(()),
        })
    }
}

#[cfg(feature = "operations")]
impl<C> Builder<C> {
    /// Sets the value of a security scheme by the name of the scheme: of one that all clients have, or of a setting that may be
    /// left out. [`build`](Self::build) fails for any other name. The value of HTTP Basic is the user name, a colon and the
    /// password.
    pub fn value(mut self, scheme: &str, value: &str) -> Self {
        let known = self.service.scheme(scheme).filter(|scheme| scheme.role != SchemeRole::Carried);
        let unknown = || format!("`{}` is none that all clients have", scheme.escape_debug());
        let known = known.ok_or_else(|| InvalidRequest::new("the credential", unknown()));
        match known.and_then(|scheme| Ok((scheme.name, by_id::values(self.service, scheme, value)?))) {
            Ok((name, values)) => self.values.set(name, values),
            Err(invalid) => self.invalid = self.invalid.or(Some(invalid)),
        }
        self
    }
}

impl<C: ServiceClient> Builder<C> {
    /// Builds the client.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidRequest`](crate::runtime::ErrorKind::InvalidRequest) if a setting can't be used.
    pub fn build(self) -> Result<C, Error<C::Code>> {
        let service = self.service.name;
        match self.connect() {
            Ok((core, client)) => Ok(client(core)),
            Err(invalid) => Err(Error::from(Failure::invalid(service, invalid))),
        }
    }
}

/// Headers and the settings of the service may contain secrets, so they are left out.
impl<C> fmt::Debug for Builder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("service", &self.service.name)
            .field("timing", &self.timing)
            .field("budget", &self.budget)
            .field("max_body", &self.max_body)
            .field("max_error_body", &self.max_error_body)
            .finish_non_exhaustive()
    }
}
