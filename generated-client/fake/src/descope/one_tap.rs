//! Google One Tap.

use super::errors::ServiceError;
use super::model::options::SignInOptions;
use super::model::pending::{Grant, Purpose};
use super::signed_in::Gives;
use super::state::Descope;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::json;

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] =
    &[("one_tap_client_id", client_id), ("one_tap_exchange", exchange), ("one_tap_verify", verify)];

fn client_id(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let provider = request.path_argument("provider");
    state.provider_is_set_up(provider)?;
    Ok(Response::json(&json!({ "clientId": state.client_id(provider) })))
}

/// The ID of the user whom the ID token of a request names, and whether they are new.
fn user_of(
    state: &mut Descope,
    request: &Request,
    options: &SignInOptions,
) -> Result<(String, bool), ServiceError> {
    let provider = request.text("provider");
    state.provider_is_set_up(provider)?;
    let account = state.account_of(provider, request.text("idToken"), request.text("nonce"))?;
    state.account_user(provider, &account, &Purpose::SignUpOrIn, options)
}

fn exchange(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let options = SignInOptions::of(request)?;
    let (user_id, is_first) = user_of(state, request, &options)?;
    let session = state.sign_in(&user_id, &["oauth"], &options)?;
    state.session_response(&session, Gives::SignIn { is_first })
}

fn verify(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let options = SignInOptions::of(request)?;
    let (user_id, is_first) = user_of(state, request, &options)?;
    let code = state.grant(Grant {
        user_id,
        is_first,
        method: "oauth",
        options,
        challenge: None,
        federated: None,
        expires: 0,
    });
    Ok(Response::json(&json!({ "code": code })))
}
