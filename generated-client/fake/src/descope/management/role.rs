//! Roles of the project and of tenants.

use super::batch::all_or_nothing;
use super::lookup::{done, known_tenant, list, objects, refused, text, texts};
use crate::descope::errors::{ServiceError, not_found};
use crate::descope::model::directory::Role;
use crate::descope::state::{Descope, new_id};
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[
    ("role_list", all),
    ("role_search", search),
    ("role_create", create),
    ("role_create_batch", create_batch),
    ("role_update", update),
    ("role_update_batch", update_batch),
    ("role_delete", delete),
    ("role_delete_batch", delete_batch),
];

fn role_json(id: &str, role: &Role) -> Value {
    json!({
        "id": id,
        "name": role.name,
        "description": role.description,
        "permissionNames": role.permissions,
        "createdTime": role.created,
        "tenantId": role.tenant.clone().unwrap_or_default(),
        "default": role.is_default,
        "private": role.is_private,
    })
}

fn listed(state: &Descope, is: impl Fn(&str, &Role) -> bool) -> Response {
    let mut roles: Vec<_> = state.directory.roles.iter().filter(|(id, role)| is(id, role)).collect();
    roles.sort_by_key(|(_, role)| (role.created, &role.name));
    let roles: Vec<Value> = roles.into_iter().map(|(id, role)| role_json(id, role)).collect();
    Response::json(&json!({ "roles": roles }))
}

fn all(state: &mut Descope, _request: &Request) -> Result<Response, ServiceError> {
    Ok(listed(state, |_, _| true))
}

fn search(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let body = &request.body;
    let one_of = |member: &str, is: &dyn Fn(&String) -> bool| {
        let asked = texts(body.get(member)).filter(|texts| !texts.is_empty());
        asked.is_none_or(|texts| texts.iter().any(is))
    };
    let like = text(body, "roleNameLike").to_lowercase();
    Ok(listed(state, |id, role| {
        let of_project = role.tenant.is_none() && request.flag("includeProjectRoles");
        (of_project || one_of("tenantIds", &|tenant| role.tenant.as_ref() == Some(tenant)))
            && one_of("roleIds", &|wanted| wanted == id)
            && one_of("roleNames", &|name| *name == role.name)
            && one_of("permissionNames", &|name| role.permissions.contains(name))
            && role.name.to_lowercase().contains(&like)
    }))
}

fn create(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    Ok(Response::json(&add(state, &request.body)?))
}

fn create_batch(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let bodies = objects(&request.body, "roles");
    let roles = all_or_nothing(state, |state| {
        bodies.into_iter().map(|body| add(state, body)).collect::<Result<Vec<_>, _>>()
    })?;
    Ok(Response::json(&json!({ "roles": roles })))
}

fn add(state: &mut Descope, body: &Value) -> Result<Value, ServiceError> {
    let tenant = Some(text(body, "tenantId").to_owned()).filter(|tenant| !tenant.is_empty());
    if let Some(tenant) = &tenant {
        known_tenant(state, tenant)?;
    }
    let name = text(body, "name");
    is_free(state, name, tenant.as_deref())?;
    let mut role = Role { tenant, created: state.now(), ..Role::default() };
    fill(state, &mut role, name, body)?;
    let id = new_id("RO");
    let json = role_json(&id, &role);
    state.directory.roles.insert(id, role);
    Ok(json)
}

/// Refuses the name of a role that there is in the project or in the tenant.
fn is_free(state: &Descope, name: &str, tenant: Option<&str>) -> Result<(), ServiceError> {
    let mut roles = state.directory.roles.values();
    match roles.any(|role| role.name == name && role.tenant.as_deref() == tenant) {
        true => Err(refused(format!("There is a role {name} already"))),
        false => Ok(()),
    }
}

/// Gives a role what a body holds. There have to be such permissions.
fn fill(state: &Descope, role: &mut Role, name: &str, body: &Value) -> Result<(), ServiceError> {
    let permissions = texts(body.get("permissionNames")).unwrap_or_default();
    let is_known = |name: &&String| state.directory.permissions.values().any(|known| known.name == **name);
    if let Some(unknown) = permissions.iter().find(|name| !is_known(name)) {
        return Err(refused(format!("There is no permission {unknown}")));
    }
    let flag = |member: &str| body.get(member) == Some(&json!(true));
    role.name = name.to_owned();
    role.description = text(body, "description").to_owned();
    role.permissions = permissions.into_iter().collect();
    role.is_default = flag("default");
    role.is_private = flag("private");
    Ok(())
}

