//! A call from its first attempt to its decoded response. All operations share this code; only the function that decodes
//! a response is compiled for each of them.

use tokio::runtime::Handle;

use super::attempt::{attempt, permit};
use super::build::{Inputs, build};
use super::core::Core;
use super::retry::{Next, may_retry};
use super::service::ServiceSpec;
use super::timing::{Schedule, Timing};
use super::trace::Trace;
use super::values::Values;
use crate::runtime::error::Failure;
use crate::runtime::error::api::ApiError;
use crate::runtime::error::body::ErrorBody;
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::error::kind::ErrorKind;
use crate::runtime::error::transport::TransportError;
use crate::runtime::request::spec::Spec;
use crate::runtime::response::raw::RawResponse;
use crate::runtime::response::unread::Reading;
use crate::runtime::value::decode::DecodeError;
use crate::runtime::value::secret::Secret;

/// A way to decode a response.
pub(crate) type Decode<T> = fn(&RawResponse) -> Result<T, DecodeError>;

/// A call that is under way. It sends the request, more than once if that is necessary and harmless, decodes the
/// response, and traces all of it.
pub(crate) struct Exchange {
    core: Core,
    spec: &'static Spec,
    timing: Timing,
    reading: Reading,
    /// How many attempts were made.
    attempts: u32,
    trace: Trace,
}

impl Exchange {
    pub(crate) fn begin(core: Core, spec: &'static Spec, timing: Timing) -> Self {
        let trace = Trace::start(core.service().name, spec, &*core.connection().clock);
        Self { core, spec, timing, reading: Reading::Whole, attempts: 0, trace }
    }

    /// Sends the request, and gives the head of the response if it is a success. Its body is read chunk by chunk.
    pub(crate) async fn head(
        &mut self,
        inputs: Result<Inputs, InvalidRequest>,
    ) -> Result<RawResponse, Box<Failure>> {
        self.reading = Reading::Head;
        self.response(inputs).await
    }

    /// The failure of a call whose response broke off.
    pub(crate) fn broken(&self, kind: ErrorKind) -> Box<Failure> {
        self.trace.fails(&kind);
        self.failure(kind)
    }

    /// Decodes a response.
    pub(crate) fn decoded<T>(&self, response: RawResponse, decode: Decode<T>) -> Result<T, Box<Failure>> {
        decode(&response).map_err(|fault| self.undecodable(response, fault))
    }

    /// Decodes a response, and gives it as it came, too.
    pub(crate) fn decoded_with_raw<T>(
        &self,
        response: RawResponse,
        decode: impl FnOnce(&RawResponse) -> Result<T, DecodeError>,
    ) -> Result<(T, RawResponse), Box<Failure>> {
        match decode(&response) {
            Ok(decoded) => Ok((decoded, response)),
            Err(fault) => Err(self.undecodable(response, fault)),
        }
    }

    /// Sends the request, and gives the response if it is a success as far as that can be said without decoding it.
    pub(crate) async fn response(
        &mut self,
        inputs: Result<Inputs, InvalidRequest>,
    ) -> Result<RawResponse, Box<Failure>> {
        let mut attempts = 0;
        let outcome = self.trace.around(self.repeat(inputs, &mut attempts)).await;
        self.attempts = attempts;
        let clock = &*self.core.connection().clock;
        self.trace.ends(clock, attempts, outcome.as_ref().map(RawResponse::status));
        outcome.map_err(|kind| self.failure(kind))
    }

    /// Sends the request until it succeeds, fails for good, or runs out of attempts or time.
    ///
    /// The request is built anew for each attempt. Most calls have one attempt, so keeping a copy would cost more.
    async fn repeat(
        &self,
        inputs: Result<Inputs, InvalidRequest>,
        attempts: &mut u32,
    ) -> Result<RawResponse, ErrorKind> {
        let inputs = inputs?;
        inputs.check(self.spec)?;
        let is_streamed = inputs.is_streamed();
        let Inputs { arguments, body, accept } = inputs;
        let arguments = arguments.checked(self.spec)?;
        let connection = self.core.connection();
        let clock = &*connection.clock;
        let schedule =
            Schedule::start(clock, self.spec, self.timing.or(connection.timing).of_body(is_streamed));

        if Handle::try_current().is_err() {
            let problem = "needs a runtime of tokio: await it within one";
            return Err(InvalidRequest::new("the call", problem).into());
        }
        let mut failed = ErrorKind::from(TransportError::without_time());
        while let Some(permit) = permit(connection, schedule.remaining()).await {
            let Some(time) = schedule.attempt() else { break };
            let built = build(&self.core, self.spec, &arguments, accept.as_deref(), body.clone())?;
            let traced = self.trace.attempt(*attempts, clock);
            let outcome = attempt(connection, self.spec, built, time, self.reading, permit, attempts).await;
            failed = match outcome
                .and_then(|response| judge(self.core.service(), self.core.values(), self.spec, response))
            {
                Ok(response) => {
                    connection.budget.refill();
                    traced.succeeds(response.status());
                    return Ok(response);
                }
                Err(kind) => kind,
            };
            let next = schedule.next(&failed, *attempts, &connection.budget);
            traced.fails(&failed, next, connection.budget.left());
            let Next::Attempt(pause) = next else { break };
            clock.sleep(pause).await;
        }
        Err(failed)
    }

    #[cold]
    fn undecodable(&self, response: RawResponse, fault: DecodeError) -> Box<Failure> {
        let kind = ErrorKind::invalid_response(response, fault);
        self.trace.fails(&kind);
        self.failure(kind)
    }

    fn failure(&self, kind: ErrorKind) -> Box<Failure> {
        failure(self.core.service(), self.spec, self.core.is_signed(self.spec), self.attempts, kind)
    }
}

/// Judges and decodes a response that was stored or made up.
#[cfg(feature = "operations")]
pub(crate) fn decode_stored<T>(
    service: &'static ServiceSpec,
    spec: &'static Spec,
    response: RawResponse,
    decode: Decode<T>,
) -> Result<T, Box<Failure>> {
    let is_signed = service.is_signed_always(spec);
    let failed = |kind| failure(service, spec, is_signed, 1, kind);
    let response = judge(service, &Values::default(), spec, response).map_err(failed)?;
    decode(&response).map_err(|fault| failed(ErrorKind::invalid_response(response, fault)))
}

/// Tells successes from errors. The body of an error is read here, once.
fn judge(
    service: &'static ServiceSpec,
    values: &Values,
    spec: &Spec,
    mut response: RawResponse,
) -> Result<RawResponse, ErrorKind> {
    if !spec.is_success(response.status()) {
        let read_error = service.conventions.read_error;
        let body = if response.is_readable() { read_error(&response) } else { ErrorBody::default() };
        return Err(ErrorKind::Api(ApiError::new(response, body)));
    }
    if let Some(members) = (service.conventions.supplement)(&response, values) {
        response.supplemented_with(Secret::new(members).expose());
    }
    Ok(response)
}

/// The failure of a call whose request is invalid, so that it never began.
pub(crate) fn invalid(core: &Core, spec: &'static Spec, invalid: InvalidRequest) -> Box<Failure> {
    failure(core.service(), spec, core.is_signed(spec), 0, invalid.into())
}

fn failure(
    service: &'static ServiceSpec,
    spec: &'static Spec,
    is_signed: bool,
    attempts: u32,
    kind: ErrorKind,
) -> Box<Failure> {
    let may_retry = may_retry(spec.retry, &kind);
    Box::new(Failure { service: service.name, spec: Some(spec), is_signed, attempts, may_retry, kind })
}
