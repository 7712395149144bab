//! Tokens as the services make them, and with one thing changed.

use super::{Signer, SigningError};
use crate::sessions::Clock;
use serde_json::{Map, Value, json};

/// A token that isn't signed yet.
#[derive(Clone, Debug)]
pub struct TestToken {
    header: Map<String, Value>,
    claims: Map<String, Value>,
}

/// A session token of Descope, valid for ten minutes from now on.
#[must_use]
pub fn descope_session(project_id: &str, user_id: &str, clock: &(impl Clock + ?Sized)) -> TestToken {
    let claims = json!({
        "amr": ["email"],
        "drn": "DS",
        "iss": format!("https://api.descope.com/{project_id}"),
        "sub": user_id,
    });
    TestToken::new(claims).valid_for(clock, 600)
}

/// A refresh token of Descope, valid for four weeks from now on.
#[must_use]
pub fn descope_refresh(project_id: &str, user_id: &str, clock: &(impl Clock + ?Sized)) -> TestToken {
    descope_session(project_id, user_id, clock).claim("drn", json!("DSR")).valid_for(clock, 28 * 24 * 60 * 60)
}

/// An access token of Nhost Auth, valid for 15 minutes from now on. The user may take the roles `user` and `me`.
#[must_use]
pub fn nhost_access(user_id: &str, clock: &(impl Clock + ?Sized)) -> TestToken {
    let claims = json!({
        "https://hasura.io/jwt/claims": {
            "x-hasura-allowed-roles": ["user", "me"],
            "x-hasura-default-role": "user",
            "x-hasura-user-id": user_id,
            "x-hasura-user-is-anonymous": "false",
        },
        "iss": "hasura-auth",
        "sub": user_id,
    });
    TestToken::new(claims).valid_for(clock, 900)
}

impl TestToken {
    /// A token with these claims and no others. What isn't an object has none.
    #[must_use]
    pub fn new(claims: Value) -> Self {
        let claims = if let Value::Object(claims) = claims { claims } else { Map::new() };
        Self { header: Map::new(), claims }
    }

    /// Makes the token valid from now on for so many seconds.
    #[must_use]
    pub fn valid_for(self, clock: &(impl Clock + ?Sized), seconds: u64) -> Self {
        let now = clock.calendar().as_secs();
        self.claim("iat", json!(now)).claim("exp", json!(now.saturating_add(seconds)))
    }

    /// Sets a claim.
    #[must_use]
    pub fn claim(mut self, name: &str, value: Value) -> Self {
        self.claims.insert(name.to_owned(), value);
        self
    }

    /// Leaves out a claim.
    #[must_use]
    pub fn without_claim(mut self, name: &str) -> Self {
        self.claims.remove(name);
        self
    }

    /// Sets a claim within Hasura's claims, such as `x-hasura-allowed-roles`.
    #[must_use]
    pub fn hasura_claim(mut self, name: &str, value: Value) -> Self {
        let hasura = self.claims.entry("https://hasura.io/jwt/claims").or_insert_with(|| json!({}));
        if let Some(hasura) = hasura.as_object_mut() {
            hasura.insert(name.to_owned(), value);
        }
        self
    }

    /// Sets a member of the header, in place of what signing would set. With null, it is left out.
    #[must_use]
    pub fn header(mut self, name: &str, value: Value) -> Self {
        self.header.insert(name.to_owned(), value);
        self
    }

    /// The claims as JSON.
    #[must_use]
    pub fn payload(&self) -> String {
        Value::Object(self.claims.clone()).to_string()
    }

    /// The header as JSON, with the algorithm and the name of this key.
    #[must_use]
    pub fn header_for(&self, signer: &Signer) -> String {
        let mut header = Map::new();
        header.insert("alg".to_owned(), json!(signer.algorithm().name()));
        header.insert("typ".to_owned(), json!("JWT"));
        if !signer.kid().is_empty() {
            header.insert("kid".to_owned(), json!(signer.kid()));
        }
        header.extend(self.header.clone());
        header.retain(|_, value| !value.is_null());
        Value::Object(header).to_string()
    }

    /// Signs the token.
    ///
    /// # Errors
    ///
    /// If the key can't sign.
    pub fn sign(&self, signer: &Signer) -> Result<String, SigningError> {
        signer.sign_texts(&self.header_for(signer), &self.payload())
    }

    /// The token with a signature of the right form that is wrong.
    ///
    /// # Errors
    ///
    /// If the key can't sign.
    pub fn sign_wrongly(&self, signer: &Signer) -> Result<String, SigningError> {
        let signed = self.sign(signer)?;
        let other = self.clone().claim("forged", json!(true)).sign(signer)?;
        let (text, _) = signed.rsplit_once('.').ok_or(SigningError)?;
        let (_, signature) = other.rsplit_once('.').ok_or(SigningError)?;
        Ok(format!("{text}.{signature}"))
    }
}
