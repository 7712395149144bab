//! The stand-in for `trace.rs` if the feature `tracing` is off. It records nothing.

use super::clock::Clock;
use super::retry::Next;
use crate::runtime::error::kind::ErrorKind;
use crate::runtime::request::spec::Spec;
use reqwest::StatusCode;

pub(crate) struct Trace;

pub(crate) struct Attempt;

impl Trace {
    pub(crate) fn start(_service: &'static str, _spec: &Spec, _clock: &dyn Clock) -> Self {
        Self
    }

    pub(crate) fn around<F: Future>(&self, future: F) -> F {
        future
    }

    pub(crate) fn attempt(&self, _made: u32, _clock: &dyn Clock) -> Attempt {
        Attempt
    }

    pub(crate) fn ends(&self, _clock: &dyn Clock, _made: u32, _outcome: Result<StatusCode, &ErrorKind>) {}

    pub(crate) fn fails(&self, _failed: &ErrorKind) {}
}

impl Attempt {
    pub(crate) fn succeeds(self, _status: StatusCode) {}

    pub(crate) fn fails(self, _failed: &ErrorKind, _next: Next, _budget: Option<u32>) {}
}
