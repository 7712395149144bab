//! Tickets, the links that carry them, and the codes that redirects carry.

use super::redirects::{can_be_read, with_sorted_query};
use super::{Nhost, ServiceError};
use crate::outbox::Message;
use crate::pkce;
use crate::random;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use crate::urls::with_query;
use serde_json::json;

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Nhost>)] =
    &[("verification_verify", verify), ("token_exchange", exchange)];

/// A ticket of a user. A new one takes the place of the one before.
#[derive(Clone, Debug)]
pub(super) struct Ticket {
    pub(super) user: String,
    expires: u64,
    /// If there is a challenge, the redirect carries a code, which the application exchanges for the session with the
    /// verifier.
    challenge: Option<String>,
}

/// A code that a redirect carries in place of a refresh token.
#[derive(Clone, Debug)]
pub(super) struct RedirectCode {
    user: String,
    expires: u64,
    challenge: String,
}

/// The kind of a link: the beginning of its ticket, its name in the URL, and for how many seconds the ticket is valid.
pub(super) struct Link(&'static str, &'static str, u64);

pub(super) const VERIFY_EMAIL: Link = Link("verifyEmail", "emailVerify", 30 * 24 * 60 * 60);
pub(super) const CONFIRM_CHANGE: Link = Link("emailConfirmChange", "emailConfirmChange", 60 * 60);
pub(super) const PASSWORDLESS: Link = Link("passwordlessEmail", "signinPasswordless", 60 * 60);
pub(super) const RESET_PASSWORD: Link = Link("passwordReset", "passwordReset", 60 * 60);
const LINKS: [Link; 4] = [VERIFY_EMAIL, CONFIRM_CHANGE, PASSWORDLESS, RESET_PASSWORD];

impl Nhost {
    /// Gives a user a ticket, which takes the place of the one before.
    pub(super) fn issue_ticket(
        &mut self,
        user: &str,
        kind: &str,
        seconds: u64,
        challenge: Option<&str>,
    ) -> Result<String, ServiceError> {
        self.user(user)?;
        let name = format!("{kind}:{}", random::uuid());
        self.put_ticket(user, &name, seconds);
        if let Some(ticket) = self.tickets.get_mut(&name) {
            ticket.challenge = challenge.map(str::to_owned);
        }
        Ok(name)
    }

    /// Makes a text the only ticket of a user.
    pub(super) fn put_ticket(&mut self, user: &str, name: &str, seconds: u64) {
        let ticket = Ticket { user: user.to_owned(), expires: self.now() + seconds, challenge: None };
        let old = self.users.get_mut(user).and_then(|user| user.ticket.replace(name.to_owned()));
        old.map(|old| self.tickets.remove(&old));
        self.tickets.insert(name.to_owned(), ticket);
    }

    /// Takes a ticket, which works once.
    pub(super) fn spend_ticket(&mut self, name: &str) -> Result<Ticket, ServiceError> {
        let ticket = self.tickets.remove(name).ok_or(ServiceError::Code("invalid-ticket"))?;
        if let Some(user) = self.users.get_mut(&ticket.user) {
            user.ticket = None;
        }
        if ticket.expires <= self.now() { Err(ServiceError::Code("invalid-ticket")) } else { Ok(ticket) }
    }

    /// Sends a link with a new ticket of the user by email.
    pub(super) fn send_link(
        &mut self,
        user: &str,
        to: &str,
        link: &Link,
        redirect_to: &str,
        challenge: Option<&str>,
    ) -> Result<(), ServiceError> {
        let Link(kind, name, seconds) = *link;
        let ticket = self.issue_ticket(user, kind, seconds, challenge)?;
        let page = format!("{}{}/verify", self.tools.url, self.settings.prefix);
        let url = with_query(&page, &[("redirectTo", redirect_to), ("ticket", &ticket), ("type", name)]);
        let purpose = match kind {
            "verifyEmail" => "email-verify",
            "emailConfirmChange" => "email-confirm-change",
            "passwordlessEmail" => "signin-passwordless",
            _ => "password-reset",
        };
        self.tools.outbox.send(Message::new("email", to, purpose).link(url));
        Ok(())
    }

