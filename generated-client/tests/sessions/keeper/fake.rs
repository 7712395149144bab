//! A service that rotates refresh tokens and knows no grace, and that fails as a test says.

use crate::service::{NHOST_USER, uuid};
use crate::signers::{NOW, keys, rsa};
use generated_client::Secret;
use generated_client::sessions::testing::{TestClock, nhost_access};
use generated_client::sessions::{
    CallError, Clock, RefreshError, Refreshed, SessionBackend, TokenError, Tokens, nhost,
};
use std::sync::{Arc, Mutex};
use tokio::sync::Semaphore;

/// A service as Nhost is: the winner of a refresh gets the next token, and everyone else a 401.
#[derive(Clone, Debug)]
pub(super) struct Fake {
    pub(super) clock: TestClock,
    validator: nhost::Sessions,
    pub(super) state: Arc<Mutex<State>>,
    /// How many refreshes may end.
    gate: Arc<Semaphore>,
}

#[derive(Debug, Default)]
pub(super) struct State {
    current: usize,
    sent: Vec<String>,
    pub(super) revoked: Vec<String>,
    /// What refreshes fail with, once the gate has opened; and whether the token is spent all the same.
    failure: Option<(RefreshError, bool)>,
    pub(super) seconds: u64,
}

#[derive(Debug)]
pub(super) struct Said(pub(super) &'static str);

impl std::fmt::Display for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Said {}

pub(super) fn fault(what: &'static str) -> CallError {
    CallError::new(Said(what))
}

impl Fake {
    pub(super) fn new() -> Self {
        let clock = TestClock::at(NOW);
        let validator = nhost::Sessions::offline("hasura-auth", keys([&rsa()])).clock(clock.clone()).build();
        let state = Arc::new(Mutex::new(State { seconds: 900, ..State::default() }));
        Self { clock, validator, state, gate: Arc::new(Semaphore::new(1_000_000)) }
    }

    pub(super) fn access(&self) -> Secret {
        let seconds = self.state.lock().unwrap().seconds;
        let token = nhost_access(NHOST_USER, &self.clock).valid_for(&self.clock, seconds);
        let token = if seconds == 0 { token.claim("exp", (self.clock.seconds() - 60).into()) } else { token };
        token.sign(&rsa()).unwrap().into()
    }

    pub(super) fn tokens(&self, number: usize) -> Tokens {
        Tokens::new(self.access(), uuid(number))
    }

    pub(super) fn fails(&self, failure: RefreshError, is_spent: bool) {
        self.state.lock().unwrap().failure = Some((failure, is_spent));
    }

    pub(super) fn works(&self) {
        self.state.lock().unwrap().failure = None;
    }

    pub(super) fn sent(&self) -> usize {
        self.state.lock().unwrap().sent.len()
    }

    pub(super) fn close_gate(&self) {
        self.gate.forget_permits(1_000_000);
    }

    pub(super) fn open_gate(&self) {
        self.gate.add_permits(1_000_000);
    }

    /// Waits until so many refreshes have been sent.
    pub(super) async fn sending(&self, number: usize) {
        while self.sent() < number {
            tokio::task::yield_now().await;
        }
        assert_eq!(self.sent(), number);
    }

    fn used(&self, refresh_token: &str) -> Result<usize, RefreshError> {
        let mut state = self.state.lock().unwrap();
        let is_current = refresh_token == uuid(state.current);
        if let Some((failure, is_spent)) = state.failure.clone() {
            state.current += usize::from(is_spent && is_current);
            return Err(failure);
        }
        if !is_current {
            return Err(RefreshError::Ended(fault("invalid-refresh-token")));
        }
        state.current += 1;
        Ok(state.current)
    }
}

impl SessionBackend for Fake {
    type Claims = nhost::Claims;
    type Response = ();

    async fn validate_session(&self, token: &str) -> Result<nhost::Claims, TokenError> {
        self.validator.validate(token).await
    }

    async fn refresh(&self, refresh_token: &str) -> Result<Refreshed<nhost::Claims, ()>, RefreshError> {
        self.state.lock().unwrap().sent.push(refresh_token.to_owned());
        self.gate.acquire().await.unwrap().forget();
        let tokens = self.tokens(self.used(refresh_token)?);
        match self.validator.validate(&tokens.session).await {
            Ok(claims) => Ok(Refreshed::new(claims, tokens, ())),
            Err(error) => Err(RefreshError::NotAccepted(error, tokens)),
        }
    }

    async fn revoke(&self, refresh_token: &str) -> Result<(), RefreshError> {
        self.state.lock().unwrap().revoked.push(refresh_token.to_owned());
        Ok(())
    }

    fn clock(&self) -> Arc<dyn Clock> {
        Arc::new(self.clock.clone())
    }
}
