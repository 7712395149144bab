//! Authenticator apps.

use super::access::user_of_login;
use super::errors::{ServiceError, error};
use super::model::channels::profile;
use super::model::credentials::AuthenticatorKey;
use super::model::options::SignInOptions;
use super::signed_in::Gives;
use super::state::Descope;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use crate::totp;
use serde_json::json;

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] =
    &[("totp_sign_up", sign_up), ("totp_verify", verify), ("totp_update", update)];

/// How long wrong codes count.
const WINDOW: u64 = 90;

fn sign_up(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    state.open_for_sign_up()?;
    let user_id = state.sign_up(request.text("loginId"), profile(request.body.get("user")))?;
    new_key(state, &user_id, request.text("loginId"))
}

fn update(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let user_id = user_of_login(state, request)?;
    new_key(state, &user_id, request.text("loginId"))
}

fn new_key(state: &mut Descope, user_id: &str, login_id: &str) -> Result<Response, ServiceError> {
    let secret = totp::new_secret();
    let image = totp::image(&secret, ISSUER, login_id);
    let response = Response::json(&json!({
        "provisioningURL": totp::url(&secret, ISSUER, login_id),
        "image": image.split_once(',').map_or(image.as_str(), |(_, picture)| picture),
        "key": secret,
    }));
    state.users.known_mut(user_id)?.credentials.totp = Some(AuthenticatorKey::new(secret));
    Ok(response)
}

const ISSUER: &str = "Fake Descope";

fn verify(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let options = SignInOptions::of(request)?;
    let (now, attempts) = (state.now(), state.settings.code_attempts);
    let user_id = state.users.known(request.text("loginId"))?.id.clone();
    let wrong = || error(401, "E061102", "The code is wrong");
    let key = state.users.known_mut(&user_id)?.credentials.totp.as_mut().ok_or_else(wrong)?;
    let (failures, failed_at) = key.failures;
    let recent = if now < failed_at + WINDOW { failures } else { 0 };
    if recent >= attempts {
        return Err(error(401, "E061103", "There were too many wrong codes"));
    }
    let code = request.text("code");
    let Some(step) = totp::step(&key.secret, code, now) else {
        key.failures = (recent + 1, now);
        return Err(wrong());
    };
    if key.last.is_some_and(|last| step <= last) {
        return Err(error(401, "E061102", "The code has been used"));
    }
    key.last = Some(step);
    key.failures = (0, 0);
    let session = state.sign_in(&user_id, &["totp"], &options)?;
    state.session_response(&session, Gives::SignIn { is_first: false })
}
