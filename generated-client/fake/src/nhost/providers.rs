//! Signing in with an account at another provider.

use super::redirects::{can_be_read, with_sorted_query};
use super::settings::PROVIDERS;
use super::{Nhost, ServiceError};
use crate::keys::TokenFault;
use crate::providers::{Account, Providers};
use crate::random;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::{Map, Value, json};

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Nhost>)] = &[
    ("signin_provider", start),
    ("signup_provider", start),
    ("signin_provider_callback", callback),
    ("signin_provider_callback_post", callback),
    ("signin_provider_tokens", tokens),
    ("token_refresh_provider", refresh_tokens),
];

/// How long a person may take at the provider, in seconds.
const SECONDS: u64 = 60;

/// Sends the browser to the provider. Everything that is needed afterwards goes there and back in a signed state.
fn start(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let get = |name: &str| request.query(name);
    let provider = known_provider(request)?;
    if request.raw.queries("allowedRoles").count() > 1 {
        let error = "parameter 'allowedRoles' is not exploded, but is specified multiple times";
        return Err(ServiceError::Message(format!("Invalid format for parameter allowedRoles: {error}")));
    }
    let redirect_to = state.redirect_to(get("redirectTo"))?;
    if !can_be_read(&redirect_to) {
        return Err(ServiceError::Code("invalid-request"));
    }
    if !state.settings.providers.iter().any(|on| on == provider) {
        return Ok(Response::redirect(state.failed_redirect(&redirect_to, "disabled-endpoint")));
    }
    let is_sign_up = request.id() == "signup_provider";
    if is_sign_up {
        state.admit_sign_ups()?;
    }
    let now = state.now();
    let signed = state.sign(&json!({
        "iss": state.settings.issuer,
        "iat": now,
        "exp": now + SECONDS,
        "connect": get("connect"),
        "options": sign_up_options(request, &redirect_to),
        "codeChallenge": get("codeChallenge"),
        "state": get("state"),
        "isSignUp": is_sign_up,
    }))?;
    let back = format!("{}{}/signin/provider/{provider}/callback", state.tools.url, state.settings.prefix);
    Ok(Response::redirect(Providers::page_url(&state.tools.url, provider, &back, &signed)))
}

/// What the request says of a new user.
fn sign_up_options(request: &Request, redirect_to: &str) -> Value {
    let get = |name: &str| request.query(name);
    let metadata = get("metadata").and_then(|text| serde_json::from_str(text).ok());
    json!({
        "redirectTo": redirect_to,
        "allowedRoles": get("allowedRoles").map(|roles| roles.split(',').collect::<Vec<_>>()),
        "defaultRole": get("defaultRole"),
        "displayName": get("displayName"),
        "locale": get("locale"),
        "metadata": metadata.unwrap_or(Value::Null),
    })
}

fn known_provider(request: &Request) -> Result<&str, ServiceError> {
    let provider = request.path_argument("provider");
    if PROVIDERS.contains(&provider) {
        return Ok(provider);
    }
    let error = "parameter \"provider\" in path has an error: value is not one of the allowed values";
    Err(ServiceError::text(400, format!("error in openapi3filter.RequestError: {error}")))
}

/// Sends the browser on to the application.
fn callback(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let provider = known_provider(request)?;
    let client_url = state.settings.client_url.clone();
    let redirect = |url: String| Ok(Response::redirect(url));
    if !state.settings.providers.iter().any(|on| on == provider) {
        return redirect(state.failed_redirect(&client_url, "disabled-endpoint"));
    }
    let signed = request.query_or_text("state").unwrap_or_default();
    let claims = match state.tools.keys.verify(signed, &state.tools.clock) {
        Ok(claims) if claims.contains_key("options") => claims,
        // The server fails at another token of its own.
        Ok(_) => return Err(ServiceError::Empty(500)),
        Err(TokenFault::Invalid | TokenFault::Expired) => {
            return redirect(state.failed_redirect(&client_url, "invalid-state"));
        }
    };
    if let Some(error) = request.query_or_text("error") {
        return redirect(provider_failed(state, request, error));
    }
    let options = claims.get("options").cloned().unwrap_or_default();
    let redirect_to = options.get("redirectTo").and_then(Value::as_str).unwrap_or(&client_url).to_owned();
    match returned(state, request, provider, &claims) {
        Ok(mut pairs) => {
            let own_state = claims.get("state").and_then(Value::as_str);
            pairs.extend(own_state.map(|text| ("state", text.to_owned())));
            if pairs.is_empty() {
                return redirect(redirect_to);
            }
            let pairs: Vec<_> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
            redirect(with_sorted_query(&redirect_to, &pairs))
        }
        Err(ServiceError::Code(code)) => redirect(state.failed_redirect(&redirect_to, code)),
        Err(refusal) => Err(refusal),
    }
}

