//! Passkeys.

use super::access::user_of_login;
use super::caller::session_id;
use super::errors::{ServiceError, error, invalid, user_exists};
use super::model::channels::profile;
use super::model::credentials::UserPasskey;
use super::model::options::SignInOptions;
use super::model::pending::{Ceremony, CeremonyKind};
use super::signed_in::Gives;
use super::state::Descope;
use crate::passkeys::{PasskeyRefused, Site, challenge_of};
use crate::random;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[
    ("webauthn_sign_up_start", sign_up_start),
    ("webauthn_sign_up_finish", sign_up_finish),
    ("webauthn_sign_in_start", sign_in_start),
    ("webauthn_sign_in_finish", sign_in_finish),
    ("webauthn_sign_up_or_in_start", sign_up_or_in_start),
    ("webauthn_update_start", update_start),
    ("webauthn_update_finish", update_finish),
];

/// The login ID of a request. Some clients have it in the user.
fn login_id(request: &Request) -> &str {
    let within = request.text_at("/user/loginId").unwrap_or_default();
    if request.text("loginId").is_empty() { within } else { request.text("loginId") }
}

fn sign_up_start(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let login_id = login_id(request).to_owned();
    if state.users.is_taken(&login_id) {
        return Err(user_exists());
    }
    state.open_for_sign_up()?;
    let profile = profile(request.body.get("user"));
    let options = SignInOptions::of(request)?;
    state.create_passkey(request, &login_id.clone(), CeremonyKind::SignUp { login_id, profile }, options)
}

fn sign_in_start(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let user_id = match login_id(request) {
        "" => None,
        login_id => Some(state.users.known(login_id)?.id.clone()),
    };
    let options = SignInOptions::of(request)?;
    state.use_passkey(request, user_id, options)
}

fn sign_up_or_in_start(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    match state.users.by_login(login_id(request)) {
        Some(_) => sign_in_start(state, request),
        None => sign_up_start(state, request),
    }
}

fn update_start(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let user_id = user_of_login(state, request)?;
    let earlier = session_id(request).map(str::to_owned);
    let options = SignInOptions { mfa: request.flag("mfa"), earlier, ..SignInOptions::default() };
    state.create_passkey(request, request.text("loginId"), CeremonyKind::Add { user_id }, options)
}

impl Descope {
    fn create_passkey(
        &mut self,
        request: &Request,
        login_id: &str,
        kind: CeremonyKind,
        options: SignInOptions,
    ) -> Result<Response, ServiceError> {
        let origin = request.text("origin").to_owned();
        let (domain, origins) = (domain_of(&origin)?, [origin.clone()]);
        let site = Site { id: &domain, origins: &origins };
        let challenge = self.passkeys.start_registration(site).map_err(refused)?;
        let user = match &kind {
            CeremonyKind::Add { user_id } => self.users.get(user_id),
            _ => None,
        };
        let known = user.map(|user| descriptors(&user.credentials.passkeys, &domain)).unwrap_or_default();
        let handle = user.map_or(login_id, |user| user.id.as_str());
        let wanted = request.text_at("/passkeyOptions/attestation").unwrap_or("none");
        let public_key = json!({
            "challenge": challenge,
            "rp": {"id": domain, "name": "Fake Descope"},
            "user": {"id": BASE64_URL_SAFE_NO_PAD.encode(handle), "name": login_id, "displayName": login_id},
            "pubKeyCredParams": [{"type": "public-key", "alg": -7}, {"type": "public-key", "alg": -257}],
            "timeout": self.settings.link_seconds * 1000,
            "excludeCredentials": known,
            "authenticatorSelection": {"residentKey": "preferred", "userVerification": "preferred"},
            "attestation": wanted,
        });
        Ok(self.begin_ceremony(kind, origin, challenge, options, &public_key))
    }

    fn use_passkey(
        &mut self,
        request: &Request,
        user_id: Option<String>,
        options: SignInOptions,
    ) -> Result<Response, ServiceError> {
        let origin = request.text("origin").to_owned();
        let (domain, origins) = (domain_of(&origin)?, [origin.clone()]);
        let user = user_id.as_ref().and_then(|id| self.users.get(id));
        let known = user.map(|user| descriptors(&user.credentials.passkeys, &domain)).unwrap_or_default();
        if user.is_some() && known.is_empty() {
            return Err(error(400, "E067010", "The user has no passkey for this domain"));
        }
        let site = Site { id: &domain, origins: &origins };
        let challenge = self.passkeys.start_sign_in(site).map_err(refused)?;
        let public_key = json!({
            "challenge": challenge,
            "rpId": domain,
            "allowCredentials": known,
            "timeout": self.settings.link_seconds * 1000,
            "userVerification": "preferred",
        });
        Ok(self.begin_ceremony(CeremonyKind::SignIn { user_id }, origin, challenge, options, &public_key))
    }

    fn begin_ceremony(
        &mut self,
        kind: CeremonyKind,
        origin: String,
        challenge: String,
        options: SignInOptions,
        public_key: &Value,
    ) -> Response {
        let transaction = random::token();
        let response = Response::json(&json!({
            "transactionId": transaction,
            "options": json!({ "publicKey": public_key }).to_string(),
            "create": !matches!(kind, CeremonyKind::SignIn { .. }),
        }));
        let expires = self.now() + self.settings.link_seconds;
        self.ceremonies.insert(transaction, Ceremony { kind, origin, challenge, options, expires });
        response
    }

