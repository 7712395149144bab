//! Authenticator apps as second factor.

use super::{Nhost, ServiceError};
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use crate::totp;
use serde_json::json;

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Nhost>)] =
    &[("mfa_generate_totp", generate), ("mfa_update", update), ("signin_mfa_totp", sign_in)];

/// The name of the server in authenticator apps.
const ISSUER: &str = "fake";

/// Makes a new secret, which takes the place of the one before at once.
fn generate(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    state.admit_endpoint(state.settings.mfa)?;
    let id = state.known_caller(request)?;
    let secret = totp::new_secret();
    let user = state.user_mut(&id)?;
    user.totp_secret = Some(secret.clone());
    let image = totp::image(&secret, ISSUER, user.email().unwrap_or_default());
    Ok(Response::json(&json!({"imageUrl": image, "totpSecret": secret})))
}

fn update(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    state.admit_endpoint(state.settings.mfa)?;
    let id = state.known_caller(request)?;
    let switch_on = request.text("activeMfaType") == "totp";
    let user = state.user(&id)?;
    match (switch_on, user.totp_active) {
        (true, true) => return Err(ServiceError::Code("totp-already-active")),
        (false, false) => return Err(ServiceError::Code("disabled-mfa-totp")),
        _ => {}
    }
    state.try_totp(&id, request.text("code"))?;
    state.user_mut(&id)?.totp_active = switch_on;
    Ok(Nhost::ok())
}

fn sign_in(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    state.admit_endpoint(state.settings.mfa)?;
    let ticket = state.spend_ticket(request.text("ticket"))?;
    let user = state.user(&ticket.user)?;
    state.admit_user(user)?;
    if !user.totp_active {
        return Err(ServiceError::Code("disabled-mfa-totp"));
    }
    state.try_totp(&ticket.user, request.text("otp"))?;
    state.signed_in(&ticket.user)
}

impl Nhost {
    /// Refuses a code that the authenticator app of the user doesn't show.
    pub(super) fn try_totp(&self, user: &str, code: &str) -> Result<(), ServiceError> {
        let secret = self.user(user)?.totp_secret.as_deref().ok_or(ServiceError::Code("no-totp-secret"))?;
        totp::step(secret, code, self.now()).map(|_| ()).ok_or(ServiceError::Code("invalid-totp"))
    }
}
