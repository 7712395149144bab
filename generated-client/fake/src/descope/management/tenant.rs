//! Tenants.

use super::lookup::{done, known_roles, known_tenant, list, object, refused, text, texts};
use crate::descope::errors::ServiceError;
use crate::descope::model::directory::Tenant;
use crate::descope::state::{Descope, new_id};
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::{Map, Value, json};

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[
    ("tenant_get", get),
    ("tenant_list", all),
    ("tenant_search", search),
    ("tenant_create", create),
    ("tenant_update", update),
    ("tenant_patch", patch),
    ("tenant_update_default_roles", update_default_roles),
    ("tenant_delete", delete),
    ("tenant_settings", settings),
    ("tenant_update_settings", update_settings),
    ("tenant_groups", groups),
    ("tenant_groups_of_members", groups),
    ("tenant_group_members", groups),
];

/// The members of a tenant that are data and nothing else.
const DATA: &[&str] = &[
    "selfProvisioningDomains",
    "customAttributes",
    "enforceSSO",
    "enforceSSOExclusions",
    "disabled",
    "parent",
    "roleInheritance",
    "federatedAppIds",
];

fn tenant_json(state: &Descope, id: &str) -> Value {
    let Some(tenant) = state.directory.tenants.get(id) else { return Value::Null };
    let is_child = |other: &Tenant| other.details.get("parent").and_then(Value::as_str) == Some(id);
    let children =
        state.directory.tenants.iter().filter(|(_, other)| is_child(other)).map(|(id, _)| id.as_str());
    let setting = |name: &str, absent: Value| tenant.settings.get(name).cloned().unwrap_or(absent);
    let mut members = tenant.details.clone();
    members.insert("id".to_owned(), json!(id));
    members.insert("name".to_owned(), json!(tenant.name));
    members.insert("createdTime".to_owned(), json!(tenant.created));
    members.insert("defaultRoles".to_owned(), json!(tenant.default_roles));
    members.insert("successors".to_owned(), children.collect());
    members.insert("authType".to_owned(), setting("authType", json!("none")));
    members.insert("domains".to_owned(), setting("domains", json!([])));
    Value::Object(members)
}

fn get(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let id = request.raw.query("id").unwrap_or_default();
    known_tenant(state, id)?;
    Ok(Response::json(&tenant_json(state, id)))
}

fn listed(state: &Descope, is: impl Fn(&str, &Value) -> bool) -> Response {
    let mut sorted: Vec<_> = state.directory.tenants.iter().collect();
    sorted.sort_by_key(|(_, tenant)| (tenant.created, &tenant.name));
    let all = sorted.into_iter().map(|(id, _)| (id, tenant_json(state, id)));
    let tenants: Vec<Value> = all.filter(|(id, tenant)| is(id, tenant)).map(|(_, tenant)| tenant).collect();
    Response::json(&json!({ "tenants": tenants }))
}

fn all(state: &mut Descope, _request: &Request) -> Result<Response, ServiceError> {
    Ok(listed(state, |_, _| true))
}

fn search(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let body = &request.body;
    let asked = |member: &str| texts(body.get(member)).filter(|texts| !texts.is_empty());
    let attributes = object(body, "customAttributes");
    let has = |tenant: &Value, member: &str, wanted: &str| {
        let values = asked(wanted);
        let known = texts(tenant.get(member)).unwrap_or_default();
        values.is_none_or(|values| values.iter().any(|value| known.contains(value)))
    };
    let (auth_type, parent) = (text(body, "authType"), text(body, "parentTenantId"));
    Ok(listed(state, |id, tenant| {
        asked("tenantIds").is_none_or(|ids| ids.iter().any(|wanted| wanted == id))
            && asked("tenantNames").is_none_or(|names| names.iter().any(|name| name == text(tenant, "name")))
            && has(tenant, "selfProvisioningDomains", "tenantSelfProvisioningDomains")
            && has(tenant, "domains", "tenantSSODomains")
            && (auth_type.is_empty() || text(tenant, "authType") == auth_type)
            && (parent.is_empty() || text(tenant, "parent") == parent)
            && (!request.flag("topLevelOnly") || text(tenant, "parent").is_empty())
            && attributes
                .iter()
                .all(|(name, value)| object(tenant, "customAttributes").get(name) == Some(value))
    }))
}

