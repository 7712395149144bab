//! Permissions.

use super::batch::all_or_nothing;
use super::lookup::{done, list, objects, refused, text};
use crate::descope::errors::{ServiceError, not_found};
use crate::descope::model::directory::Permission;
use crate::descope::state::{Descope, new_id};
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::{Value, json};

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[
    ("permission_list", all),
    ("permission_create", create),
    ("permission_create_batch", create_batch),
    ("permission_update", update),
    ("permission_update_batch", update_batch),
    ("permission_delete", delete),
    ("permission_delete_batch", delete_batch),
];

fn all(state: &mut Descope, _request: &Request) -> Result<Response, ServiceError> {
    let mut sorted: Vec<_> = state.directory.permissions.iter().collect();
    sorted.sort_by_key(|(_, permission)| &permission.name);
    let listed = sorted.into_iter().map(|(id, permission)| {
        json!({
            "id": id,
            "name": permission.name,
            "description": permission.description,
            "systemDefault": false,
        })
    });
    let permissions: Vec<Value> = listed.collect();
    Ok(Response::json(&json!({ "permissions": permissions })))
}

fn create(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    add(state, &request.body)?;
    Ok(done())
}

fn create_batch(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let bodies = objects(&request.body, "permissions");
    all_or_nothing(state, |state| bodies.into_iter().try_for_each(|body| add(state, body)))?;
    Ok(done())
}

fn add(state: &mut Descope, body: &Value) -> Result<(), ServiceError> {
    let permission =
        Permission { name: text(body, "name").to_owned(), description: text(body, "description").to_owned() };
    is_free(state, &permission.name)?;
    state.directory.permissions.insert(new_id("PR"), permission);
    Ok(())
}

/// Refuses the name of a permission that there is.
fn is_free(state: &Descope, name: &str) -> Result<(), ServiceError> {
    match state.directory.permissions.values().any(|known| known.name == name) {
        true => Err(refused(format!("There is a permission {name} already"))),
        false => Ok(()),
    }
}

/// The ID of the permission that a body names by its ID or by its name.
fn named(state: &Descope, body: &Value) -> Result<String, ServiceError> {
    let (id, name) = (text(body, "id"), text(body, "name"));
    let is_named = |known: &&String| {
        let permission = state.directory.permissions.get(*known);
        *known == id || id.is_empty() && permission.is_some_and(|permission| permission.name == name)
    };
    let found = state.directory.permissions.keys().find(is_named);
    found.cloned().ok_or_else(|| not_found("There is no such permission"))
}

fn update(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    change(state, &request.body)?;
    Ok(done())
}

fn update_batch(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let bodies = objects(&request.body, "permissions");
    all_or_nothing(state, |state| bodies.into_iter().try_for_each(|body| change(state, body)))?;
    Ok(done())
}

/// Renames a permission, in the roles that give it as well.
fn change(state: &mut Descope, body: &Value) -> Result<(), ServiceError> {
    let (id, new) = (named(state, body)?, text(body, "newName").to_owned());
    if state.directory.permissions.get(&id).is_some_and(|known| known.name != new) {
        is_free(state, &new)?;
    }
    let Some(permission) = state.directory.permissions.get_mut(&id) else { return Ok(()) };
    let old = std::mem::replace(&mut permission.name, new.clone());
    permission.description = text(body, "description").to_owned();
    for role in state.directory.roles.values_mut() {
        if role.permissions.remove(&old) {
            role.permissions.insert(new.clone());
        }
    }
    Ok(())
}

/// Takes a permission away, from the roles that give it as well.
fn remove(state: &mut Descope, body: &Value) -> Result<(), ServiceError> {
    let id = named(state, body)?;
    if let Some(gone) = state.directory.permissions.remove(&id) {
        for role in state.directory.roles.values_mut() {
            role.permissions.remove(&gone.name);
        }
    }
    Ok(())
}

fn delete(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    remove(state, &request.body)?;
    Ok(done())
}

fn delete_batch(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let ids = list(request, "ids").into_iter().map(|id| json!({ "id": id }));
    let mut named = ids.chain(list(request, "names").into_iter().map(|name| json!({ "name": name })));
    all_or_nothing(state, |state| named.try_for_each(|body| remove(state, &body)))?;
    Ok(done())
}
