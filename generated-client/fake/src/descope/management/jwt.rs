//! Tokens and sessions that a backend makes, without a factor of the user.

use super::lookup::{duration, known_roles, known_tenant, list, object, refused, text, texts, user_named};
use crate::descope::errors::ServiceError;
use crate::descope::model::channels::{Channel, profile};
use crate::descope::model::identity::Identity;
use crate::descope::model::links::{Link, LinkUse};
use crate::descope::model::options::SignInOptions;
use crate::descope::model::sessions::{Grants, Session, Token};
use crate::descope::signed_in::Gives;
use crate::descope::state::{Descope, new_id};
use crate::random;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::{Map, Value, json};

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[
    ("jwt_update", update),
    ("jwt_impersonate", impersonate),
    ("jwt_impersonate_stepup", impersonate_stepup),
    ("jwt_stop_impersonation", stop_impersonation),
    ("jwt_anonymous", anonymous),
    ("jwt_sign_in", sign_in),
    ("jwt_sign_up", sign_up),
    ("jwt_sign_up_or_in", sign_up_or_in),
    ("jwt_sign_in_embedded_link", sign_in_embedded_link),
    ("jwt_sign_up_embedded_link", sign_up_embedded_link),
    ("jwt_client_assertion", client_assertion),
];

/// The session that a token in a body stands for, and which of its tokens it is.
fn session_in(state: &Descope, body: &Value) -> Result<(String, Token), ServiceError> {
    let jwt = text(body, "jwt");
    let as_refresh = state.session_of(jwt, Token::Refresh).map(|(id, _)| (id, Token::Refresh));
    as_refresh.or_else(|_| Ok((state.session_of(jwt, Token::Session)?.0, Token::Session)))
}

/// The tenant that a body selects for the session.
fn selected(body: &Value) -> Option<&str> {
    let names = ["selectedTenant", "selectedTenantId"].map(|name| text(body, name));
    names.into_iter().find(|tenant| !tenant.is_empty())
}

/// Refuses a body that selects a tenant which the user with this ID can't work in.
fn may_select(state: &Descope, user_id: &str, body: &Value) -> Result<(), ServiceError> {
    let Some(tenant) = selected(body) else { return Ok(()) };
    let outcome = state.may_select(state.users.get(user_id), tenant);
    outcome.map_err(|_| refused("The user doesn't belong to the tenant, or it is disabled"))
}

/// Gives a session the claims, the tenant and the lifetime that a body asks for. Whether it may select the tenant was checked
/// before anything was changed.
fn adjust(state: &mut Descope, id: &str, body: &Value) -> Result<(), ServiceError> {
    let now = state.now();
    let session = state.sessions.get_mut(id).ok_or_else(|| refused("The session has ended"))?;
    session.claims.extend(object(body, "customClaims"));
    if let Some(seconds) = duration(body, "refreshDuration") {
        session.expires = now + seconds;
    }
    if let Some(tenant) = selected(body) {
        session.tenant = Some(tenant.to_owned());
    }
    Ok(())
}

fn jwt_response(jwt: &str) -> Response {
    Response::json(&json!({ "jwt": jwt }))
}

fn update(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let (id, token) = session_in(state, &request.body)?;
    let subject = state.sessions.get(&id).map(|session| session.subject.clone()).unwrap_or_default();
    may_select(state, &subject, &request.body)?;
    let before = state.sessions.get(&id).map(|session| session.expires);
    adjust(state, &id, &request.body)?;
    if token == Token::Refresh {
        return Ok(jwt_response(&state.refresh_jwt(&id)?));
    }
    let jwt = state.session_jwt(&id)?.0;
    // The lifetime is that of the new session JWT. The session itself ends when it did before.
    if let (Some(session), Some(expires)) = (state.sessions.get_mut(&id), before) {
        session.expires = expires;
    }
    Ok(jwt_response(&jwt))
}

/// A session in which an administrator acts as a user, who may have to agree.
fn impersonated(state: &mut Descope, request: &Request) -> Result<String, ServiceError> {
    let user_id = user_named(state, request.text("loginId"))?;
    let actor = user_named(state, request.text("impersonatorId"))?;
    let may = state.users.get(&actor).is_some_and(|actor| state.directory.allows(actor, "impersonation"));
    if !may {
        return Err(refused("The impersonator lacks the permission impersonation"));
    }
    for id in [&user_id, &actor] {
        state.may_sign_in(Some(id), &SignInOptions::default())?;
    }
    let now = state.now();
    let consents =
        state.users.get(&user_id).and_then(|user| user.consent_until).is_some_and(|until| until > now);
    if request.flag("validateConsent") && !consents {
        return Err(refused("The user hasn't agreed to be impersonated"));
    }
    may_select(state, &user_id, &request.body)?;
    let id = state.sessions.add(Session {
        subject: user_id,
        expires: now + state.settings.refresh_seconds,
        impersonator: Some(actor),
        ..Session::default()
    });
    adjust(state, &id, &request.body)?;
    Ok(id)
}

fn impersonate(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let id = impersonated(state, request)?;
    Ok(jwt_response(&state.refresh_jwt(&id)?))
}

fn impersonate_stepup(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let id = impersonated(state, request)?;
    let until = state.now() + state.settings.step_up_seconds;
    if let Some(session) = state.sessions.get_mut(&id) {
        session.stepped_up_until = until;
    }
    Ok(jwt_response(&state.session_jwt(&id)?.0))
}

