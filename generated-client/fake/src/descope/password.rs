//! Passwords.

use super::access::user_of_login;
use super::errors::{ServiceError, error, invalid};
use super::links::wanted_page;
use super::model::channels::{Channel, profile};
use super::model::credentials::Password;
use super::model::identity::Identity;
use super::model::links::LinkUse;
use super::model::options::SignInOptions;
use super::recipients::Recipient;
use super::signed_in::Gives;
use super::state::Descope;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::json;

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[
    ("password_sign_up", sign_up),
    ("password_sign_in", sign_in),
    ("password_reset", reset),
    ("password_replace", replace),
    ("password_update", update),
    ("password_policy", policy),
];

fn sign_up(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let options = SignInOptions::of(request)?;
    state.open_for_sign_up()?;
    let password = state.new_password(request.text("password"))?;
    state.may_sign_in(None, &options)?;
    let user_id = state.sign_up(request.text("loginId"), profile(request.body.get("user")))?;
    state.users.known_mut(&user_id)?.credentials.password = Some(password);
    let session = state.sign_in(&user_id, &["pwd"], &options)?;
    state.session_response(&session, Gives::SignIn { is_first: true })
}

fn sign_in(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let options = SignInOptions::of(request)?;
    let user_id = checked(state, request, "password", false)?;
    let session = state.sign_in(&user_id, &["pwd"], &options)?;
    state.session_response(&session, Gives::SignIn { is_first: false })
}

/// The ID of the user whose password a request holds.
fn checked(
    state: &Descope,
    request: &Request,
    member: &str,
    may_have_expired: bool,
) -> Result<String, ServiceError> {
    let user = state.users.known(request.text("loginId"))?;
    let password = user.credentials.password.as_ref();
    match password.filter(|password| password.is(request.text(member))) {
        None => Err(error(401, "E062903", "The password is wrong")),
        Some(password) if password.has_expired && !may_have_expired => {
            Err(error(401, "E062909", "The password has expired and has to be replaced"))
        }
        Some(_) => Ok(user.id.clone()),
    }
}

/// Sends a message to an address that the user has confirmed.
fn reset(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let login_id = request.text("loginId").to_owned();
    let user = state.users.known(&login_id)?;
    let (channel, recovers) = (Channel::Email, request.flag("useRecovery"));
    let address = channel.address_of(user, &login_id, recovers)?;
    let (_, confirmed) = if recovers { channel.recovery_members() } else { channel.members() };
    if user.profile.get(confirmed) != Some(&json!(true)) {
        return Err(invalid("The user hasn't confirmed the address"));
    }
    let identity = Identity::Known(user.id.clone());
    let options = SignInOptions::default();
    let recipient = Recipient { login_id, channel, address, identity, options };
    let page = state.page(wanted_page(request))?;
    let url = state.make_link(&recipient, &page, LinkUse::Magic);
    state.tools.outbox.send(channel.message(&recipient.address, "password-reset").link(url));
    let mut sent = channel.masked(&recipient.address);
    sent.insert("resetMethod".to_owned(), json!("magiclink"));
    Ok(Response::json(&sent.into()))
}

fn replace(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let user_id = checked(state, request, "oldPassword", true)?;
    let password = state.new_password(request.text("newPassword"))?;
    let options =
        SignInOptions { revokes_others: request.flag("revokeOtherSessions"), ..SignInOptions::default() };
    state.may_sign_in(Some(&user_id), &options)?;
    state.users.known_mut(&user_id)?.credentials.password = Some(password);
    let session = state.sign_in(&user_id, &["pwd"], &options)?;
    state.session_response(&session, Gives::SignIn { is_first: false })
}

fn update(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let user_id = user_of_login(state, request)?;
    let password = state.new_password(request.text("newPassword"))?;
    state.users.known_mut(&user_id)?.credentials.password = Some(password);
    Ok(Response::json(&json!({})))
}

fn policy(state: &mut Descope, _request: &Request) -> Result<Response, ServiceError> {
    Ok(Response::json(&state.settings.password_policy.json()))
}

impl Descope {
    /// A password that the policy accepts.
    pub(super) fn new_password(&self, text: &str) -> Result<Password, ServiceError> {
        match self.settings.password_policy.lacks(text) {
            Some(lack) => Err(error(400, "E011003", lack)),
            None => Ok(Password::new(text)),
        }
    }
}
