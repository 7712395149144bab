//! One-time passwords by email and text message.

use super::users::Code;
use super::{Nhost, ServiceError};
use crate::outbox::Message;
use crate::random;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::Value;

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Nhost>)] = &[
    ("signin_otp_email", sign_in_by_email),
    ("signup_otp_email", sign_up_by_email),
    ("signin_otp_email_verify", verify_email),
    ("signin_passwordless_sms", sign_in_by_sms),
    ("signup_passwordless_sms", sign_up_by_sms),
    ("signin_passwordless_sms_verify", verify_sms),
];

/// How long a code is valid, in seconds.
const SECONDS: u64 = 600;

/// How many wrong codes can be tried before a new code is needed.
const ATTEMPTS: u32 = 5;

/// Why a code isn't accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CodeFault {
    /// It is wrong or has expired.
    Wrong,
    /// There were too many wrong ones.
    TooMany,
}

impl CodeFault {
    /// The refusal of an operation that has this code for a wrong one.
    pub(super) fn refusal(self, wrong: &'static str) -> ServiceError {
        match self {
            Self::Wrong => ServiceError::Code(wrong),
            Self::TooMany => ServiceError::Code("otp-too-many-attempts"),
        }
    }
}

impl Nhost {
    /// Sends a new code to a user; any code before is invalid from then on.
    pub(super) fn send_code(
        &mut self,
        user: &str,
        channel: &'static str,
        to: &str,
        purpose: &str,
    ) -> Result<(), ServiceError> {
        if channel == "sms" && self.settings.sms_fails {
            return Err(ServiceError::Code("cannot-send-sms"));
        }
        let (code, expires) = (random::code(), self.now() + SECONDS);
        self.user_mut(user)?.code = Some(Code { code: code.clone(), expires, wrong: 0 });
        self.tools.outbox.send(Message::new(channel, to, purpose).code(code));
        Ok(())
    }

    /// Tries a code, which works once.
    pub(super) fn try_code(&mut self, user: &str, code: &str) -> Result<(), CodeFault> {
        let now = self.now();
        let user = self.users.get_mut(user).ok_or(CodeFault::Wrong)?;
        let sent = user.code.as_mut().filter(|sent| sent.expires > now).ok_or(CodeFault::Wrong)?;
        if sent.wrong >= ATTEMPTS {
            return Err(CodeFault::TooMany);
        }
        if sent.code != code {
            sent.wrong += 1;
            return Err(CodeFault::Wrong);
        }
        user.code = None;
        Ok(())
    }

    /// Adds a user with this phone number, and gives the ID.
    fn add_with_phone(&mut self, options: Option<&Value>, phone: &str) -> Result<String, ServiceError> {
        self.admit_sign_ups()?;
        let options = self.sign_up_options(options)?;
        let mut user = self.new_user(&options, phone);
        user.avatar_url = self.gravatar("");
        let id = user.id.clone();
        self.users.add(user);
        self.users.set_phone(&id, phone);
        Ok(id)
    }
}

fn sign_in_by_email(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    state.admit_endpoint(state.settings.otp_email)?;
    let email = request.text("email");
    state.admit_email(email)?;
    let options = state.sign_up_options(request.at("/options"))?;
    let id = state.any_user_with_email(&options, email)?;
    send_by_email(state, &id, email)
}

fn sign_up_by_email(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    state.admit_endpoint(state.settings.otp_email)?;
    state.admit_sign_ups()?;
    let email = request.text("email");
    state.admit_email(email)?;
    let options = state.sign_up_options(request.at("/options"))?;
    let id = state.new_user_with_email(&options, email)?;
    send_by_email(state, &id, email)
}

fn send_by_email(state: &mut Nhost, id: &str, email: &str) -> Result<Response, ServiceError> {
    state.send_code(id, "email", &email.to_lowercase(), "signin-otp")?;
    Ok(Nhost::ok())
}

fn verify_email(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let wrong = "invalid-ticket";
    let id = state.users.by_email(request.text("email")).map(|user| user.id.clone());
    let id = id.ok_or(ServiceError::Code(wrong))?;
    state.admit_blocked(&id)?;
    state.try_code(&id, request.text("otp")).map_err(|fault| fault.refusal(wrong))?;
    state.user_mut(&id)?.email_verified = true;
    state.signed_in(&id)
}

fn sign_in_by_sms(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    state.admit_endpoint(state.settings.passwordless_sms)?;
    let phone = request.text("phoneNumber");
    state.sign_up_options(request.at("/options"))?;
    let id = match state.users.by_phone(phone) {
        Some(user) if user.disabled => return Err(ServiceError::Code("disabled-user")),
        Some(user) => user.id.clone(),
        None => state.add_with_phone(request.at("/options"), phone)?,
    };
    send_by_sms(state, &id, phone)
}

fn sign_up_by_sms(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    state.admit_endpoint(state.settings.passwordless_sms)?;
    state.admit_sign_ups()?;
    let phone = request.text("phoneNumber");
    state.sign_up_options(request.at("/options"))?;
    if state.users.by_phone(phone).is_some() {
        return Err(ServiceError::Code("user-already-exists"));
    }
    let id = state.add_with_phone(request.at("/options"), phone)?;
    send_by_sms(state, &id, phone)
}

fn send_by_sms(state: &mut Nhost, id: &str, phone: &str) -> Result<Response, ServiceError> {
    state.send_code(id, "sms", phone, "signin-passwordless-sms")?;
    Ok(Nhost::ok())
}

fn verify_sms(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    state.admit_endpoint(state.settings.passwordless_sms)?;
    let wrong = "invalid-request";
    let id = state.users.by_phone(request.text("phoneNumber")).map(|user| user.id.clone());
    let id = id.ok_or(ServiceError::Code(wrong))?;
    state.admit_blocked(&id)?;
    state.try_code(&id, request.text("otp")).map_err(|fault| fault.refusal(wrong))?;
    state.user_mut(&id)?.phone_verified = true;
    state.signed_in(&id)
}
