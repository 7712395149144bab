//! What the engine and the builder know of a service.

use serde_json::{Map, Value};

use super::scheme::SecurityScheme;
use super::values::Values;
use crate::runtime::error::body::{self, ErrorBody};
use crate::runtime::error::invalid_request::InvalidRequest;
#[cfg(any(feature = "operations", feature = "test-util"))]
use crate::runtime::request::spec::Spec;
use crate::runtime::response::raw::RawResponse;

/// The description of a service. Generated code declares it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ServiceSpec {
    /// The name of its folder in `spec/`, which starts every error text: `descope`.
    pub name: &'static str,
    /// What people call it: `Descope`.
    pub title: &'static str,
    /// The URL that the paths of its operations are under, if it is the same for all clients.
    pub base_url: Option<&'static str>,
    /// The URLs of the servers of those operations that aren't at the base URL. A URL that begins with a slash is a path at
    /// the server of the base URL.
    pub servers: &'static [&'static str],
    /// Its security schemes.
    pub schemes: &'static [SecurityScheme],
    pub(crate) conventions: ConventionTable,
}

impl ServiceSpec {
    pub(crate) const fn new<S: Conventions>(name: &'static str, title: &'static str) -> Self {
        Self {
            name,
            title,
            base_url: None,
            servers: &[],
            schemes: &[],
            conventions: ConventionTable::of::<S>(),
        }
    }

    pub(crate) const fn base_url(mut self, url: &'static str) -> Self {
        self.base_url = Some(url);
        self
    }

    #[allow(dead_code, reason = "not every service has operations at other servers")]
    pub(crate) const fn servers(mut self, urls: &'static [&'static str]) -> Self {
        self.servers = urls;
        self
    }

    pub(crate) const fn schemes(mut self, schemes: &'static [SecurityScheme]) -> Self {
        self.schemes = schemes;
        self
    }

    /// The security scheme with this name.
    #[must_use]
    pub fn scheme(&self, name: &str) -> Option<&'static SecurityScheme> {
        self.schemes.iter().find(|scheme| scheme.name == name)
    }

    /// Whether every call of an operation carries the credential of a user or program.
    #[cfg(any(feature = "operations", feature = "test-util"))]
    pub(crate) fn is_signed_always(&self, spec: &Spec) -> bool {
        let is_carried = |name: &&str| {
            self.scheme(name).is_some_and(|scheme| scheme.role == super::scheme::SchemeRole::Carried)
        };
        !spec.credentials.is_empty()
            && !spec.credential_is_optional
            && spec.credentials.iter().all(is_carried)
    }
}

/// What a service does that no spec can say. The defaults are what most services do; a service that does something else
/// has a module in `services/`.
pub(crate) trait Conventions: 'static {
    /// Whether a text has the form of the service's error codes. Other texts in the place of a code are not taken for one.
    /// By default, letters, digits, `-`, `_` and `.` are accepted.
    fn is_code(text: &str) -> bool {
        body::is_code(text)
    }

    /// Reads the body of an error response. By default it reads the [common forms](ErrorBody::read).
    fn read_error(response: &RawResponse) -> ErrorBody {
        ErrorBody::read(response, Self::is_code)
    }

    /// The members of a successful JSON response to a client with these values, together with those that the service sends
    /// in headers. `None`, which is the default, leaves the body as it came.
    fn supplement(response: &RawResponse, values: &Values) -> Option<Map<String, Value>> {
        let _ = (response, values);
        None
    }

    /// The base URL of a client with these values, if it isn't the one of the spec.
    ///
    /// # Errors
    ///
    /// If a value can't be one of this service.
    fn base_url(values: &Values) -> Result<Option<String>, InvalidRequest> {
        let _ = values;
        Ok(None)
    }

    /// The headers that identify a client with these values to the service.
    fn headers(values: &Values) -> Vec<(&'static str, String)> {
        let _ = values;
        Vec::new()
    }
}

/// The functions of [`Conventions`], for code that doesn't depend on the type of the service.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ConventionTable {
    pub(crate) read_error: fn(&RawResponse) -> ErrorBody,
    pub(crate) supplement: fn(&RawResponse, &Values) -> Option<Map<String, Value>>,
    pub(crate) base_url: fn(&Values) -> Result<Option<String>, InvalidRequest>,
    pub(crate) headers: fn(&Values) -> Vec<(&'static str, String)>,
}

impl ConventionTable {
    const fn of<S: Conventions>() -> Self {
        Self {
            read_error: S::read_error,
            supplement: S::supplement,
            base_url: S::base_url,
            headers: S::headers,
        }
    }
}
