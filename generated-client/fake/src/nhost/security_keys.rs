//! Passkeys and security keys.

use super::options::SignUp;
use super::users::SecurityKey;
use super::{Nhost, NhostSettings, ServiceError};
use crate::members;
use crate::passkeys::{Site, challenge_of};
use crate::random;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::{Value, json};

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Nhost>)] = &[
    ("signup_webauthn", sign_up),
    ("signup_webauthn_verify", sign_up_verify),
    ("signin_webauthn", sign_in),
    ("signin_webauthn_verify", sign_in_verify),
    ("security_key_add", add),
    ("security_key_add_verify", add_verify),
];

/// Whose registration a challenge is for.
#[derive(Clone, Debug)]
pub(super) enum Registering {
    /// A user who signs up.
    New { id: String, email: String, options: Box<SignUp> },
    /// A user who adds a key.
    User(String),
    /// The challenge was used already.
    Nobody,
}

impl Nhost {
    /// The challenge of a new ceremony.
    fn challenge(&mut self, is_registration: bool) -> Result<String, ServiceError> {
        let site = site(&self.settings);
        let started = match is_registration {
            true => self.ceremonies.start_registration(site),
            false => self.ceremonies.start_sign_in(site),
        };
        started.map_err(|_| ServiceError::Code("internal-server-error"))
    }

    /// The options for a new key.
    fn creation_options(&self, id: &str, name: &str, keys: &[SecurityKey], challenge: &str) -> Value {
        let algorithms = [-7, -35, -36, -257, -258, -259, -37, -38, -39, -8];
        let parameters = algorithms.map(|alg| json!({"type": "public-key", "alg": alg}));
        let mut options = json!({
            "rp": {"name": "fake", "id": self.settings.webauthn_domain},
            "user": {"name": name, "displayName": name, "id": id},
            "challenge": challenge,
            "pubKeyCredParams": parameters,
            "timeout": 300_000,
            "authenticatorSelection": {
                "requireResidentKey": false,
                "residentKey": "preferred",
                "userVerification": "preferred",
            },
            "attestation": "indirect",
        });
        if !keys.is_empty() {
            members::set(&mut options, "excludeCredentials", descriptors(keys));
        }
        options
    }

    /// The options for a signature with one of these keys, or with any.
    pub(super) fn request_options(&mut self, keys: &[SecurityKey]) -> Result<Value, ServiceError> {
        let challenge = self.challenge(false)?;
        let mut options = json!({
            "challenge": challenge,
            "timeout": 300_000,
            "rpId": self.settings.webauthn_domain,
            "userVerification": "preferred",
        });
        if !keys.is_empty() {
            members::set(&mut options, "allowCredentials", descriptors(keys));
        }
        Ok(options)
    }

    /// The ID of the user who has signed.
    pub(super) fn signed_by(&mut self, credential: &Value) -> Result<String, ServiceError> {
        let bad = ServiceError::Code("invalid-request");
        challenge_of(credential).ok_or_else(|| bad.clone())?;
        let handle = credential.pointer("/response/userHandle").and_then(Value::as_str);
        // The server fails without the handle.
        let handle = handle.ok_or(ServiceError::Empty(500))?;
        let site = site(&self.settings);
        let user = self.users.get_mut(handle).ok_or_else(|| bad.clone())?;
        let key = user.keys.iter_mut().find(|key| credential.get("id") == Some(&json!(key.passkey.id)));
        let key = key.ok_or_else(|| bad.clone())?;
        self.ceremonies.finish_sign_in(site, credential, &mut key.passkey).map_err(|_| bad)?;
        Ok(handle.to_owned())
    }

    /// The key of a registration.
    fn registered(&mut self, credential: &Value) -> Result<SecurityKey, ServiceError> {
        let site = site(&self.settings);
        let passkey = self.ceremonies.finish_registration(site, credential);
        passkey.map(|passkey| SecurityKey { passkey }).map_err(|_| ServiceError::Code("invalid-request"))
    }
}

