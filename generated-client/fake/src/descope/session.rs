//! The session of a signed-in user.

use super::caller::{required_session, session_id, user_id};
use super::errors::{ServiceError, invalid, signed_out};
use super::model::options::SignInOptions;
use super::signed_in::Gives;
use super::state::Descope;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::{Value, json};

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[
    ("session_refresh", refresh),
    ("session_try_refresh", try_refresh),
    ("session_validate", validate),
    ("session_me", me),
    ("session_me_history", me_history),
    ("session_me_tenants", me_tenants),
    ("session_select_tenant", select_tenant),
    ("session_logout", logout),
    ("session_logout_all", logout_all),
];

fn refresh(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let Some(id) = session_id(request).map(str::to_owned) else {
        return match request.text("externalToken") {
            "" => Err(signed_out("The refresh token is missing")),
            token => external(state, token),
        };
    };
    refreshed(state, &id)
}

fn try_refresh(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    match (session_id(request).map(str::to_owned), request.text("externalToken")) {
        (Some(id), _) => refreshed(state, &id),
        (None, "") => Ok(Response::json(&json!({}))),
        (None, token) => external(state, token).or_else(|_| Ok(Response::json(&json!({})))),
    }
}

fn refreshed(state: &mut Descope, id: &str) -> Result<Response, ServiceError> {
    let rotated = state.settings.rotates_refresh_tokens;
    let subject = state.sessions.get(id).map(|session| session.subject.clone()).unwrap_or_default();
    if state.users.get(&subject).is_some_and(|user| user.status == "disabled") {
        return Err(signed_out("The user is disabled"));
    }
    let session = state.sessions.get_mut(id).ok_or_else(|| signed_out("The session has ended"))?;
    if rotated {
        session.generation += 1;
    }
    state.session_response(id, Gives::Refresh { rotated })
}

/// Trades the token of another identity system for a session.
fn external(state: &mut Descope, token: &str) -> Result<Response, ServiceError> {
    let login_id = state.external_tokens.get(token).cloned();
    let login_id = login_id.ok_or_else(|| signed_out("The external token isn't trusted"))?;
    let user_id = state.users.known(&login_id)?.id.clone();
    let session = state.sign_in(&user_id, &["external"], &SignInOptions::default())?;
    state.session_response(&session, Gives::SignIn { is_first: false })
}

fn validate(_state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    Ok(Response::json(&json!({ "parsedJWT": request.claims })))
}

fn me(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let user_id = user_id(request)?;
    state.users.known_mut(&user_id)?;
    Ok(Response::json(&state.user_json(&user_id)))
}

fn me_history(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let history = state.users.known_mut(&user_id(request)?)?.history_json();
    Ok(Response::json(&Value::Array(history)))
}

fn me_tenants(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let user = state.users.known_mut(&user_id(request)?)?;
    let ids = request.body.get("ids").and_then(Value::as_array);
    let wanted: Vec<&str> = match (request.flag("dct"), ids) {
        // Older clients send both, one of them empty.
        (true, ids) if ids.is_none_or(Vec::is_empty) => {
            request.claims.get("dct").and_then(Value::as_str).into_iter().collect()
        }
        (false, Some(ids)) => ids.iter().filter_map(Value::as_str).collect(),
        _ => return Err(invalid("Exactly one of dct and ids has to be set")),
    };
    let of_user = wanted.into_iter().filter(|id| user.tenants.contains_key(*id));
    let tenant = |id: &str| {
        let tenant = state.directory.tenants.get(id)?;
        let attributes = tenant.details.get("customAttributes").cloned().unwrap_or_else(|| json!({}));
        Some(json!({"id": id, "name": tenant.name, "customAttributes": attributes}))
    };
    let tenants: Vec<Value> = of_user.filter_map(tenant).collect();
    Ok(Response::json(&json!({ "tenants": tenants })))
}

fn select_tenant(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let id = required_session(request)?;
    let tenant = request.text("tenant");
    state.may_select(state.users.get(&user_id(request)?), tenant)?;
    let rotates = state.settings.rotates_refresh_tokens;
    let session = state.sessions.get_mut(&id).ok_or_else(|| signed_out("The session has ended"))?;
    session.tenant = Some(tenant.to_owned());
    session.generation += u64::from(rotates);
    state.session_response(&id, Gives::SignIn { is_first: false })
}

fn logout(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    state.sessions.end(&required_session(request)?);
    Ok(state.signed_out_response())
}

fn logout_all(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    state.sessions.end_all(&user_id(request)?);
    Ok(state.signed_out_response())
}
