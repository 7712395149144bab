//! What the access tokens of Nhost Auth say.

use super::custom::{self, PREFIX};
use crate::sessions::claim::{Times, audience, moment, optional_text, required_text, texts};
use crate::sessions::jwt::Object;
use crate::sessions::{Forbidden, Grants, Malformed, TokenError};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::fmt;
use std::time::SystemTime;

const NAMES: &[&str] = &["aud", "exp", "iat", "iss", "nbf", "scope", "sub"];

/// What a validated access token of Nhost Auth says.
///
/// Only [`Sessions`](super::Sessions) makes it, so whoever has one knows that the token is good. The claims were true when
/// the token was made: that a session was signed out since, or a role taken away, shows in the next token only.
///
/// `Debug` leaves out the values of custom claims, which may be personal.
#[derive(Clone, PartialEq)]
pub struct Claims {
    user_id: String,
    issuer: String,
    times: Times,
    audience: Vec<String>,
    scope: Option<String>,
    default_role: Option<String>,
    roles: Vec<String>,
    is_anonymous: bool,
    is_elevated: bool,
    custom: Map<String, Value>,
}

impl Claims {
    /// Reads the payload of a token whose signature is good.
    ///
    /// The key of a server signs other tokens too: the state that travels through a provider's pages, ID tokens, and tokens
    /// for other applications. What tells them apart is the object of Hasura's claims.
    pub(super) fn read(payload: &[u8], namespace: &str) -> Result<Self, TokenError> {
        let mut claims = Object::read(payload, NAMES).ok_or(Malformed::NotJson)?;
        let times = Times::read(&mut claims)?;
        let issuer = required_text(&mut claims, "iss")?;
        let audience = audience(&mut claims)?;
        let scope = optional_text(&mut claims, "scope")?;
        let mut hasura = match claims.take_other(namespace) {
            Some(Value::Object(hasura)) => hasura,
            _ => return Err(TokenError::WrongTokenType),
        };
        let user_id = required_text(&mut claims, "sub")?;
        if text(&mut hasura, "user-id").as_ref() != Some(&user_id) {
            return Err(TokenError::WrongTokenType);
        }
        Ok(Self {
            issuer,
            times,
            audience,
            scope,
            default_role: text(&mut hasura, "default-role"),
            roles: take(&mut hasura, "allowed-roles").map(texts).unwrap_or_default(),
            is_anonymous: take(&mut hasura, "user-is-anonymous")
                .is_some_and(|value| value == "true" || value == true),
            is_elevated: text(&mut hasura, "auth-elevated").as_ref() == Some(&user_id),
            user_id,
            custom: custom::by_name(hasura),
        })
    }

    pub(super) fn times(&self) -> &Times {
        &self.times
    }

    /// The ID of the user, a UUID.
    #[must_use]
    pub fn user_id(&self) -> &str {
        &self.user_id
    }

    /// Who made the token.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// When the token expires.
    #[must_use]
    pub fn expires_at(&self) -> SystemTime {
        moment(self.times.expires_at)
    }

    /// When the token was made.
    #[must_use]
    pub fn issued_at(&self) -> Option<SystemTime> {
        self.times.issued_at.map(moment)
    }

    /// Whom the token is for. It is empty in the tokens of sessions.
    #[must_use]
    pub fn audience(&self) -> &[String] {
        &self.audience
    }

    /// The scopes of a token for another application. There are none in the tokens of sessions.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.scope.iter().flat_map(|scope| scope.split_ascii_whitespace())
    }

    pub(super) fn is_scoped(&self) -> bool {
        self.scope.is_some()
    }

    /// The role that the user has where none is asked for.
    #[must_use]
    pub fn default_role(&self) -> Option<&str> {
        self.default_role.as_deref()
    }

    /// The roles that the user may take.
    #[must_use]
    pub fn allowed_roles(&self) -> &[String] {
        &self.roles
    }

    /// Whether the user is one without an account.
    #[must_use]
    pub fn is_anonymous(&self) -> bool {
        self.is_anonymous
    }

    /// Whether the user has confirmed with a security key in this session. A refresh ends that.
    #[must_use]
    pub fn is_elevated(&self) -> bool {
        self.is_elevated
    }

    /// The claims that the project adds to its tokens, by their names, as they stand in the token. They are
    /// those among Hasura's claims that have no method here. The names are without `x-hasura-`, and the
    /// server writes each value as a text, which [`custom_as`](Self::custom_as) reads.
    #[must_use]
    pub fn custom(&self) -> &Map<String, Value> {
        &self.custom
    }

    /// A custom claim as a type of the application; none if it is absent, null or of another type. It is read
    /// from the text that the server made of it. A token has no such claim if the server couldn't find out
    /// its value.
    #[must_use]
    pub fn custom_as<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        custom::read(self.custom.get(name)?)
    }

    /// What the session may do. Nhost Auth knows roles only.
    #[must_use]
    pub fn grants(&self) -> Grants<'_> {
        Grants::project(&self.roles, &[])
    }

    /// Whether the user may take this role.
    #[must_use]
    pub fn has_role(&self, role: &str) -> bool {
        self.grants().has_role(role)
    }

    /// Refuses a user who may not take this role.
    ///
    /// # Errors
    ///
    /// If the role isn't among the allowed ones.
    pub fn require_role(&self, role: &str) -> Result<(), Forbidden> {
        self.grants().require_role(role)
    }
}

/// Takes one of Hasura's claims. Null is as good as absent.
fn take(hasura: &mut Map<String, Value>, name: &str) -> Option<Value> {
    hasura.remove(&format!("{PREFIX}{name}")).filter(|value| !value.is_null())
}

fn text(hasura: &mut Map<String, Value>, name: &str) -> Option<String> {
    match take(hasura, name) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    }
}

impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claims")
            .field("user_id", &self.user_id)
            .field("issuer", &self.issuer)
            .field("expires_at", &self.times.expires_at)
            .field("default_role", &self.default_role)
            .field("allowed_roles", &self.roles)
            .field("is_anonymous", &self.is_anonymous)
            .field("is_elevated", &self.is_elevated)
            .field("custom", &self.custom.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
