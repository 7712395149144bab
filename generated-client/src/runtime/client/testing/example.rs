//! The example responses that the spec has for operations.

use super::names_operation::NamesOperation;
use crate::runtime::client::operation::Operation;
use crate::runtime::engine::transport::Response;
use crate::runtime::response::format::ResponseFormat;
use crate::runtime::response::raw::RawResponse;

/// An operation with an example of its response. Generated code implements it.
pub trait Example: Operation {
    /// The status of the response, and what it carries.
    const EXAMPLE: (u16, ExampleResponse);
}

/// What an example response carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExampleResponse {
    /// Nothing.
    Empty,
    /// JSON.
    Json(&'static str),
    /// A text.
    Text(&'static str),
    /// The target of a redirect.
    Location(&'static str),
}

impl Response {
    /// The example response that the spec has for an operation. The operation is named by the type of its calls, such as
    /// `descope::otp::OtpVerifyEmail`.
    #[must_use]
    pub fn example<O: NamesOperation<Operation: Example>>() -> Self {
        let (status, response) = <O::Operation as Example>::EXAMPLE;
        match response {
            ExampleResponse::Empty => Self::status(status),
            ExampleResponse::Json(json) => {
                Self { body: json.into(), ..Self::status(status) }.header("content-type", "application/json")
            }
            ExampleResponse::Text(text) => Self::text(status, text),
            ExampleResponse::Location(url) => Self::status(status).header("location", url),
        }
    }
}

/// The example response of an operation, decoded.
#[allow(clippy::panic, reason = "the generator refuses examples that don't fit, and this is for tests alone")]
pub(crate) fn response<O: Example>() -> O::Response {
    let Response { status, headers, body } = Response::example::<O>();
    match O::Format::read(&RawResponse::new(status, headers, body.to_vec(), super::localhost())) {
        Ok(response) => response,
        Err(fault) => panic!("the example of `{}` can't be read: {fault}", O::SPEC.id),
    }
}
