//! Enchanted links: three links in one message, of which one is right.

use super::errors::{ServiceError, error, invalid};
use super::links::wanted_page;
use super::messages::{Message, sign_in, sign_up, sign_up_or_in, update};
use super::model::links::{LinkUse, Waiting};
use super::pkce;
use super::recipients::Recipient;
use super::signed_in::Gives;
use super::state::Descope;
use crate::random;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::{Value, json};

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[
    ("enchanted_link_sign_up_email", sign_up::<EnchantedLink>),
    ("enchanted_link_sign_up_sms", sign_up::<EnchantedLink>),
    ("enchanted_link_sign_in_email", sign_in::<EnchantedLink>),
    ("enchanted_link_sign_in_sms", sign_in::<EnchantedLink>),
    ("enchanted_link_sign_up_or_in_email", sign_up_or_in::<EnchantedLink>),
    ("enchanted_link_sign_up_or_in_sms", sign_up_or_in::<EnchantedLink>),
    ("enchanted_link_update_email", update::<EnchantedLink>),
    ("enchanted_link_update_phone_sms", update::<EnchantedLink>),
    ("enchanted_link_verify", verify),
    ("enchanted_link_pending_session", pending_session),
];

/// A message with three links.
enum EnchantedLink {}

impl Message for EnchantedLink {
    fn send(
        state: &mut Descope,
        request: &Request,
        recipient: Recipient,
        purpose: &str,
    ) -> Result<Response, ServiceError> {
        let page = state.page(wanted_page(request))?;
        let made = make(state, &recipient, &page);
        let message = recipient.channel.message(&recipient.address, purpose);
        state.tools.outbox.send(message.link(made.right).numbered(made.number.clone(), made.links));
        let mut sent = recipient.channel.masked(&recipient.address);
        sent.insert("linkId".to_owned(), json!(made.number));
        sent.insert("pendingRef".to_owned(), json!(made.pending));
        Ok(Response::json(&Value::Object(sent)))
    }
}

/// Three links, and the device that waits for one of them.
pub(super) struct Enchanted {
    /// The number of the right link, which the device shows.
    pub(super) number: String,
    pub(super) pending: String,
    /// The URL of the right link.
    pub(super) right: String,
    /// The number and the URL of each link.
    pub(super) links: Vec<(String, String)>,
}

/// Makes three links to a page.
pub(super) fn make(state: &mut Descope, recipient: &Recipient, page: &str) -> Enchanted {
    let pending = random::token();
    let first: u32 = random::code().parse().unwrap_or_default();
    let numbers = [first, first + 31, first + 62].map(|number| (10 + number % 90).to_string());
    let position = usize::try_from(first % 3).unwrap_or_default();
    let mut links = Vec::new();
    for (place, number) in numbers.into_iter().enumerate() {
        let use_of = LinkUse::Enchanted { pending: pending.clone(), is_right: place == position };
        links.push((number, state.make_link(recipient, page, use_of)));
    }
    let expires = state.now() + state.settings.link_seconds;
    state.links.wait(pending.clone(), Waiting { expires, signed_in: None });
    let (number, right) = links.get(position).cloned().unwrap_or_default();
    Enchanted { number, pending, right, links }
}

fn verify(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let token = request.text("token");
    let link = state.links.get(token, state.now())?.clone();
    let LinkUse::Enchanted { pending, is_right } = link.use_of.clone() else {
        return Err(error(401, "E063010", "There is no such enchanted link"));
    };
    if let Some(challenge) = &link.options.challenge
        && !pkce::fits(request.text("pkceVerifier"), challenge)
    {
        return Err(invalid("The verifier doesn't fit the challenge"));
    }
    if !is_right {
        return Err(error(401, "E063010", "This isn't the link with the number that the device shows"));
    }
    let (session, is_first) = state.open_link(token, link)?;
    state.links.answer(&pending, session, is_first);
    Ok(Response::json(&json!({})))
}

fn pending_session(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let now = state.now();
    let (session, is_first) = state.links.take(request.text("pendingRef"), now)?;
    state.session_response(&session, Gives::SignIn { is_first })
}