/// Where the browser goes after the provider reported an error, such as that the user cancelled.
fn provider_failed(state: &Nhost, request: &Request, error: &str) -> String {
    let url = state.failed_redirect(&state.settings.client_url, "oauth-provider-error");
    let get = |name: &str| request.query_or_text(name).unwrap_or_default();
    with_sorted_query(
        &url,
        &[
            ("provider_error", error),
            ("provider_error_description", get("error_description")),
            ("provider_error_url", get("error_uri")),
        ],
    )
}

/// What the application gets: the credential of a session, or nothing if the account was linked.
fn returned(
    state: &mut Nhost,
    request: &Request,
    provider: &str,
    claims: &Map<String, Value>,
) -> Result<Vec<(&'static str, String)>, ServiceError> {
    // Providers with OAuth 1.0a have a verifier.
    let code =
        request.query_or_text("code").or_else(|| request.query_or_text("oauth_verifier")).unwrap_or_default();
    let account = state.tools.providers.redeem(provider, code);
    let account = account.ok_or(ServiceError::Code("oauth-token-echange-failed"))?;
    if let Some(token) = request.query_or_text("id_token") {
        state
            .id_token_account(provider, token, None)
            .map_err(|_| ServiceError::Code("oauth-profile-fetch-failed"))?;
    }
    if let Some(Value::String(token)) = claims.get("connect") {
        let user = state.tools.keys.verify(token, &state.tools.clock);
        let user = user.map_err(|_| ServiceError::Code("invalid-request"))?;
        let id = user.get("sub").and_then(Value::as_str).unwrap_or_default();
        state.link(id, provider, &account)?;
        return Ok(Vec::new());
    }
    let is_sign_up = claims.get("isSignUp") == Some(&json!(true));
    let id = state.account_user(provider, &account, claims.get("options"), is_sign_up)?;
    if state.user(&id)?.disabled {
        return Err(ServiceError::Code("internal-server-error"));
    }
    state.provider_tokens.insert((id.clone(), provider.to_owned()), random::token());
    let challenge = claims.get("codeChallenge").and_then(Value::as_str);
    Ok(vec![state.redirect_credential(&id, challenge)?])
}

impl Nhost {
    /// The user with this account, with its email address, or a new one.
    pub(super) fn account_user(
        &mut self,
        provider: &str,
        account: &Account,
        options: Option<&Value>,
        is_sign_up: bool,
    ) -> Result<String, ServiceError> {
        if let Some(user) = self.users.by_account(provider, &account.id) {
            return Ok(user.id.clone());
        }
        let known = account.email.as_deref().and_then(|email| self.users.by_email(email));
        if let Some(id) = known.map(|user| user.id.clone()) {
            if is_sign_up {
                return Err(ServiceError::Code("user-already-exists"));
            }
            self.link(&id, provider, account)?;
            return Ok(id);
        }
        self.admit_sign_ups()?;
        account.email.as_deref().map_or(Ok(()), |email| self.admit_email(email))?;
        let options = self.sign_up_options(options)?;
        let mut user = self.new_user(&options, &account.name);
        user.avatar_url = account.picture.clone().unwrap_or_default();
        user.email_verified = account.email.is_some() && account.email_verified;
        user.accounts.push((provider.to_owned(), account.id.clone()));
        let id = user.id.clone();
        self.users.add(user);
        if let Some(email) = &account.email {
            self.users.set_email(&id, email);
        }
        Ok(id)
    }

    /// Links an account to a user.
    pub(super) fn link(&mut self, user: &str, provider: &str, account: &Account) -> Result<(), ServiceError> {
        if self.users.by_account(provider, &account.id).is_some() {
            return Err(ServiceError::Code("invalid-request"));
        }
        self.user_mut(user)?.accounts.push((provider.to_owned(), account.id.clone()));
        Ok(())
    }

    fn provider_session(&mut self, user: &str, provider: &str) -> Response {
        let refresh_token = random::token();
        self.provider_tokens.insert((user.to_owned(), provider.to_owned()), refresh_token.clone());
        let expires = u128::from(self.now() + 3600) * 1000;
        Response::json(&json!({
            "accessToken": random::token(),
            "expiresIn": 3600,
            "expiresAt": Self::time_text(expires),
            "refreshToken": refresh_token,
        }))
    }
}

/// The provider's own tokens of the last sign-in with it.
fn tokens(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let (id, provider) = (state.caller(request)?.id.clone(), known_provider(request)?);
    if state.provider_tokens.remove(&(id.clone(), provider.to_owned())).is_none() {
        return Err(ServiceError::Code("invalid-request"));
    }
    Ok(state.provider_session(&id, provider))
}

fn refresh_tokens(state: &mut Nhost, request: &Request) -> Result<Response, ServiceError> {
    let (id, provider) = (state.caller(request)?.id.clone(), known_provider(request)?);
    state.admit_endpoint(state.settings.providers.iter().any(|on| on == provider))?;
    let known = state.provider_tokens.get(&(id.clone(), provider.to_owned()));
    if known.map(String::as_str) != Some(request.text("refreshToken")) {
        return Err(ServiceError::Code("oauth-provider-error"));
    }
    Ok(state.provider_session(&id, provider))
}
