//! Takes the data of a user from the body of a request.

use super::lookup::{known_roles, known_tenants, refused, texts};
use crate::descope::errors::ServiceError;
use crate::descope::model::credentials::Password;
use crate::descope::model::users::User;
use crate::descope::state::Descope;
use serde_json::{Value, json};

/// The members of a user that are data and nothing else: their names in requests, and in users.
const DATA: &[(&str, &str)] = &[
    ("email", "email"),
    ("verifiedEmail", "verifiedEmail"),
    ("phone", "phone"),
    ("verifiedPhone", "verifiedPhone"),
    ("displayName", "name"),
    ("name", "name"),
    ("givenName", "givenName"),
    ("middleName", "middleName"),
    ("familyName", "familyName"),
    ("picture", "picture"),
    ("recoveryEmail", "recoveryEmail"),
    ("verifiedRecoveryEmail", "verifiedRecoveryEmail"),
    ("recoveryPhone", "recoveryPhone"),
    ("verifiedRecoveryPhone", "verifiedRecoveryPhone"),
];

/// Whether members that a request lacks stay as they are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Absent {
    Stays,
    IsCleared,
}

/// Refuses a status that no user can have.
pub(super) fn known_status(status: &str) -> Result<(), ServiceError> {
    match ["enabled", "disabled", "invited", "expired"].contains(&status) {
        true => Ok(()),
        false => Err(refused("The status has to be enabled, disabled, invited or expired")),
    }
}

/// Gives a user what the body of a request holds.
pub(super) fn apply(
    state: &Descope,
    user: &mut User,
    body: &Value,
    absent: Absent,
) -> Result<(), ServiceError> {
    if absent == Absent::IsCleared {
        user.profile.clear();
        user.attributes.clear();
    }
    for (given, member) in DATA {
        match body.get(*given) {
            None | Some(Value::Null) => {}
            Some(Value::String(text)) if text.is_empty() => {
                user.profile.remove(*member);
            }
            Some(value) => {
                user.profile.insert((*member).to_owned(), value.clone());
            }
        }
    }
    apply_rights(state, user, body, absent)?;
    if let Some(Value::Object(attributes)) = body.get("customAttributes") {
        user.attributes.extend(attributes.clone());
    }
    if let Some(status) = body.get("status").and_then(Value::as_str).filter(|status| !status.is_empty()) {
        known_status(status)?;
        user.status = status.to_owned();
    }
    user.modified = state.now();
    Ok(())
}

fn apply_rights(state: &Descope, user: &mut User, body: &Value, absent: Absent) -> Result<(), ServiceError> {
    let is_cleared = absent == Absent::IsCleared;
    match texts(body.get("roleNames")) {
        Some(names) => user.roles = known_roles(state, names, None)?,
        None if is_cleared => user.roles.clear(),
        None => {}
    }
    if body.get("userTenants").is_some_and(Value::is_array) || is_cleared {
        user.tenants = known_tenants(state, body, "userTenants")?;
    }
    match texts(body.get("ssoAppIDs")).or_else(|| texts(body.get("ssoAppIds"))) {
        Some(apps) => user.sso_apps = apps.into_iter().collect(),
        None if is_cleared => user.sso_apps.clear(),
        None => {}
    }
    Ok(())
}

/// Makes a user of the body of a request, and gives the ID.
pub(super) fn create(state: &mut Descope, body: &Value, is_test: bool) -> Result<String, ServiceError> {
    let (user, login_ids) = draft(state, body, is_test)?;
    let user_id = user.id.clone();
    state.users.add(user, &login_ids)?;
    Ok(user_id)
}

/// The user whom the body of a request describes, and their login IDs. Nobody knows the user yet.
pub(super) fn draft(
    state: &Descope,
    body: &Value,
    is_test: bool,
) -> Result<(User, Vec<String>), ServiceError> {
    let mut user = state.new_user(serde_json::Map::new());
    let defaults = user.roles.clone();
    apply(state, &mut user, body, Absent::IsCleared)?;
    if user.roles.is_empty() {
        user.roles = defaults;
    }
    user.is_test = is_test || body.get("test") == Some(&json!(true));
    if let Some(password) = body.get("password").and_then(Value::as_str).filter(|text| !text.is_empty()) {
        user.credentials.password = Some(state.new_password(password)?);
    } else if body.get("hashedPassword").is_some_and(Value::is_object) {
        user.credentials.password = Some(Password::imported());
    }
    let mut login_ids = vec![body.get("loginId").and_then(Value::as_str).unwrap_or_default().to_owned()];
    login_ids.extend(texts(body.get("additionalLoginIds")).unwrap_or_default());
    if login_ids.first().is_none_or(String::is_empty) {
        return Err(refused("The loginId field is required"));
    }
    Ok((user, login_ids))
}

/// Changes the user whom the body of a request names, and gives the ID.
pub(super) fn change(state: &mut Descope, body: &Value, absent: Absent) -> Result<String, ServiceError> {
    let name = body.get("loginId").and_then(Value::as_str).unwrap_or_default();
    let user_id = super::lookup::user_named(state, name)?;
    let login_ids = texts(body.get("additionalLoginIds")).unwrap_or_default();
    state.users.may_have(&user_id, &login_ids)?;
    let mut user = state.users.known_mut(&user_id)?.clone();
    apply(state, &mut user, body, absent)?;
    *state.users.known_mut(&user_id)? = user;
    for login_id in login_ids {
        state.users.add_login(&user_id, &login_id)?;
    }
    if let Some(is_test) = body.get("test").and_then(Value::as_bool) {
        state.users.known_mut(&user_id)?.is_test = is_test;
    }
    end_if_disabled(state, &user_id);
    Ok(user_id)
}

/// Ends the sessions of a user who is disabled.
pub(super) fn end_if_disabled(state: &mut Descope, user_id: &str) {
    if state.users.get(user_id).is_some_and(|user| user.status == "disabled") {
        state.sessions.end_all(user_id);
    }
}
