//! The spans and events of calls: which operation was called, how it ended and how long it took. They contain nothing else
//! of the request, the response or the error. The chapter `tracing` of the guide lists their fields.

use super::clock::Clock;
use super::retry::Next;
use crate::runtime::error::kind::ErrorKind;
use crate::runtime::error::transport::Phase;
use crate::runtime::request::spec::Spec;
use reqwest::StatusCode;
use std::time::{Duration, Instant};
use tracing::field::Empty;
use tracing::{Instrument, Level, Span};

const TARGET: &str = "generated_client";

/// The span of a call.
pub(crate) struct Trace {
    service: &'static str,
    operation: &'static str,
    span: Span,
    began: Instant,
}

/// One attempt of a call. Its events belong to the span, since it is used within [`Trace::around`].
pub(crate) struct Attempt<'a> {
    clock: &'a dyn Clock,
    /// How many attempts were made before it.
    resends: u32,
    began: Instant,
}

impl Trace {
    pub(crate) fn start(service: &'static str, spec: &Spec, clock: &dyn Clock) -> Self {
        let span = tracing::span!(
            target: TARGET,
            Level::INFO,
            "call",
            service,
            operation = spec.id,
            http.request.method = spec.method.as_str(),
            url.template = spec.path,
            http.response.status_code = Empty,
            http.request.resend_count = Empty,
            error.type = Empty,
            duration_ms = Empty,
        );
        Self { service, operation: spec.id, span, began: clock.monotonic() }
    }

    /// Runs a future within the span, wherever it is polled.
    pub(crate) fn around<F: Future>(&self, future: F) -> impl Future<Output = F::Output> + use<F> {
        future.instrument(self.span.clone())
    }

    /// Begins an attempt after this many were made.
    pub(crate) fn attempt<'a>(&self, made: u32, clock: &'a dyn Clock) -> Attempt<'a> {
        Attempt { clock, resends: made, began: clock.monotonic() }
    }

    /// Records the end of a call that made this many attempts.
    pub(crate) fn ends(&self, clock: &dyn Clock, made: u32, outcome: Result<StatusCode, &ErrorKind>) {
        if !self.span.is_disabled() {
            let status = outcome.map_or_else(status, |status| Some(status.as_u16()));
            self.span.record("http.response.status_code", status);
            self.span.record("http.request.resend_count", resends(made.saturating_sub(1)));
            self.span.record("duration_ms", millis_since(self.began, clock));
        }
        if let Err(failed) = outcome {
            self.fails(failed);
        }
    }

    /// Records that the call failed, which it also does if its response can't be decoded.
    ///
    /// The event names the call as well, for programs that have switched off spans of the level `INFO`.
    pub(crate) fn fails(&self, failed: &ErrorKind) {
        macro_rules! event {
            ($level:ident) => {
                tracing::event!(
                    target: TARGET,
                    Level::$level,
                    service = self.service,
                    operation = self.operation,
                    error.type = word(failed),
                    http.response.status_code = status(failed),
                    "the call failed"
                )
            };
        }
        self.span.record("error.type", word(failed));
        self.span.in_scope(|| if is_expected(failed) { event!(DEBUG) } else { event!(WARN) });
    }
}

impl Attempt<'_> {
    /// Records that the attempt got a response of success.
    pub(crate) fn succeeds(self, status: StatusCode) {
        tracing::event!(
            target: TARGET,
            Level::DEBUG,
            http.response.status_code = status.as_u16(),
            http.request.resend_count = resends(self.resends),
            duration_ms = millis_since(self.began, self.clock),
            "answered"
        );
    }

    /// Records that the attempt failed, what follows, and how much is left of the retry budget.
    pub(crate) fn fails(self, failed: &ErrorKind, next: Next, budget: Option<u32>) {
        let (pause, budget) = match next {
            Next::Attempt(pause) => (Some(pause), budget),
            Next::OutOfBudget => (None, budget),
            Next::End => (None, None),
        };
        macro_rules! event {
            ($level:ident, $message:literal) => {
                tracing::event!(
                    target: TARGET,
                    Level::$level,
                    error.type = word(failed),
                    http.response.status_code = status(failed),
                    http.request.resend_count = resends(self.resends),
                    duration_ms = millis_since(self.began, self.clock),
                    retry_delay_ms = pause.map(millis),
                    retry_budget = budget,
                    $message
                )
            };
        }
        match next {
            Next::Attempt(_) => event!(INFO, "an attempt failed, another follows"),
            Next::OutOfBudget => event!(WARN, "an attempt failed, and the retry budget is spent"),
            Next::End => event!(DEBUG, "the last attempt failed"),
        }
    }
}

/// The word for the kind of failure.
fn word(failed: &ErrorKind) -> &'static str {
    match failed {
        ErrorKind::Api(_) => "status",
        ErrorKind::Transport(error) => match error.phase() {
            Phase::Connect => "connect",
            Phase::Unsent => "unsent",
            _ if error.is_timeout() => "timeout",
            Phase::Upload => "broken_request",
            Phase::Exchange => "no_response",
            Phase::Body => "broken_response",
        },
        ErrorKind::InvalidResponse(_) => "invalid_response",
        ErrorKind::InvalidRequest(_) => "invalid_request",
        ErrorKind::TooLarge { .. } => "too_large",
    }
}

fn status(failed: &ErrorKind) -> Option<u16> {
    failed.status().map(|status| status.as_u16())
}

/// Whether the service works as it should, for instance when it refuses a wrong code. Operators don't need a warning of
/// that, but they do of a rate limit.
fn is_expected(failed: &ErrorKind) -> bool {
    matches!(failed, ErrorKind::Api(api) if api.status().is_client_error() && api.status() != StatusCode::TOO_MANY_REQUESTS)
}

/// How often the request was sent again; none if it was sent once.
fn resends(count: u32) -> Option<u32> {
    (count > 0).then_some(count)
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

fn millis_since(then: Instant, clock: &dyn Clock) -> f64 {
    millis(clock.monotonic().saturating_duration_since(then))
}
