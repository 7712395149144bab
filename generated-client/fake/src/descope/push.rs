//! Sign-ins that the user allows on a phone.

use super::caller::user_id;
use super::errors::{ServiceError, invalid};
use super::state::Descope;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::json;

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] =
    &[("push_update", update), ("push_sign_in_finish", sign_in_finish)];

fn update(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let user = state.users.known_mut(&user_id(request)?)?;
    user.credentials.devices.insert(request.text("device").to_owned(), request.text("token").to_owned());
    Ok(Response::json(&json!({})))
}

fn sign_in_finish(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let user_id = user_id(request)?;
    let push = state.pushes.get_mut(request.text("transactionId"));
    let push = push.filter(|push| push.user_id == user_id && push.result.is_none());
    let push = push.ok_or_else(|| invalid("The sign-in is unknown, or has been decided"))?;
    push.result = Some(request.text("result").to_owned());
    Ok(Response::json(&json!({})))
}
