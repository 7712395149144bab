//! Email addresses with passwords, links by email, and anonymous users.

use super::tickets::{PASSWORDLESS, VERIFY_EMAIL};
use super::{Nhost, ServiceError};
use crate::passwords;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::json;

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Nhost>)] = &[
    ("signup_email_password", sign_up),
    ("signin_email_password", sign_in),
    ("signin_passwordless_email", sign_in_with_link),
    ("signup_passwordless_email", sign_up_with_link),
    ("signin_anonymous", sign_in_anonymously),
];

fn sign_up(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let (email, password) = (request.text("email"), request.text("password"));
    state.admit_sign_ups()?;
    state.admit_email(email)?;
    state.admit_password(password)?;
    let options = state.sign_up_options(request.at("/options"))?;
    if state.users.by_email(email).is_some() {
        return Err(ServiceError::Code("email-already-in-use"));
    }
    let id = state.add_with_email(&options, email)?;
    state.user_mut(&id)?.password = Some(passwords::hash(password));
    state.finish_sign_up(&id, &options.redirect_to, request.text_at("/codeChallenge"))
}

impl Nhost {
    /// What follows the sign-up of a user with an email address: a session, or a link that verifies the address.
    pub(super) fn finish_sign_up(
        &mut self,
        id: &str,
        redirect_to: &str,
        challenge: Option<&str>,
    ) -> Result<Response, ServiceError> {
        self.admit_blocked(id)?;
        let user = self.user(id)?;
        if self.settings.verify_email && !user.email_verified {
            let email = user.email().unwrap_or_default().to_owned();
            self.send_link(id, &email, &VERIFY_EMAIL, redirect_to, challenge)?;
            return Ok(Response::json(&json!({})));
        }
        self.signed_in(id)
    }
}

fn sign_in(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let wrong = ServiceError::Code("invalid-email-password");
    state.admit_email(request.text("email"))?;
    let user = state.users.by_email(request.text("email")).ok_or_else(|| wrong.clone())?;
    if user.disabled {
        return Err(ServiceError::Code("disabled-user"));
    }
    let hash = user.password.as_deref().ok_or_else(|| wrong.clone())?;
    if !passwords::matches(request.text("password"), hash) {
        return Err(wrong);
    }
    state.admit_user(user)?;
    let (id, has_second_factor) = (user.id.clone(), user.totp_active && state.settings.mfa);
    if has_second_factor {
        let ticket = state.issue_ticket(&id, "mfaTotp", 300, None)?;
        return Ok(Response::json(&json!({"mfa": {"ticket": ticket}})));
    }
    state.signed_in(&id)
}

fn sign_in_with_link(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    state.admit_endpoint(state.settings.passwordless_email)?;
    let email = request.text("email");
    state.admit_email(email)?;
    let options = state.sign_up_options(request.at("/options"))?;
    let id = state.any_user_with_email(&options, email)?;
    send_sign_in_link(state, request, &id, &options.redirect_to)
}

fn sign_up_with_link(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    state.admit_endpoint(state.settings.passwordless_email)?;
    state.admit_sign_ups()?;
    let email = request.text("email");
    state.admit_email(email)?;
    let options = state.sign_up_options(request.at("/options"))?;
    let id = state.new_user_with_email(&options, email)?;
    send_sign_in_link(state, request, &id, &options.redirect_to)
}

fn send_sign_in_link(
    state: &mut Nhost,
    request: &Request,
    id: &str,
    redirect_to: &str,
) -> Result<Response, ServiceError> {
    let (to, challenge) = (request.text("email").to_lowercase(), request.text_at("/codeChallenge"));
    state.send_link(id, &to, &PASSWORDLESS, redirect_to, challenge)?;
    Ok(Nhost::ok())
}

fn sign_in_anonymously(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    state.admit_sign_ups()?;
    state.admit_endpoint(state.settings.anonymous)?;
    let mut options = state.sign_up_options(None)?;
    options.locale = state.locale(request.text_at("/locale"));
    options.display_name = request.text_at("/displayName").map(str::to_owned);
    options.metadata = request.at("/metadata").cloned().unwrap_or_default();
    let mut user = state.new_user(&options, "Anonymous User");
    user.is_anonymous = true;
    user.roles = vec!["anonymous".to_owned()];
    user.default_role = "anonymous".to_owned();
    let id = user.id.clone();
    state.users.add(user);
    state.signed_in(&id)
}
