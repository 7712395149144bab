//! Access keys of programs.

use super::batch::all_or_nothing;
use super::lookup::{
    done, known_roles, known_tenants, list, number, object, objects, text, texts, user_named,
};
use crate::descope::access_keys::hash;
use crate::descope::errors::{ServiceError, not_found};
use crate::descope::model::access_keys::AccessKey;
use crate::descope::model::sessions::Grants;
use crate::descope::state::{Descope, new_id};
use crate::random;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::{Map, Value, json};

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[
    ("access_keys_get", get),
    ("access_keys_search", search),
    ("access_keys_create", create),
    ("access_keys_update", update),
    ("access_keys_rotate", rotate),
    ("access_keys_import", import),
    ("access_keys_activate", activate),
    ("access_keys_activate_batch", activate),
    ("access_keys_deactivate", deactivate),
    ("access_keys_deactivate_batch", deactivate),
    ("access_keys_delete", delete),
    ("access_keys_delete_batch", delete),
];

fn key_json(state: &Descope, id: &str, key: &AccessKey) -> Value {
    let tenants = key.grants.tenants.iter().map(|(tenant, roles)| {
        let name = state.directory.tenants.get(tenant).map_or("", |tenant| tenant.name.as_str());
        json!({"tenantId": tenant, "tenantName": name, "roleNames": roles})
    });
    let mut members = key.details.clone();
    let given = json!({
        "id": id,
        "name": key.name,
        "status": if key.is_active { "active" } else { "inactive" },
        "roleNames": key.grants.roles,
        "keyTenants": tenants.collect::<Vec<_>>(),
        "boundUserId": key.user_id.clone().unwrap_or_default(),
        "createdTime": key.created,
        "expireTime": key.expires,
        "createdBy": "fake",
        "clientId": id,
        "customClaims": key.claims,
        "editable": true,
    });
    members.extend(given.as_object().cloned().unwrap_or_default());
    Value::Object(members)
}

fn key<'s>(state: &'s mut Descope, id: &str) -> Result<&'s mut AccessKey, ServiceError> {
    state.access_keys.get_mut(id).ok_or_else(|| not_found("There is no such access key"))
}

fn key_response(state: &mut Descope, id: &str) -> Result<Response, ServiceError> {
    let key = key(state, id)?.clone();
    Ok(Response::json(&json!({ "key": key_json(state, id, &key) })))
}

fn get(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    key_response(state, request.raw.query("id").unwrap_or_default())
}

fn search(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let body = &request.body;
    let tenants = texts(body.get("tenantIds")).filter(|tenants| !tenants.is_empty());
    let attributes = object(body, "customAttributes");
    let is = |key: &AccessKey| {
        let of_key = object(&Value::Object(key.details.clone()), "customAttributes");
        let user = text(body, "boundUserId");
        tenants.as_ref().is_none_or(|asked| asked.iter().any(|id| key.grants.tenants.contains_key(id)))
            && (user.is_empty() || key.user_id.as_deref() == Some(user))
            && attributes.iter().all(|(name, value)| of_key.get(name) == Some(value))
            && key.name.contains(text(body, "text"))
    };
    let mut found: Vec<_> = state.access_keys.iter().filter(|(_, key)| is(key)).collect();
    found.sort_by_key(|(_, key)| (key.created, &key.name));
    let keys: Vec<Value> = found.into_iter().map(|(id, key)| key_json(state, id, key)).collect();
    Ok(Response::json(&json!({ "keys": keys })))
}

/// What a body says of a key. There have to be such roles and tenants.
fn grants(state: &Descope, body: &Value) -> Result<Grants, ServiceError> {
    let roles = known_roles(state, texts(body.get("roleNames")).unwrap_or_default(), None)?;
    Ok(Grants { roles, tenants: known_tenants(state, body, "keyTenants")? })
}

fn details(body: &Value) -> Map<String, Value> {
    let members = ["description", "customAttributes", "permittedIps"];
    let given = members.iter().filter_map(|name| Some(((*name).to_owned(), body.get(*name)?.clone())));
    given.filter(|(_, value)| !value.is_null()).collect()
}

fn add(state: &mut Descope, body: &Value, id: String, cleartext: &str) -> Result<Value, ServiceError> {
    let user_id = match text(body, "userId") {
        "" => None,
        name => Some(user_named(state, name)?),
    };
    let key = AccessKey {
        name: text(body, "name").to_owned(),
        hash: hash(cleartext),
        is_active: true,
        grants: grants(state, body)?,
        user_id,
        created: state.now(),
        expires: number(body, "expireTime"),
        claims: object(body, "customClaims"),
        details: details(body),
    };
    let json = key_json(state, &id, &key);
    state.access_keys.insert(id, key);
    Ok(json)
}

/// The text of a new key, which begins with its ID.
fn cleartext(id: &str) -> String {
    format!("{id}{}", random::token())
}

fn create(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let id = new_id("K2");
    let cleartext = cleartext(&id);
    let key = add(state, &request.body, id, &cleartext)?;
    Ok(Response::json(&json!({"cleartext": cleartext, "key": key})))
}

fn import(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let bodies = objects(&request.body, "keys").into_iter();
    let keys = all_or_nothing(state, |state| {
        let keys = bodies.map(|body| add(state, body, new_id("K2"), text(body, "cleartext")));
        keys.collect::<Result<Vec<_>, _>>()
    })?;
    Ok(Response::json(&json!({ "keys": keys })))
}

/// Members that a request lacks stay as they are.
fn update(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let (id, body) = (request.text("id"), &request.body);
    let given = grants(state, body)?;
    let has = |member: &str| body.get(member).is_some_and(|value| !value.is_null());
    let key = key(state, id)?;
    key.name = text(body, "name").to_owned();
    if has("roleNames") {
        key.grants.roles = given.roles;
    }
    if has("keyTenants") {
        key.grants.tenants = given.tenants;
    }
    if has("customClaims") {
        key.claims = object(body, "customClaims");
    }
    key.details.extend(details(body));
    key_response(state, id)
}

fn rotate(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let (id, now) = (request.text("id"), state.now());
    let cleartext = cleartext(id);
    let key = key(state, id)?;
    if !key.is_active || key.expires != 0 && key.expires <= now {
        return Err(super::lookup::refused("The access key is deactivated or has expired"));
    }
    key.hash = hash(&cleartext);
    let key = key.clone();
    Ok(Response::json(&json!({"cleartext": cleartext, "key": key_json(state, id, &key)})))
}

/// The IDs that a request names, one or many.
fn ids(request: &Request) -> Vec<String> {
    let one = Some(request.text("id").to_owned()).filter(|id| !id.is_empty());
    one.into_iter().chain(list(request, "ids")).collect()
}

fn set_active(state: &mut Descope, request: &Request, is_active: bool) -> Result<Response, ServiceError> {
    all_or_nothing(state, |state| {
        ids(request).iter().try_for_each(|id| key(state, id).map(|key| key.is_active = is_active))
    })?;
    Ok(done())
}

fn activate(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    set_active(state, request, true)
}

fn deactivate(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    set_active(state, request, false)
}

fn delete(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    all_or_nothing(state, |state| {
        ids(request).iter().try_for_each(|id| {
            key(state, id)?;
            state.access_keys.remove(id);
            Ok(())
        })
    })?;
    Ok(done())
}
