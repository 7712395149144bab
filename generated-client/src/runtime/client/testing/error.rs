//! Errors that are made up.

use reqwest::StatusCode;
use reqwest::header::{HeaderName, HeaderValue};

use super::names_operation::NamesOperation;
use crate::runtime::client::operation::Operation;
use crate::runtime::client::service::Service;
use crate::runtime::engine::retry::may_retry;
use crate::runtime::error::api::ApiError;
use crate::runtime::error::body::ErrorBody;
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::error::kind::ErrorKind;
use crate::runtime::error::transport::{Phase, TransportError};
use crate::runtime::error::{Code, Error, Failure};
use crate::runtime::request::spec::Retry;
use crate::runtime::response::raw::RawResponse;

/// Errors that are made up, for the tests of applications.
///
/// They belong to no operation, unless [`for_operation`](Error::for_operation) names one. Without one, they count as errors of an operation that
/// must not be sent twice.
///
/// ```
/// # #[cfg(feature = "descope-otp")] {
/// use generated_client::descope::{Error, otp::OtpVerifyEmail};
///
/// let error = Error::api_error(401, "E061102").for_operation::<OtpVerifyEmail>();
/// assert!(error.is_wrong_code());
/// assert_eq!(error.to_string(), "descope otp_verify_email: 401 Unauthorized, E061102");
/// assert!(Error::timeout().is_timeout());
/// # }
/// ```
impl<C: Code> Error<C> {
    /// An error response with this status and code; an empty code is none. A number that is no status counts as 500.
    #[must_use]
    pub fn api_error(status: u16, code: &str) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let response = RawResponse::new(status, Default::default(), Vec::new(), super::localhost());
        let body =
            ErrorBody { code: Some(code.to_owned()).filter(|code| !code.is_empty()), ..ErrorBody::default() };
        Self::made_up(ErrorKind::Api(ApiError::new(response, body)))
    }

    /// An error of the connection, at this point of the exchange.
    #[must_use]
    pub fn transport(phase: Phase) -> Self {
        Self::made_up(TransportError::made_up(phase, false).into())
    }

    /// A call that took too long: the request was sent, and there was no response in time.
    #[must_use]
    pub fn timeout() -> Self {
        Self::made_up(TransportError::made_up(Phase::Exchange, true).into())
    }

    /// A request that can't be sent: `what` is wrong with it, such as ``parameter `locale` ``, and `why`.
    #[must_use]
    pub fn invalid_request(what: &str, why: &str) -> Self {
        Self::made_up(InvalidRequest::new(what, why).into())
    }

    /// The same error for a call of an operation. The operation decides what some questions to the error return, and
    /// whether the call may be sent again. The operation is named by the type of its calls, such as
    /// `descope::otp::OtpVerifyEmail`.
    #[must_use]
    pub fn for_operation<O: NamesOperation<Operation: Operation<Service: Service<Code = C>>>>(
        mut self,
    ) -> Self {
        let service = <<O::Operation as Operation>::Service as Service>::SPEC;
        let spec = <O::Operation as Operation>::SPEC;
        let failure = self.failure_mut();
        failure.service = service.name;
        failure.spec = Some(spec);
        failure.is_signed = service.is_signed_always(spec);
        failure.may_retry = may_retry(spec.retry, &failure.kind);
        self
    }

    /// The same error with a text of the service. Only an error response has one.
    #[must_use]
    pub fn with_message(mut self, message: &str) -> Self {
        if let ErrorKind::Api(api) = &mut self.failure_mut().kind {
            api.set_message(message.to_owned());
        }
        self
    }

    /// The same error with a header, such as `retry-after`. Only an error response has headers; one that can't be a header is
    /// left out.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        if let (ErrorKind::Api(api), Ok(name), Ok(value)) =
            (&mut self.failure_mut().kind, HeaderName::try_from(name), HeaderValue::try_from(value))
        {
            api.add_header(name, value);
        }
        self
    }

    fn made_up(kind: ErrorKind) -> Self {
        let may_retry = may_retry(Retry::Never, &kind);
        Self::from(Box::new(Failure {
            service: "test",
            spec: None,
            is_signed: false,
            attempts: 1,
            may_retry,
            kind,
        }))
    }
}
