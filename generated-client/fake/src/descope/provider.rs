//! Visits of a provider's page, and what comes after them.

use super::errors::{ServiceError, invalid, no_user, user_exists};
use super::model::options::SignInOptions;
use super::model::pending::{Grant, Purpose, Visit};
use super::signed_in::Gives;
use super::state::Descope;
use crate::providers::{Account, Providers};
use crate::random;
use crate::request::{RawRequest, Request};
use crate::response::Response;
use crate::urls::with_query;
use serde_json::{Map, Value, json};

/// Where a provider sends the browser back to.
pub(super) const CALLBACK: &str = "/v1/oauth/callback";

/// How long a code is good, in seconds.
const CODE_SECONDS: u64 = 60;

impl Descope {
    /// The response that tells the page of a provider to go to.
    pub(super) fn visit(&mut self, visit: Visit) -> Response {
        let state = random::token();
        let back = format!("{}{CALLBACK}", self.tools.url);
        let url = Providers::page_url(&self.tools.url, &visit.provider, &back, &state);
        self.visits.insert(state, visit);
        Response::json(&json!({ "url": url }))
    }

    /// A visit that begins now.
    pub(super) fn new_visit(
        &self,
        provider: &str,
        wanted_page: Option<&str>,
        purpose: Purpose,
        options: SignInOptions,
    ) -> Result<Visit, ServiceError> {
        Ok(Visit {
            provider: provider.to_owned(),
            redirect_url: self.page(wanted_page)?,
            purpose,
            options,
            expires: self.now() + self.settings.link_seconds,
        })
    }

    /// What a browser gets that comes back from a provider: a redirect to the application, with a code or an error.
    pub(super) fn callback(&mut self, request: &RawRequest) -> Response {
        let state = request.query("state").unwrap_or_default();
        let Some(visit) = self.visits.remove(state) else {
            return Response::new(400, "text/plain", "This sign-in has ended. Begin it again.");
        };
        let outcome = match (request.query("error"), request.query("code")) {
            (None, Some(code)) => self.returned(&visit, code),
            (error, _) => Err(error.unwrap_or("access_denied").to_owned()),
        };
        let (name, value) = match &outcome {
            Ok(Some(code)) => ("code", code.as_str()),
            Ok(None) => return Response::redirect(visit.redirect_url),
            Err(why) => ("err", why.as_str()),
        };
        Response::redirect(with_query(&visit.redirect_url, &[(name, value)]))
    }

    /// The code for the application, if there is one, or why there is none.
    fn returned(&mut self, visit: &Visit, code: &str) -> Result<Option<String>, String> {
        if visit.expires <= self.now() {
            return Err("E011004".to_owned());
        }
        let account = self.tools.providers.redeem(&visit.provider, code).ok_or("access_denied")?;
        if visit.purpose == Purpose::Connect {
            return Ok(None);
        }
        let refused = |refused: ServiceError| refused.code().to_owned();
        let (user_id, is_first) =
            self.account_user(&visit.provider, &account, &visit.purpose, &visit.options).map_err(refused)?;
        let is_federated = visit.purpose == Purpose::Federated;
        Ok(Some(self.grant(Grant {
            user_id,
            is_first,
            method: if is_federated { "fed" } else { "oauth" },
            options: visit.options.clone(),
            challenge: None,
            federated: is_federated.then(|| (visit.provider.clone(), account)),
            expires: 0,
        })))
    }

    /// Makes a code for an application.
    pub(super) fn grant(&mut self, grant: Grant) -> String {
        let code = random::token();
        let expires = self.now() + CODE_SECONDS;
        self.grants.insert(code.clone(), Grant { expires, ..grant });
        code
    }

    /// The user whose account at a provider this is, and whether they are new.
    pub(super) fn account_user(
        &mut self,
        provider: &str,
        account: &Account,
        purpose: &Purpose,
        options: &SignInOptions,
    ) -> Result<(String, bool), ServiceError> {
        let is_federated = *purpose == Purpose::Federated;
        let login_id = match &account.email {
            Some(email) if is_federated => email.clone(),
            _ => format!("{provider}-{}", account.id),
        };
        let known = self.known_account(provider, &login_id, account, is_federated);
        let (user_id, is_new) = match (purpose, known) {
            (Purpose::Link { user_id, merges }, known) => {
                self.may_link(user_id, account, known.as_deref(), *merges)?;
                (self.link_account(user_id, &login_id, known)?, false)
            }
            (Purpose::SignUp, Some(_)) => return Err(user_exists()),
            (Purpose::SignIn, None) => return Err(no_user()),
            (_, Some(user_id)) => (user_id, false),
            (_, None) => {
                self.open_for_sign_up()?;
                if !(is_federated && options.tenant.as_deref() == Some(provider)) {
                    self.may_sign_in(None, options)?;
                }
                (self.sign_up(&login_id, Map::new())?, true)
            }
        };
        if self.users.by_login(&login_id).is_none() {
            self.users.add_login(&user_id, &login_id)?;
        }
        self.note_account(&user_id, provider, account, is_federated)?;
        if is_new {
            self.join_tenants(&user_id)?;
        }
        Ok((user_id, is_new))
    }