/// The data in a body.
fn data(body: &Value) -> Map<String, Value> {
    let given = DATA.iter().filter_map(|name| Some(((*name).to_owned(), body.get(*name)?.clone())));
    given.filter(|(_, value)| !value.is_null()).collect()
}

fn create(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let id = match request.text("id") {
        "" => new_id("T2"),
        id => id.to_owned(),
    };
    if state.directory.tenants.contains_key(&id) {
        return Err(refused(format!("There is a tenant {id} already")));
    }
    is_free(state, &id, request.text("name"))?;
    if !request.text("parent").is_empty() {
        known_tenant(state, request.text("parent"))?;
    }
    let tenant = Tenant {
        name: request.text("name").to_owned(),
        created: state.now(),
        details: data(&request.body),
        ..Tenant::default()
    };
    state.directory.tenants.insert(id.clone(), tenant);
    Ok(Response::json(&json!({ "id": id })))
}

/// Refuses the name of another tenant.
fn is_free(state: &Descope, id: &str, name: &str) -> Result<(), ServiceError> {
    match state.directory.tenants.iter().any(|(known, tenant)| known != id && tenant.name == name) {
        true => Err(refused(format!("There is a tenant with the name {name} already"))),
        false => Ok(()),
    }
}

/// The tenant with this ID, to be changed.
fn tenant<'s>(state: &'s mut Descope, id: &str) -> Result<&'s mut Tenant, ServiceError> {
    known_tenant(state, id)?;
    state.directory.tenants.get_mut(id).ok_or_else(|| refused("There is no such tenant"))
}

fn update(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    is_free(state, request.text("id"), request.text("name"))?;
    let tenant = tenant(state, request.text("id"))?;
    // The parent of a tenant is chosen when the tenant is created, and stays.
    let parent = tenant.details.remove_entry("parent");
    let given = data(&request.body).into_iter().filter(|(name, _)| name != "parent");
    tenant.details = given.chain(parent).collect();
    tenant.name = request.text("name").to_owned();
    Ok(done())
}

fn patch(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    is_free(state, request.text("id"), request.text("name"))?;
    let tenant = tenant(state, request.text("id"))?;
    let mut given = data(&request.body);
    given.remove("parent");
    if let Some(Value::Object(new)) = given.remove("customAttributes") {
        let attributes = tenant.details.entry("customAttributes").or_insert_with(|| json!({}));
        if let Some(attributes) = attributes.as_object_mut() {
            attributes.extend(new);
        }
    }
    tenant.details.extend(given);
    if !request.text("name").is_empty() {
        tenant.name = request.text("name").to_owned();
    }
    Ok(done())
}

fn update_default_roles(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let id = request.text("id");
    let roles = known_roles(state, list(request, "defaultRoles"), Some(id))?;
    tenant(state, id)?.default_roles = roles.into_iter().collect();
    Ok(done())
}

/// Deletes a tenant; with `cascade` the users who belong to no other tenant, too.
fn delete(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let id = request.text("id");
    known_tenant(state, id)?;
    state.directory.tenants.remove(id);
    state.directory.roles.retain(|_, role| role.tenant.as_deref() != Some(id));
    let mut gone = Vec::new();
    for user in state.users.iter() {
        if user.tenants.len() == 1 && user.tenants.contains_key(id) {
            gone.push(user.id.clone());
        }
    }
    for (_, tenants) in state.all_rights() {
        tenants.remove(id);
    }
    for user_id in gone.into_iter().filter(|_| request.flag("cascade")) {
        state.delete_user(&user_id);
    }
    Ok(done())
}

fn settings(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let tenant = tenant(state, request.raw.query("id").unwrap_or_default())?;
    Ok(Response::json(&Value::Object(tenant.settings.clone())))
}

fn update_settings(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let tenant = tenant(state, request.text("tenantId"))?;
    let given = request.body.as_object().cloned().unwrap_or_default();
    tenant.settings.extend(given.into_iter().filter(|(name, value)| name != "tenantId" && !value.is_null()));
    Ok(done())
}

/// Groups come from the directory of a company, which the fake doesn't have.
fn groups(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    known_tenant(state, request.text("tenantId"))?;
    Ok(Response::json(&json!([])))
}
