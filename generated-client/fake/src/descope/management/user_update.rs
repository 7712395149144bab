//! Changes of one member of a user.

use super::details::{end_if_disabled, known_status};
use super::lookup::{known_roles, known_tenant, list, number, refused, user_of, user_response};
use crate::descope::errors::{ServiceError, error};
use crate::descope::model::users::User;
use crate::descope::state::Descope;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[
    ("user_update_status", status),
    ("user_update_impersonation_consent", impersonation_consent),
    ("user_update_email", address),
    ("user_update_phone", address),
    ("user_update_recovery_email", recovery_address),
    ("user_update_recovery_phone", recovery_address),
    ("user_update_login_id", login_id),
    ("user_update_name", name),
    ("user_update_picture", name),
    ("user_update_custom_attribute", custom_attribute),
    ("user_update_add_roles", add_roles),
    ("user_update_set_roles", set_roles),
    ("user_update_remove_roles", remove_roles),
    ("user_update_add_tenant", add_tenant),
    ("user_update_remove_tenant", remove_tenant),
    ("user_update_add_sso_apps", add_sso_apps),
    ("user_update_set_sso_apps", set_sso_apps),
    ("user_update_remove_sso_apps", remove_sso_apps),
];

/// Changes the user of a request, and gives them.
fn changed(
    state: &mut Descope,
    request: &Request,
    change: impl FnOnce(&mut User) -> Result<(), ServiceError>,
) -> Result<Response, ServiceError> {
    let user_id = user_of(state, request)?;
    changed_user(state, &user_id, change)
}

/// Changes the user with this ID, and gives them.
fn changed_user(
    state: &mut Descope,
    user_id: &str,
    change: impl FnOnce(&mut User) -> Result<(), ServiceError>,
) -> Result<Response, ServiceError> {
    let now = state.now();
    let user = state.users.known_mut(user_id)?;
    change(user)?;
    user.modified = now;
    end_if_disabled(state, user_id);
    Ok(user_response(state, user_id))
}

fn status(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let status = request.text("status");
    known_status(status)?;
    changed(state, request, |user| {
        user.status = status.to_owned();
        Ok(())
    })
}

fn impersonation_consent(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let until = number(&request.body, "impersonationConsent");
    changed(state, request, |user| {
        user.consent_until = Some(until).filter(|until| *until > 0);
        Ok(())
    })
}

/// Sets a member, or removes it if the new value is empty.
fn set(user: &mut User, member: &str, value: Option<&Value>) {
    match value {
        None | Some(Value::Null) => {}
        Some(Value::String(text)) if text.is_empty() => {
            user.profile.remove(member);
        }
        Some(value) => {
            user.profile.insert(member.to_owned(), value.clone());
        }
    }
}

/// Sets an address, and whether it is confirmed. An address that is a login ID of another user may be refused.
fn address(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let is_email = request.id() == "user_update_email";
    let (member, verified) = if is_email { ("email", "verifiedEmail") } else { ("phone", "verifiedPhone") };
    let user_id = user_of(state, request)?;
    let owner = state.users.by_login(request.text(member));
    if request.flag("failOnConflict") && owner.is_some_and(|owner| owner.id != user_id) {
        return Err(error(400, "E062125", "The address is a login ID of another user"));
    }
    changed(state, request, |user| {
        set(user, member, Some(&json!(request.text(member))));
        set(user, verified, Some(&json!(request.flag("verified"))));
        Ok(())
    })
}

fn recovery_address(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let is_email = request.id() == "user_update_recovery_email";
    let (member, verified) = match is_email {
        true => ("recoveryEmail", "verifiedRecoveryEmail"),
        false => ("recoveryPhone", "verifiedRecoveryPhone"),
    };
    changed(state, request, |user| {
        set(user, member, request.body.get(member));
        set(user, verified, Some(&json!(request.flag("verified"))));
        Ok(())
    })
}

/// Replaces a login ID, or takes it away if there is no new one.
fn login_id(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let user_id = user_of(state, request)?;
    let (old, new) = (request.text("loginId"), request.text("newLoginId"));
    if new == old {
        return Ok(user_response(state, &user_id));
    }
    if new.is_empty() && state.users.known_mut(&user_id)?.login_ids().len() < 2 {
        return Err(refused("The last login ID of a user can't be taken away"));
    }
    if !new.is_empty() {
        state.users.add_login(&user_id, new)?;
    }
    state.users.remove_login(old);
    changed_user(state, &user_id, |_| Ok(()))
}

fn name(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let members = [
        ("displayName", "name"),
        ("givenName", "givenName"),
        ("middleName", "middleName"),
        ("familyName", "familyName"),
        ("picture", "picture"),
    ];
    changed(state, request, |user| {
        for (given, member) in members {
            set(user, member, request.body.get(given));
        }
        Ok(())
    })
}

fn custom_attribute(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let value = request.body.get("attributeValue").cloned().unwrap_or_default();
    changed(state, request, |user| {
        user.attributes.insert(request.text("attributeKey").to_owned(), value);
        Ok(())
    })
}

/// Changes the roles of a user, in the project or in the tenant that a request names.
fn roles(
    state: &mut Descope,
    request: &Request,
    change: fn(&mut BTreeSet<String>, BTreeSet<String>),
) -> Result<Response, ServiceError> {
    let tenant = Some(request.text("tenantId")).filter(|tenant| !tenant.is_empty());
    let given = known_roles(state, list(request, "roleNames"), tenant)?;
    changed(state, request, |user| {
        let roles = match tenant {
            None => &mut user.roles,
            Some(tenant) => user
                .tenants
                .get_mut(tenant)
                .ok_or_else(|| refused("The user doesn't belong to the tenant"))?,
        };
        change(roles, given);
        Ok(())
    })
}

fn add_roles(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    roles(state, request, |roles, given| roles.extend(given))
}

fn set_roles(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    roles(state, request, |roles, given| *roles = given)
}

fn remove_roles(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    roles(state, request, |roles, given| roles.retain(|role| !given.contains(role)))
}

fn add_tenant(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let tenant = request.text("tenantId");
    known_tenant(state, tenant)?;
    let roles = state.directory.member_roles(tenant);
    changed(state, request, |user| {
        user.tenants.entry(tenant.to_owned()).or_insert(roles);
        Ok(())
    })
}

fn remove_tenant(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    changed(state, request, |user| {
        user.tenants.remove(request.text("tenantId"));
        Ok(())
    })
}

fn add_sso_apps(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    changed(state, request, |user| {
        user.sso_apps.extend(list(request, "ssoAppIds"));
        Ok(())
    })
}

fn set_sso_apps(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    changed(state, request, |user| {
        user.sso_apps = list(request, "ssoAppIds").into_iter().collect();
        Ok(())
    })
}

fn remove_sso_apps(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    changed(state, request, |user| {
        let given = list(request, "ssoAppIds");
        user.sso_apps.retain(|app| !given.contains(app));
        Ok(())
    })
}
