//! The response of a sign-in, with the tokens in its body or in cookies.

use super::errors::{ServiceError, signed_out};
use super::state::Descope;
use crate::response::Response;
use serde_json::{Map, Value, json};

/// What a response with a session says besides its session JWT.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Gives {
    /// The user has signed in; for the first time, or not.
    SignIn { is_first: bool },
    /// The session was refreshed; with a new refresh JWT, or not.
    Refresh { rotated: bool },
}

impl Descope {
    /// The response that gives a session.
    pub(super) fn session_response(&self, id: &str, gives: Gives) -> Result<Response, ServiceError> {
        let (body, cookies) = self.session_parts(id, gives)?;
        let response = Response::json(&body);
        Ok(response.set_cookies(cookies))
    }

    /// The body of a response that gives a session, and its cookies.
    pub(super) fn session_parts(&self, id: &str, gives: Gives) -> Result<(Value, Vec<String>), ServiceError> {
        let session = self.sessions.get(id).ok_or_else(|| signed_out("The session has ended"))?;
        let (session_jwt, expires) = self.session_jwt(id)?;
        let gives_refresh = gives != Gives::Refresh { rotated: false };
        let refresh_jwt = if gives_refresh { self.refresh_jwt(id)? } else { String::new() };
        let age = session.expires.saturating_sub(self.now());
        let mut cookies = Vec::new();
        let (mut session_text, mut refresh_text) = (session_jwt, refresh_jwt);
        if self.settings.tokens_in_cookies {
            cookies.push(self.cookie(&self.settings.session_cookie, &std::mem::take(&mut session_text), age));
            if gives_refresh {
                let refresh = std::mem::take(&mut refresh_text);
                cookies.push(self.cookie(&self.settings.refresh_cookie, &refresh, age));
            }
        }
        let mut body = json!({
            "sessionJwt": session_text,
            "refreshJwt": refresh_text,
            "cookieDomain": self.settings.cookie_domain.clone().unwrap_or_default(),
            "cookiePath": "/",
            "cookieMaxAge": age,
            "cookieExpiration": session.expires,
            "cookieName": self.settings.refresh_cookie,
            "sessionCookieName": self.settings.session_cookie,
            "sessionExpiration": expires,
            "claims": session.claims,
            "firstSeen": gives == Gives::SignIn { is_first: true },
        });
        if let (Some(user), Some(members)) = (self.users.get(&session.subject), body.as_object_mut()) {
            members.insert("user".to_owned(), self.directory.user_json(user));
        }
        Ok((body, cookies))
    }

    fn cookie(&self, name: &str, value: &str, age: u64) -> String {
        let domain = self.settings.cookie_domain.as_deref();
        let domain = domain.map(|domain| format!("; Domain={domain}")).unwrap_or_default();
        format!("{name}={value}; Path=/{domain}; Max-Age={age}; HttpOnly; Secure; SameSite=Strict")
    }

    /// The response of a logout, which takes the cookies away where there are such.
    pub(super) fn signed_out_response(&self) -> Response {
        let response = Response::json(&Value::Object(Map::new()));
        if !self.settings.tokens_in_cookies {
            return response;
        }
        let names = [&self.settings.session_cookie, &self.settings.refresh_cookie];
        response.set_cookies(names.map(|name| self.cookie(name, "", 0)))
    }
}
