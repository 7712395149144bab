//! The server as a provider of OAuth 2.0 and OpenID Connect.

use super::settings::OAuth2Client;
use super::{Nhost, ServiceError};
use crate::members;
use crate::pkce;
use crate::random;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use crate::urls::with_query;
use serde_json::{Map, Value, json};
use std::collections::{HashMap, HashSet};

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Nhost>)] = &[
    ("oauth2_authorize", authorize),
    ("oauth2_authorize_post", authorize),
    ("oauth2_login", login),
    ("oauth2_login_complete", complete),
    ("oauth2_token", token),
    ("oauth2_userinfo", user_info),
    ("oauth2_userinfo_post", user_info),
    ("oauth2_introspect", introspect),
    ("oauth2_revoke", revoke),
];

/// How long a sign-in may take, in seconds; a code is valid as long.
const SECONDS: u64 = 600;

/// What an application asks for, and later its grant.
#[derive(Clone, Debug)]
pub(super) struct Grant {
    client: String,
    redirect_uri: String,
    scope: String,
    state: Option<String>,
    nonce: Option<String>,
    challenge: Option<String>,
    expires: u64,
    /// The user who agreed. It is empty until a user has.
    user: String,
}

/// The requests, codes and refresh tokens of applications.
#[derive(Debug, Default)]
pub(super) struct Grants {
    requests: HashMap<String, Grant>,
    codes: HashMap<String, Grant>,
    refresh_tokens: HashMap<String, Grant>,
    revoked: HashSet<String>,
}

const INVALID_CLIENT: ServiceError =
    ServiceError::OAuth(401, "invalid_client", "The client is unknown, or its secret is wrong");
const INVALID_GRANT: ServiceError =
    ServiceError::OAuth(400, "invalid_grant", "The grant is unknown, was used or has expired");
const INVALID_TOKEN: ServiceError =
    ServiceError::OAuth(401, "invalid_token", "The token is invalid or has expired");

impl Nhost {
    fn oauth2_client(&self, id: &str) -> Result<&OAuth2Client, ServiceError> {
        self.settings.oauth2_clients.iter().find(|client| client.id == id).ok_or(INVALID_CLIENT)
    }

    /// The client of a request, which gives its secret by HTTP Basic or in the form.
    fn authenticated_client(&self, request: &Request) -> Result<&OAuth2Client, ServiceError> {
        let (id, secret) = match request.raw.basic() {
            Some((id, secret)) => (id, Some(secret)),
            None => {
                let secret = request.text_at("/client_secret").map(str::to_owned);
                (request.text("client_id").to_owned(), secret)
            }
        };
        let client = self.oauth2_client(&id)?;
        if client.secret == secret { Ok(client) } else { Err(INVALID_CLIENT) }
    }

    /// The tokens of a grant.
    fn granted(&mut self, grant: &Grant) -> Result<Response, ServiceError> {
        let (now, seconds) = (self.now(), self.settings.access_token_seconds);
        let base = json!({"iss": self.base_url(), "aud": grant.client, "sub": grant.user, "iat": now, "exp": now + seconds});
        let mut claims = base.clone();
        members::set(&mut claims, "scope", grant.scope.as_str());
        members::set(&mut claims, "jti", random::uuid());
        let refresh_token = random::uuid();
        let mut response = json!({
            "access_token": self.sign(&claims)?,
            "token_type": "Bearer",
            "expires_in": seconds,
            "refresh_token": refresh_token,
            "scope": grant.scope,
        });
        if has_scope(&grant.scope, "openid") {
            let mut claims = base;
            if let Some(members) = claims.as_object_mut() {
                members.extend(grant.nonce.as_ref().map(|nonce| ("nonce".to_owned(), json!(nonce))));
                members.extend(self.profile(&grant.user, &grant.scope)?);
            }
            members::set(&mut response, "id_token", self.sign(&claims)?);
        }
        let kept = Grant { expires: now + self.settings.refresh_token_seconds, ..grant.clone() };
        self.grants.refresh_tokens.insert(refresh_token, kept);
        Ok(Response::json(&response).header("cache-control", "no-store"))
    }

