//! Nhost Auth.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::todo,
        clippy::unreachable,
        clippy::unimplemented
    )
)]

use generated_client::nhost as client;
use generated_client::runtime::ServiceInfo;
use generated_client::sessions::testing::SigningError;
use std::collections::HashMap;
use std::io;

use crate::check::RequestFault;
use crate::keys::FakeKeys;
use crate::passkeys::Ceremonies;
use crate::providers::Account;
use crate::request::{RawRequest, Request};
use crate::response::Response;
use crate::route::Routes;
use crate::running::{Running, handle};
use crate::service::{Behaviour, Service, Tools};

mod account;
mod admission;
mod codes;
mod elevation;
mod error;
mod id_tokens;
mod oauth2;
mod options;
mod passwords;
mod providers;
mod redirects;
mod second_factor;
mod security_keys;
mod seed;
mod session;
mod settings;
mod system;
mod tickets;
mod tokens;
mod users;

use error::ServiceError;
pub use seed::NhostUser;
pub use settings::{Elevation, NhostSettings, OAuth2Client};

/// A server of Nhost Auth that keeps everything in memory, and ends when this is dropped.
#[derive(Debug)]
pub struct FakeNhost {
    running: Running<Nhost>,
}

handle!(FakeNhost);

impl FakeNhost {
    /// Starts a server with the usual settings, at a free port of loopback.
    ///
    /// # Errors
    ///
    /// If it can't listen, or if the machine has no randomness to give.
    pub async fn start() -> io::Result<Self> {
        Self::with(NhostSettings::default()).await
    }

    /// Starts a server with these settings, at a free port of loopback.
    ///
    /// # Errors
    ///
    /// Those of [`start`](Self::start).
    pub async fn with(settings: NhostSettings) -> io::Result<Self> {
        Self::at(settings, 0).await
    }

    /// Starts a server with these settings, at this port of loopback.
    ///
    /// # Errors
    ///
    /// Those of [`start`](Self::start).
    pub async fn at(settings: NhostSettings, port: u16) -> io::Result<Self> {
        Ok(Self { running: Running::start(settings, port).await? })
    }

    /// A client of the server.
    ///
    /// # Errors
    ///
    /// Those of the builder.
    pub fn client(&self) -> Result<client::Client, client::Error> {
        client::Client::builder(self.url()).build()
    }

    /// Changes the settings, for the requests that come from now on. The prefix of the paths and the algorithm of the tokens
    /// stay as they were at the start.
    pub fn change_settings(&self, change: impl FnOnce(&mut NhostSettings)) {
        change(&mut self.running.fake.state().settings);
    }

    /// An ID token of `google` or `apple` for an account, as the provider would sign it.
    ///
    /// # Errors
    ///
    /// If the key can't sign.
    pub fn id_token(
        &self,
        provider: &str,
        account: &Account,
        nonce: Option<&str>,
    ) -> Result<String, SigningError> {
        let audience = self.running.fake.state().settings.id_token_audiences.get(provider).cloned();
        let claims = id_tokens::claims(provider, audience.as_ref(), account, nonce, self.clock().seconds());
        self.keys().sign(&claims.into())
    }

    /// Blocks a user, or admits one who is blocked. False if nobody has this email address.
    pub fn set_disabled(&self, email: &str, is_disabled: bool) -> bool {
        self.change_user(email, |user| user.disabled = is_disabled)
    }

    /// Sets the roles that a user may have. False if nobody has this email address.
    pub fn set_roles<R: Into<String>>(&self, email: &str, roles: impl IntoIterator<Item = R>) -> bool {
        self.change_user(email, |user| user.roles = roles.into_iter().map(Into::into).collect())
    }

    fn change_user(&self, email: &str, change: impl FnOnce(&mut users::User)) -> bool {
        let mut state = self.running.fake.state();
        let Some(id) = state.users.by_email(email).map(|user| user.id.clone()) else { return false };
        state.users.get_mut(&id).map(change).is_some()
    }

    /// Deletes a user. False if nobody has this email address.
    pub fn delete_user(&self, email: &str) -> bool {
        let mut state = self.running.fake.state();
        let Some(id) = state.users.by_email(email).map(|user| user.id.clone()) else { return false };
        state.tokens.retain(|_, stored| stored.user != id);
        state.users.remove(&id);
        true
    }
}

/// The state of the server.
pub(crate) struct Nhost {
    settings: NhostSettings,
    tools: Tools,
    routes: Routes,
    users: users::Users,
    tokens: HashMap<String, session::StoredToken>,
    tickets: HashMap<String, tickets::Ticket>,
    codes: HashMap<String, tickets::RedirectCode>,
    ceremonies: Ceremonies,
    /// Whose registration a challenge is for.
    registering: HashMap<String, security_keys::Registering>,
    /// The refresh tokens of other providers, by user and provider.
    provider_tokens: HashMap<(String, String), String>,
    grants: oauth2::Grants,
    /// When requests came, and those that passwords and codes were tried with.
    requests: Vec<u64>,
    tries: Vec<u64>,
}

