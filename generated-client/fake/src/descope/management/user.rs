//! Users, one at a time.

use super::details::{Absent, change, create};
use super::invitation::invite;
use super::lookup::{done, list, no_user, user_named, user_of, user_response};
use crate::descope::errors::ServiceError;
use crate::descope::state::Descope;
use crate::random;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::{Value, json};

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[
    ("user_get", get),
    ("user_create", create_user),
    ("user_update", update),
    ("user_patch", patch),
    ("user_delete", delete),
    ("user_history", history),
    ("user_history_v2", history_v2),
    ("user_provider_token", provider_token),
    ("user_logout", logout),
];

fn get(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let names = ["loginId", "userId"].map(|name| request.raw.query(name).unwrap_or_default());
    let name = names.into_iter().find(|name| !name.is_empty()).ok_or_else(no_user)?;
    let user_id = user_named(state, name)?;
    Ok(user_response(state, &user_id))
}

fn create_user(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let (user_id, created) = match request.flag("invite") {
        true => invite(state, &request.body, &request.body)?,
        false => (create(state, &request.body, false)?, true),
    };
    Ok(Response::json(&json!({"user": state.user_json(&user_id), "created": created})))
}

fn update(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let user_id = change(state, &request.body, Absent::IsCleared)?;
    Ok(user_response(state, &user_id))
}

fn patch(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let user_id = change(state, &request.body, Absent::Stays)?;
    Ok(user_response(state, &user_id))
}

/// Deletes a user. It is no error if there is no such user.
fn delete(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    if let Ok(user_id) = user_of(state, request) {
        state.delete_user(&user_id);
    }
    Ok(done())
}

impl Descope {
    /// Removes a user and their sessions.
    pub(in crate::descope) fn delete_user(&mut self, user_id: &str) {
        self.sessions.end_all(user_id);
        self.users.remove(user_id);
    }
}

fn history_of(state: &Descope, ids: &[String]) -> Vec<Value> {
    ids.iter().filter_map(|id| state.users.get(id)).flat_map(|user| user.history_json()).collect()
}

fn history(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let ids = super::lookup::texts(Some(&request.body)).unwrap_or_default();
    Ok(Response::json(&Value::Array(history_of(state, &ids))))
}

fn history_v2(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let history = history_of(state, &list(request, "userIds"));
    Ok(Response::json(&json!({ "usersAuthHistory": history })))
}

/// The tokens of a provider that the user has signed in with. They are made up.
fn provider_token(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let query = |name: &str| request.raw.query(name).unwrap_or_default();
    let user_id = user_named(state, query("loginId"))?;
    let provider = query("provider");
    let user = state.users.known_mut(&user_id)?;
    if !user.providers.contains(provider) {
        return Err(super::lookup::refused("The user hasn't signed in with this provider"));
    }
    let prefix = format!("{provider}-");
    let account =
        user.login_ids().iter().find_map(|login_id| login_id.strip_prefix(&prefix)).unwrap_or_default();
    let mut body = json!({
        "provider": provider,
        "providerUserId": account,
        "accessToken": random::token(),
        "expiration": state.now() + 3600,
        "scopes": ["openid", "email", "profile"],
    });
    if let (true, Some(members)) = (query("withRefreshToken") == "true", body.as_object_mut()) {
        members.insert("refreshToken".to_owned(), json!(random::token()));
    }
    Ok(Response::json(&body))
}

fn logout(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let user_id = user_of(state, request)?;
    state.sessions.end_all(&user_id);
    Ok(done())
}
