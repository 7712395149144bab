//! The attributes that an administrator declares for users.

use super::lookup::{list, objects, text};
use crate::descope::errors::ServiceError;
use crate::descope::state::Descope;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::{Value, json};

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] =
    &[("user_attributes", all), ("user_create_attributes", create), ("user_delete_attributes", delete)];

fn all(state: &mut Descope, _request: &Request) -> Result<Response, ServiceError> {
    let attributes: Vec<&Value> = state.attributes.values().collect();
    Ok(Response::json(&json!({"total": attributes.len(), "data": attributes})))
}

fn create(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    for attribute in objects(&request.body, "attributes") {
        state.attributes.insert(text(attribute, "name").to_owned(), attribute.clone());
    }
    all(state, request)
}

fn delete(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    for name in list(request, "names") {
        state.attributes.remove(&name);
    }
    all(state, request)
}