/// The site that the passkeys belong to.
fn site(settings: &NhostSettings) -> Site<'_> {
    Site { id: &settings.webauthn_domain, origins: &settings.webauthn_origins }
}

fn descriptors(keys: &[SecurityKey]) -> Value {
    keys.iter().map(|key| json!({"type": "public-key", "id": key.passkey.id})).collect()
}

fn sign_up(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    state.admit_endpoint(state.settings.webauthn)?;
    state.admit_sign_ups()?;
    let email = request.text("email").to_lowercase();
    state.admit_email(&email)?;
    let options = state.sign_up_options(request.at("/options"))?;
    let (id, challenge) = (random::uuid(), state.challenge(true)?);
    let name = options.display_name.clone().unwrap_or_else(|| email.clone());
    let response = state.creation_options(&id, &name, &[], &challenge);
    state.registering.insert(challenge, Registering::New { id, email, options: Box::new(options) });
    Ok(Response::json(&response))
}

fn sign_up_verify(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    state.admit_endpoint(state.settings.webauthn)?;
    let credential = request.at("/credential").cloned().unwrap_or_default();
    let challenge = challenge_of(&credential).ok_or(ServiceError::Code("invalid-request"))?;
    let (id, email, options) = match state.registering.get(&challenge).cloned() {
        // Options that come this late are ignored.
        Some(Registering::New { id, email, options }) => (id, email, *options),
        Some(Registering::Nobody) => return Err(ServiceError::Code("internal-server-error")),
        _ => return Err(ServiceError::Code("invalid-request")),
    };
    let key = state.registered(&credential)?;
    state.registering.insert(challenge, Registering::Nobody);
    if state.users.by_email(&email).is_some() {
        return Err(ServiceError::Code("email-already-in-use"));
    }
    let mut user = state.new_user(&options, &email);
    user.id.clone_from(&id);
    user.avatar_url = state.gravatar(&email);
    user.keys.push(key);
    state.users.add(user);
    state.users.set_email(&id, &email);
    state.finish_sign_up(&id, &options.redirect_to, request.text_at("/codeChallenge"))
}

fn sign_in(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    state.admit_endpoint(state.settings.webauthn)?;
    let keys = match request.text_at("/email") {
        None => Vec::new(),
        Some(email) => {
            let user = state.users.by_email(email).ok_or(ServiceError::Code("invalid-email-password"))?;
            state.admit_user(user)?;
            user.keys.clone()
        }
    };
    if keys.is_empty() && request.at("/email").is_some() {
        return Err(ServiceError::Code("invalid-request"));
    }
    Ok(Response::json(&state.request_options(&keys)?))
}

fn sign_in_verify(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    state.admit_endpoint(state.settings.webauthn)?;
    let credential = request.at("/credential").cloned().unwrap_or_default();
    let id = state.signed_by(&credential)?;
    state.admit_user(state.user(&id)?)?;
    state.signed_in(&id)
}

fn add(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    state.admit_endpoint(state.settings.webauthn)?;
    let id = state.known_caller(request)?;
    let challenge = state.challenge(true)?;
    let user = state.user(&id)?;
    let (name, keys) = (user.display_name.clone(), user.keys.clone());
    let options = state.creation_options(&id, &name, &keys, &challenge);
    state.registering.insert(challenge, Registering::User(id));
    Ok(Response::json(&options))
}

fn add_verify(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    state.admit_endpoint(state.settings.webauthn)?;
    let id = state.known_caller(request)?;
    let credential = request.at("/credential").cloned().unwrap_or_default();
    let challenge = challenge_of(&credential).ok_or(ServiceError::Code("invalid-request"))?;
    match state.registering.get(&challenge) {
        Some(Registering::User(user)) if *user == id => {}
        _ => return Err(ServiceError::Code("invalid-request")),
    }
    let key = state.registered(&credential)?;
    state.registering.remove(&challenge);
    state.user_mut(&id)?.keys.push(key);
    let mut response = json!({ "id": random::uuid() });
    if let Some(nickname) = request.at("/nickname") {
        members::set(&mut response, "nickname", nickname.clone());
    }
    Ok(Response::json(&response))
}
