//! Messages that users send.

use super::access::user_of_login;
use super::caller::session_id;
use super::errors::{ServiceError, error, invalid, no_user, user_exists};
use super::model::channels::{Channel, profile};
use super::model::identity::{Change, Identity};
use super::model::options::SignInOptions;
use super::model::pending::Prepared;
use super::signed_in::Gives;
use super::state::Descope;
use crate::html;
use crate::random;
use crate::request::{RawRequest, Request};
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::{Map, Value, json};

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[
    ("notp_sign_up", sign_up),
    ("notp_sign_in", sign_in),
    ("notp_sign_up_or_in", sign_up_or_in),
    ("notp_update", update),
    ("notp_pending_session", pending_session),
];

/// The path of the page from which the fake's users send their messages. The reference follows it.
pub(super) const PAGE: &str = "/notp/";

fn sign_up(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    state.open_for_sign_up()?;
    let login_id = request.text("loginId");
    if state.users.is_taken(login_id) {
        return Err(user_exists());
    }
    let identity = (!login_id.is_empty())
        .then(|| Identity::New { login_id: login_id.to_owned(), profile: profile(request.body.get("user")) });
    // A new user who names no number may send the message from any.
    let expected = Channel::Whatsapp.address_in(request, login_id).ok();
    let options = SignInOptions::of(request)?;
    Ok(prepare(state, identity, expected, true, options))
}

fn sign_in(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let (identity, expected) = match request.text("loginId") {
        "" => (None, None),
        login_id => {
            let user = state.users.known(login_id)?;
            let number = Channel::Whatsapp.address_of(user, login_id, false)?;
            (Some(Identity::Known(user.id.clone())), Some(number))
        }
    };
    let options = SignInOptions::of(request)?;
    Ok(prepare(state, identity, expected, false, options))
}

fn sign_up_or_in(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    match state.users.by_login(request.text("loginId")) {
        Some(_) => sign_in(state, request),
        None => sign_up(state, request),
    }
}

fn update(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let change = Change {
        user_id: user_of_login(state, request)?,
        channel: Channel::Whatsapp,
        address: request.text("phone").to_owned(),
        becomes_login: request.flag("addToLoginIDs"),
        merges_into_other: request.flag("onMergeUseExisting"),
        fails_on_conflict: request.flag("failOnConflict"),
    };
    let options =
        SignInOptions { earlier: session_id(request).map(str::to_owned), ..SignInOptions::default() };
    let expected = Some(change.address.clone()).filter(|number| !number.is_empty());
    Ok(prepare(state, Some(Identity::Changed(change)), expected, false, options))
}

fn prepare(
    state: &mut Descope,
    identity: Option<Identity>,
    expected: Option<String>,
    may_sign_up: bool,
    options: SignInOptions,
) -> Response {
    let pending = random::token();
    let expires = state.now() + state.settings.link_seconds;
    let prepared = Prepared { identity, expected, may_sign_up, options, expires, signed_in: None };
    state.notps.insert(pending.clone(), prepared);
    let url = format!("{}{PAGE}{pending}", state.tools.url);
    Response::json(&json!({"pendingRef": pending, "redirectUrl": url, "image": ""}))
}

fn pending_session(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let pending = request.text("pendingRef");
    let prepared = state.notps.get(pending).ok_or_else(|| invalid("Nothing waits under this reference"))?;
    let Some((session, is_first)) = prepared.signed_in.clone() else {
        if prepared.expires <= state.now() {
            return Err(invalid("The prepared message has expired"));
        }
        return Err(error(401, "E066103", "The user hasn't sent the message yet"));
    };
    state.notps.remove(pending);
    state.session_response(&session, Gives::SignIn { is_first })
}

/// A new user, whose number is the one that the message comes from.
fn new_with_number(login_id: String, mut profile: Map<String, Value>, phone: &str) -> Identity {
    profile.insert("phone".to_owned(), json!(phone));
    Identity::New { login_id, profile }
}

impl Descope {
    /// Takes the prepared message from a phone number, which signs its owner in.
    pub(super) fn receive_notp(&mut self, pending: &str, phone: &str) -> Result<(), ServiceError> {
        let now = self.now();
        let is_open = |prepared: &&Prepared| prepared.expires > now && prepared.signed_in.is_none();
        let prepared = self.notps.get(pending).filter(is_open).cloned();
        let prepared =
            prepared.ok_or_else(|| invalid("The prepared message is unknown, was sent, or has expired"))?;
        if prepared.expected.is_some_and(|expected| expected != phone) {
            return Err(invalid("The message comes from another number"));
        }
        let identity = match prepared.identity {
            Some(Identity::Changed(change)) => {
                Identity::Changed(Change { address: phone.to_owned(), ..change })
            }
            Some(Identity::New { login_id, profile }) => new_with_number(login_id, profile, phone),
            Some(known) => known,
            None => self.owner_of(phone, prepared.may_sign_up)?,
        };
        let (user_id, is_first) = self.confirm(identity, Channel::Whatsapp, phone, &prepared.options)?;
        let session = self.sign_in(&user_id, &["whatsapp"], &prepared.options)?;
        if let Some(prepared) = self.notps.get_mut(pending) {
            prepared.signed_in = Some((session, is_first));
        }
        Ok(())
    }

    /// The user whose login ID is the number that a message comes from, unless the profile has another number.
    fn owner_of(&self, phone: &str, may_sign_up: bool) -> Result<Identity, ServiceError> {
        match self.users.by_login(phone) {
            Some(user) if user.text("phone").is_none_or(|number| number == phone) => {
                Ok(Identity::Known(user.id.clone()))
            }
            Some(_) => Err(invalid("The message comes from another number")),
            None if may_sign_up => Ok(new_with_number(phone.to_owned(), Map::new(), phone)),
            None => Err(no_user()),
        }
    }

    /// The page from which the message of a reference is sent, and what follows when it is.
    pub(super) fn notp_page(&mut self, pending: &str, request: &RawRequest) -> Response {
        let form = request.form();
        let phone = form.iter().find(|(name, _)| name == "phone").map(|(_, phone)| phone.as_str());
        let content = match phone {
            None => "<form method=\"post\"><label>Your phone number <input name=\"phone\" type=\"tel\" \
                     autocomplete=\"tel\" required></label> <button>Send the message</button></form>"
                .to_owned(),
            Some(phone) => match self.receive_notp(pending, phone) {
                Ok(()) => "<p>The message was sent. Go back to the application.</p>".to_owned(),
                Err(refused) => return refused.response(),
            },
        };
        Response::html(html::page("Send the prepared message", &content))
    }
}
