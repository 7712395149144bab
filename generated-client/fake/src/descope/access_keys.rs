//! Sessions of programs, which have access keys.

use super::caller::access_key;
use super::errors::{ServiceError, error, invalid};
use super::model::access_keys::AccessKey;
use super::model::sessions::Session;
use super::state::Descope;
use crate::hex;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[("access_keys_exchange", exchange)];

fn exchange(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let now = state.now();
    let (id, key) = good_key(state, access_key(request), now)?;
    let tenant = request.text_at("/loginOptions/selectedTenant").filter(|tenant| !tenant.is_empty());
    if tenant.is_some_and(|tenant| !key.grants.tenants.contains_key(tenant)) {
        return Err(invalid("The access key doesn't belong to the tenant"));
    }
    let client_claims = request.at("/loginOptions/customClaims").and_then(Value::as_object);
    let session = Session {
        // The tokens of a key that is bound to a user name the user.
        subject: key.user_id.clone().unwrap_or_else(|| id.clone()),
        tenant: tenant.map(str::to_owned),
        claims: key.claims.clone(),
        client_claims: client_claims.cloned().unwrap_or_default(),
        grants: Some(key.grants.clone()),
        expires: now + state.settings.session_seconds,
        ..Session::default()
    };
    let session = state.sessions.add(session);
    let (jwt, expires) = state.session_jwt(&session)?;
    Ok(Response::json(&json!({"keyId": id, "sessionJwt": jwt, "expiration": expires})))
}

fn good_key(state: &Descope, cleartext: &str, now: u64) -> Result<(String, AccessKey), ServiceError> {
    let refused = |why: &str| error(401, "E062803", why);
    let hash = hash(cleartext);
    let found = state.access_keys.iter().find(|(_, key)| key.hash == hash);
    let (id, key) = found.ok_or_else(|| refused("The access key is unknown"))?;
    if !key.is_active {
        return Err(refused("The access key is deactivated"));
    }
    if key.expires != 0 && key.expires <= now {
        return Err(refused("The access key has expired"));
    }
    Ok((id.clone(), key.clone()))
}

/// The hash that an access key is found by. Keys are random, so nobody can try all of them.
pub(super) fn hash(cleartext: &str) -> String {
    hex::text(&Sha256::digest(cleartext.as_bytes()))
}
