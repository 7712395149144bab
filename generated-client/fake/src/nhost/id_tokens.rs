//! ID tokens of other providers.

use super::{Nhost, ServiceError};
use crate::hex;
use crate::providers::Account;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Nhost>)] =
    &[("signin_id_token", sign_in), ("signup_id_token", sign_in), ("link_id_token", link)];

/// The issuer of a provider's ID tokens.
fn issuer(provider: &str) -> &'static str {
    match provider {
        "apple" => "https://appleid.apple.com",
        _ => "https://accounts.google.com",
    }
}

/// The claims of an ID token, as the provider would sign them.
pub(super) fn claims(
    provider: &str,
    audience: Option<&String>,
    account: &Account,
    nonce: Option<&str>,
    now: u64,
) -> Map<String, Value> {
    let claims = json!({
        "iss": issuer(provider),
        "aud": audience,
        "sub": account.id,
        "name": account.name,
        "email": account.email,
        "email_verified": account.email_verified,
        "picture": account.picture,
        "nonce": nonce,
        "iat": now,
        "exp": now + 3600,
    });
    let members = claims.as_object().cloned().unwrap_or_default();
    members.into_iter().filter(|(_, value)| !value.is_null()).collect()
}

impl Nhost {
    /// The account that an ID token stands for.
    pub(super) fn id_token_account(
        &self,
        provider: &str,
        token: &str,
        nonce: Option<&str>,
    ) -> Result<Account, ServiceError> {
        let bad = ServiceError::Code("invalid-request");
        let claims = self.tools.keys.verify(token, &self.tools.clock).map_err(|_| bad.clone())?;
        let text = |name: &str| claims.get(name).and_then(Value::as_str).map(str::to_owned);
        let audience = self.settings.id_token_audiences.get(provider);
        let is_meant = text("iss").as_deref() == Some(issuer(provider)) && text("aud").as_ref() == audience;
        if !is_meant || !is_nonce(text("nonce").as_deref(), nonce) {
            return Err(bad);
        }
        Ok(Account {
            id: text("sub").ok_or(bad)?,
            email: text("email"),
            email_verified: claims.get("email_verified") == Some(&json!(true)),
            name: text("name").or_else(|| text("email")).unwrap_or_default(),
            picture: text("picture"),
        })
    }
}

/// Whether the claim is the nonce, or its digest, which Apple's applications send.
fn is_nonce(claim: Option<&str>, nonce: Option<&str>) -> bool {
    let Some(nonce) = nonce else { return claim.is_none() };
    claim == Some(nonce) || claim == Some(hex::text(&Sha256::digest(nonce)).as_str())
}

fn sign_in(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let provider = request.text("provider");
    state.admit_endpoint(state.settings.id_token_audiences.contains_key(provider))?;
    let options = state.sign_up_options(request.at("/options"))?;
    let account = state.id_token_account(provider, request.text("idToken"), request.text_at("/nonce"))?;
    let is_sign_up = request.id() == "signup_id_token";
    let id = state.account_user(provider, &account, request.at("/options"), is_sign_up)?;
    if state.user(&id)?.disabled {
        return Err(ServiceError::Code("internal-server-error"));
    }
    state.finish_sign_up(&id, &options.redirect_to, None)
}

fn link(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let provider = request.text("provider");
    state.admit_endpoint(state.settings.id_token_audiences.contains_key(provider))?;
    let id = state.known_caller(request)?;
    let account = state.id_token_account(provider, request.text("idToken"), request.text_at("/nonce"))?;
    state.link(&id, provider, &account)?;
    Ok(Nhost::ok())
}
