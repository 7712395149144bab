//! The handle of a fake of Descope.

use super::model::pending::Push;
use super::settings::DescopeSettings;
use super::state::Descope;
use crate::providers::Account;
use crate::random;
use crate::running::{Running, handle};
use generated_client::descope as client;
use generated_client::descope_management as management;
use serde_json::{Map, Value};
use std::io;

/// A project at Descope that keeps everything in memory, and ends when this is dropped.
///
/// ```
/// use generated_client_fake::FakeDescope;
///
/// # #[tokio::main]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let fake = FakeDescope::start().await?;
/// let client = fake.client()?;
/// client.otp().sign_up_or_in_email("jane@example.com").send().await?;
/// let code = fake.outbox().code("jane@example.com").ok_or("a code was sent")?;
/// let session = client.otp().verify_email("jane@example.com", code).send().await?;
/// assert_eq!(session.first_seen, Some(true));
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct FakeDescope {
    running: Running<Descope>,
}

handle!(FakeDescope);

impl FakeDescope {
    /// Starts a project with the usual settings, at a free port of loopback.
    ///
    /// # Errors
    ///
    /// If it can't listen, or if the machine has no randomness to give.
    pub async fn start() -> io::Result<Self> {
        Self::with(DescopeSettings::default()).await
    }

    /// Starts a project with these settings, at a free port of loopback.
    ///
    /// # Errors
    ///
    /// Those of [`start`](Self::start).
    pub async fn with(settings: DescopeSettings) -> io::Result<Self> {
        Self::at(settings, 0).await
    }

    /// Starts a project with these settings, at this port of loopback.
    ///
    /// # Errors
    ///
    /// Those of [`start`](Self::start).
    pub async fn at(settings: DescopeSettings, port: u16) -> io::Result<Self> {
        Ok(Self { running: Running::start(settings, port).await? })
    }

    /// A client for end users.
    ///
    /// # Errors
    ///
    /// Those of the builder.
    pub fn client(&self) -> Result<client::Client, client::Error> {
        let settings = self.settings();
        let builder = client::Client::builder(settings.project_id).base_url(self.url());
        match settings.auth_management_key {
            Some(key) => builder.auth_management_key(key).build(),
            None => builder.build(),
        }
    }

    /// A client for management.
    ///
    /// # Errors
    ///
    /// Those of the builder.
    pub fn management(&self) -> Result<management::Client, management::Error> {
        let settings = self.settings();
        let builder = management::Client::builder(settings.project_id, settings.management_key);
        builder.base_url(self.url()).build()
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> DescopeSettings {
        self.running.fake.state().settings.clone()
    }

    /// Changes the settings, for the calls that come from now on.
    pub fn change_settings(&self, change: impl FnOnce(&mut DescopeSettings)) {
        change(&mut self.running.fake.state().settings);
    }

    /// The JSON of the user with this login ID, as the service gives it.
    #[must_use]
    pub fn user(&self, login_id: &str) -> Option<Value> {
        let state = self.running.fake.state();
        state.users.by_login(login_id).map(|user| state.user_json(&user.id))
    }

    /// Makes a user, and gives the ID. None if the login ID is somebody's already.
    #[must_use]
    pub fn add_user(&self, login_id: &str, profile: Map<String, Value>) -> Option<String> {
        self.running.fake.state().sign_up(login_id, profile).ok()
    }

    /// A token in which a provider says who somebody is, for One Tap and for sign-ins that an application on a phone begins.
    ///
    /// # Errors
    ///
    /// If the machine has no randomness to give.
    pub fn id_token(&self, provider: &str, account: &Account, nonce: &str) -> io::Result<String> {
        let token = self.running.fake.state().id_token(provider, account, nonce);
        token.map_err(|error| io::Error::other(format!("{error:?}")))
    }

    /// A token of another identity system, which a refresh trades for a session of the user with this login ID.
    #[must_use]
    pub fn external_token(&self, login_id: &str) -> String {
        let token = random::token();
        self.running.fake.state().external_tokens.insert(token.clone(), login_id.to_owned());
        token
    }

    /// Sends the prepared message of a reference from a phone number, as the user does.
    ///
    /// # Errors
    ///
    /// If nothing waits for it, or not from this number.
    pub fn send_notp(&self, pending_ref: &str, phone: &str) -> io::Result<()> {
        let sent = self.running.fake.state().receive_notp(pending_ref, phone);
        sent.map_err(|error| io::Error::other(format!("{error:?}")))
    }

    /// Asks the user with this login ID for a sign-in on their phone, and gives the transaction. None if there is no such
    /// user.
    #[must_use]
    pub fn push_sign_in(&self, login_id: &str) -> Option<String> {
        let mut state = self.running.fake.state();
        let user_id = state.users.by_login(login_id)?.id.clone();
        let transaction = random::token();
        state.pushes.insert(transaction.clone(), Push { user_id, result: None });
        Some(transaction)
    }

    /// What the user decided on their phone: `approved` or `denied`. None if they haven't yet.
    #[must_use]
    pub fn push_result(&self, transaction: &str) -> Option<String> {
        self.running.fake.state().pushes.get(transaction)?.result.clone()
    }
}
