//! One key, and the check of a signature with it.

use crate::sessions::Algorithm;
use crate::sessions::jwt::decode;
use aws_lc_rs::hmac;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ED25519, EcdsaVerificationAlgorithm, ParsedPublicKey,
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
    RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384, RSA_PSS_2048_8192_SHA512, RsaParameters,
    RsaPublicKeyComponents,
};
use serde_json::{Map, Value};
use std::fmt;

/// A key, with the one algorithm that it is for.
pub(crate) struct VerifyingKey {
    kid: Option<String>,
    algorithm: Algorithm,
    material: Material,
}

enum Material {
    Public(ParsedPublicKey),
    Shared(Box<hmac::Key>),
}

impl VerifyingKey {
    /// Reads a public key that is written as a JSON Web Key.
    ///
    /// # Errors
    ///
    /// What is wrong with it, to be read after "the key".
    pub(crate) fn from_jwk(jwk: &Map<String, Value>) -> Result<Self, &'static str> {
        let text = |name: &str| jwk.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        let is_there = |name: &str| jwk.get(name).is_some_and(|member| !member.is_null());
        if ["d", "k", "p", "q"].into_iter().any(is_there) {
            return Err("has a secret part in it, so it is no public key");
        }
        if is_there("use") && text("use") != Some("sig") {
            return Err("isn't for signatures");
        }
        if is_there("key_ops") && !may_verify(jwk) {
            return Err("isn't for checking signatures");
        }
        if is_there("kid") && text("kid").is_none() {
            return Err("has a `kid` that isn't a text");
        }
        let algorithm = text("alg").ok_or("has no `alg`")?;
        let algorithm = Algorithm::from_name(algorithm).ok_or("has an `alg` that isn't known")?;
        let material = Material::Public(public_key(algorithm, text)?);
        Ok(Self { kid: text("kid").map(str::to_owned), algorithm, material })
    }

    /// A secret that is shared with whoever signs.
    ///
    /// # Errors
    ///
    /// If it is shorter than the digest, which RFC 7518 forbids, or the algorithm takes no secret.
    pub(crate) fn from_secret(algorithm: Algorithm, secret: &[u8]) -> Result<Self, &'static str> {
        let (digest, shortest) = match algorithm {
            Algorithm::Hs256 => (hmac::HMAC_SHA256, 32),
            Algorithm::Hs384 => (hmac::HMAC_SHA384, 48),
            Algorithm::Hs512 => (hmac::HMAC_SHA512, 64),
            _ => return Err("can't be used with this algorithm, which takes a public key"),
        };
        if secret.len() < shortest {
            return Err("is too short: HS256 takes at least 32 bytes, HS384 at least 48, HS512 at least 64");
        }
        Ok(Self {
            kid: None,
            algorithm,
            material: Material::Shared(Box::new(hmac::Key::new(digest, secret))),
        })
    }

    pub(crate) fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    pub(crate) fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Whether this is the key's signature of the message.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match &self.material {
            Material::Public(key) => key.verify_sig(message, signature).is_ok(),
            Material::Shared(key) => hmac::verify(key, message, signature).is_ok(),
        }
    }
}

fn may_verify(jwk: &Map<String, Value>) -> bool {
    jwk.get("key_ops").and_then(Value::as_array).is_some_and(|uses| uses.iter().any(|item| item == "verify"))
}

fn public_key<'j>(
    algorithm: Algorithm,
    text: impl Fn(&'static str) -> Option<&'j str>,
) -> Result<ParsedPublicKey, &'static str> {
    let bytes = |name| {
        let member = text(name).ok_or("lacks a part")?;
        decode(member).map_err(|_| "has a part that isn't base64url")
    };
    let is_of =
        |kty, crv: Option<&str>| text("kty") == Some(kty) && crv.is_none_or(|crv| text("crv") == Some(crv));
    let elliptic = |crv, of: &'static EcdsaVerificationAlgorithm, length| {
        if !is_of("EC", Some(crv)) {
            return Err(UNFIT);
        }
        point(&bytes("x")?, &bytes("y")?, length)
            .and_then(|point| ParsedPublicKey::new(of, point).ok())
            .ok_or("is no point of its curve")
    };
    match algorithm {
        Algorithm::Es256 => elliptic("P-256", &ECDSA_P256_SHA256_FIXED, 32),
        Algorithm::Es384 => elliptic("P-384", &ECDSA_P384_SHA384_FIXED, 48),
        Algorithm::EdDsa if is_of("OKP", Some("Ed25519")) => {
            ParsedPublicKey::new(&ED25519, bytes("x")?).map_err(|_| "is no point of its curve")
        }
        _ => match rsa_parameters(algorithm) {
            Some(parameters) if is_of("RSA", None) => rsa(&bytes("n")?, &bytes("e")?, parameters),
            _ => Err(UNFIT),
        },
    }
}

const UNFIT: &str = "has a `kty` or `crv` that doesn't fit its `alg`";

fn rsa_parameters(algorithm: Algorithm) -> Option<&'static RsaParameters> {
    Some(match algorithm {
        Algorithm::Rs256 => &RSA_PKCS1_2048_8192_SHA256,
        Algorithm::Rs384 => &RSA_PKCS1_2048_8192_SHA384,
        Algorithm::Rs512 => &RSA_PKCS1_2048_8192_SHA512,
        Algorithm::Ps256 => &RSA_PSS_2048_8192_SHA256,
        Algorithm::Ps384 => &RSA_PSS_2048_8192_SHA384,
        Algorithm::Ps512 => &RSA_PSS_2048_8192_SHA512,
        _ => return None,
    })
}

fn rsa(n: &[u8], e: &[u8], parameters: &'static RsaParameters) -> Result<ParsedPublicKey, &'static str> {
    // The library checks the size of a key only when a signature is checked.
    let n = without_zeros(n);
    if !(256..=1024).contains(&n.len()) {
        return Err("has less than 2048 or more than 8192 bits");
    }
    // An exponent of 1 would make every message its own signature.
    let e = without_zeros(e);
    if matches!(e, [] | [1]) || e.last().is_some_and(|last| last % 2 == 0) {
        return Err("has an exponent that no RSA key has");
    }
    let components = RsaPublicKeyComponents { n, e };
    components.to_parsed_public_key(parameters).map_err(|_| "is no RSA key")
}

fn without_zeros(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    number.get(zeros..).unwrap_or_default()
}

/// A point of a curve in the form of X9.62, uncompressed; none if a coordinate doesn't have the length of the curve.
fn point(x: &[u8], y: &[u8], length: usize) -> Option<Vec<u8>> {
    (x.len() == length && y.len() == length).then(|| [&[4], x, y].concat())
}

/// A shared secret isn't shown.
impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifyingKey")
            .field("kid", &self.kid)
            .field("algorithm", &self.algorithm)
            .finish_non_exhaustive()
    }
}
