//! Messages that users send.

use super::access::user_of_login;
use super::caller::session_id;
use super::errors::{ServiceError, error, invalid, no_user};
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
use serde_json::{Map, json};

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[
    ("notp_sign_up", sign_up),
    ("notp_sign_in", sign_in),
    ("notp_sign_up_or_in", sign_up_or_in),
    ("notp_update", update),
    ("notp_pending_session", pending_session),
];

/// Where the page is from which the fake's users send their messages. The reference follows.
pub(super) const PAGE: &str = "/notp/";

fn sign_up(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    state.open_for_sign_up()?;
    let identity = match request.text("loginId") {
        "" => None,
        login_id if state.users.by_login(login_id).is_some() => return Err(super::errors::user_exists()),
        login_id => {
            let mut profile = profile(request.body.get("user"));
            if !request.text("phone").is_empty() {
                profile.insert("phone".to_owned(), json!(request.text("phone")));
            }
            Some(Identity::New { login_id: login_id.to_owned(), profile })
        }
    };
    let options = SignInOptions::of(request)?;
    Ok(prepare(state, identity, true, options))
}

fn sign_in(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let identity = match request.text("loginId") {
        "" => None,
        login_id => Some(Identity::Known(state.users.known(login_id)?.id.clone())),
    };
    let options = SignInOptions::of(request)?;
    Ok(prepare(state, identity, false, options))
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
    };
    let options =
        SignInOptions { earlier: session_id(request).map(str::to_owned), ..SignInOptions::default() };
    Ok(prepare(state, Some(Identity::Changed(change)), false, options))
}

fn prepare(
    state: &mut Descope,
    identity: Option<Identity>,
    may_sign_up: bool,
    options: SignInOptions,
) -> Response {
    let pending = random::token();
    let expires = state.now() + state.settings.link_seconds;
    let prepared = Prepared { identity, may_sign_up, options, expires, signed_in: None };
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

impl Descope {
    /// Takes the prepared message from a phone number, which signs its owner in.
    pub(super) fn receive_notp(&mut self, pending: &str, phone: &str) -> Result<(), ServiceError> {
        let now = self.now();
        let prepared = self.notps.get(pending).filter(|prepared| prepared.expires > now).cloned();
        let prepared = prepared.ok_or_else(|| invalid("The prepared message is unknown, or has expired"))?;
        let identity = match prepared.identity {
            Some(Identity::Changed(change)) if change.address.is_empty() => {
                Identity::Changed(Change { address: phone.to_owned(), ..change })
            }
            Some(identity) => identity,
            None => self.owner_of(phone, prepared.may_sign_up)?,
        };
        if self.phone_of(&identity).is_some_and(|expected| expected != phone) {
            return Err(invalid("The message comes from another number"));
        }
        let (user_id, is_first) = self.confirm(identity, Channel::Whatsapp)?;
        let session = self.sign_in(&user_id, &["whatsapp"], &prepared.options)?;
        if let Some(prepared) = self.notps.get_mut(pending) {
            prepared.signed_in = Some((session, is_first));
        }
        Ok(())
    }

    /// The number that a message has to come from, if it is known.
    fn phone_of(&self, identity: &Identity) -> Option<String> {
        match identity {
            Identity::Known(user_id) => self.users.get(user_id)?.text("phone").map(str::to_owned),
            Identity::New { profile, .. } => profile.get("phone")?.as_str().map(str::to_owned),
            Identity::Changed(change) => Some(change.address.clone()),
        }
    }

    fn owner_of(&self, phone: &str, may_sign_up: bool) -> Result<Identity, ServiceError> {
        match self.users.by_login(phone) {
            Some(user) => Ok(Identity::Known(user.id.clone())),
            None if may_sign_up => {
                let profile = Map::from_iter([("phone".to_owned(), json!(phone))]);
                Ok(Identity::New { login_id: phone.to_owned(), profile })
            }
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
