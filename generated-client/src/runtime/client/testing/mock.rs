//! Responses that a test writes down.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::example::Example;
use super::names_operation::NamesOperation;
use crate::runtime::client::operation::Operation;
use crate::runtime::engine::transport::{Fault, Request, Response, ResponseFuture, Transport};

/// A transport that gives the responses which a test has written down, and keeps the requests.
///
/// Each operation has responses of its own, which are given in their order; the last of them is given again and again. A
/// call of an operation without responses fails, with a text that names the operation. All clones share their responses and
/// requests.
#[derive(Clone, Default)]
pub struct MockTransport(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    planned: Vec<(String, VecDeque<Result<Response, Fault>>)>,
    requests: Vec<Request>,
}

impl MockTransport {
    /// A transport without any response yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a response of the operation with this ID, which is its group and its method: `oauth_exchange` for
    /// `client.oauth().exchange(..)`.
    #[must_use]
    pub fn respond(self, operation: &str, response: Response) -> Self {
        self.plan(operation, Ok(response))
    }

    /// Adds the example response that the spec has for an operation. The operation is named by the type of its calls, such
    /// as `descope::otp::OtpVerifyEmail`.
    #[must_use]
    pub fn example<O: NamesOperation<Operation: Example>>(self) -> Self {
        self.respond(<O::Operation as Operation>::SPEC.id, Response::example::<O>())
    }

    /// Adds a failure of the operation with this ID.
    #[must_use]
    pub fn fail(self, operation: &str, fault: Fault) -> Self {
        self.plan(operation, Err(fault))
    }

    /// The requests that have come, in their order. A call that was sent again has several.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        self.state().requests.clone()
    }

    fn plan(self, operation: &str, outcome: Result<Response, Fault>) -> Self {
        let mut state = self.state();
        match state.planned.iter_mut().find(|(planned, _)| planned == operation) {
            Some((_, outcomes)) => outcomes.push_back(outcome),
            None => state.planned.push((operation.to_owned(), VecDeque::from([outcome]))),
        }
        drop(state);
        self
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self, request: &Request) -> Result<Response, Fault> {
        let mut state = self.state();
        state.requests.push(request.clone());
        let planned = state.planned.iter_mut().find(|(planned, _)| planned == request.operation());
        let outcome = planned.and_then(|(_, outcomes)| match outcomes.len() {
            0 | 1 => outcomes.front().cloned(),
            _ => outcomes.pop_front(),
        });
        let missing = || Fault::Unexpected(format!("has no response for `{}`", request.operation()));
        outcome.unwrap_or_else(|| Err(missing()))
    }
}

impl Transport for MockTransport {
    fn exchange<'a>(&'a self, request: &'a Request) -> ResponseFuture<'a> {
        Box::pin(std::future::ready(self.next(request)))
    }
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        let planned: Vec<&str> = state.planned.iter().map(|(operation, _)| operation.as_str()).collect();
        f.debug_struct("MockTransport")
            .field("planned", &planned)
            .field("requests", &state.requests.len())
            .finish()
    }
}
