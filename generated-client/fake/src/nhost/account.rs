//! The account of a user.

use super::tickets::{CONFIRM_CHANGE, PASSWORDLESS, RESET_PASSWORD, VERIFY_EMAIL};
use super::{Nhost, ServiceError};
use crate::passwords;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Nhost>)] = &[
    ("user_get", get),
    ("user_change_email", change_email),
    ("user_send_verification_email", send_verification),
    ("user_change_password", change_password),
    ("user_send_password_reset_email", send_password_reset),
    ("user_deanonymize_email", deanonymize_by_email),
    ("user_deanonymize_sms", deanonymize_by_sms),
    ("user_change_phone_number", change_phone),
    ("user_change_phone_number_verify", change_phone_verify),
];

fn get(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let id = state.known_caller(request)?;
    Ok(Response::json(&state.user(&id)?.json(true)))
}

fn change_email(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let id = state.known_caller(request)?;
    let redirect_to = state.redirect_to(request.text_at("/options/redirectTo"))?;
    let email = request.text("newEmail").to_lowercase();
    if state.users.by_email(&email).is_some() {
        return Err(ServiceError::Code("email-already-in-use"));
    }
    state.user_mut(&id)?.new_contact = Some(email.clone());
    state.send_link(&id, &email, &CONFIRM_CHANGE, &redirect_to, request.text_at("/codeChallenge"))?;
    Ok(Nhost::ok())
}

fn send_verification(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let redirect_to = state.redirect_to(request.text_at("/options/redirectTo"))?;
    let email = request.text("email").to_lowercase();
    let user = state.users.by_email(&email).ok_or(ServiceError::Code("invalid-email-password"))?;
    let (id, is_verified) = (user.id.clone(), user.email_verified);
    state.admit_blocked(&id)?;
    if is_verified {
        return Err(ServiceError::Code("email-already-verified"));
    }
    state.send_link(&id, &email, &VERIFY_EMAIL, &redirect_to, request.text_at("/codeChallenge"))?;
    Ok(Nhost::ok())
}

/// Changes the password of the caller, or of the user whose ticket it is.
fn change_password(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let password = request.text("newPassword");
    state.admit_password(password)?;
    let id = match request.text_at("/ticket") {
        _ if !request.claims.is_empty() => state.known_caller(request)?,
        Some(ticket) => state.spend_ticket(ticket)?.user,
        None => return Err(ServiceError::Code("invalid-request")),
    };
    state.admit_blocked(&id)?;
    state.user_mut(&id)?.password = Some(passwords::hash(password));
    Ok(Nhost::ok())
}

/// Sends a link that resets a password. The response doesn't show whether there is such a user.
fn send_password_reset(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let redirect_to = state.redirect_to(request.text_at("/options/redirectTo"))?;
    let email = request.text("email").to_lowercase();
    let user = state.users.by_email(&email).filter(|user| !user.disabled);
    if let Some(id) = user.map(|user| user.id.clone()) {
        state.send_link(&id, &email, &RESET_PASSWORD, &redirect_to, request.text_at("/codeChallenge"))?;
    }
    Ok(Nhost::ok())
}

/// The ID of the caller, who has to be anonymous.
fn anonymous_caller(state: &Nhost, request: &Request) -> Result<String, ServiceError> {
    let user = state.caller(request)?;
    if user.is_anonymous { Ok(user.id.clone()) } else { Err(ServiceError::Code("user-not-anonymous")) }
}

fn deanonymize_by_email(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let id = anonymous_caller(state, request)?;
    let by_password = request.text("signInMethod") == "email-password";
    let email = request.text("email");
    state.admit_email(email)?;
    let password = match request.text_at("/password") {
        Some(password) if by_password => Some(password),
        None if by_password => return Err(ServiceError::Code("invalid-request")),
        _ => None,
    };
    password.map_or(Ok(()), |password| state.admit_password(password))?;
    state.admit_endpoint(by_password || state.settings.passwordless_email)?;
    let redirect_to = take_options(state, request, &id, email)?;
    state.users.set_email(&id, email);
    let (to, challenge) = (email.to_lowercase(), request.text_at("/codeChallenge"));
    match password {
        Some(password) => {
            state.user_mut(&id)?.password = Some(passwords::hash(password));
            if state.settings.verify_email {
                state.send_link(&id, &to, &VERIFY_EMAIL, &redirect_to, challenge)?;
            }
        }
        None => {
            state.tokens.retain(|_, stored| stored.user != id);
            state.send_link(&id, &to, &PASSWORDLESS, &redirect_to, challenge)?;
        }
    }
    Ok(Nhost::ok())
}

/// Makes a full user of an anonymous one, as the options say, and gives where the browser goes.
fn take_options(
    state: &mut Nhost,
    request: &Request,
    id: &str,
    contact: &str,
) -> Result<String, ServiceError> {
    let options = state.sign_up_options(request.at("/options"))?;
    if state.users.by_email(contact).or_else(|| state.users.by_phone(contact)).is_some() {
        return Err(ServiceError::Code("email-already-in-use"));
    }
    let user = state.user_mut(id)?;
    user.is_anonymous = false;
    user.roles = options.roles;
    user.default_role = options.default_role;
    user.display_name = options.display_name.unwrap_or_else(|| user.display_name.clone());
    if !options.metadata.is_null() {
        user.metadata = options.metadata;
    }
    Ok(options.redirect_to)
}

fn deanonymize_by_sms(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let id = anonymous_caller(state, request)?;
    state.admit_endpoint(state.settings.passwordless_sms)?;
    let phone = request.text("phoneNumber");
    take_options(state, request, &id, phone)?;
    state.users.set_phone(&id, phone);
    state.tokens.retain(|_, stored| stored.user != id);
    state.send_code(&id, "sms", phone, "signin-passwordless-sms")?;
    Ok(Nhost::ok())
}

fn change_phone(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    state.admit_endpoint(state.settings.passwordless_sms)?;
    let id = full_caller(state, request)?;
    let phone = request.text("newPhoneNumber").to_owned();
    if state.users.by_phone(&phone).is_some() {
        return Err(ServiceError::Code("user-already-exists"));
    }
    state.send_code(&id, "sms", &phone, "phone-number-change")?;
    state.user_mut(&id)?.new_contact = Some(phone);
    Ok(Nhost::ok())
}

/// The ID of the caller, who may lack an email address but isn't anonymous.
fn full_caller(state: &Nhost, request: &Request) -> Result<String, ServiceError> {
    let user = state.caller(request)?;
    if user.is_anonymous { Err(ServiceError::Code("forbidden-anonymous")) } else { Ok(user.id.clone()) }
}

fn change_phone_verify(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    state.admit_endpoint(state.settings.passwordless_sms)?;
    let id = full_caller(state, request)?;
    let phone = request.text("newPhoneNumber");
    if state.user(&id)?.new_contact.as_deref() != Some(phone) {
        return Err(ServiceError::Code("invalid-otp"));
    }
    state.try_code(&id, request.text("otp")).map_err(|fault| fault.refusal("invalid-otp"))?;
    // Somebody else may have taken it since.
    if state.users.by_phone(phone).is_some() {
        return Err(ServiceError::Code("user-already-exists"));
    }
    state.users.set_phone(&id, phone);
    let user = state.user_mut(&id)?;
    user.new_contact = None;
    user.phone_verified = true;
    Ok(Nhost::ok())
}
