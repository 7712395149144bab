//! Social login.

use super::caller::user_id;
use super::errors::{ServiceError, error, invalid};
use super::links::wanted_page;
use super::model::options::SignInOptions;
use super::model::pending::{NativeStart, Purpose};
use super::provider::exchange;
use super::signed_in::Gives;
use super::state::Descope;
use crate::providers::Account;
use crate::random;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::json;

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[
    ("oauth_authorize", authorize),
    ("oauth_authorize_sign_in", authorize_sign_in),
    ("oauth_authorize_sign_up", authorize_sign_up),
    ("oauth_authorize_update", authorize_update),
    ("oauth_exchange", exchange),
    ("oauth_native_start", native_start),
    ("oauth_native_finish", native_finish),
];

fn authorize(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    begin(state, request, Purpose::SignUpOrIn)
}

fn authorize_sign_in(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    begin(state, request, Purpose::SignIn)
}

fn authorize_sign_up(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    begin(state, request, Purpose::SignUp)
}

fn authorize_update(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let merges = request.raw.query("allowAllMerge") == Some("true");
    begin(state, request, Purpose::Link { user_id: user_id(request)?, merges })
}

fn begin(state: &mut Descope, request: &Request, purpose: Purpose) -> Result<Response, ServiceError> {
    let provider = request.raw.query("provider").unwrap_or_default();
    state.provider_is_set_up(provider)?;
    let options = SignInOptions::of_body(request)?;
    let visit = state.new_visit(provider, wanted_page(request), purpose, options)?;
    Ok(state.visit(visit))
}

impl Descope {
    /// Refuses a provider that isn't set up.
    pub(super) fn provider_is_set_up(&self, provider: &str) -> Result<(), ServiceError> {
        match self.settings.providers.iter().any(|known| known == provider) {
            true => Ok(()),
            false => Err(error(400, "E061002", format!("The provider {provider} isn't set up"))),
        }
    }

    /// The ID of the project's client at a provider.
    pub(super) fn client_id(&self, provider: &str) -> String {
        format!("{provider}-client-of-{}", self.settings.project_id)
    }

    /// A token in which a provider says who somebody is.
    pub(super) fn id_token(
        &self,
        provider: &str,
        account: &Account,
        nonce: &str,
    ) -> Result<String, ServiceError> {
        let now = self.now();
        let claims = json!({
            "iss": provider_issuer(provider),
            "aud": self.client_id(provider),
            "sub": account.id,
            "email": account.email,
            "email_verified": account.email_verified,
            "name": account.name,
            "picture": account.picture,
            "nonce": nonce,
            "iat": now,
            "exp": now + 300,
        });
        self.tools.keys.sign(&claims).map_err(|fault| error(500, "E011001", fault.to_string()))
    }

    /// The account of the person whom an ID token names. It has to be for this project and for this nonce.
    pub(super) fn account_of(
        &self,
        provider: &str,
        id_token: &str,
        nonce: &str,
    ) -> Result<Account, ServiceError> {
        let claims = self.tools.keys.verify(id_token, &self.tools.clock);
        let claims = claims.map_err(|_| invalid("The ID token is invalid or has expired"))?;
        let text = |name: &str| claims.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
        if text("iss") != provider_issuer(provider) || text("aud") != self.client_id(provider) {
            return Err(invalid("The ID token is for somebody else"));
        }
        if text("nonce") != nonce {
            return Err(invalid("The nonce of the ID token is another one"));
        }
        let optional = |name: &str| Some(text(name).to_owned()).filter(|text| !text.is_empty());
        Ok(Account {
            id: text("sub").to_owned(),
            email: optional("email"),
            email_verified: claims.get("email_verified") == Some(&json!(true)),
            name: text("name").to_owned(),
            picture: optional("picture"),
        })
    }
}

fn provider_issuer(provider: &str) -> String {
    format!("https://{provider}.example")
}

fn native_start(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let provider = request.text("provider").to_owned();
    state.provider_is_set_up(&provider)?;
    let (id, nonce) = (random::token(), random::token());
    let started = NativeStart {
        provider: provider.clone(),
        nonce: nonce.clone(),
        options: SignInOptions::of(request)?,
        expires: state.now() + state.settings.link_seconds,
    };
    state.native.insert(id.clone(), started);
    Ok(Response::json(&json!({
        "clientId": state.client_id(&provider),
        "stateId": id,
        "nonce": nonce,
        "implicit": request.flag("implicit"),
    })))
}

fn native_finish(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let started = state.native.remove(request.text("stateId"));
    let started = started.filter(|started| started.expires > state.tools.clock.seconds());
    let started = started.ok_or_else(|| invalid("This sign-in is unknown, or has ended"))?;
    let provider = &started.provider;
    if provider != request.text("provider") {
        return Err(invalid("The sign-in was begun at another provider"));
    }
    let account = match (request.text("code"), request.text("idToken")) {
        ("", id_token) => state.account_of(provider, id_token, &started.nonce)?,
        (code, _) => {
            let account = state.tools.providers.redeem(provider, code);
            account.ok_or_else(|| invalid("The code of the provider is unknown, or has been used"))?
        }
    };
    let (user_id, is_first) =
        state.account_user(provider, &account, &Purpose::SignUpOrIn, &started.options)?;
    let session = state.sign_in(&user_id, &["oauth"], &started.options)?;
    state.session_response(&session, Gives::SignIn { is_first })
}
