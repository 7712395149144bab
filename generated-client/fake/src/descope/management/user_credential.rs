//! The credentials of a user.

use super::lookup::{done, objects, refused, user_of};
use crate::descope::errors::ServiceError;
use crate::descope::model::credentials::{Credentials, UserPasskey};
use crate::descope::state::Descope;
use crate::passkeys::ForeignPasskey;
use crate::random;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[
    ("user_credential_set_active_password", set_active_password),
    ("user_credential_set_temporary_password", set_temporary_password),
    ("user_credential_expire_password", expire_password),
    ("user_credential_list_passkeys", list_passkeys),
    ("user_credential_delete_passkey", delete_passkey),
    ("user_credential_delete_passkeys", delete_passkeys),
    ("user_credential_import_passkeys", import_passkeys),
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

/// Sets a password that the user has to replace at the next sign-in. If the request has none, the service makes one.
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

/// All passkeys are imported, or none. One that the user has already is imported anew.
fn import_passkeys(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let user_id = user_of(state, request)?;
    let devices = objects(&request.body, "devices").into_iter();
    let imported = devices.map(|device| imported(state, device)).collect::<Result<Vec<_>, _>>()?;
    for known in &imported {
        let owner = state.users.with_passkey(&known.passkey.id);
        if owner.is_some_and(|owner| owner.id != user_id) {
            return Err(refused("The passkey is another user's"));
        }
    }
    let passkeys = &mut state.users.known_mut(&user_id)?.credentials.passkeys;
    passkeys.retain(|old| imported.iter().all(|new| new.passkey.id != old.passkey.id));
    passkeys.extend(imported);
    Ok(done())
}

fn imported(state: &mut Descope, device: &Value) -> Result<UserPasskey, ServiceError> {
    let (passkey, id, backup) = match (device.get("descope"), device.get("auth0")) {
        (Some(passkey), None) => {
            (passkey, "credentialId", [flag(passkey, "backupEligible"), flag(passkey, "backupState")])
        }
        (None, Some(passkey)) => {
            let can_be_copied = passkey.get("credentialDeviceType") == Some(&json!("multi_device"));
            (passkey, "keyId", [can_be_copied, flag(passkey, "credentialBackedUp")])
        }
        _ => return Err(refused("A passkey is either one of Descope or one of Auth0")),
    };
    let text = |member: &str| passkey.get(member).and_then(Value::as_str).unwrap_or_default();
    let [can_be_copied, is_copied] = backup;
    let id = bytes(text(id))?;
    let foreign = ForeignPasskey { id, public_key: bytes(text("publicKey"))?, can_be_copied, is_copied };
    let domain = text("rpId").to_owned();
    let passkey = state.passkeys.import(&domain, &foreign);
    let passkey = passkey.map_err(|_| refused("The passkey can't be used for a sign-in"))?;
    Ok(UserPasskey { domain, created: state.now(), passkey })
}

fn flag(passkey: &Value, member: &str) -> bool {
    passkey.get(member).and_then(Value::as_bool).unwrap_or_default()
}

/// What a text in base64 or base64url stands for.
fn bytes(text: &str) -> Result<Vec<u8>, ServiceError> {
    let text = text.trim_end_matches('=').replace('+', "-").replace('/', "_");
    BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| refused("The passkey isn't in base64"))
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