    /// Takes the ceremony that a request ends, and the credential that the browser made.
    fn end_ceremony(&mut self, request: &Request) -> Result<(Ceremony, Value), ServiceError> {
        let ceremony = self.ceremonies.remove(request.text("transactionId"));
        let ceremony = ceremony.filter(|ceremony| ceremony.expires > self.tools.clock.seconds());
        let ceremony = ceremony.ok_or_else(|| invalid("The ceremony is unknown, or has ended"))?;
        let credential: Value = serde_json::from_str(request.text("response"))
            .map_err(|_| invalid("The response isn't the JSON of a credential"))?;
        if challenge_of(&credential).as_deref() != Some(ceremony.challenge.as_str()) {
            return Err(invalid("The response is that of another ceremony"));
        }
        Ok((ceremony, credential))
    }

    /// Checks a new passkey.
    fn registered(&mut self, ceremony: &Ceremony, credential: &Value) -> Result<UserPasskey, ServiceError> {
        let (domain, origins) = (domain_of(&ceremony.origin)?, [ceremony.origin.clone()]);
        let site = Site { id: &domain, origins: &origins };
        let passkey = self.passkeys.finish_registration(site, credential).map_err(refused)?;
        if self.users.with_passkey(&passkey.id).is_some() {
            return Err(invalid("There is a user with this passkey already"));
        }
        Ok(UserPasskey { domain, created: self.now(), passkey })
    }
}

fn sign_up_finish(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let (ceremony, credential) = state.end_ceremony(request)?;
    let CeremonyKind::SignUp { login_id, profile } = ceremony.kind.clone() else {
        return Err(invalid("The ceremony is no sign-up"));
    };
    let passkey = state.registered(&ceremony, &credential)?;
    state.may_sign_in(None, &ceremony.options)?;
    let user_id = state.sign_up(&login_id, profile)?;
    state.users.known_mut(&user_id)?.credentials.passkeys.push(passkey);
    let session = state.sign_in(&user_id, &["webauthn"], &ceremony.options)?;
    state.session_response(&session, Gives::SignIn { is_first: true })
}

fn sign_in_finish(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let (ceremony, credential) = state.end_ceremony(request)?;
    let CeremonyKind::SignIn { user_id } = &ceremony.kind else {
        return Err(invalid("The ceremony is no sign-in"));
    };
    let id = credential.get("id").and_then(Value::as_str).unwrap_or_default();
    let unknown = || invalid("The passkey is unknown");
    let user = state.users.with_passkey(id).ok_or_else(unknown)?;
    if user_id.as_ref().is_some_and(|wanted| *wanted != user.id) {
        return Err(invalid("The passkey is another user's"));
    }
    let found = user.id.clone();
    let (domain, origins) = (domain_of(&ceremony.origin)?, [ceremony.origin.clone()]);
    let site = Site { id: &domain, origins: &origins };
    let passkeys = &mut state.users.known_mut(&found)?.credentials.passkeys;
    let passkey = passkeys.iter_mut().find(|passkey| passkey.passkey.id == id).ok_or_else(unknown)?;
    state.passkeys.finish_sign_in(site, &credential, &mut passkey.passkey).map_err(refused)?;
    let session = state.sign_in(&found, &["webauthn"], &ceremony.options)?;
    state.session_response(&session, Gives::SignIn { is_first: false })
}

fn update_finish(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let (ceremony, credential) = state.end_ceremony(request)?;
    let CeremonyKind::Add { user_id } = ceremony.kind.clone() else {
        return Err(invalid("The ceremony is no update"));
    };
    let passkey = state.registered(&ceremony, &credential)?;
    if ceremony.options.mfa {
        state.may_sign_in(Some(&user_id), &ceremony.options)?;
    }
    state.users.known_mut(&user_id)?.credentials.passkeys.push(passkey);
    if !ceremony.options.mfa {
        return Ok(Response::json(&json!({})));
    }
    let session = state.sign_in(&user_id, &["webauthn"], &ceremony.options)?;
    let (body, cookies) = state.session_parts(&session, Gives::SignIn { is_first: false })?;
    let response = Response::json(&json!({ "jwt": body }));
    Ok(response.set_cookies(cookies))
}

fn descriptors(passkeys: &[UserPasskey], domain: &str) -> Vec<Value> {
    let of_domain = passkeys.iter().filter(|passkey| passkey.domain == domain);
    of_domain.map(|passkey| json!({"type": "public-key", "id": passkey.passkey.id})).collect()
}

/// The domain of an origin, without its port.
fn domain_of(origin: &str) -> Result<String, ServiceError> {
    let host = origin.split_once("://").map(|(_, host)| host.split([':', '/']).next().unwrap_or_default());
    let host = host.filter(|host| !host.is_empty());
    host.map(str::to_owned)
        .ok_or_else(|| invalid("The origin has to be that of a page: https://app.example.com"))
}

fn refused(_: PasskeyRefused) -> ServiceError {
    invalid("The passkey isn't what the ceremony asks for")
}
