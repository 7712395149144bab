//! Sessions: access tokens and refresh tokens.

use super::users::User;
use super::{Nhost, ServiceError};
use crate::random;
use crate::request::Request;
use crate::response::Response;
use serde_json::{Map, Value, json};

/// The claim that holds what Hasura reads.
pub(super) const HASURA: &str = "https://hasura.io/jwt/claims";

/// A refresh token or a personal access token.
#[derive(Clone, Debug)]
pub(super) struct StoredToken {
    pub(super) id: String,
    pub(super) user: String,
    pub(super) expires: u64,
    pub(super) is_personal: bool,
}

impl Nhost {
    /// A new session of a user.
    pub(super) fn start_session(&mut self, user: &str, elevated: bool) -> Result<Value, ServiceError> {
        let token = random::uuid();
        let expires = self.now() + self.settings.refresh_token_seconds;
        let stored = StoredToken { id: random::uuid(), user: user.to_owned(), expires, is_personal: false };
        self.tokens.insert(token.clone(), stored);
        self.session(&token, elevated)
    }

    /// The session with this refresh token.
    pub(super) fn session(&self, token: &str, elevated: bool) -> Result<Value, ServiceError> {
        let stored = self.tokens.get(token).ok_or(ServiceError::Code("invalid-refresh-token"))?;
        let user = self.user(&stored.user)?;
        Ok(json!({
            "accessToken": self.access_token(user, elevated)?,
            "accessTokenExpiresIn": self.settings.access_token_seconds,
            "refreshToken": token,
            "refreshTokenId": stored.id,
            "user": user.json(false),
        }))
    }

    /// The response that signs a user in.
    pub(super) fn signed_in(&mut self, user: &str) -> Result<Response, ServiceError> {
        let session = self.start_session(user, false)?;
        Ok(Response::json(&json!({ "session": session })))
    }

    fn access_token(&self, user: &User, elevated: bool) -> Result<String, ServiceError> {
        let mut hasura = Map::new();
        for (name, path) in &self.settings.custom_claims {
            let pointer = format!("/{}", path.replace('.', "/"));
            if let Some(value) = user.metadata.pointer(&pointer) {
                hasura.insert(format!("x-hasura-{}", name.to_lowercase()), json!(claim_text(value)));
            }
        }
        let mut standard = |name: &str, value: Value| hasura.insert(format!("x-hasura-{name}"), value);
        standard("allowed-roles", json!(user.roles));
        standard("default-role", json!(user.default_role));
        standard("user-id", json!(user.id));
        standard("user-is-anonymous", json!(user.is_anonymous.to_string()));
        if elevated {
            standard("auth-elevated", json!(user.id));
        }
        let now = self.now();
        self.sign(&json!({
            "sub": user.id,
            "iss": self.settings.issuer,
            "iat": now,
            "exp": now + self.settings.access_token_seconds,
            HASURA: hasura,
        }))
    }

    pub(super) fn sign(&self, claims: &Value) -> Result<String, ServiceError> {
        self.tools.keys.sign(claims).map_err(|_| ServiceError::Code("internal-server-error"))
    }

    /// A user by ID. One who is gone is the same to the server as a wrong password.
    pub(super) fn user(&self, id: &str) -> Result<&User, ServiceError> {
        self.users.get(id).ok_or(ServiceError::Code("invalid-email-password"))
    }

    pub(super) fn user_mut(&mut self, id: &str) -> Result<&mut User, ServiceError> {
        self.users.get_mut(id).ok_or(ServiceError::Code("invalid-email-password"))
    }

    /// The user whose access token the request carries.
    pub(super) fn caller(&self, request: &Request) -> Result<&User, ServiceError> {
        let id = request.claims.get("sub").and_then(Value::as_str).unwrap_or_default();
        if uuid::Uuid::try_parse(id).is_err() {
            return Err(ServiceError::Code("invalid-request"));
        }
        let user = self.user(id)?;
        self.admit_user(user)?;
        Ok(user)
    }

    /// The ID of the user whose access token the request carries, if the user isn't anonymous and has an email address. The
    /// server treats a user without one as unknown.
    pub(super) fn known_caller(&self, request: &Request) -> Result<String, ServiceError> {
        let user = self.caller(request)?;
        if user.is_anonymous {
            return Err(ServiceError::Code("forbidden-anonymous"));
        }
        match user.email() {
            Some(_) => Ok(user.id.clone()),
            None => Err(ServiceError::Code("invalid-email-password")),
        }
    }

    /// Refuses a user who is blocked.
    pub(super) fn admit_blocked(&self, user: &str) -> Result<(), ServiceError> {
        if self.user(user)?.disabled { Err(ServiceError::Code("disabled-user")) } else { Ok(()) }
    }

    /// Refuses a user who is blocked, or has to verify the email address first.
    pub(super) fn admit_user(&self, user: &User) -> Result<(), ServiceError> {
        if user.disabled {
            return Err(ServiceError::Code("disabled-user"));
        }
        if self.settings.verify_email && user.email().is_some() && !user.email_verified {
            return Err(ServiceError::Code("unverified-user"));
        }
        Ok(())
    }
}

/// A custom claim is a text: a list has the braces of PostgreSQL around its items, and everything else is its JSON.
fn claim_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(Value::to_string).collect();
            format!("{{{}}}", items.join(","))
        }
        other => other.to_string(),
    }
}
