//! What calls tell `tracing`: who was asked, how it went and how long it took. Nothing of what was sent or answered
//! goes further than that, and no text of an error does. The fields are listed in the documentation of the crate.

use super::clock::Clock;
use super::error::{Fault, Phase};
use super::{Method, Spec};
use reqwest::StatusCode;
use std::time::{Duration, Instant};
use tracing::field::Empty;
use tracing::{Instrument, Level, Span};

const TARGET: &str = "generated_client";

/// The span of a call.
pub(super) struct Trace {
    service: &'static str,
    operation: &'static str,
    span: Span,
    began: Instant,
}

/// One of the attempts of a call. What it says is within the span as long as it says it in [`Trace::around`].
pub(super) struct Attempt<'a> {
    clock: &'a dyn Clock,
    /// How many were made before.
    resends: u32,
    began: Instant,
}

impl Trace {
    pub(super) fn start(service: &'static str, spec: &Spec, clock: &dyn Clock) -> Self {
        let span = tracing::span!(
            target: TARGET,
            Level::INFO,
            "call",
            service,
            operation = spec.id,
            http.request.method = method(spec.method),
            url.template = spec.path,
            http.response.status_code = Empty,
            http.request.resend_count = Empty,
            error.type = Empty,
            duration_ms = Empty,
        );
        Self { service, operation: spec.id, span, began: clock.now() }
    }

    /// Runs a future within the span, wherever it is polled.
    pub(super) fn around<F: Future>(&self, future: F) -> impl Future<Output = F::Output> + use<F> {
        future.instrument(self.span.clone())
    }

    /// Begins an attempt when this many were made.
    pub(super) fn attempt<'a>(&self, made: u32, clock: &'a dyn Clock) -> Attempt<'a> {
        Attempt { clock, resends: made, began: clock.now() }
    }

    /// The call has its response, or none, after this many attempts.
    pub(super) fn ends(&self, clock: &dyn Clock, made: u32, outcome: Result<StatusCode, &Fault>) {
        if !self.span.is_disabled() {
            let status = outcome.map_or_else(status, |status| Some(status.as_u16()));
            self.span.record("http.response.status_code", status);
            self.span.record("http.request.resend_count", resends(made.saturating_sub(1)));
            self.span.record("duration_ms", millis_since(self.began, clock));
        }
        if let Err(fault) = outcome {
            self.fails(fault);
        }
    }

    /// The call fails, even though it may have its response.
    ///
    /// It says which call by itself, for programs that have no span of the level `INFO`.
    pub(super) fn fails(&self, fault: &Fault) {
        macro_rules! event {
            ($level:ident) => {
                tracing::event!(
                    target: TARGET,
                    Level::$level,
                    service = self.service,
                    operation = self.operation,
                    error.type = word(fault),
                    http.response.status_code = status(fault),
                    "the call failed"
                )
            };
        }
        self.span.record("error.type", word(fault));
        self.span.in_scope(|| if is_the_services_no(fault) { event!(DEBUG) } else { event!(WARN) });
    }
}

impl Attempt<'_> {
    /// The attempt gave a response that counts as a success.
    pub(super) fn succeeds(self, status: StatusCode) {
        tracing::event!(
            target: TARGET,
            Level::DEBUG,
            http.response.status_code = status.as_u16(),
            http.request.resend_count = resends(self.resends),
            duration_ms = millis_since(self.began, self.clock),
            "answered"
        );
    }

    /// The attempt failed; if there is a pause, another follows it.
    pub(super) fn fails(self, fault: &Fault, pause: Option<Duration>) {
        macro_rules! event {
            ($level:ident, $message:literal) => {
                tracing::event!(
                    target: TARGET,
                    Level::$level,
                    error.type = word(fault),
                    http.response.status_code = status(fault),
                    http.request.resend_count = resends(self.resends),
                    duration_ms = millis_since(self.began, self.clock),
                    retry_delay_ms = pause.map(millis),
                    $message
                )
            };
        }
        match pause {
            Some(_) => event!(INFO, "an attempt failed, another follows"),
            None => event!(DEBUG, "the last attempt failed"),
        }
    }
}

/// The kind of failure.
fn word(fault: &Fault) -> &'static str {
    match fault {
        Fault::Api(_) => "status",
        Fault::Transport(error) => match error.phase() {
            Phase::Connect => "connect",
            _ if error.is_timeout() => "timeout",
            Phase::Exchange => "no_response",
            Phase::Body => "broken_response",
        },
        Fault::Decode(_) => "decode",
        Fault::InvalidRequest(_) => "refused",
        Fault::TooLarge { .. } => "too_large",
    }
}

fn status(fault: &Fault) -> Option<u16> {
    match fault {
        Fault::Api(response) => Some(response.status()),
        Fault::Decode(error) => Some(error.status().as_u16()),
        Fault::TooLarge { status, .. } => Some(status.as_u16()),
        Fault::Transport(_) | Fault::InvalidRequest(_) => None,
    }
}

/// A service that says no does what it is for, such as to somebody with a wrong code. Only a rate limit is something
/// for its operators to hear of.
fn is_the_services_no(fault: &Fault) -> bool {
    matches!(fault, Fault::Api(response) if (400..500).contains(&response.status()) && response.status() != 429)
}

/// A request that isn't sent again has no count of that.
fn resends(count: u32) -> Option<u32> {
    (count > 0).then_some(count)
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Head => "HEAD",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Patch => "PATCH",
        Method::Delete => "DELETE",
    }
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

fn millis_since(then: Instant, clock: &dyn Clock) -> f64 {
    millis(clock.now().saturating_duration_since(then))
}
