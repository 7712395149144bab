//! An authenticator in software, for tests that sign in with passkeys and have no browser.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use generated_client::sessions::testing::SigningError;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fmt;

/// A browser and its authenticator with one passkey, which is made by [`create`](Self::create).
///
/// It takes the options that a service gives, and gives what the service wants back, as a browser does with
/// `navigator.credentials`. The user is always present and verified.
pub struct Authenticator {
    origin: String,
    key: EcdsaKeyPair,
    id: String,
    user: Value,
    count: u32,
}

/// The user is present and verified.
const PRESENT: u8 = 0b101;
/// The data has the credential's id and public key.
const ATTESTED: u8 = 0b100_0000;

impl Authenticator {
    /// An authenticator for the pages of an origin, such as `http://localhost:3000`.
    ///
    /// # Errors
    ///
    /// If the machine has no randomness to give.
    pub fn new(origin: impl Into<String>) -> Result<Self, SigningError> {
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING)?;
        let id = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(key.public_key()));
        Ok(Self { origin: origin.into(), key, id, user: Value::Null, count: 0 })
    }

    /// Makes the passkey, as `navigator.credentials.create` does. The options may stand in a member `publicKey`.
    ///
    /// # Errors
    ///
    /// If the options lack what a browser needs.
    pub fn create(&mut self, options: &Value) -> Result<Value, SigningError> {
        let options = options.get("publicKey").unwrap_or(options);
        let site = options.pointer("/rp/id").and_then(Value::as_str).ok_or(SigningError)?;
        self.user = options.pointer("/user/id").cloned().ok_or(SigningError)?;
        let mut data = self.data(site, PRESENT | ATTESTED);
        data.extend([0; 16]);
        let id = BASE64_URL_SAFE_NO_PAD.decode(&self.id).map_err(|_| SigningError)?;
        data.extend([0, 32]);
        data.extend(id);
        data.extend(self.public_key());
        let object = [ATTESTATION_HEAD, &length(data.len()), &data].concat();
        let response = json!({
            "clientDataJSON": self.client_data("webauthn.create", options)?,
            "attestationObject": BASE64_URL_SAFE_NO_PAD.encode(object),
            "transports": ["internal"],
        });
        Ok(self.credential(response))
    }

    /// Signs with the passkey, as `navigator.credentials.get` does. The options may stand in a member `publicKey`.
    ///
    /// # Errors
    ///
    /// If the options lack what a browser needs.
    pub fn get(&mut self, options: &Value) -> Result<Value, SigningError> {
        let options = options.get("publicKey").unwrap_or(options);
        let site = options.get("rpId").and_then(Value::as_str).ok_or(SigningError)?;
        self.count += 1;
        let data = self.data(site, PRESENT);
        let client_data = self.client_data("webauthn.get", options)?;
        let client_bytes = BASE64_URL_SAFE_NO_PAD.decode(&client_data).map_err(|_| SigningError)?;
        let signed = [data.as_slice(), &Sha256::digest(client_bytes)].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed)?;
        let response = json!({
            "clientDataJSON": client_data,
            "authenticatorData": BASE64_URL_SAFE_NO_PAD.encode(data),
            "signature": BASE64_URL_SAFE_NO_PAD.encode(signature),
            "userHandle": self.user,
        });
        Ok(self.credential(response))
    }

    /// The id of the passkey, in base64url.
    #[must_use]
    pub fn credential_id(&self) -> &str {
        &self.id
    }

    fn credential(&self, response: Value) -> Value {
        json!({
            "id": self.id,
            "rawId": self.id,
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
            "response": response,
        })
    }

    fn client_data(&self, kind: &str, options: &Value) -> Result<String, SigningError> {
        let challenge = options.get("challenge").ok_or(SigningError)?;
        let data = json!({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false});
        Ok(BASE64_URL_SAFE_NO_PAD.encode(data.to_string()))
    }

    /// The site, the flags and the counter.
    fn data(&self, site: &str, flags: u8) -> Vec<u8> {
        let mut data = Sha256::digest(site).to_vec();
        data.push(flags);
        data.extend(self.count.to_be_bytes());
        data
    }

    /// The public key in the form of COSE: kind 2 (EC), algorithm -7 (ES256), curve 1 (P-256), x and y.
    fn public_key(&self) -> Vec<u8> {
        let point = self.key.public_key().as_ref().get(1..).unwrap_or_default();
        let (x, y) = point.split_at(point.len() / 2);
        [&[0xA5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32], x, &[0x22, 0x58, 32], y].concat()
    }
}

/// The beginning of an attestation in CBOR, which attests nothing: `{fmt: "none", attStmt: {}, authData: `.
const ATTESTATION_HEAD: &[u8] = b"\xA3\x63fmt\x64none\x67attStmt\xA0\x68authData";

/// The head of so many bytes in CBOR.
fn length(bytes: usize) -> Vec<u8> {
    match u8::try_from(bytes) {
        Ok(bytes) => vec![0x58, bytes],
        Err(_) => [&[0x59][..], &u16::try_from(bytes).unwrap_or(u16::MAX).to_be_bytes()].concat(),
    }
}

impl fmt::Debug for Authenticator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authenticator")
            .field("origin", &self.origin)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
