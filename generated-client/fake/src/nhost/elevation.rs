//! Elevating a session.

use super::session::HASURA;
use super::settings::Elevation;
use super::{Nhost, ServiceError};
use crate::members;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::json;

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Nhost>)] = &[
    ("elevation_methods", methods),
    ("elevation_webauthn", by_key),
    ("elevation_webauthn_verify", by_key_verify),
    ("elevation_totp", by_totp),
    ("elevation_otp_email", by_email),
    ("elevation_otp_email_verify", by_code),
    ("elevation_otp_sms", by_sms),
    ("elevation_otp_sms_verify", by_code),
];

fn methods(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let user = state.caller(request)?;
    let has = [
        ("webauthn", state.settings.webauthn && !user.keys.is_empty()),
        ("totp", state.settings.mfa && user.totp_active),
        ("otp-email", state.settings.otp_email && user.email_verified),
        ("otp-sms", state.settings.passwordless_sms && user.phone_verified),
    ];
    let methods: Vec<&str> = has.into_iter().filter(|(_, has)| *has).map(|(name, _)| name).collect();
    let required = match state.settings.elevation {
        Elevation::Disabled => false,
        Elevation::Recommended => !user.keys.is_empty(),
        Elevation::Required => true,
    };
    let elevated = request.claims.get(HASURA).and_then(|claims| claims.get("x-hasura-auth-elevated"));
    Ok(Response::json(&json!({
        "elevationRequired": required,
        "methods": methods,
        "sessionElevated": elevated == Some(&json!(user.id)),
    })))
}

/// The session of a user who has proved their identity again.
fn elevated(state: &mut Nhost, user: &str) -> Result<Response, ServiceError> {
    let session = state.start_session(user, true)?;
    Ok(Response::json(&json!({ "session": session })))
}

fn by_key(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    state.admit_endpoint(state.settings.webauthn)?;
    let id = state.known_caller(request)?;
    let keys = state.user(&id)?.keys.clone();
    if keys.is_empty() {
        return Err(ServiceError::Code("invalid-request"));
    }
    Ok(Response::json(&state.request_options(&keys)?))
}

fn by_key_verify(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    state.admit_endpoint(state.settings.webauthn)?;
    let id = state.known_caller(request)?;
    let mut credential = request.at("/credential").cloned().unwrap_or_default();
    // The session says who the user is, so the handle isn't needed.
    if let Some(response) = credential.get_mut("response") {
        members::set(response, "userHandle", id.as_str());
    }
    state.signed_by(&credential)?;
    elevated(state, &id)
}

fn by_totp(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    state.admit_endpoint(state.settings.mfa)?;
    let id = state.known_caller(request)?;
    if !state.user(&id)?.totp_active {
        return Err(ServiceError::Code("disabled-mfa-totp"));
    }
    state.try_totp(&id, request.text("otp"))?;
    elevated(state, &id)
}

fn by_email(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    state.admit_endpoint(state.settings.otp_email)?;
    let id = state.known_caller(request)?;
    let email = state.user(&id)?.email().unwrap_or_default().to_owned();
    state.send_code(&id, "email", &email, "elevate-otp")?;
    Ok(Nhost::ok())
}

fn by_sms(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    state.admit_endpoint(state.settings.passwordless_sms)?;
    let user = state.caller(request)?;
    let phone = user.phone().filter(|_| user.phone_verified).ok_or(ServiceError::Code("invalid-request"))?;
    let (id, phone) = (user.id.clone(), phone.to_owned());
    state.send_code(&id, "sms", &phone, "elevate-otp-sms")?;
    Ok(Nhost::ok())
}

fn by_code(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let id = state.caller(request)?.id.clone();
    state.try_code(&id, request.text("otp")).map_err(|fault| fault.refusal("invalid-otp"))?;
    elevated(state, &id)
}
