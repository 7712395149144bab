//! Whom a request that was admitted comes from.

use super::errors::{ServiceError, signed_out};
use crate::request::Request;
use serde_json::Value;

/// The ID of the session of a request that carries a token.
pub(super) fn session_id(request: &Request) -> Option<&str> {
    let token = request.claims.get("jti").and_then(Value::as_str)?;
    token.rsplit_once('-').map(|(id, _)| id)
}

/// The ID of the session of a request that has to carry a token.
pub(super) fn required_session(request: &Request) -> Result<String, ServiceError> {
    session_id(request).map(str::to_owned).ok_or_else(|| signed_out("The refresh token is missing"))
}

/// The ID of the user whose token a request carries.
pub(super) fn user_id(request: &Request) -> Result<String, ServiceError> {
    let subject = request.claims.get("sub").and_then(Value::as_str);
    subject.map(str::to_owned).ok_or_else(|| signed_out("The refresh token is missing"))
}

/// The access key that a request carries.
pub(super) fn access_key(request: &Request) -> &str {
    request.raw.bearer().and_then(|bearer| bearer.split(':').nth(1)).unwrap_or_default()
}
