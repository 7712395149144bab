//! Users, many at a time.

use super::details::{Absent, change, create};
use super::invitation::invite;
use super::lookup::{done, list, objects, text};
use crate::descope::errors::ServiceError;
use crate::descope::model::users::User;
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
    act: impl Fn(&mut Descope, &Value) -> Result<String, ServiceError>,
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
    let (created, failed) = each(state, request, |state, body| match request.flag("invite") {
        true => invite(state, body, &request.body).map(|(user_id, _)| user_id),
        false => create(state, body, false),
    });
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

/// Users who can't sign in are given only if the request asks for them.
fn list_users(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let ids = list(request, "userIds");
    let is_given = |user: &&User| {
        request.flag("includeInvalidUsers") || !["disabled", "expired"].contains(&user.status.as_str())
    };
    let known = ids.iter().filter_map(|id| state.users.get(id)).filter(is_given);
    let users: Vec<Value> = known.map(|user| state.directory.user_json(user)).collect();
    Ok(Response::json(&json!({"total": users.len(), "users": users})))
}