    /// A redirect that says what is wrong.
    pub(super) fn failed_redirect(&self, url: &str, code: &'static str) -> String {
        let code = match ServiceError::Code(code).concealed() {
            ServiceError::Code(concealed) if self.settings.conceal_errors => concealed,
            _ => code,
        };
        let (_, message) = super::error::meaning(code);
        with_sorted_query(url, &[("error", code), ("errorDescription", message)])
    }

    /// What a redirect carries of a new session: the refresh token, or a code if there is a challenge.
    pub(super) fn redirect_credential(
        &mut self,
        user: &str,
        challenge: Option<&str>,
    ) -> Result<(&'static str, String), ServiceError> {
        if let Some(challenge) = challenge {
            let code = random::token();
            let stored = RedirectCode {
                user: user.to_owned(),
                expires: self.now() + 300,
                challenge: challenge.to_owned(),
            };
            self.codes.insert(code.clone(), stored);
            return Ok(("code", code));
        }
        let session = self.start_session(user, false)?;
        let token = session.get("refreshToken").and_then(serde_json::Value::as_str).unwrap_or_default();
        Ok(("refreshToken", token.to_owned()))
    }
}

/// Spends the ticket of a link, and signs the user in.
fn verify(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let get = |name: &str| request.query(name);
    let wanted = get("redirectTo").unwrap_or_default();
    if !can_be_read(wanted) {
        return Err(ServiceError::Code("invalid-request"));
    }
    let redirect_to = match state.redirect_to(Some(wanted)) {
        Ok(url) => url,
        Err(_) => {
            return Ok(Response::redirect(
                state.failed_redirect(&state.settings.client_url, "redirectTo-not-allowed"),
            ));
        }
    };
    let name = get("ticket").unwrap_or_default();
    match verified(state, name, get("codeChallenge")) {
        Ok((key, value)) => {
            let kind = name.split(':').next().unwrap_or_default();
            Ok(Response::redirect(with_sorted_query(&redirect_to, &[(key, &value), ("type", kind)])))
        }
        Err(ServiceError::Code(code)) => Ok(Response::redirect(state.failed_redirect(&redirect_to, code))),
        Err(refusal) => Err(refusal),
    }
}

fn verified(
    state: &mut Nhost,
    name: &str,
    challenge: Option<&str>,
) -> Result<(&'static str, String), ServiceError> {
    let kind = name.split(':').next().unwrap_or_default();
    if !LINKS.iter().any(|link| link.0 == kind) {
        return Err(ServiceError::Code("invalid-ticket"));
    }
    let ticket = state.spend_ticket(name)?;
    state.admit_blocked(&ticket.user)?;
    let user = state.user_mut(&ticket.user)?;
    user.email_verified = true;
    let new_email = user.new_contact.take_if(|_| kind == CONFIRM_CHANGE.0);
    if let Some(email) = new_email {
        // Somebody else may have taken it since.
        if state.users.by_email(&email).is_some() {
            return Err(ServiceError::Code("email-already-in-use"));
        }
        state.users.set_email(&ticket.user, &email);
    }
    state.redirect_credential(&ticket.user, ticket.challenge.as_deref().or(challenge))
}

/// Exchanges the code of a redirect for the session.
fn exchange(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let code = state.codes.remove(request.text("code")).ok_or(ServiceError::Code("invalid-request"))?;
    if code.expires <= state.now() || pkce::challenge(request.text("codeVerifier")) != code.challenge {
        return Err(ServiceError::Code("invalid-request"));
    }
    let user = state.user(&code.user)?;
    state.admit_user(user)?;
    let session = state.start_session(&code.user, false)?;
    Ok(Response::json(&json!({ "session": session })))
}