    /// What the scopes tell of a user.
    fn profile(&self, user: &str, scope: &str) -> Result<Map<String, Value>, ServiceError> {
        let user = self.users.get(user).filter(|user| !user.disabled).ok_or(INVALID_TOKEN)?;
        let mut claims = Map::new();
        let mut add = |of: &str, name: &str, value: Value| {
            if has_scope(scope, of) && !value.is_null() {
                claims.insert(name.to_owned(), value);
            }
        };
        add("profile", "name", json!(user.display_name));
        add("profile", "picture", json!(user.avatar_url));
        add("profile", "locale", json!(user.locale));
        add("email", "email", json!(user.email()));
        add("email", "email_verified", json!(user.email().map(|_| user.email_verified)));
        add("phone", "phone_number", json!(user.phone()));
        add("phone", "phone_number_verified", json!(user.phone().map(|_| user.phone_verified)));
        Ok(claims)
    }

    /// The claims of an application's access token that is valid.
    fn application_claims(&self, token: &str) -> Result<Map<String, Value>, ServiceError> {
        let claims = self.tools.keys.verify(token, &self.tools.clock).map_err(|_| INVALID_TOKEN)?;
        let is_revoked = self.grants.revoked.contains(token);
        if claims.contains_key("scope") && !is_revoked { Ok(claims) } else { Err(INVALID_TOKEN) }
    }
}

fn has_scope(scope: &str, wanted: &str) -> bool {
    scope.split(' ').any(|scope| scope == wanted)
}

/// Sends the browser to the page where the user signs in and agrees.
fn authorize(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let get = |name: &str| request.query_or_text(name);
    let client = state.oauth2_client(get("client_id").unwrap_or_default())?;
    let redirect_uri = get("redirect_uri").unwrap_or_default().to_owned();
    if !client.redirect_uris.contains(&redirect_uri) {
        return Err(ServiceError::Code("invalid-request"));
    }
    let scope = get("scope").unwrap_or("openid").to_owned();
    let may_ask = |scope: &str| client.scopes.iter().any(|may| may == scope);
    let refused = [
        ("unsupported_response_type", get("response_type") != Some("code")),
        ("invalid_scope", !scope.split(' ').all(may_ask)),
        // A client without a secret has to prove that it is the same one later.
        ("invalid_request", client.secret.is_none() && get("code_challenge").is_none()),
    ];
    if let Some((error, _)) = refused.into_iter().find(|(_, is_wrong)| *is_wrong) {
        let base = state.base_url();
        let mut pairs = vec![("error", error), ("iss", base.as_str())];
        pairs.extend(get("state").map(|text| ("state", text)));
        return Ok(Response::redirect(with_query(&redirect_uri, &pairs)));
    }
    let grant = Grant {
        client: client.id.clone(),
        redirect_uri,
        scope,
        state: get("state").map(str::to_owned),
        nonce: get("nonce").map(str::to_owned),
        challenge: get("code_challenge").map(str::to_owned),
        expires: state.now() + SECONDS,
        user: String::new(),
    };
    let id = random::uuid();
    state.grants.requests.insert(id.clone(), grant);
    let page = format!("{}/oauth2/login", state.settings.client_url.trim_end_matches('/'));
    Ok(Response::redirect(with_query(&page, &[("request_id", &id)])))
}

/// What the page shows.
fn login(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let (id, now) = (request.raw.query("request_id").unwrap_or_default(), state.now());
    let grant = state.grants.requests.get(id).filter(|grant| grant.expires > now);
    let grant = grant.ok_or(ServiceError::Code("invalid-request"))?;
    Ok(Response::json(&json!({
        "requestId": id,
        "clientId": grant.client,
        "scopes": grant.scope.split(' ').collect::<Vec<_>>(),
        "redirectUri": grant.redirect_uri,
    })))
}

