//! Users, many at a time.

use super::details::{Absent, change, create};
use super::lookup::{done, list, objects, text};
use crate::descope::errors::ServiceError;
use crate::descope::state::Descope;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::{Value, json};

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[
    ("user_create_batch", create_batch),
    ("user_patch_batch", patch_batch),
    ("user_delete_batch", delete_batch),
    ("user_list", list_users),
];

/// The users of a request that something was done with, and those that it failed with.
fn each(
    state: &mut Descope,
    request: &Request,
    act: fn(&mut Descope, &Value) -> Result<String, ServiceError>,
) -> (Vec<Value>, Vec<Value>) {
    let (mut good, mut failed) = (Vec::new(), Vec::new());
    for body in objects(&request.body, "users") {
        match act(state, body) {
            Ok(user_id) => good.push(state.user_json(&user_id)),
            Err(refused) => failed.push(json!({
                "failure": refused.code(),
                "user": {"loginIds": [text(body, "loginId")], "email": text(body, "email")},
            })),
        }
    }
    (good, failed)
}

fn create_batch(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let (created, failed) = each(state, request, |state, body| create(state, body, false));
    Ok(Response::json(&json!({"createdUsers": created, "failedUsers": failed, "additionalErrors": {}})))
}

fn patch_batch(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let (patched, failed) = each(state, request, |state, body| change(state, body, Absent::Stays));
    Ok(Response::json(&json!({"patchedUsers": patched, "failedUsers": failed, "additionalErrors": {}})))
}

fn delete_batch(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    for user_id in list(request, "userIds") {
        state.delete_user(&user_id);
    }
    Ok(done())
}

fn list_users(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let ids = list(request, "userIds");
    let known: Vec<&String> = ids.iter().filter(|id| state.users.get(id).is_some()).collect();
    if known.len() < ids.len() && !request.flag("includeInvalidUsers") {
        return Err(super::lookup::no_user());
    }
    let users: Vec<Value> = known.iter().map(|id| state.user_json(id)).collect();
    Ok(Response::json(&json!({"total": users.len(), "users": users})))
}
