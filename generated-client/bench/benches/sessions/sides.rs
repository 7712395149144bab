//! What is measured: three ways to check one token.

use std::error::Error;
use std::future::Future;
use std::hint::black_box;
use std::sync::Arc;

use aws_lc_rs::hmac;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents,
};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use generated_client::sessions::testing::{Signer, TestClock, descope_session, key_set, nhost_access};
use generated_client::sessions::{Algorithm, Clock, KeySet, descope, nhost};
use jsonwebtoken::{DecodingKey, Validation};
use serde_json::Value;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use crate::turns::Work;

const PROJECT: &str = "P2aAc4T2V93bddihGEx2Ryhc8e5Z";
const USER: &str = "7d9d5e5f-4f3e-4a3f-9d5b-0d6f1b2c3a4e";
const SECRET: &str = "a secret of the server that is long enough, as it has 64 bytes!!";
/// How many tokens are checked at once.
const TASKS: usize = 64;
/// How many each task checks.
const EACH: u64 = 16;

/// One token, and what each side checks it with.
pub(crate) struct Sides {
    token: String,
    ours: Ours,
    key: Key,
    signed: usize,
    signature: Vec<u8>,
    other: (DecodingKey, Validation),
}

enum Ours {
    Descope(descope::Sessions),
    Nhost(nhost::Sessions),
}

enum Key {
    Public(ParsedPublicKey),
    Hmac(Box<hmac::Key>),
}

impl Sides {
    pub(crate) fn new(algorithm: Algorithm) -> Result<Self, Box<dyn Error>> {
        let clock = TestClock::at(std::time::UNIX_EPOCH.elapsed()?.as_secs());
        let signer = match algorithm {
            Algorithm::Hs256 => Signer::from_secret(algorithm, SECRET)?,
            _ => Signer::new(algorithm, "key-1")?,
        };
        let token = match algorithm {
            Algorithm::Hs256 => nhost_access(USER, &clock).sign(&signer)?,
            _ => descope_session(PROJECT, USER, &clock).sign(&signer)?,
        };
        let (signed, signature) = token.rsplit_once('.').ok_or("it is a token")?;
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature)?;
        let signed = signed.len();
        let (ours, other) = (ours(&signer, clock)?, other(&signer)?);
        Ok(Self { ours, key: key(&signer)?, signed, signature, other, token })
    }

    /// What an application does with each request.
    pub(crate) async fn validate(self: Arc<Self>) -> bool {
        match &self.ours {
            Ours::Descope(sessions) => black_box(sessions.validate(black_box(&*self.token)).await).is_ok(),
            Ours::Nhost(sessions) => black_box(sessions.validate(black_box(&*self.token)).await).is_ok(),
        }
    }

    /// The signature alone, with a key that was parsed before.
    pub(crate) async fn verify(self: Arc<Self>) -> bool {
        let signed = black_box(self.token.as_bytes().split_at(self.signed).0);
        match &self.key {
            Key::Public(key) => key.verify_sig(signed, &self.signature).is_ok(),
            Key::Hmac(key) => hmac::verify(key, signed, &self.signature).is_ok(),
        }
    }

    /// jsonwebtoken, which reads all claims into JSON.
    pub(crate) async fn other(self: Arc<Self>) -> bool {
        let (key, validation) = &self.other;
        black_box(jsonwebtoken::decode::<Value>(black_box(&*self.token), key, validation)).is_ok()
    }
}

fn ours(signer: &Signer, clock: impl Clock + 'static) -> Result<Ours, Box<dyn Error>> {
    Ok(match signer.algorithm() {
        Algorithm::Hs256 => {
            let sessions = nhost::Sessions::offline_with_secret("hasura-auth", Algorithm::Hs256, SECRET)?;
            Ours::Nhost(sessions.clock(clock).build())
        }
        _ => {
            let keys = KeySet::from_json(&key_set([signer]))?;
            Ours::Descope(descope::Sessions::offline(PROJECT, keys).clock(clock).build())
        }
    })
}

fn part(signer: &Signer, name: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let jwk = signer.jwk();
    let text = jwk.get(name).and_then(Value::as_str).ok_or("the key has no such part")?;
    Ok(BASE64_URL_SAFE_NO_PAD.decode(text)?)
}

fn key(signer: &Signer) -> Result<Key, Box<dyn Error>> {
    Ok(match signer.algorithm() {
        Algorithm::Hs256 => Key::Hmac(Box::new(hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes()))),
        Algorithm::Es256 => {
            let point = [vec![4], part(signer, "x")?, part(signer, "y")?].concat();
            Key::Public(ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)?)
        }
        _ => {
            let components = RsaPublicKeyComponents { n: part(signer, "n")?, e: part(signer, "e")? };
            Key::Public(components.to_parsed_public_key(&RSA_PKCS1_2048_8192_SHA256)?)
        }
    })
}

fn other(signer: &Signer) -> Result<(DecodingKey, Validation), Box<dyn Error>> {
    let jwk = signer.jwk();
    let part = |name: &str| jwk.get(name).and_then(Value::as_str).unwrap_or_default();
    let (key, algorithm) = match signer.algorithm() {
        Algorithm::Hs256 => (DecodingKey::from_secret(SECRET.as_bytes()), jsonwebtoken::Algorithm::HS256),
        Algorithm::Es256 => {
            (DecodingKey::from_ec_components(part("x"), part("y"))?, jsonwebtoken::Algorithm::ES256)
        }
        _ => (DecodingKey::from_rsa_components(part("n"), part("e"))?, jsonwebtoken::Algorithm::RS256),
    };
    Ok((key, Validation::new(algorithm)))
}

/// One token after another.
pub(crate) fn one_by_one<'a, F>(
    runtime: &'a Runtime,
    sides: &'a Arc<Sides>,
    check: impl Fn(Arc<Sides>) -> F + 'a,
) -> Work<'a>
where
    F: Future<Output = bool>,
{
    Box::new(move |times| {
        runtime.block_on(async {
            for _ in 0..times {
                done(check(Arc::clone(sides)).await);
            }
        });
    })
}

/// Tokens in as many tasks at once, on as many threads as the machine has cores.
pub(crate) fn concurrently<'a, F>(
    runtime: &'a Runtime,
    sides: &'a Arc<Sides>,
    check: impl Fn(Arc<Sides>) -> F + Copy + Send + 'static,
) -> Work<'a>
where
    F: Future<Output = bool> + Send,
{
    Box::new(move |times| {
        for _ in 0..times {
            runtime.block_on(async {
                let mut tasks = JoinSet::new();
                for _ in 0..TASKS {
                    let sides = Arc::clone(sides);
                    tasks.spawn(async move {
                        for _ in 0..EACH {
                            done(check(Arc::clone(&sides)).await);
                        }
                    });
                }
                tasks.join_all().await;
            });
        }
    })
}

/// A refusal takes less time than what is measured, so it must not go unseen.
fn done(is_accepted: bool) {
    assert!(is_accepted, "a token was refused");
}