/// Completes a sign-in: the user agrees.
fn complete(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let (user, now) = (state.known_caller(request)?, state.now());
    let mut grant = state
        .grants
        .requests
        .remove(request.text("requestId"))
        .ok_or(ServiceError::Code("invalid-request"))?;
    if grant.expires <= now {
        return Err(ServiceError::Code("invalid-request"));
    }
    grant.user = user;
    grant.expires = now + SECONDS;
    let (code, base) = (random::token(), state.base_url());
    let mut pairs = vec![("code", code.as_str()), ("iss", base.as_str())];
    pairs.extend(grant.state.as_deref().map(|text| ("state", text)));
    let url = with_query(&grant.redirect_uri, &pairs);
    state.grants.codes.insert(code, grant);
    Ok(Response::json(&json!({ "redirectUri": url })))
}

fn token(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let client = state.authenticated_client(request)?.id.clone();
    let grant = match request.text("grant_type") {
        "authorization_code" => {
            let grant = state.grants.codes.remove(request.text("code")).ok_or(INVALID_GRANT)?;
            let is_proved = match &grant.challenge {
                Some(challenge) => pkce::challenge(request.text("code_verifier")) == *challenge,
                None => true,
            };
            let is_same = grant.redirect_uri == request.text("redirect_uri");
            Some(grant).filter(|_| is_proved && is_same)
        }
        "refresh_token" => state.grants.refresh_tokens.remove(request.text("refresh_token")),
        _ => {
            return Err(ServiceError::OAuth(
                400,
                "unsupported_grant_type",
                "The server doesn't know this grant_type",
            ));
        }
    };
    let now = state.now();
    let grant = grant.filter(|grant| grant.client == client && grant.expires > now).ok_or(INVALID_GRANT)?;
    state.granted(&grant)
}

fn user_info(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let claims = state.application_claims(request.raw.bearer().unwrap_or_default())?;
    let text = |name: &str| claims.get(name).and_then(Value::as_str).unwrap_or_default();
    let mut profile = state.profile(text("sub"), text("scope"))?;
    profile.insert("sub".to_owned(), json!(text("sub")));
    Ok(Response::json(&json!(profile)))
}

fn introspect(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let client = state.authenticated_client(request)?.id.clone();
    let token = request.text("token");
    if let Ok(claims) = state.application_claims(token)
        && claims.get("aud") == Some(&json!(client))
    {
        let mut response = json!({"active": true, "client_id": client, "token_type": "access_token"});
        for name in ["scope", "sub", "exp", "iat", "iss"] {
            members::set(&mut response, name, claims.get(name).cloned().unwrap_or_default());
        }
        return Ok(Response::json(&response));
    }
    let now = state.now();
    let grant = state.grants.refresh_tokens.get(token);
    let response = match grant.filter(|grant| grant.client == client && grant.expires > now) {
        Some(grant) => json!({
            "active": true,
            "client_id": client,
            "token_type": "refresh_token",
            "scope": grant.scope,
            "sub": grant.user,
            "exp": grant.expires,
            "iss": state.base_url(),
        }),
        None => json!({"active": false}),
    };
    Ok(Response::json(&response))
}

/// Revokes a token. The response is the same for a token that nobody knows.
fn revoke(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let client = state.authenticated_client(request)?.id.clone();
    let token = request.text("token");
    if state.grants.refresh_tokens.get(token).is_some_and(|grant| grant.client == client) {
        state.grants.refresh_tokens.remove(token);
    }
    if state.application_claims(token).is_ok_and(|claims| claims.get("aud") == Some(&json!(client))) {
        state.grants.revoked.insert(token.to_owned());
    }
    Ok(Response::empty(200))
}
