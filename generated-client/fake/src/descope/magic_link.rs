//! Magic links.

use super::errors::{ServiceError, error};
use super::links::wanted_page;
use super::messages::{Message, sign_in, sign_up, sign_up_or_in, update};
use super::model::links::LinkUse;
use super::recipients::Recipient;
use super::signed_in::Gives;
use super::state::Descope;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::Value;

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[
    ("magic_link_sign_up_email", sign_up::<MagicLink>),
    ("magic_link_sign_up_sms", sign_up::<MagicLink>),
    ("magic_link_sign_up_voice", sign_up::<MagicLink>),
    ("magic_link_sign_up_whatsapp", sign_up::<MagicLink>),
    ("magic_link_sign_in_email", sign_in::<MagicLink>),
    ("magic_link_sign_in_sms", sign_in::<MagicLink>),
    ("magic_link_sign_in_voice", sign_in::<MagicLink>),
    ("magic_link_sign_in_whatsapp", sign_in::<MagicLink>),
    ("magic_link_sign_up_or_in_email", sign_up_or_in::<MagicLink>),
    ("magic_link_sign_up_or_in_sms", sign_up_or_in::<MagicLink>),
    ("magic_link_sign_up_or_in_voice", sign_up_or_in::<MagicLink>),
    ("magic_link_sign_up_or_in_whatsapp", sign_up_or_in::<MagicLink>),
    ("magic_link_update_email", update::<MagicLink>),
    ("magic_link_update_phone_sms", update::<MagicLink>),
    ("magic_link_update_phone_im", update::<MagicLink>),
    ("magic_link_update_phone_whatsapp", update::<MagicLink>),
    ("magic_link_verify", verify),
];

/// A message with one link.
enum MagicLink {}

impl Message for MagicLink {
    fn send(
        state: &mut Descope,
        request: &Request,
        recipient: Recipient,
        purpose: &str,
    ) -> Result<Response, ServiceError> {
        let page = state.page(wanted_page(request))?;
        let url = state.make_link(&recipient, &page, LinkUse::Magic);
        let message = recipient.channel.message(&recipient.address, purpose).link(url);
        state.tools.outbox.send(message);
        Ok(Response::json(&Value::Object(recipient.channel.masked(&recipient.address))))
    }
}

fn verify(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let token = request.text("token");
    let link = state.links.get(token, state.now())?.clone();
    if link.use_of != LinkUse::Magic {
        return Err(error(401, "E063010", "There is no such magic link"));
    }
    let (session, is_first) = state.open_link(token, link)?;
    state.session_response(&session, Gives::SignIn { is_first })
}
