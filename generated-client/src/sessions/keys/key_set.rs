//! The keys that a service signs with, at one moment.

use super::VerifyingKey;
use crate::runtime::decode;
use crate::sessions::{Algorithm, TokenError};
use serde_json::{Map, Value};
use std::fmt;
use std::sync::Arc;

/// More bytes or more keys than these aren't read.
const MAX_BYTES: usize = 256 * 1024;
const MAX_KEYS: usize = 100;

/// The keys that tokens are checked with. It never changes: a newer set takes its place as a whole, so that a key that
/// was withdrawn is forgotten.
#[derive(Clone, Debug, Default)]
pub struct KeySet {
    keys: Arc<[Arc<VerifyingKey>]>,
}

/// Why a document isn't a set of keys that tokens can be checked with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidKeys(String);

impl KeySet {
    /// Reads public keys that are written as JSON: a JSON Web Key Set, a list of JSON Web Keys, or one of them.
    ///
    /// Each key has to have an `alg`, which is the only algorithm that it is ever used with. Accepted are RSA keys of
    /// 2048 to 8192 bits (`RS256`, `RS384`, `RS512`, `PS256`, `PS384`, `PS512`), elliptic curves (`ES256`, `ES384`) and
    /// Ed25519 (`EdDSA`).
    ///
    /// # Errors
    ///
    /// If a key can't be used, with what is wrong with it.
    pub fn from_json(json: &str) -> Result<Self, InvalidKeys> {
        let read = read(json.as_bytes())?;
        let faults: Vec<String> = read
            .iter()
            .enumerate()
            .filter_map(|(position, key)| Some(format!("key {} {}", position + 1, key.as_ref().err()?)))
            .collect();
        if faults.is_empty() { Self::of(read) } else { Err(InvalidKeys(faults.join("; "))) }
    }

    /// Reads what a service gives as its keys. Keys that can't be used are passed over.
    ///
    /// # Errors
    ///
    /// If no key is left.
    pub(crate) fn from_service(json: &[u8]) -> Result<Self, InvalidKeys> {
        read(json).and_then(Self::of)
    }

    /// The set of one secret that is shared with whoever signs.
    pub(crate) fn from_secret(algorithm: Algorithm, secret: &[u8]) -> Result<Self, InvalidKeys> {
        let key = VerifyingKey::from_secret(algorithm, secret)
            .map_err(|fault| InvalidKeys(format!("the secret {fault}")))?;
        Ok(Self { keys: Arc::new([Arc::new(key)]) })
    }

    fn of(read: Vec<Result<VerifyingKey, &'static str>>) -> Result<Self, InvalidKeys> {
        let keys: Arc<[_]> = read.into_iter().filter_map(Result::ok).map(Arc::new).collect();
        if keys.is_empty() {
            Err(InvalidKeys("there is no key that can be used".to_owned()))
        } else {
            Ok(Self { keys })
        }
    }

    /// The key for a token that names this key and this algorithm; none if there is none, or several.
    ///
    /// A token that names no key gets the only one of its algorithm.
    ///
    /// # Errors
    ///
    /// If the key is for another algorithm.
    pub(crate) fn find(
        &self,
        kid: Option<&str>,
        algorithm: Algorithm,
    ) -> Result<Option<Arc<VerifyingKey>>, TokenError> {
        let is_named = |key: &&Arc<VerifyingKey>| kid.is_none() || key.kid() == kid;
        let mut fitting = self.keys.iter().filter(is_named).filter(|key| key.algorithm() == algorithm);
        match (fitting.next(), fitting.next()) {
            (Some(key), None) => Ok(Some(Arc::clone(key))),
            (None, None) if kid.is_some() && self.keys.iter().any(|key| is_named(&key)) => {
                Err(TokenError::WrongAlgorithm)
            }
            _ => Ok(None),
        }
    }
}

/// Reads each key of a document by itself.
fn read(json: &[u8]) -> Result<Vec<Result<VerifyingKey, &'static str>>, InvalidKeys> {
    let refuse = |why: &str| Err(InvalidKeys(why.to_owned()));
    if json.len() > MAX_BYTES {
        return refuse("the document has more than 256 KiB");
    }
    let listed = match decode::json(json) {
        Ok(Value::Array(keys)) => keys,
        Ok(Value::Object(mut object)) => match object.remove("keys") {
            Some(Value::Array(keys)) => keys,
            Some(Value::Null) => Vec::new(),
            Some(_) => return refuse("`keys` is no list"),
            None => vec![Value::Object(object)],
        },
        _ => return refuse("the document is no JSON object or list"),
    };
    if listed.len() > MAX_KEYS {
        return refuse("there are more than 100 keys");
    }
    let key = |key: &Value| {
        key.as_object().ok_or("is no object").and_then(|key: &Map<_, _>| VerifyingKey::from_jwk(key))
    };
    Ok(listed.iter().map(key).collect())
}

impl fmt::Display for InvalidKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidKeys {}
