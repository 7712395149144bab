//! Imports the users of another service.

use super::details::create;
use crate::descope::errors::{ServiceError, invalid};
use crate::descope::model::credentials::Password;
use crate::descope::state::Descope;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[("user_import", import)];

/// Imports a file of Auth0. The hashes of passwords fit nothing, since the fake knows no other hashes than its own.
fn import(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    if request.text("source") != "auth0" {
        return Err(invalid("The source has to be auth0"));
    }
    let file = BASE64_STANDARD.decode(request.text("users")).unwrap_or_default();
    let users: Vec<Value> = serde_json::from_slice(&file)
        .map_err(|_| invalid("The file with the users is no list in JSON and in base64"))?;
    let has_passwords = !request.text("hashes").is_empty();
    let (mut imported, mut failures, mut made) = (Vec::new(), Vec::new(), Vec::new());
    for user in &users {
        match create(state, &body(user), false) {
            Ok(user_id) => {
                if has_passwords {
                    state.users.known_mut(&user_id)?.credentials.password = Some(Password::imported());
                }
                imported.push(state.user_json(&user_id));
                made.push(user_id);
            }
            Err(refused) => {
                let named = user.get("email").or_else(|| user.get("user_id")).cloned().unwrap_or_default();
                failures.push(json!({"user": named, "reason": refused.code()}));
            }
        }
    }
    for user_id in made.iter().filter(|_| request.flag("dryrun")) {
        state.delete_user(user_id);
    }
    Ok(Response::json(&json!({"users": imported, "failures": failures})))
}

/// The body that makes the user of a file.
fn body(user: &Value) -> Value {
    let member = |name: &str| user.get(name).cloned().unwrap_or_default();
    let login_id = ["email", "phone_number", "username", "user_id"].map(member);
    json!({
        "loginId": login_id.into_iter().find(Value::is_string),
        "email": member("email"),
        "verifiedEmail": member("email_verified"),
        "phone": member("phone_number"),
        "displayName": member("name"),
        "givenName": member("given_name"),
        "familyName": member("family_name"),
        "picture": member("picture"),
    })
}
