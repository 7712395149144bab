//! Recovery codes.

use super::access::user_of_login;
use super::errors::{ServiceError, invalid};
use super::model::options::SignInOptions;
use super::signed_in::Gives;
use super::state::Descope;
use crate::random;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] =
    &[("recovery_codes_generate", generate), ("recovery_codes_sign_in", sign_in)];

/// Makes ten codes, and forgets those that the user had.
fn generate(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let user_id = user_of_login(state, request)?;
    let mut codes = BTreeSet::new();
    while codes.len() < 10 {
        codes.insert(format!("{}-{}", random::code(), random::code()));
    }
    let listed: Vec<Value> = codes.iter().map(|code| json!({ "code": code })).collect();
    state.users.known_mut(&user_id)?.credentials.recovery_codes = codes;
    Ok(Response::json(&json!({ "codes": listed })))
}

fn sign_in(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let options = SignInOptions::of(request)?;
    let user_id = state.users.known(request.text("loginId"))?.id.clone();
    let credentials = &mut state.users.known_mut(&user_id)?.credentials;
    if !credentials.recovery_codes.remove(request.text("code")) {
        return Err(invalid("The recovery code is wrong, or has been used"));
    }
    let session = state.sign_in(&user_id, &["recoverycodes"], &options)?;
    state.session_response(&session, Gives::SignIn { is_first: false })
}
