//! The nonce that ties the calls of one run of a flow together.

use crate::descope::flow::FlowNextRequest;
use crate::descope::flow::op::FlowNext;
use crate::runtime::{Call, RawResponse, Secret};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The name of the header.
const HEADER: &str = "x-descope-flow-nonce";

/// The latest nonce of one run of a flow. It is cheap to clone, and its clones are of the same run.
///
/// Each response of [`flow().start`](crate::descope::flow::Flow::start) and [`flow().next`](crate::descope::flow::Flow::next)
/// may have a nonce for the next call, and the service refuses any other with
/// [`FlowNonceRefused`](crate::descope::ErrorCode::FlowNonceRefused), after which the run can't go on. A nonce begins with a
/// number that grows. When two calls of a run go on at once, such as a step and a poll, the response of the first may come
/// last, so the one with the highest number counts:
///
/// ```no_run
/// # async fn example(client: generated_client::descope::Client) -> Result<(), generated_client::descope::Error> {
/// use generated_client::descope::FlowNonce;
///
/// let nonce = FlowNonce::new();
/// let (step, raw) = client.flow().start("sign-up-or-in").send_with_raw().await?;
/// nonce.keep(&raw);
///
/// let next = client.flow().next(step.execution_id, step.step_id, "submit");
/// let (step, raw) = nonce.add_to(next).send_with_raw().await?;
/// nonce.keep(&raw);
/// # drop(step);
/// # Ok(())
/// # }
/// ```
///
/// The nonce is a secret: whoever has it can go on with the run.
#[derive(Clone, Debug, Default)]
pub struct FlowNonce(Arc<Mutex<Latest>>);

#[derive(Debug, Default)]
struct Latest {
    nonce: Option<Secret>,
    /// The number that it begins with; none if it has another form.
    number: Option<u64>,
}

impl FlowNonce {
    /// The nonce of a run that begins.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The nonce of a run that another process or an earlier request began; the secret is what [`latest`](Self::latest) gave
    /// there.
    #[must_use]
    pub fn of(nonce: impl Into<Secret>) -> Self {
        let new = Self::new();
        new.take(nonce.into());
        new
    }

    /// Keeps the nonce of a response of the run. A response without one changes nothing, and neither does a late one: a nonce
    /// with a lower number than the latest.
    pub fn keep(&self, response: &RawResponse) {
        let value = response.headers().get(HEADER).and_then(|value| value.to_str().ok());
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            self.take(value.into());
        }
    }

    /// Adds the latest nonce to the next call of the run.
    pub fn add_to(&self, next: Call<FlowNext, FlowNextRequest>) -> Call<FlowNext, FlowNextRequest> {
        match self.latest() {
            Some(nonce) => next.x_descope_flow_nonce(nonce),
            None => next,
        }
    }

    /// The latest nonce, if there was one.
    #[must_use]
    pub fn latest(&self) -> Option<Secret> {
        self.lock().nonce.clone()
    }

    fn take(&self, nonce: Secret) {
        let number = nonce.expose().split_once('.').and_then(|(number, _)| number.parse().ok());
        let mut latest = self.lock();
        let is_late = matches!((number, latest.number), (Some(number), Some(latest)) if number < latest);
        if !is_late {
            *latest = Latest { nonce: Some(nonce), number };
        }
    }

    fn lock(&self) -> MutexGuard<'_, Latest> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
