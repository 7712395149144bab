//! Finds out who makes a call, from the header `Authorization`.

use super::caller::user_id;
use super::errors::{ServiceError, error, invalid, missing, signed_out, unauthorized};
use super::model::sessions::Token;
use super::state::Descope;
use crate::request::Request;

/// What a bearer token of Descope is made of.
struct Bearer<'r> {
    project: &'r str,
    /// The refresh JWT, the session JWT, the access key or the management key.
    secret: Option<&'r str>,
}

impl Descope {
    /// Checks the credential of a request, and keeps the claims of its token in the request.
    pub(super) fn admit_request(&self, request: &mut Request) -> Result<(), ServiceError> {
        let accepted = request.operation.spec.credentials;
        if accepted.is_empty() {
            return Ok(());
        }
        let text = request.raw.bearer().map(str::to_owned);
        let bearer = self.bearer(text.as_deref(), request)?;
        let accepts = |scheme: &str| accepted.contains(&scheme);
        let claims = if accepts("key") {
            return self.admit_administrator(&bearer);
        } else if accepts("access_key") {
            return bearer
                .secret
                .map(|_| ())
                .ok_or_else(|| error(401, "E062802", "The access key is missing"));
        } else if accepts("session_token") {
            let jwt = bearer.secret.ok_or_else(|| signed_out("The session token is missing"))?;
            self.session_of(jwt, Token::Session)?.1
        } else if accepts("refresh_token") {
            match self.refresh_token_of(&bearer, request) {
                Some(jwt) => match self.session_of(&jwt, Token::Refresh) {
                    Ok((_, claims)) => claims,
                    Err(_) if request.id() == "session_try_refresh" => return Ok(()),
                    // A browser sends its cookie with every call, also with one that needs none.
                    Err(_) if bearer.secret.is_none() && accepts("project_id") => return Ok(()),
                    Err(refused) => return Err(refused),
                },
                None if accepts("project_id") => return Ok(()),
                None => return Err(signed_out("The refresh token is missing")),
            }
        } else {
            return Ok(());
        };
        request.claims = claims;
        Ok(())
    }

    /// The parts of the bearer token, of which the first has to be the project's ID.
    fn bearer<'r>(&self, text: Option<&'r str>, request: &Request) -> Result<Bearer<'r>, ServiceError> {
        let Some(text) = text.filter(|text| !text.is_empty()) else {
            let is_management = request.operation.spec.credentials.contains(&"key");
            return Err(if is_management {
                unauthorized("There is no management key")
            } else {
                missing("Authorization")
            });
        };
        let mut parts: Vec<&str> = text.split(':').collect();
        let closed = self.settings.auth_management_key.as_ref().map(|key| key.expose().as_str());
        let is_of_users = !request.operation.spec.credentials.contains(&"key");
        if let Some(key) = closed.filter(|_| is_of_users)
            && (parts.len() < 2 || parts.pop() != Some(key))
        {
            return Err(unauthorized("The project is closed, and the call lacks its auth management key"));
        }
        let mut parts = parts.into_iter();
        let project = parts.next().unwrap_or_default();
        if project != self.settings.project_id {
            return Err(error(400, "E011003", "There is no project with this ID"));
        }
        Ok(Bearer { project, secret: parts.next().filter(|secret| !secret.is_empty()) })
    }

    fn admit_administrator(&self, bearer: &Bearer<'_>) -> Result<(), ServiceError> {
        match bearer.secret {
            Some(key) if key == self.settings.management_key.expose() => Ok(()),
            Some(_) => Err(unauthorized("The management key is not one of this project")),
            None => Err(unauthorized(format!("The management key of {} is missing", bearer.project))),
        }
    }

    fn refresh_token_of(&self, bearer: &Bearer<'_>, request: &Request) -> Option<String> {
        let cookie = || request.raw.cookie(&self.settings.refresh_cookie);
        bearer.secret.or_else(cookie).map(str::to_owned)
    }
}

/// The ID of the signed-in user, whose login ID a request names.
pub(super) fn user_of_login(state: &Descope, request: &Request) -> Result<String, ServiceError> {
    let signed_in = user_id(request)?;
    match state.users.known(request.text("loginId"))?.id == signed_in {
        true => Ok(signed_in),
        false => Err(invalid("The login ID is another user's")),
    }
}
