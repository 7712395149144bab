//! The state that all clones of a client, its groups and its calls share.

use reqwest::Url;
use reqwest::header::HeaderMap;
use std::fmt;
use std::sync::Arc;

use super::clock::Clock;
use super::credential::Credential;
use super::timing::Timing;
use crate::runtime::request::spec::Spec;

/// A connection to a service and the credentials for it.
#[derive(Clone)]
pub struct Core {
    connection: Arc<Connection>,
    credentials: Arc<Credentials>,
}

/// The part that does not depend on who is signed in.
pub(crate) struct Connection {
    pub(crate) http: reqwest::Client,
    pub(crate) base: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) timing: Timing,
    pub(crate) max_body: usize,
    pub(crate) clock: Box<dyn Clock>,
}

struct Credentials {
    /// The credential that the client was built with, such as the project ID.
    base: Option<Credential>,
    /// The credential that it was given by a `with_*` method.
    carried: Option<Credential>,
}

impl Core {
    pub(crate) fn new(connection: Connection, base: Option<Credential>) -> Self {
        Self { connection: Arc::new(connection), credentials: Arc::new(Credentials { base, carried: None }) }
    }

    /// The same connection with another credential carried.
    pub(crate) fn carrying(&self, credential: Credential) -> Self {
        Self {
            connection: Arc::clone(&self.connection),
            credentials: Arc::new(Credentials {
                base: self.credentials.base.clone(),
                carried: Some(credential),
            }),
        }
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
            connection.http = http;
        }
        self
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The credential for an operation: the one that is carried if the operation accepts its scheme, else the base one
    /// if the operation accepts that, else none.
    pub(crate) fn credential(&self, spec: &Spec) -> Option<&Credential> {
        let Credentials { base, carried } = &*self.credentials;
        [carried, base]
            .into_iter()
            .flatten()
            .find(|credential| spec.credentials.contains(&credential.scheme()))
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
