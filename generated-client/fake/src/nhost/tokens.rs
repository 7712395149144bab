//! Refreshing, checking and ending sessions, and personal access tokens.

use super::session::StoredToken;
use super::{Nhost, ServiceError};
use crate::random;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use jiff::Timestamp;
use serde_json::json;

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Nhost>)] = &[
    ("token_refresh", refresh),
    ("token_verify", verify),
    ("token_sign_out", sign_out),
    ("pat_create", create_personal),
    ("signin_pat", sign_in_with_personal),
];

/// Refreshes a session. The token is replaced at once: of two requests with the same token, one fails.
fn refresh(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let (token, now) = (request.text("refreshToken"), state.now());
    let is_good = |stored: &&StoredToken| !stored.is_personal && stored.expires > now;
    let stored = state.tokens.get(token).filter(is_good).cloned();
    let mut stored = stored.ok_or(ServiceError::Code("invalid-refresh-token"))?;
    let user = state.users.get(&stored.user).ok_or(ServiceError::Code("invalid-refresh-token"))?;
    state.admit_user(user)?;
    stored.expires = now + state.settings.refresh_token_seconds;
    let new = random::uuid();
    state.tokens.remove(token);
    state.tokens.insert(new.clone(), stored);
    Ok(Response::json(&state.session(&new, false)?))
}

fn verify(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let is_good = match request.text_at("/token") {
        Some(token) => state.tools.keys.verify(token, &state.tools.clock).is_ok(),
        None => !request.claims.is_empty(),
    };
    if is_good { Ok(Nhost::ok()) } else { Err(ServiceError::Code("invalid-request")) }
}

/// Signs out. The response is the same for a token that nobody knows.
fn sign_out(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    if request.flag("all") {
        if request.claims.is_empty() {
            return Err(ServiceError::Code("invalid-request"));
        }
        let id = state.caller(request)?.id.clone();
        state.tokens.retain(|_, stored| stored.user != id || stored.is_personal);
        return Ok(Nhost::ok());
    }
    let token = request.text_at("/refreshToken").filter(|token| !token.is_empty());
    let token = token.ok_or(ServiceError::Code("invalid-request"))?;
    state.tokens.remove(token);
    Ok(Nhost::ok())
}

fn create_personal(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let user = state.known_caller(request)?;
    let expires: Timestamp =
        request.text("expiresAt").parse().map_err(|_| ServiceError::Code("invalid-request"))?;
    let expires = u64::try_from(expires.as_second()).unwrap_or_default();
    let (token, id) = (random::uuid(), random::uuid());
    let stored = StoredToken { id: id.clone(), user, expires, is_personal: true };
    state.tokens.insert(token.clone(), stored);
    Ok(Response::json(&json!({"id": id, "personalAccessToken": token})))
}

fn sign_in_with_personal(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let now = state.now();
    let is_good = |stored: &&StoredToken| stored.is_personal && stored.expires > now;
    let stored = state.tokens.get(request.text("personalAccessToken")).filter(is_good);
    let user = stored.ok_or(ServiceError::Code("invalid-pat"))?.user.clone();
    state.admit_user(state.user(&user)?)?;
    state.signed_in(&user)
}
