//! Finds what a request of an administrator names, and reads the lists in it.

use crate::descope::errors::{ServiceError, error, not_found};
use crate::descope::state::Descope;
use crate::request::Request;
use crate::response::Response;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// There is no such user.
pub(super) fn no_user() -> ServiceError {
    error(400, "E112102", "There is no user with this login ID or user ID")
}

/// A value names something that there isn't.
pub(super) fn refused(message: impl Into<String>) -> ServiceError {
    error(400, "E113007", message)
}

/// The ID of the user whom a text names: by the ID itself, or by a login ID.
pub(super) fn user_named(state: &Descope, name: &str) -> Result<String, ServiceError> {
    let found = state.users.get(name).or_else(|| state.users.by_login(name));
    found.map(|user| user.id.clone()).ok_or_else(no_user)
}

/// The ID of the user whom a request names in `loginId`, or else in `userId`.
pub(super) fn user_of(state: &Descope, request: &Request) -> Result<String, ServiceError> {
    let names = [request.text("loginId"), request.text("userId")];
    user_named(state, names.into_iter().find(|name| !name.is_empty()).unwrap_or_default())
}

/// The response with a user.
pub(super) fn user_response(state: &Descope, user_id: &str) -> Response {
    Response::json(&json!({ "user": state.user_json(user_id) }))
}

/// The response of an operation that gives nothing.
pub(super) fn done() -> Response {
    Response::json(&json!({}))
}

/// The texts of a list; none if there is no list.
pub(super) fn texts(value: Option<&Value>) -> Option<Vec<String>> {
    let items = value?.as_array()?;
    Some(items.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

/// The texts of a list in the body of a request; empty if there is no list.
pub(super) fn list(request: &Request, member: &str) -> Vec<String> {
    texts(request.body.get(member)).unwrap_or_default()
}

/// The objects of a list in a body.
pub(super) fn objects<'b>(body: &'b Value, member: &str) -> Vec<&'b Value> {
    body.get(member).and_then(Value::as_array).into_iter().flatten().collect()
}

/// An object in a body; empty if there is none.
pub(super) fn object(body: &Value, member: &str) -> Map<String, Value> {
    body.get(member).and_then(Value::as_object).cloned().unwrap_or_default()
}

/// A text in a body; empty if there is none.
pub(super) fn text<'b>(body: &'b Value, member: &str) -> &'b str {
    body.get(member).and_then(Value::as_str).unwrap_or_default()
}

/// A number in a body, which older clients send as a text; 0 if there is none.
pub(super) fn number(body: &Value, member: &str) -> u64 {
    let value = body.get(member);
    let from_text = || value.and_then(Value::as_str).and_then(|text| text.parse().ok());
    value.and_then(Value::as_u64).or_else(from_text).unwrap_or_default()
}

/// A duration in a body, in seconds; none if it is absent or 0. It is never longer than a century, so that the time at which it
/// ends can be written in a token.
pub(super) fn duration(body: &Value, member: &str) -> Option<u64> {
    const CENTURY: u64 = 100 * 365 * 24 * 60 * 60;
    Some(number(body, member).min(CENTURY)).filter(|seconds| *seconds > 0)
}

/// Roles of the project or of a tenant, which there have to be.
pub(super) fn known_roles(
    state: &Descope,
    names: Vec<String>,
    tenant: Option<&str>,
) -> Result<BTreeSet<String>, ServiceError> {
    let is_known = |name: &String| {
        let mut roles = state.directory.roles.values().filter(|role| role.name == *name);
        roles.any(|role| role.tenant.is_none() || role.tenant.as_deref() == tenant)
    };
    match names.iter().find(|name| !is_known(name)) {
        Some(unknown) => Err(refused(format!("There is no role {unknown}"))),
        None => Ok(names.into_iter().collect()),
    }
}

/// The tenants that a list in a body names, and the roles in each. There have to be such tenants and roles.
pub(super) fn known_tenants(
    state: &Descope,
    body: &Value,
    member: &str,
) -> Result<BTreeMap<String, BTreeSet<String>>, ServiceError> {
    let mut tenants = BTreeMap::new();
    for given in objects(body, member) {
        let id = text(given, "tenantId");
        known_tenant(state, id)?;
        let names = texts(given.get("roleNames")).unwrap_or_default();
        let roles = if names.is_empty() {
            state.directory.member_roles(id)
        } else {
            known_roles(state, names, Some(id))?
        };
        tenants.insert(id.to_owned(), roles);
    }
    Ok(tenants)
}

/// Refuses the ID of a tenant that there isn't.
pub(super) fn known_tenant(state: &Descope, id: &str) -> Result<(), ServiceError> {
    match state.directory.tenants.contains_key(id) {
        true => Ok(()),
        false => Err(not_found(format!("There is no tenant {id}"))),
    }
}
