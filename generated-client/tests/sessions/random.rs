//! Tokens that nobody would think of: none makes the validator panic, and none is accepted that another implementation
//! refuses.

use crate::signers::{PROJECT, keys, other_rsa, rsa, signer};
use generated_client::sessions::testing::{Signer, TestToken};
use generated_client::sessions::{Algorithm, descope, nhost};
use jsonwebtoken::{DecodingKey, Validation, decode};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};
use std::sync::LazyLock;
use std::time::{SystemTime, UNIX_EPOCH};

const ISSUER: &str = "https://api.descope.com/P2aAc4T2V93bddihGEx2Ryhc8e5Z";
const SECRET: &str = "a secret of the server that is long enough for HS512, as it has 64 bytes";

static EC: LazyLock<Signer> = LazyLock::new(|| signer(Algorithm::Es256));

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

fn good_claims() -> Value {
    json!({"iss": ISSUER, "sub": "U2", "exp": now() + 600, "iat": now(), "drn": "DS", "amr": ["email"]})
}

/// Ours, with an RSA and an elliptic-curve key, at the time of the machine.
fn ours() -> descope::Sessions {
    descope::Sessions::offline(PROJECT, keys([&rsa(), &EC])).build()
}

fn accepts(sessions: &descope::Sessions, token: &str) -> bool {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(sessions.validate(token)).is_ok()
}

/// The other implementation, set to be as strict as it can be.
fn other_accepts(token: &str) -> bool {
    let Ok(header) = jsonwebtoken::decode_header(token) else {
        return false;
    };
    let signer = match header.kid.as_deref() {
        Some("key-rsa") => rsa(),
        Some("key-ES256") => EC.clone(),
        _ => return false,
    };
    let jwk = signer.jwk();
    let part = |name: &str| jwk[name].as_str().unwrap();
    let (key, algorithm) = if signer.algorithm() == Algorithm::Rs256 {
        (DecodingKey::from_rsa_components(part("n"), part("e")), jsonwebtoken::Algorithm::RS256)
    } else {
        (DecodingKey::from_ec_components(part("x"), part("y")), jsonwebtoken::Algorithm::ES256)
    };
    let mut validation = Validation::new(algorithm);
    validation.leeway = 5;
    validation.validate_nbf = true;
    validation.validate_aud = false;
    validation.set_required_spec_claims(&["exp", "iss", "sub"]);
    validation.set_issuer(&[ISSUER, PROJECT]);
    decode::<Value>(token, &key.unwrap(), &validation).is_ok()
}

fn check(sessions: &descope::Sessions, token: &str) {
    refuses_what_the_other_refuses(|| accepts(sessions, token), || other_accepts(token), token);
}

/// A token may expire while the two look at it, so one that only the other refuses is looked at once more.
fn refuses_what_the_other_refuses(ours: impl Fn() -> bool, other: impl Fn() -> bool, token: &str) {
    assert!(!ours() || other() || !ours(), "accepted by us alone: {token}");
}

fn run<S: Strategy>(cases: u32, strategy: S, test: impl Fn(S::Value)) {
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let tested = runner.run(&strategy, |value| {
        test(value);
        Ok(())
    });
    tested.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn the_two_agree_on_a_good_token() {
    for signer in [rsa(), EC.clone()] {
        let token = TestToken::new(good_claims()).sign(&signer).unwrap();
        assert!(accepts(&ours(), &token) && other_accepts(&token));
    }
}

#[test]
fn arbitrary_texts() {
    let sessions = ours();
    let part = || prop_oneof!["[A-Za-z0-9_-]{0,40}", ".{0,20}", Just("eyJhbGciOiJSUzI1NiJ9".to_owned())];
    let texts = prop_oneof![".{0,200}".boxed(), vec(part(), 0..6).prop_map(|parts| parts.join(".")).boxed()];
    run(2000, texts, |text| assert!(!accepts(&sessions, &text), "{text}"));
}

#[test]
fn changed_tokens() {
    let sessions = ours();
    let claims = good_claims();
    let tokens: Vec<String> = [rsa(), EC.clone(), other_rsa()]
        .iter()
        .map(|signer| TestToken::new(claims.clone()).sign(signer).unwrap())
        .collect();
    let change = (any::<Index>(), any::<Index>(), select(b"AZaz09-_.=+/ \"{\0\xc3".to_vec()), 0..5_u8);
    run(3000, (select(tokens.clone()), vec(change, 0..4)), |(token, changes)| {
        let mut bytes = token.clone().into_bytes();
        for (at, from, byte, kind) in changes {
            let position = at.index(bytes.len());
            match kind {
                0 => bytes[position] = byte,
                1 => bytes.insert(position, byte),
                2 => drop(bytes.remove(position)),
                3 => bytes.truncate(position.max(1)),
                // A part of another token.
                _ => {
                    let other = from.get(&tokens);
                    let (mut parts, others) = (split(&String::from_utf8_lossy(&bytes)), split(other));
                    let part = at.index(3);
                    if let (Some(own), Some(other)) = (parts.get_mut(part), others.get(part)) {
                        own.clone_from(other);
                    }
                    bytes = parts.join(".").into_bytes();
                }
            }
            if bytes.is_empty() {
                break;
            }
        }
        check(&sessions, &String::from_utf8_lossy(&bytes));
    });
}

fn split(token: &str) -> Vec<String> {
    token.split('.').map(str::to_owned).collect()
}

/// A value that a claim may have, right or not.
fn value() -> impl Strategy<Value = Value> {
    let now = i64::try_from(now()).unwrap();
    let near = (-700..700_i64).prop_map(move |off| json!(now + off));
    let fraction = (-20.0..20.0_f64).prop_map(move |off| json!(now as f64 + off));
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(|value| json!(value)),
        near,
        fraction,
        any::<i64>().prop_map(|value| json!(value)),
        any::<f64>().prop_map(|value| json!(value)),
        select(vec![
            ISSUER,
            PROJECT,
            "DS",
            "DSR",
            "",
            "U2",
            "RS256",
            "ES256",
            "none",
            "key-rsa",
            "key-ES256"
        ])
        .prop_map(|value| json!(value)),
        ".{0,10}".prop_map(|value| json!(value)),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::Array),
            btree_map(select(vec!["jkt", "roles", "permissions", "T1"]), inner, 0..3).prop_map(|members| {
                members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
            }),
        ]
    })
}

