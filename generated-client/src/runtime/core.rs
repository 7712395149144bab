//! What all clones of a client, its groups and its calls share.

use super::clock::Clock;
use super::timing::Timing;
use super::{Call, Credential, InvalidRequest, Spec};
use reqwest::Url;
use reqwest::header::{HeaderMap, HeaderValue};
use std::fmt;
use std::sync::Arc;

/// A connection to a service and the credentials for it.
#[derive(Clone)]
pub(crate) struct Core {
    connection: Arc<Connection>,
    credentials: Arc<Credentials>,
}

/// What does not depend on who is signed in.
pub(super) struct Connection {
    pub(super) http: reqwest::Client,
    pub(super) base: Url,
    pub(super) headers: HeaderMap,
    pub(super) timing: Timing,
    pub(super) max_body: usize,
    pub(super) clock: Box<dyn Clock>,
}

struct Credentials {
    /// The one that the client has from its construction, such as the project ID.
    base: Option<Credential>,
    /// The one that it was given by a `with_*` method.
    carried: Option<Credential>,
}

impl Core {
    pub(super) fn new(connection: Connection, base: Option<Credential>) -> Self {
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

    /// A call without arguments yet.
    pub(crate) fn call<O, B>(&self, body: B) -> Call<O, B> {
        Call::new(self.clone(), body)
    }

    /// The same connection with an HTTP client that no builder lets in.
    #[cfg(test)]
    pub(super) fn with_http(mut self, http: reqwest::Client) -> Self {
        if let Some(connection) = Arc::get_mut(&mut self.connection) {
            connection.http = http;
        }
        self
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The `Authorization` header of an operation: the credential that is carried if the
    /// operation names its scheme, else the base one if it names that, else none.
    pub(super) fn authorization(&self, spec: &Spec) -> Result<Option<HeaderValue>, InvalidRequest> {
        let Credentials { base, carried } = &*self.credentials;
        [carried, base]
            .into_iter()
            .flatten()
            .find(|credential| spec.credentials.contains(&credential.scheme()))
            .map(Credential::header)
            .transpose()
    }
}

/// The base URL has no secret in it; headers may.
impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.connection.base.as_str())
            .field("base", &self.credentials.base)
            .field("carried", &self.credentials.carried)
            .finish_non_exhaustive()
    }
}
