//! Responses that can't be read.

use reqwest::StatusCode;
use std::error::Error;
use std::fmt;

use crate::runtime::response::raw::RawResponse;
use crate::runtime::value::decode::DecodeError;
use crate::runtime::value::redact;
use crate::runtime::value::remedy::Remedy;

/// A response that is not what the operation's description says.
pub struct InvalidResponse {
    /// It is boxed so that the results of the engine stay small.
    response: Box<RawResponse>,
    fault: DecodeError,
}

impl InvalidResponse {
    pub(crate) fn new(response: RawResponse, fault: DecodeError) -> Self {
        Self { response: Box::new(response), fault }
    }

    /// The status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The path to the fault within the body, such as `user.loginIds[0]`; `.` is the whole body.
    #[must_use]
    pub fn path(&self) -> &str {
        self.fault.path()
    }

    /// What is wrong there, without the value.
    #[must_use]
    pub fn problem(&self) -> &str {
        self.fault.problem()
    }

    /// The structure of the body around the fault, without its values.
    #[must_use]
    pub fn excerpt(&self) -> &str {
        self.fault.excerpt()
    }

    /// What mends it, if the program can do something about it.
    #[must_use]
    pub fn remedy(&self) -> Option<&Remedy> {
        self.fault.remedy()
    }

    /// The response as it came.
    #[must_use]
    pub fn response(&self) -> &RawResponse {
        &self.response
    }
}

impl fmt::Display for InvalidResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let media_type = redact::media_type(self.response.media_type());
        let bytes = self.response.body().len();
        write!(f, "the response ({}, {media_type}, {bytes} bytes) {}", self.status(), self.fault)
    }
}

impl fmt::Debug for InvalidResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InvalidResponse")
            .field("response", &self.response)
            .field("fault", &self.fault)
            .finish()
    }
}

impl Error for InvalidResponse {}