/// Ends an impersonation, and gives a refresh token of the administrator.
fn stop_impersonation(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let (id, _) = session_in(state, &request.body)?;
    let actor = state.sessions.get(&id).and_then(|session| session.impersonator.clone());
    let actor = actor.ok_or_else(|| refused("The token isn't that of an impersonation"))?;
    may_select(state, &actor, &request.body)?;
    let own = state.sign_in(&actor, &[], &SignInOptions::default())?;
    state.sessions.end(&id);
    adjust(state, &own, &request.body)?;
    Ok(jwt_response(&state.refresh_jwt(&own)?))
}

fn anonymous(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let roles = known_roles(state, list(request, "roles"), None)?;
    let mut grants = Grants { roles: roles.clone(), ..Grants::default() };
    // The roles that a backend gives count in the tenant that it selects.
    if let Some(tenant) = selected(&request.body) {
        known_tenant(state, tenant)?;
        grants.tenants.insert(tenant.to_owned(), roles);
    }
    let id = state.sessions.add(Session {
        subject: new_id("A2"),
        grants: Some(grants),
        expires: state.now() + state.settings.refresh_seconds,
        ..Session::default()
    });
    adjust(state, &id, &request.body)?;
    let (body, cookies) = state.session_parts(&id, Gives::SignIn { is_first: true })?;
    let members = [
        "sessionJwt",
        "refreshJwt",
        "sessionExpiration",
        "cookieDomain",
        "cookiePath",
        "cookieMaxAge",
        "cookieExpiration",
    ];
    let given = members.iter().filter_map(|name| Some(((*name).to_owned(), body.get(*name)?.clone())));
    let response = Response::json(&Value::Object(given.collect()));
    Ok(response.set_cookies(cookies))
}

fn sign_in(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let user_id = user_named(state, request.text("loginId"))?;
    let (step_up, mfa) = (request.flag("stepup"), request.flag("mfa"));
    let earlier = match request.text("jwt") {
        "" if step_up || mfa => {
            return Err(refused("A step-up or a further factor needs the jwt of the user"));
        }
        "" => None,
        _ => Some(session_in(state, &request.body)?.0),
    };
    let revokes_others = request.flag("revokeOtherSessions");
    let options = SignInOptions { step_up, mfa, earlier, revokes_others, ..SignInOptions::default() };
    made(state, request, &user_id, &options, false)
}

fn made(
    state: &mut Descope,
    request: &Request,
    user_id: &str,
    options: &SignInOptions,
    is_first: bool,
) -> Result<Response, ServiceError> {
    may_select(state, user_id, &request.body)?;
    let id = state.sign_in(user_id, &[], options)?;
    adjust(state, &id, &request.body)?;
    state.session_response(&id, Gives::SignIn { is_first })
}

/// The data of a user who signs up, and which addresses a backend says are confirmed.
fn verified_profile(request: &Request) -> Map<String, Value> {
    let mut profile = profile(request.body.get("user"));
    profile.insert("verifiedEmail".to_owned(), json!(request.flag("emailVerified")));
    profile.insert("verifiedPhone".to_owned(), json!(request.flag("phoneVerified")));
    profile
}

fn sign_up(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let tenants = super::lookup::known_tenants(state, &request.body, "userTenants")?;
    if selected(&request.body).is_some_and(|tenant| !tenants.contains_key(tenant)) {
        return Err(refused("The user doesn't belong to the tenant"));
    }
    let user_id = state.sign_up(request.text("loginId"), verified_profile(request))?;
    state.users.known_mut(&user_id)?.tenants = tenants;
    made(state, request, &user_id, &SignInOptions::default(), true)
}

fn sign_up_or_in(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    match user_named(state, request.text("loginId")) {
        Ok(_) => sign_in(state, request),
        Err(_) => sign_up(state, request),
    }
}

/// How long an embedded link is good, if a request doesn't say.
const EMBEDDED_SECONDS: u64 = 60;

/// The token of a link that a backend hands over in a way of its own.
fn embedded(state: &mut Descope, request: &Request, identity: Identity, options: SignInOptions) -> Response {
    let token = random::token();
    let seconds = duration(&request.body, "timeout").unwrap_or(EMBEDDED_SECONDS);
    let link = Link {
        address: String::new(),
        identity,
        channel: Channel::Embedded,
        options,
        expires: state.now() + seconds,
        use_of: LinkUse::Magic,
    };
    state.links.add(token.clone(), link);
    Response::json(&json!({ "token": token }))
}

fn sign_in_embedded_link(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let identity = Identity::Known(user_named(state, request.text("loginId"))?);
    let options =
        SignInOptions { trusted: object(&request.body, "customClaims"), ..SignInOptions::default() };
    Ok(embedded(state, request, identity, options))
}

fn sign_up_embedded_link(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let login_id = request.text("loginId");
    let identity = match user_named(state, login_id) {
        Ok(user_id) => Identity::Known(user_id),
        Err(_) => Identity::New { login_id: login_id.to_owned(), profile: verified_profile(request) },
    };
    let options = SignInOptions::of(request)?;
    Ok(embedded(state, request, identity, options))
}

/// A token with which a program says who it is to another server.
fn client_assertion(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let (body, now) = (&request.body, state.now());
    let audience = texts(body.get("audience")).unwrap_or_default();
    let audience = match audience.as_slice() {
        [one] if request.flag("flattenAudience") => json!(one),
        many => json!(many),
    };
    let claims = json!({
        "iss": text(body, "issuer"),
        "sub": text(body, "subject"),
        "aud": audience,
        "iat": now,
        "exp": now + duration(body, "expiresIn").unwrap_or_default(),
        "jti": random::uuid(),
    });
    Ok(jwt_response(&state.sign(claims.as_object().cloned().unwrap_or_default())?))
}
