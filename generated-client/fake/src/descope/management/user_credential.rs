//! The credentials of a user.

use super::lookup::{done, user_of};
use crate::descope::errors::ServiceError;
use crate::descope::model::credentials::Credentials;
use crate::descope::state::Descope;
use crate::random;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::{Value, json};

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[
    ("user_credential_set_active_password", set_active_password),
    ("user_credential_set_temporary_password", set_temporary_password),
    ("user_credential_expire_password", expire_password),
    ("user_credential_list_passkeys", list_passkeys),
    ("user_credential_delete_passkey", delete_passkey),
    ("user_credential_delete_passkeys", delete_passkeys),
    ("user_credential_delete_totp", delete_totp),
    ("user_credential_delete_recovery_codes", delete_recovery_codes),
    ("user_credential_list_trusted_devices", list_trusted_devices),
    ("user_credential_remove_trusted_devices", remove_trusted_devices),
];

/// The credentials of the user of a request, to be changed.
fn credentials<'s>(state: &'s mut Descope, request: &Request) -> Result<&'s mut Credentials, ServiceError> {
    let user_id = user_of(state, request)?;
    Ok(&mut state.users.known_mut(&user_id)?.credentials)
}

fn set_active_password(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let password = state.new_password(request.text("password"))?;
    credentials(state, request)?.password = Some(password);
    Ok(done())
}

/// A password that the user has to replace at the next sign-in. Without one, the service makes one.
fn set_temporary_password(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let given = request.text("password");
    let made = format!("Aa1!{}", random::token());
    let text = if given.is_empty() { made.as_str() } else { given };
    let mut password = state.new_password(text)?;
    password.has_expired = true;
    credentials(state, request)?.password = Some(password);
    let cleartext = if given.is_empty() { text } else { "" };
    Ok(Response::json(&json!({ "cleartext": cleartext })))
}

fn expire_password(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    if let Some(password) = &mut credentials(state, request)?.password {
        password.has_expired = true;
    }
    Ok(done())
}

fn list_passkeys(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let passkeys = &credentials(state, request)?.passkeys;
    let listed: Vec<Value> = passkeys
        .iter()
        .map(|known| json!({"id": known.passkey.id, "rpId": known.domain, "createdTime": known.created}))
        .collect();
    Ok(Response::json(&json!({ "passkeys": listed })))
}

fn delete_passkey(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let id = request.text("credentialId");
    credentials(state, request)?.passkeys.retain(|known| known.passkey.id != id);
    Ok(done())
}

fn delete_passkeys(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    credentials(state, request)?.passkeys.clear();
    Ok(done())
}

fn delete_totp(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    credentials(state, request)?.totp = None;
    Ok(done())
}

fn delete_recovery_codes(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    credentials(state, request)?.recovery_codes.clear();
    Ok(done())
}

/// The fake trusts no device.
fn list_trusted_devices(_state: &mut Descope, _request: &Request) -> Result<Response, ServiceError> {
    Ok(Response::json(&json!({ "devices": [] })))
}

fn remove_trusted_devices(_state: &mut Descope, _request: &Request) -> Result<Response, ServiceError> {
    Ok(done())
}
