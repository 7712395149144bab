//! Nhost Auth.

use generated_client::nhost as client;
use generated_client::runtime::ServiceInfo;
use generated_client::sessions::Algorithm;
use std::io;

use crate::check::RequestFault;
use crate::request::{RawRequest, Request};
use crate::response::Response;
use crate::running::{Running, handle};
use crate::service::{Behaviour, Service, Tools};

mod error;
mod settings;
mod system;

use error::Refusal;
pub use settings::NhostSettings;

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
}

/// The state of the server.
pub(crate) struct Nhost {
    settings: NhostSettings,
    tools: Tools,
}

impl Service for Nhost {
    type Settings = NhostSettings;
    type Error = Refusal;

    fn services() -> Vec<&'static ServiceInfo> {
        vec![client::SERVICE]
    }

    fn new(settings: NhostSettings, tools: Tools) -> Self {
        Self { settings, tools }
    }

    fn algorithm(settings: &NhostSettings) -> Algorithm {
        settings.algorithm
    }

    fn prefix(settings: &NhostSettings) -> &str {
        &settings.prefix
    }

    fn behaviours() -> Vec<(&'static str, Behaviour<Self>)> {
        [system::BEHAVIOURS].concat()
    }

    fn admit(&mut self, _request: &mut Request) -> Result<(), Refusal> {
        Ok(())
    }

    fn check(&mut self, _request: &Request, faults: &[RequestFault]) -> Result<(), Refusal> {
        match faults.first() {
            None => Ok(()),
            Some(fault) => Err(Refusal::text(400, format!("request body has an error: {fault:?}"))),
        }
    }

    fn refuse(&self, _request: &Request, error: Refusal) -> Response {
        error.response()
    }

    fn too_many(&self, retry_after: Option<u64>) -> Response {
        let response = Response::empty(429);
        match retry_after {
            Some(seconds) => response.header("retry-after", seconds.to_string()),
            None => response,
        }
    }

    fn other(&mut self, _request: &RawRequest) -> Response {
        Response::new(404, "text/plain", "404 page not found")
    }
}