    /// The user who has signed in with this account, or who has confirmed its email address. Anybody may choose a login ID
    /// that looks like that of an account, or an address that is another person's.
    fn known_account(
        &self,
        provider: &str,
        login_id: &str,
        account: &Account,
        is_federated: bool,
    ) -> Option<String> {
        let by_account = self.users.by_login(login_id);
        let by_account = by_account.filter(|user| is_federated || user.providers.contains(provider));
        let by_email = || {
            let email = account.email.as_deref().filter(|_| account.email_verified)?;
            let user = self.users.by_login(email).filter(|user| user.text("email") == Some(email))?;
            (user.profile.get("verifiedEmail") == Some(&json!(true))).then_some(user)
        };
        by_account.or_else(by_email).map(|user| user.id.clone())
    }

    /// Refuses an account that is another user's, or shares no address with the user, unless the call allows any.
    fn may_link(
        &self,
        user_id: &str,
        account: &Account,
        owner: Option<&str>,
        allows_any: bool,
    ) -> Result<(), ServiceError> {
        let user = self.users.get(user_id).ok_or_else(no_user)?;
        let shares_address = account.email_verified && account.email.as_deref() == user.text("email");
        match owner {
            _ if allows_any => Ok(()),
            Some(owner) if owner == user_id => Ok(()),
            None if shares_address => Ok(()),
            None => Err(invalid("The account has another address than the user")),
            Some(_) => Err(user_exists()),
        }
    }

    fn link_account(
        &mut self,
        user_id: &str,
        login_id: &str,
        owner: Option<String>,
    ) -> Result<String, ServiceError> {
        if let Some(other) = owner.filter(|owner| owner != user_id) {
            self.users.merge(user_id, &other)?;
            self.sessions.hand_over(&other, user_id, true);
        }
        self.users.add_login(user_id, login_id)?;
        Ok(user_id.to_owned())
    }

    /// Takes from an account what the user lacks.
    fn note_account(
        &mut self,
        user_id: &str,
        provider: &str,
        account: &Account,
        is_federated: bool,
    ) -> Result<(), ServiceError> {
        let roles = self.directory.member_roles(provider);
        let user = self.users.known_mut(user_id)?;
        user.profile.entry("name").or_insert_with(|| json!(account.name));
        if let Some(email) = &account.email
            && user.text("email").is_none_or(|known| known == email)
        {
            user.profile.insert("email".to_owned(), json!(email));
            let is_verified =
                json!(account.email_verified || user.profile.get("verifiedEmail") == Some(&json!(true)));
            user.profile.insert("verifiedEmail".to_owned(), is_verified);
        }
        if let Some(picture) = &account.picture {
            user.profile.entry("picture").or_insert_with(|| json!(picture));
        }
        if is_federated {
            user.is_federated = true;
            user.tenants.entry(provider.to_owned()).or_insert(roles);
        } else {
            user.providers.insert(provider.to_owned());
        }
        Ok(())
    }

    /// Takes the code of an application, which is good once.
    pub(super) fn take_grant(&mut self, code: &str, verifier: Option<&str>) -> Result<Grant, ServiceError> {
        let grant =
            self.grants.remove(code).ok_or_else(|| invalid("The code is unknown, or has been used"))?;
        if grant.expires <= self.now() {
            return Err(invalid("The code has expired"));
        }
        match &grant.challenge {
            Some(challenge) if !super::pkce::fits(verifier.unwrap_or_default(), challenge) => {
                Err(invalid("The verifier doesn't fit the challenge"))
            }
            _ => Ok(grant),
        }
    }

    /// Signs in whom a code is for.
    pub(super) fn redeem_grant(&mut self, grant: &Grant) -> Result<Response, ServiceError> {
        let session = self.sign_in(&grant.user_id, &[grant.method], &grant.options)?;
        let (mut body, cookies) = self.session_parts(&session, Gives::SignIn { is_first: grant.is_first })?;
        if let (Some((tenant, account)), Some(members)) = (&grant.federated, body.as_object_mut()) {
            members.insert("tenantSSOID".to_owned(), json!(tenant));
            members.insert("idpResponse".to_owned(), federated_json(account));
        }
        let response = Response::json(&body);
        Ok(response.set_cookies(cookies))
    }
}

/// What an identity provider says of a user.
fn federated_json(account: &Account) -> Value {
    json!({"idpGroups": [], "idpOIDCClaims": {"sub": account.id, "email": account.email, "name": account.name}})
}

/// Trades the code of a visit for a session, whatever kind of visit it was. The code of a flow needs its verifier, which only
/// the exchange of flows takes.
pub(super) fn exchange(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let grant = state.take_grant(request.text("code"), None)?;
    state.redeem_grant(&grant)
}
