//! The keys that sign a fake's tokens.

use generated_client::sessions::testing::{Signer, SigningError};
use generated_client::sessions::{Algorithm, Clock};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{DecodingKey, Validation};
use serde_json::{Map, Value, json};
use std::sync::{Arc, Mutex, MutexGuard};

use crate::clock::FakeClock;
use crate::lock::lock;
use crate::members;
use crate::random;

/// The keys of a fake: one signs, and those that signed before stay in the key set until they are revoked. Its clones are
/// the same keys.
#[derive(Clone, Debug)]
pub struct FakeKeys {
    /// The one that signs is the last.
    signers: Arc<Mutex<Vec<Signer>>>,
    /// The secret of a symmetric algorithm, which checks what it signed.
    secret: Option<Arc<str>>,
    algorithm: Algorithm,
}

/// Why a token isn't accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenFault {
    /// It is no token, or none of these keys signed it.
    Invalid,
    /// It has expired.
    Expired,
}

/// The first key of an algorithm. It is made once in a process, since an RSA key takes long to be made; each fake has it
/// under another name, by which the fakes tell their tokens apart.
fn first(algorithm: Algorithm) -> Result<Signer, SigningError> {
    static FIRST: Mutex<Vec<Signer>> = Mutex::new(Vec::new());
    let mut known = lock(&FIRST);
    if let Some(signer) = known.iter().find(|signer| signer.algorithm() == algorithm) {
        return Ok(signer.clone());
    }
    let signer = Signer::new(algorithm, random::uuid())?;
    known.push(signer.clone());
    Ok(signer)
}

impl FakeKeys {
    /// The first key for this algorithm, under a name of its own.
    ///
    /// # Errors
    ///
    /// If the machine has no randomness to give.
    pub fn new(algorithm: Algorithm) -> Result<Self, SigningError> {
        let secret: Option<Arc<str>> = algorithm.is_symmetric().then(|| random::token().into());
        let signer = match &secret {
            Some(secret) => Signer::from_secret(algorithm, secret.as_bytes())?,
            None => first(algorithm)?.named(random::uuid()),
        };
        Ok(Self { signers: Arc::new(Mutex::new(vec![signer])), secret, algorithm })
    }

    /// Signs with a new key from now on. Tokens of the old keys stay valid. A shared secret stays the same.
    ///
    /// # Errors
    ///
    /// If the machine has no randomness to give.
    pub fn rotate(&self) -> Result<(), SigningError> {
        if self.secret.is_none() {
            let signer = Signer::new(self.algorithm, random::uuid())?;
            self.lock().push(signer);
        }
        Ok(())
    }

    /// Takes all keys out of the key set but the one that signs, so that tokens of the others are invalid.
    pub fn revoke_old(&self) {
        let mut signers = self.lock();
        let old = signers.len().saturating_sub(1);
        signers.drain(..old);
    }

    /// The secret of a symmetric algorithm, for those who check tokens with it.
    #[must_use]
    pub fn secret(&self) -> Option<&str> {
        self.secret.as_deref()
    }

    /// The public keys, the one that signs first.
    pub(crate) fn public(&self) -> Vec<Value> {
        self.lock().iter().rev().map(Signer::jwk).filter(|key| !key.is_null()).collect()
    }

    /// The algorithm that they sign with.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Signs these claims, whatever they are.
    ///
    /// # Errors
    ///
    /// If the key can't sign.
    pub fn sign(&self, claims: &Value) -> Result<String, SigningError> {
        let signer = self.lock().last().cloned().ok_or(SigningError)?;
        let mut header = json!({"alg": self.algorithm.name(), "typ": "JWT"});
        if !signer.kid().is_empty() {
            members::set(&mut header, "kid", signer.kid());
        }
        signer.sign_texts(&header.to_string(), &claims.to_string())
    }

    /// The claims of a token that one of the keys signed and that hasn't expired.
    pub(crate) fn verify(&self, token: &str, clock: &FakeClock) -> Result<Map<String, Value>, TokenFault> {
        let claims = self.signed(token).ok_or(TokenFault::Invalid)?;
        let expires = claims.get("exp").and_then(Value::as_u64).ok_or(TokenFault::Invalid)?;
        if expires <= clock.calendar().as_secs() { Err(TokenFault::Expired) } else { Ok(claims) }
    }

    /// The claims of a token that one of the keys signed, whether it has expired or not.
    pub(crate) fn signed(&self, token: &str) -> Option<Map<String, Value>> {
        let algorithm = self.algorithm.name().parse().ok()?;
        let mut validation = Validation::new(algorithm);
        validation.validate_exp = false;
        validation.validate_aud = false;
        validation.required_spec_claims.clear();
        let header = jsonwebtoken::decode_header(token).ok()?;
        let key = match &self.secret {
            Some(secret) => DecodingKey::from_secret(secret.as_bytes()),
            None => self.decoding_key(header.kid.as_deref())?,
        };
        jsonwebtoken::decode(token, &key, &validation).ok().map(|token| token.claims)
    }

    fn decoding_key(&self, kid: Option<&str>) -> Option<DecodingKey> {
        let jwk = self.lock().iter().find(|signer| Some(signer.kid()) == kid)?.jwk();
        let jwk: Jwk = serde_json::from_value(jwk).ok()?;
        DecodingKey::from_jwk(&jwk).ok()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Signer>> {
        lock(&self.signers)
    }
}
