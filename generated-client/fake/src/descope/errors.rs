//! The refusals of Descope: a status, a code, the text of the code, and what is wrong in this call.

use crate::response::Response;
use serde_json::json;

/// Why the service refuses a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ServiceError {
    status: u16,
    code: &'static str,
    message: String,
    /// The header `Retry-After`, in seconds.
    retry_after: Option<u64>,
}

impl ServiceError {
    /// The code.
    pub(super) fn code(&self) -> &'static str {
        self.code
    }

    /// The response for this refusal.
    pub(super) fn response(&self) -> Response {
        let body = json!({
            "errorCode": self.code,
            "errorDescription": description(self.code),
            "errorMessage": self.message,
        });
        let response = Response::json_with(self.status, &body);
        match self.retry_after {
            Some(seconds) => response.header("retry-after", seconds.to_string()),
            None => response,
        }
    }
}

/// An error with this status and this code.
pub(super) fn error(status: u16, code: &'static str, message: impl Into<String>) -> ServiceError {
    ServiceError { status, code, message: message.into(), retry_after: None }
}

/// The call is one too many.
pub(super) fn rate_limited(retry_after: Option<u64>) -> ServiceError {
    ServiceError { retry_after, ..error(429, "E130429", "There were too many calls") }
}

/// What Descope says of a code, whatever the call.
fn description(code: &str) -> &'static str {
    match code {
        "E011001" => "Request is malformed",
        "E011002" => "Request is missing required arguments",
        "E011003" => "Request is invalid",
        "E011004" => "Request contains invalid arguments",
        "E061002" => "Authentication method is not configured",
        "E061102" => "Wrong OTP code",
        "E061103" => "Too many attempts",
        "E061104" => "OTP code expired",
        "E062107" => "User already exists",
        "E062108" | "E112102" => "User not found",
        "E062125" => "Login ID belongs to another user",
        "E062503" => "Enchanted link authentication is pending",
        "E062504" => "Token expired",
        "E062802" => "Missing access key",
        "E062803" => "Invalid access key",
        "E062903" => "Password signin failed",
        "E062909" => "Password expired",
        "E063010" => "Link not found",
        "E064001" => "Token expired due to logout",
        "E066103" => "Authentication is pending",
        "E067010" => "User has not added any passkeys",
        "E103202" => "Unknown flow execution",
        "E103205" => "Flow timed out",
        "E108201" => "Flow nonce validation failed",
        "E111119" => "Unauthorized",
        "E113007" => "Value is invalid",
        "E130429" => "API rate limit exceeded",
        _ => "Request failed",
    }
}

/// A required argument is missing.
pub(super) fn missing(name: &str) -> ServiceError {
    error(400, "E011003", format!("The {name} field is required"))
}

/// A value isn't one that the service takes.
pub(super) fn invalid(message: impl Into<String>) -> ServiceError {
    error(400, "E011004", message)
}

/// There is no user with this login ID.
pub(super) fn no_user() -> ServiceError {
    error(400, "E062108", "Cannot find user")
}

/// There is a user with this login ID already.
pub(super) fn user_exists() -> ServiceError {
    error(400, "E062107", "There is a user with this login ID")
}

/// The refresh JWT or the session JWT of a call isn't good any more.
pub(super) fn signed_out(message: impl Into<String>) -> ServiceError {
    error(401, "E064001", message)
}

/// The management key of a call isn't good.
pub(super) fn unauthorized(message: impl Into<String>) -> ServiceError {
    error(401, "E111119", message)
}

/// There is no such thing in the project. Management responds with 404 if the thing has an ID.
pub(super) fn not_found(message: impl Into<String>) -> ServiceError {
    error(404, "E011004", message)
}
