//! Why the server refuses a request, and the forms of its errors.

use crate::response::Response;
use serde_json::json;

/// Why the server refuses a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ServiceError {
    /// A rule of the service is broken: `{"error": <code>, "message": .., "status": ..}`.
    Code(&'static str),
    /// The schema is broken, or there is no good access token: `{"error": <free text>}`.
    Text(u16, String),
    /// The query can't be read: `{"msg": ..}`.
    Message(String),
    /// An empty body.
    Empty(u16),
    /// An error of OAuth 2.0: `{"error": .., "error_description": ..}`.
    OAuth(u16, &'static str, &'static str),
}

impl ServiceError {
    pub(crate) fn text(status: u16, text: impl Into<String>) -> Self {
        Self::Text(status, text.into())
    }

    /// The credential of the request isn't good enough.
    pub(crate) fn security(why: &str) -> Self {
        let error = "error in openapi3filter.SecurityRequirementsError: security requirements failed";
        Self::Text(400, format!("{error}: {why}"))
    }

    /// What a server says that conceals errors.
    pub(crate) fn concealed(self) -> Self {
        match self {
            Self::Code(code) if CONCEALED.contains(&code) => Self::Code("invalid-request"),
            other => other,
        }
    }

    /// The response in the form that this error has.
    pub(crate) fn response(self) -> Response {
        match self {
            Self::Code(code) => {
                let (status, message) = meaning(code);
                Response::json_with(status, &json!({"error": code, "message": message, "status": status}))
            }
            Self::Text(status, text) => {
                let body = json!({ "error": text }).to_string();
                Response::new(status, "application/json; charset=utf-8", body)
            }
            Self::Message(text) => Response::json_with(400, &json!({ "msg": text })),
            Self::Empty(status) => Response::empty(status),
            Self::OAuth(status, error, description) => {
                let body = json!({"error": error, "error_description": description});
                Response::json_with(status, &body)
            }
        }
    }
}

/// The codes in whose place a server that conceals errors says `invalid-request`.
const CONCEALED: [&str; 15] = [
    "disabled-mfa-totp",
    "disabled-user",
    "email-already-in-use",
    "email-already-verified",
    "forbidden-anonymous",
    "invalid-email-password",
    "invalid-otp",
    "invalid-pat",
    "invalid-refresh-token",
    "invalid-ticket",
    "invalid-totp",
    "no-totp-secret",
    "role-not-allowed",
    "signup-disabled",
    "unverified-user",
];

/// The status and the message of a code.
pub(super) fn meaning(code: &str) -> (u16, &'static str) {
    match code {
        "cannot-send-sms" => (400, "Cannot send SMS, check your phone number is correct"),
        "default-role-must-be-in-allowed-roles" => (400, "Default role must be in allowed roles"),
        "disabled-endpoint" => (409, "This endpoint is disabled"),
        "disabled-mfa-totp" => (401, "User does not have TOTP MFA enabled"),
        "disabled-user" => (401, "User is disabled"),
        "email-already-in-use" => (409, "Email already in use"),
        "email-already-verified" => (400, "User's email is already verified"),
        "forbidden-anonymous" => (403, "Forbidden, user is anonymous."),
        "invalid-email-password" => (401, "Incorrect email or password"),
        "invalid-otp" => (400, "Invalid or expired OTP"),
        "invalid-pat" => (401, "Invalid or expired personal access token"),
        "invalid-refresh-token" => (401, "Invalid or expired refresh token"),
        "invalid-request" => (400, "The request payload is incorrect"),
        "invalid-state" => (400, "Invalid state"),
        "invalid-ticket" => (401, "Invalid ticket"),
        "invalid-totp" => (401, "Invalid TOTP code"),
        "no-totp-secret" => (400, "User does not have a TOTP secret"),
        "oauth-profile-fetch-failed" => (400, "Failed to get user profile"),
        "oauth-provider-error" => (400, "Provider returned an error"),
        "oauth-token-echange-failed" => (400, "Failed to exchange token"),
        "otp-too-many-attempts" => (400, "Too many wrong codes"),
        "password-in-hibp-database" => (400, "Password is in HIBP database"),
        "password-too-short" => (400, "Password is too short"),
        "provider-account-already-linked" => (400, "The account at the provider belongs to a user already"),
        "redirectTo-not-allowed" => (400, "The value of \"options.redirectTo\" is not allowed."),
        "role-not-allowed" => (400, "Role not allowed"),
        "signup-disabled" => (403, "Sign up is disabled."),
        "totp-already-active" => (400, "TOTP MFA is already active"),
        "unverified-user" => (401, "User is not verified."),
        "user-already-exists" => (409, "User already exists"),
        "user-not-anonymous" => (400, "Logged in user is not anonymous"),
        _ => (500, "Internal server error"),
    }
}
