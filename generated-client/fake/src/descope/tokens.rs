//! The tokens that stand for sessions.

use super::errors::{ServiceError, error, signed_out};
use super::model::sessions::{Session, TenantRoles, Token};
use super::state::Descope;
use crate::keys::TokenFault;
use generated_client::runtime::Timestamp;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::time::{Duration, UNIX_EPOCH};

impl Descope {
    /// The name that a token has in the claim `drn`: that of its cookie.
    fn drn(&self, token: Token) -> &str {
        match token {
            Token::Session => &self.settings.session_cookie,
            Token::Refresh => &self.settings.refresh_cookie,
        }
    }

    /// The ID of the session that a token stands for, and the token's claims.
    pub(super) fn session_of(
        &self,
        jwt: &str,
        token: Token,
    ) -> Result<(String, Map<String, Value>), ServiceError> {
        let mut claims = self.tools.keys.verify(jwt, &self.tools.clock).map_err(|fault| match fault {
            TokenFault::Expired => signed_out("The token has expired"),
            TokenFault::Invalid => signed_out("The token is invalid"),
        })?;
        let text = |name: &str| claims.get(name).and_then(Value::as_str).unwrap_or_default();
        if text("drn") != self.drn(token) {
            return Err(signed_out("The token is of the wrong kind"));
        }
        let token_id = text("jti").to_owned();
        let (id, generation) = token_id.rsplit_once('-').unwrap_or_default();
        let session = self.sessions.get(id).ok_or_else(|| signed_out("The session has ended"))?;
        if token == Token::Refresh && generation != session.generation.to_string() {
            return Err(signed_out("The token has been replaced by another"));
        }
        // The user may have been merged into another since the token was signed.
        let (id, subject) = (id.to_owned(), session.subject.clone());
        claims.insert("sub".to_owned(), json!(subject));
        Ok((id, claims))
    }

    /// Signs the session JWT of a session. It never outlives the refresh JWT.
    pub(super) fn session_jwt(&self, id: &str) -> Result<(String, u64), ServiceError> {
        let session = self.sessions.get(id).ok_or_else(|| signed_out("The session has ended"))?;
        let now = self.now();
        let expires = session.expires.min(now + self.settings.session_seconds);
        let mut claims = self.common_claims(id, session, Token::Session);
        claims.extend(self.authorization(session));
        claims.insert("exp".to_owned(), json!(expires));
        claims.insert("rexp".to_owned(), json!(rfc3339(session.expires)));
        if session.stepped_up_until > now {
            claims.insert("su".to_owned(), json!(true));
        }
        Ok((self.sign(claims)?, expires))
    }

    /// Signs the refresh JWT of a session.
    pub(super) fn refresh_jwt(&self, id: &str) -> Result<String, ServiceError> {
        let session = self.sessions.get(id).ok_or_else(|| signed_out("The session has ended"))?;
        let mut claims = self.common_claims(id, session, Token::Refresh);
        claims.insert("exp".to_owned(), json!(session.expires));
        self.sign(claims)
    }

    fn common_claims(&self, id: &str, session: &Session, token: Token) -> Map<String, Value> {
        let mut claims: Map<String, Value> = self.settings.template_claims.iter().cloned().collect();
        claims.extend(session.claims.clone());
        let fixed = json!({
            "iss": self.issuer(),
            "sub": session.subject,
            "iat": self.now(),
            "drn": self.drn(token),
            "amr": session.methods,
            "jti": format!("{id}-{}", session.generation),
        });
        if let Value::Object(fixed) = fixed {
            claims.extend(fixed);
        }
        let belongs =
            |tenant: &&String| self.rights(session).is_some_and(|(_, tenants)| tenants.contains_key(*tenant));
        // Without the claim `tenants`, the roles in the project would count for a tenant that the user has left.
        if let Some(tenant) = session.tenant.as_ref().filter(belongs) {
            claims.insert("dct".to_owned(), json!(tenant));
        }
        if let Some(actor) = &session.impersonator {
            claims.insert("act".to_owned(), json!({ "sub": actor }));
        }
        if !session.client_claims.is_empty() {
            claims.insert("nsec".to_owned(), json!(session.client_claims));
        }
        claims
    }

    /// The roles in the project and in tenants that go with a session; none if the user is gone.
    fn rights<'s>(&'s self, session: &'s Session) -> Option<(&'s BTreeSet<String>, &'s TenantRoles)> {
        match &session.grants {
            Some(grants) => Some((&grants.roles, &grants.tenants)),
            None => self.users.get(&session.subject).map(|user| (&user.roles, &user.tenants)),
        }
    }

    /// The claims that say what the user may do.
    fn authorization(&self, session: &Session) -> Map<String, Value> {
        let mut claims = Map::new();
        let Some((roles, tenants)) = self.rights(session) else { return claims };
        if !roles.is_empty() {
            claims.insert("roles".to_owned(), json!(roles));
            let permissions = self.directory.permissions_of(roles, None);
            if !permissions.is_empty() {
                claims.insert("permissions".to_owned(), json!(permissions));
            }
        }
        if !tenants.is_empty() {
            claims.insert("tenants".to_owned(), self.directory.tenants_claim(tenants));
        }
        claims
    }

    /// Signs claims with the key of the project.
    pub(super) fn sign(&self, claims: Map<String, Value>) -> Result<String, ServiceError> {
        self.tools.keys.sign(&Value::Object(claims)).map_err(|fault| error(500, "E011001", fault.to_string()))
    }
}

/// A time in the format of RFC 3339, which the claim `rexp` has.
fn rfc3339(seconds: u64) -> String {
    let time = UNIX_EPOCH.checked_add(Duration::from_secs(seconds)).unwrap_or(UNIX_EPOCH);
    Timestamp::from(time).into_string()
}