/// The ID of the role that a body names by its ID, or by its name in the project or in a tenant.
fn named(state: &Descope, body: &Value) -> Result<String, ServiceError> {
    let (id, name, tenant) = (text(body, "id"), text(body, "name"), text(body, "tenantId"));
    let is_named = |(known, role): &(&String, &Role)| {
        *known == id
            || id.is_empty() && role.name == name && role.tenant.as_deref().unwrap_or_default() == tenant
    };
    let found = state.directory.roles.iter().find(is_named);
    found.map(|(id, _)| id.clone()).ok_or_else(|| not_found("There is no such role"))
}

fn update(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    Ok(Response::json(&change(state, &request.body)?))
}

fn update_batch(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let bodies = objects(&request.body, "roles");
    let roles = all_or_nothing(state, |state| {
        bodies.into_iter().map(|body| change(state, body)).collect::<Result<Vec<_>, _>>()
    })?;
    Ok(Response::json(&json!({ "roles": roles })))
}

/// Changes a role. Everybody who has the role keeps it under its new name.
fn change(state: &mut Descope, body: &Value) -> Result<Value, ServiceError> {
    let id = named(state, body)?;
    let Some(mut role) = state.directory.roles.get(&id).cloned() else { return Ok(Value::Null) };
    let old = role.name.clone();
    if text(body, "newName") != old {
        is_free(state, text(body, "newName"), role.tenant.as_deref())?;
    }
    fill(state, &mut role, text(body, "newName"), body)?;
    let json = role_json(&id, &role);
    let (new, tenant) = (role.name.clone(), role.tenant.clone());
    state.directory.roles.insert(id, role);
    if old != new {
        state.replace_role(&old, tenant.as_deref(), Some(&new));
    }
    Ok(json)
}

impl Descope {
    /// Gives those who have a role another one in its place, or none. In a tenant, a role of its own comes before one of the
    /// project with the same name.
    fn replace_role(&mut self, old: &str, tenant: Option<&str>, new: Option<&str>) {
        let own = self.directory.roles.values().filter(|role| role.name == old);
        let with_own: BTreeSet<String> = own.filter_map(|role| role.tenant.clone()).collect();
        let means_it = |id: &String| tenant.map_or(!with_own.contains(id), |tenant| tenant == id);
        for (roles, tenants) in self.all_rights() {
            let of_project = tenant.is_none().then_some(roles);
            let of_tenants = tenants.iter_mut().filter(|(id, _)| means_it(id)).map(|(_, roles)| roles);
            for roles in of_project.into_iter().chain(of_tenants) {
                if roles.remove(old) {
                    roles.extend(new.map(str::to_owned));
                }
            }
        }
        for (_, tenant) in self.directory.tenants.iter_mut().filter(|(id, _)| means_it(id)) {
            let had_it = tenant.default_roles.iter().any(|role| role == old);
            tenant.default_roles.retain(|role| role != old);
            tenant.default_roles.extend(new.filter(|_| had_it).map(str::to_owned));
        }
    }
}

fn remove(state: &mut Descope, body: &Value) -> Result<(), ServiceError> {
    let id = named(state, body)?;
    if let Some(gone) = state.directory.roles.remove(&id) {
        state.replace_role(&gone.name, gone.tenant.as_deref(), None);
    }
    Ok(())
}

fn delete(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    remove(state, &request.body)?;
    Ok(done())
}

fn delete_batch(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let tenant = request.text("tenantId");
    let ids = list(request, "roleIds").into_iter().map(|id| json!({ "id": id }));
    let of_tenant = |name: String| json!({"name": name, "tenantId": tenant});
    let mut named = ids.chain(list(request, "roleNames").into_iter().map(of_tenant));
    all_or_nothing(state, |state| named.try_for_each(|body| remove(state, &body)))?;
    Ok(done())
}
