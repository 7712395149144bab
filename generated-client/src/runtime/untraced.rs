//! What `trace.rs` is where the feature `tracing` is off: nothing.

use super::Spec;
use super::clock::Clock;
use super::error::Fault;
use reqwest::StatusCode;
use std::time::Duration;

pub(super) struct Trace;

pub(super) struct Attempt;

impl Trace {
    pub(super) fn start(_service: &'static str, _spec: &Spec, _clock: &dyn Clock) -> Self {
        Self
    }

    pub(super) fn around<F: Future>(&self, future: F) -> F {
        future
    }

    pub(super) fn attempt(&self, _made: u32, _clock: &dyn Clock) -> Attempt {
        Attempt
    }

    pub(super) fn ends(&self, _clock: &dyn Clock, _made: u32, _outcome: Result<StatusCode, &Fault>) {}

    pub(super) fn fails(&self, _fault: &Fault) {}
}

impl Attempt {
    pub(super) fn succeeds(self, _status: StatusCode) {}

    pub(super) fn fails(self, _fault: &Fault, _pause: Option<Duration>) {}
}
