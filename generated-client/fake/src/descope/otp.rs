//! One-time codes.

use super::errors::{ServiceError, no_user};
use super::messages::{Message, sign_in, sign_up, sign_up_or_in, update};
use super::model::channels::Channel;
use super::model::codes::Code;
use super::recipients::Recipient;
use super::signed_in::Gives;
use super::state::Descope;
use crate::random;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::{Value, json};

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[
    ("otp_sign_up_email", sign_up::<OneTimeCode>),
    ("otp_sign_up_sms", sign_up::<OneTimeCode>),
    ("otp_sign_up_voice", sign_up::<OneTimeCode>),
    ("otp_sign_up_im", sign_up::<OneTimeCode>),
    ("otp_sign_up_whatsapp", sign_up::<OneTimeCode>),
    ("otp_sign_in_email", sign_in::<OneTimeCode>),
    ("otp_sign_in_sms", sign_in::<OneTimeCode>),
    ("otp_sign_in_voice", sign_in::<OneTimeCode>),
    ("otp_sign_in_im", sign_in::<OneTimeCode>),
    ("otp_sign_in_whatsapp", sign_in::<OneTimeCode>),
    ("otp_sign_up_or_in_email", sign_up_or_in::<OneTimeCode>),
    ("otp_sign_up_or_in_sms", sign_up_or_in::<OneTimeCode>),
    ("otp_sign_up_or_in_voice", sign_up_or_in::<OneTimeCode>),
    ("otp_sign_up_or_in_im", sign_up_or_in::<OneTimeCode>),
    ("otp_sign_up_or_in_whatsapp", sign_up_or_in::<OneTimeCode>),
    ("otp_verify_email", verify),
    ("otp_verify_sms", verify),
    ("otp_verify_voice", verify),
    ("otp_verify_im", verify),
    ("otp_verify_whatsapp", verify),
    ("otp_update_email", update::<OneTimeCode>),
    ("otp_update_phone_sms", update::<OneTimeCode>),
    ("otp_update_phone_voice", update::<OneTimeCode>),
    ("otp_update_phone_im", update::<OneTimeCode>),
    ("otp_update_phone_whatsapp", update::<OneTimeCode>),
];

/// A message with a code.
enum OneTimeCode {}

impl Message for OneTimeCode {
    fn send(
        state: &mut Descope,
        _request: &Request,
        recipient: Recipient,
        purpose: &str,
    ) -> Result<Response, ServiceError> {
        let (channel, address) = (recipient.channel, recipient.address.clone());
        let code = state.make_code(recipient);
        state.tools.outbox.send(channel.message(&address, purpose).code(code));
        let mut sent = channel.masked(&address);
        sent.insert("verificationAttempts".to_owned(), json!(state.settings.code_attempts));
        Ok(Response::json(&Value::Object(sent)))
    }
}

fn verify(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let channel = Channel::of(request);
    let code = taken(state, request, channel)?;
    let (user_id, is_first) = state.confirm(code.identity, channel, &code.address, &code.options)?;
    let session = state.sign_in(&user_id, &[channel.name()], &code.options)?;
    state.session_response(&session, Gives::SignIn { is_first })
}

/// Takes the code that a request holds. One that a backend made for a test user is good for any channel.
fn taken(state: &mut Descope, request: &Request, channel: Channel) -> Result<Code, ServiceError> {
    let (login_id, text, now) = (request.text("loginId"), request.text("code"), state.now());
    if !state.codes.has(login_id, channel) {
        let taken = state.codes.take(login_id, Channel::Embedded, text, now);
        return taken.map_err(|refused| state.users.by_login(login_id).map_or_else(no_user, |_| refused));
    }
    let taken = state.codes.take(login_id, channel, text, now);
    taken.or_else(|refused| state.codes.take(login_id, Channel::Embedded, text, now).map_err(|_| refused))
}

impl Descope {
    /// Makes a code for a recipient, and gives its text.
    pub(super) fn make_code(&mut self, recipient: Recipient) -> String {
        let text = random::code();
        let code = Code {
            text: text.clone(),
            address: recipient.address,
            identity: recipient.identity,
            options: recipient.options,
            expires: self.now() + self.settings.code_seconds,
            attempts: self.settings.code_attempts,
        };
        self.codes.add(recipient.login_id, recipient.channel, code);
        text
    }
}
