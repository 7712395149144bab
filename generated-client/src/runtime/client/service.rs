//! What sets one service apart from others.

use serde_json::{Map, Value};

use crate::runtime::engine::exchange::ServiceInfo;
use crate::runtime::error::body::{self, ErrorBody};
use crate::runtime::error::{Code, Error};
use crate::runtime::response::raw::RawResponse;

/// A service.
pub trait Service: 'static {
    /// The codes of the service's errors.
    type Code: Code;
    /// The settings that a [`Builder`](crate::runtime::Builder) of this service has beside those of all services.
    type Settings;
    /// The name that starts every error text.
    const NAME: &'static str;

    /// Whether a text has the form of the service's error codes. Other texts in the place of a code are not taken for one.
    /// By default, letters, digits, `-`, `_` and `.` are accepted.
    fn is_code(text: &str) -> bool {
        body::is_code(text)
    }

    /// Reads the body of an error response. By default it reads the [common forms](ErrorBody::read).
    fn read_error(response: &RawResponse) -> ErrorBody {
        ErrorBody::read(response, Self::is_code)
    }

    /// The members of a successful JSON response together with those that the service sends in headers. `None`, which is
    /// the default, leaves the body as it came.
    fn supplement(response: &RawResponse) -> Option<Map<String, Value>> {
        let _ = response;
        None
    }
}

/// The type of a service's errors.
pub(crate) type ErrorOf<S> = Error<<S as Service>::Code>;

/// What the engine has to know of a service.
pub(crate) fn info<S: Service>() -> ServiceInfo {
    ServiceInfo { name: S::NAME, read_error: S::read_error, supplement: S::supplement }
}