const CLAIMS: [&str; 16] = [
    "exp",
    "nbf",
    "iat",
    "iss",
    "aud",
    "sub",
    "dsub",
    "drn",
    "cnf",
    "roles",
    "permissions",
    "tenants",
    "dct",
    "nsec",
    "amr",
    "own",
];

/// Members by these names. Null is as good as absent to us, since Descope has templates that make it of whatever is empty;
/// the other implementation refuses it as `nbf`, so there it isn't tried.
fn members(names: Vec<&'static str>) -> impl Strategy<Value = Vec<(String, Value)>> {
    let is_tried = |(name, value): &(&str, Value)| *name != "nbf" || !value.is_null();
    btree_map(select(names), value(), 0..4).prop_map(move |members| {
        members.into_iter().filter(is_tried).map(|(name, value)| (name.to_owned(), value)).collect()
    })
}

#[test]
fn signed_tokens_with_arbitrary_claims_and_headers() {
    let sessions = ours();
    let headers = vec!["alg", "kid", "crit", "b64", "jwk", "jku", "x5u", "typ", "zip"];
    let tokens = (any::<bool>(), members(CLAIMS.to_vec()), members(headers), any::<bool>());
    run(3000, tokens, |(is_rsa, claims, header, changes_header)| {
        let signer = if is_rsa { rsa() } else { EC.clone() };
        let mut token = TestToken::new(good_claims());
        for (name, value) in claims {
            token = token.claim(&name, value);
        }
        if changes_header {
            for (name, value) in header {
                token = token.header(&name, value);
            }
        }
        check(&sessions, &token.sign(&signer).unwrap());
    });
}

#[test]
fn arbitrary_claims_of_nhost() {
    let signer = Signer::from_secret(Algorithm::Hs256, SECRET).unwrap();
    let sessions =
        nhost::Sessions::offline_with_secret("hasura-auth", Algorithm::Hs256, SECRET).unwrap().build();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let mut validation = Validation::new(jsonwebtoken::Algorithm::HS256);
    validation.leeway = 5;
    validation.validate_nbf = true;
    validation.validate_aud = false;
    validation.set_required_spec_claims(&["exp", "iss", "sub"]);
    validation.set_issuer(&["hasura-auth"]);
    let hasura = ["allowed-roles", "default-role", "user-id", "user-is-anonymous", "auth-elevated", "own"];
    let claims = ["exp", "nbf", "iat", "iss", "aud", "sub", "scope", "https://hasura.io/jwt/claims"];
    run(3000, (members(claims.to_vec()), members(hasura.to_vec())), |(claims, hasura)| {
        let mut of_hasura = Map::from_iter([("x-hasura-user-id".to_owned(), json!("U2"))]);
        of_hasura.extend(hasura.into_iter().map(|(name, value)| (format!("x-hasura-{name}"), value)));
        let mut token = TestToken::new(json!({"iss": "hasura-auth", "sub": "U2", "exp": now() + 600}));
        token = token.claim("https://hasura.io/jwt/claims", Value::Object(of_hasura));
        for (name, value) in claims {
            token = token.claim(&name, value);
        }
        let token = token.sign(&signer).unwrap();
        let ours = || {
            let claims = runtime.block_on(sessions.validate(&token)).ok();
            claims
                .map(|claims| (claims.custom_as::<Value>("own"), claims.is_elevated(), format!("{claims:?}")))
        };
        let key = DecodingKey::from_secret(SECRET.as_bytes());
        let other = || decode::<Value>(&token, &key, &validation).is_ok();
        refuses_what_the_other_refuses(|| ours().is_some(), other, &token);
    });
}