impl Nhost {
    fn now(&self) -> u64 {
        self.tools.clock.seconds()
    }

    fn base_url(&self) -> String {
        format!("{}{}", self.tools.url, self.settings.prefix)
    }

    /// The response of the operations that only say that they have succeeded.
    fn ok() -> Response {
        Response::json(&serde_json::json!("OK"))
    }
}

impl Service for Nhost {
    type Settings = NhostSettings;
    type Error = ServiceError;

    fn services() -> Vec<&'static ServiceInfo> {
        vec![client::SERVICE]
    }

    fn new(settings: NhostSettings, tools: Tools) -> Self {
        Self {
            settings,
            tools,
            routes: Routes::new(&Self::services()),
            users: users::Users::default(),
            tokens: HashMap::new(),
            tickets: HashMap::new(),
            codes: HashMap::new(),
            ceremonies: Ceremonies::default(),
            registering: HashMap::new(),
            provider_tokens: HashMap::new(),
            grants: oauth2::Grants::default(),
            requests: Vec::new(),
            tries: Vec::new(),
        }
    }

    fn keys(settings: &NhostSettings) -> Result<FakeKeys, SigningError> {
        settings.keys.clone().map_or_else(|| FakeKeys::new(settings.algorithm), Ok)
    }

    fn prefix(settings: &NhostSettings) -> &str {
        &settings.prefix
    }

    fn behaviours() -> Vec<(&'static str, Behaviour<Self>)> {
        let groups = [
            account::BEHAVIOURS,
            codes::BEHAVIOURS,
            elevation::BEHAVIOURS,
            id_tokens::BEHAVIOURS,
            oauth2::BEHAVIOURS,
            passwords::BEHAVIOURS,
            providers::BEHAVIOURS,
            second_factor::BEHAVIOURS,
            security_keys::BEHAVIOURS,
            system::BEHAVIOURS,
            tickets::BEHAVIOURS,
            tokens::BEHAVIOURS,
        ];
        groups.concat()
    }

    fn admit(&mut self, request: &mut Request) -> Result<(), ServiceError> {
        self.count(request.operation.spec.path)?;
        self.check_turnstile(request)?;
        self.authenticate(request)
    }

    fn check(&mut self, request: &Request, faults: &[RequestFault]) -> Result<(), ServiceError> {
        admission::refuse_faults(request, faults)
    }

    fn refuse(&self, _request: &Request, error: ServiceError) -> Response {
        let error = if self.settings.conceal_errors { error.concealed() } else { error };
        error.response()
    }

    fn too_many(&self, retry_after: Option<u64>) -> Response {
        let response = Response::empty(429);
        match retry_after {
            Some(seconds) => response.header("retry-after", seconds.to_string()),
            None => response,
        }
    }

    fn other(&mut self, request: &RawRequest) -> Response {
        if let Err(refusal) = self.count(&request.path) {
            return refusal.response();
        }
        if request.method == "OPTIONS" && request.header("origin").is_some() {
            return Response::empty(204);
        }
        // The health check exists without the prefix, too.
        if request.method == "HEAD" && request.path == "/healthz" {
            return Response::empty(200);
        }
        let path = request.path.strip_prefix(self.settings.prefix.as_str()).unwrap_or_default();
        match path.strip_suffix('/').filter(|path| self.routes.find(&request.method, path).is_some()) {
            Some(path) => {
                let location = format!("{}{path}", self.settings.prefix);
                let response = match request.method.as_str() {
                    "GET" => Response::new(301, "text/html; charset=utf-8", "<p>Moved Permanently</p>"),
                    _ => Response::empty(307),
                };
                response.header("location", location)
            }
            None => Response::new(404, "text/plain", "404 page not found"),
        }
    }

    /// Adds the headers that let pages of the application read the response.
    fn finish(&self, request: &RawRequest, response: Response) -> Response {
        let Some(origin) = request.header("origin") else { return response };
        if origin != self.settings.client_url.trim_end_matches('/') {
            return response;
        }
        let response = response
            .header("access-control-allow-origin", origin)
            .header("access-control-allow-credentials", "true")
            .header("access-control-allow-methods", "POST, GET")
            .header("access-control-max-age", "86400")
            .header("vary", "Origin, Access-Control-Request-Method");
        match request.header("access-control-request-headers") {
            Some(headers) => response.header("access-control-allow-headers", headers),
            None => response,
        }
    }
}
