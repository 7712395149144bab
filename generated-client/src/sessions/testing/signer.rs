//! Keys that sign.

use crate::sessions::Algorithm;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm,
    Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RSA_PSS_SHA256,
    RSA_PSS_SHA384, RSA_PSS_SHA512, RsaSignatureEncoding,
};
use aws_lc_rs::{error::Unspecified, hmac};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use std::fmt;
use std::sync::Arc;

/// A key that signs tokens. It is made anew for each test run and is no secret of anybody's.
#[derive(Clone)]
pub struct Signer {
    kid: String,
    algorithm: Algorithm,
    key: Key,
}

#[derive(Clone)]
enum Key {
    Rsa(Arc<RsaKeyPair>),
    Ecdsa(Arc<EcdsaKeyPair>),
    Ed25519(Arc<Ed25519KeyPair>),
    Hmac(Arc<[u8]>),
}

/// A key could not be made or used, which happens if the machine has no randomness to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SigningError;

impl Signer {
    /// Makes a key for an algorithm, under a name. RSA keys have 2048 bits, secrets 64 bytes.
    ///
    /// # Errors
    ///
    /// If no key can be made.
    pub fn new(algorithm: Algorithm, kid: impl Into<String>) -> Result<Self, SigningError> {
        let ecdsa = |of| EcdsaKeyPair::generate(of).map(|pair| Key::Ecdsa(Arc::new(pair)));
        let key = match algorithm {
            Algorithm::Es256 => ecdsa(&P256),
            Algorithm::Es384 => ecdsa(&P384),
            Algorithm::EdDsa => Ed25519KeyPair::generate().map(|pair| Key::Ed25519(Arc::new(pair))),
            Algorithm::Hs256 | Algorithm::Hs384 | Algorithm::Hs512 => {
                let mut secret = [0; 64];
                aws_lc_rs::rand::fill(&mut secret).map(|()| Key::Hmac(Arc::new(secret)))
            }
            _ => RsaKeyPair::generate(KeySize::Rsa2048).map(|pair| Key::Rsa(Arc::new(pair))),
        };
        Ok(Self { kid: kid.into(), algorithm, key: key? })
    }

    /// A shared secret that is given.
    ///
    /// # Errors
    ///
    /// If the algorithm takes no secret.
    pub fn from_secret(algorithm: Algorithm, secret: impl AsRef<[u8]>) -> Result<Self, SigningError> {
        let key = Key::Hmac(secret.as_ref().into());
        if algorithm.is_symmetric() {
            Ok(Self { kid: String::new(), algorithm, key })
        } else {
            Err(SigningError)
        }
    }

    /// The same key under another name.
    #[must_use]
    pub fn named(&self, kid: impl Into<String>) -> Self {
        Self { kid: kid.into(), ..self.clone() }
    }

    /// The same key for another algorithm. A key that isn't made for that can't sign.
    #[must_use]
    pub fn for_algorithm(&self, algorithm: Algorithm) -> Self {
        Self { algorithm, ..self.clone() }
    }

    /// The name of the key; empty for a secret that was given.
    #[must_use]
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The algorithm that it signs with.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The public key as a JSON Web Key; null for a shared secret, which has none.
    #[must_use]
    pub fn jwk(&self) -> Value {
        let mut jwk = match &self.key {
            Key::Rsa(pair) => {
                let public = pair.public_key();
                let n = public.modulus().big_endian_without_leading_zero();
                let e = public.exponent().big_endian_without_leading_zero();
                json!({"kty": "RSA", "n": text(n), "e": text(e)})
            }
            Key::Ecdsa(pair) => {
                let point = pair.public_key().as_ref().get(1..).unwrap_or_default();
                let (x, y) = point.split_at(point.len() / 2);
                let crv = if self.algorithm == Algorithm::Es256 { "P-256" } else { "P-384" };
                json!({"kty": "EC", "crv": crv, "x": text(x), "y": text(y)})
            }
            Key::Ed25519(pair) => {
                json!({"kty": "OKP", "crv": "Ed25519", "x": text(pair.public_key().as_ref())})
            }
            Key::Hmac(_) => return Value::Null,
        };
        if let Some(members) = jwk.as_object_mut() {
            members.insert("kid".to_owned(), json!(self.kid));
            members.insert("alg".to_owned(), json!(self.algorithm.name()));
            members.insert("use".to_owned(), json!("sig"));
        }
        jwk
    }

    /// Signs a text, and gives the signature.
    ///
    /// # Errors
    ///
    /// If the key isn't one for the algorithm.
    pub fn signature(&self, message: &[u8]) -> Result<Vec<u8>, SigningError> {
        let random = SystemRandom::new();
        Ok(match &self.key {
            Key::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(rsa_encoding(self.algorithm)?, &random, message, &mut signature)?;
                signature
            }
            Key::Ecdsa(pair) => pair.sign(&random, message)?.as_ref().to_vec(),
            Key::Ed25519(pair) => pair.try_sign(message)?.as_ref().to_vec(),
            Key::Hmac(secret) => {
                let key = hmac::Key::new(digest(self.algorithm)?, secret);
                hmac::sign(&key, message).as_ref().to_vec()
            }
        })
    }

    /// Signs a header and a payload as they are, whatever they are, and gives the token.
    ///
    /// # Errors
    ///
    /// If the key isn't one for the algorithm.
    pub fn sign_texts(&self, header: &str, payload: &str) -> Result<String, SigningError> {
        let signed = format!("{}.{}", text(header.as_bytes()), text(payload.as_bytes()));
        let signature = self.signature(signed.as_bytes())?;
        Ok(format!("{signed}.{}", text(&signature)))
    }
}

static P256: EcdsaSigningAlgorithm = ECDSA_P256_SHA256_FIXED_SIGNING;
static P384: EcdsaSigningAlgorithm = ECDSA_P384_SHA384_FIXED_SIGNING;

/// The public keys as a JSON Web Key Set. Shared secrets are left out.
pub fn key_set<'s>(signers: impl IntoIterator<Item = &'s Signer>) -> String {
    let keys: Vec<Value> = signers.into_iter().map(Signer::jwk).filter(|key| !key.is_null()).collect();
    json!({ "keys": keys }).to_string()
}

fn text(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn rsa_encoding(algorithm: Algorithm) -> Result<&'static RsaSignatureEncoding, SigningError> {
    Ok(match algorithm {
        Algorithm::Rs256 => &RSA_PKCS1_SHA256,
        Algorithm::Rs384 => &RSA_PKCS1_SHA384,
        Algorithm::Rs512 => &RSA_PKCS1_SHA512,
        Algorithm::Ps256 => &RSA_PSS_SHA256,
        Algorithm::Ps384 => &RSA_PSS_SHA384,
        Algorithm::Ps512 => &RSA_PSS_SHA512,
        _ => return Err(SigningError),
    })
}

fn digest(algorithm: Algorithm) -> Result<hmac::Algorithm, SigningError> {
    match algorithm {
        Algorithm::Hs256 => Ok(hmac::HMAC_SHA256),
        Algorithm::Hs384 => Ok(hmac::HMAC_SHA384),
        Algorithm::Hs512 => Ok(hmac::HMAC_SHA512),
        _ => Err(SigningError),
    }
}

impl From<Unspecified> for SigningError {
    fn from(_: Unspecified) -> Self {
        Self
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("kid", &self.kid)
            .field("algorithm", &self.algorithm)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for SigningError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the key could not be made, or can't sign with this algorithm")
    }
}

impl std::error::Error for SigningError {}
